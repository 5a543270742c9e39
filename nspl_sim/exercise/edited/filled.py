"""The cells that people fill in the list: statuses, receivers, times, texts; what cannot be is refused."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from nspl_sim.exercise.listing.hand import Row, aware
from nspl_sim.exercise.listing.inject import COLUMNS, STATUSES
from nspl_sim.exercise.listing.material import Material
from nspl_sim.paper.language import LANGUAGES, Language, in_all
from nspl_sim.reading.showing import escaped, nearest, slug
from nspl_sim.vocabulary.care import NEVER
from nspl_sim.vocabulary.errors import Problem
from nspl_sim.vocabulary.text import Text, text

_HOUR = re.compile(r"(\d{1,2})[:.](\d\d)(:00)?")
_DRAFT, _REVIEWED, _APPROVED, _PLAYED, _DROPPED = STATUSES
_MEANT = {
    **dict.fromkeys(("ny", "nytt", "ej_klar", "pagar", "new", "open"), _DRAFT),
    **dict.fromkeys(("last", "kontrollerad", "kollad", "checked", "read"), _REVIEWED),
    **dict.fromkeys(
        ("klar", "klart", "fardig", "fardigt", "ok", "okej", "done", "ready", "final"), _APPROVED
    ),
    **dict.fromkeys(("spelad", "spelat", "genomford", "genomfort", "skickad"), _PLAYED),
    **dict.fromkeys(("struken", "stryks", "bort", "borttagen", "installd", "cancelled"), _DROPPED),
}
"""What people write for a status, as a slug, and the status that it most likely is."""
_SUBJECT = 60
"""Signs of a text that make its subject where none is written."""


@dataclass(eq=False)
class Reader:
    """Reads the cells that people fill; what cannot be meant is kept in *wrong*."""

    material: Material
    wrong: list[Problem] = field(default_factory=list)

    def status(self, row: Row) -> str:
        """Return the status in the exercise's language; a draft where nothing is said."""
        said = row.get("status", "").strip()
        for one in STATUSES:
            if said.casefold() in in_all(one):
                return self.material.say(one)
        known = [self.material.say(one) for one in STATUSES]
        if said:
            rule = text("is not a status: {names}", names=", ".join(known))
            meant = _MEANT.get(slug(said))
            self._refuse(row, "status", rule, self.material.say(meant) if meant else nearest(said, known))
        return said or known[0]

    # ------------------------------------------------------------ who

    def receiver(self, row: Row, region: str = "") -> tuple[str, str]:
        """Return the receiver's name and the player's key; no key where it is a controller.

        A function is named alone where only one player has it, or the one who leads *region*.
        """
        said = row.get("to", "").strip()
        if not said:
            self._refuse(row, "to", text("is empty: who is to have it?"))
            return "", ""
        every = [*self._spellings(), *((c.name, c.name, "") for c in self.material.roles.controllers)]
        meant = list(dict.fromkeys((name, key) for known, name, key in every if _same(known, said)))
        here = [(name, key) for name, key in meant if key and self.material.players[key].region == region]
        chosen = here if region and len(here) == 1 else meant
        if len(chosen) == 1:
            return chosen[0]
        if chosen:
            rule = text("is a function of several; say whose: {names}", names="; ".join(n for n, _ in chosen))
            self._refuse(row, "to", rule)
        else:
            rule = text("is neither a player, nor a function of one, nor a controller")
            self._refuse(row, "to", rule, nearest(said, (known for known, _, _ in every)))
        return said, ""

    def _spellings(self) -> Iterator[tuple[str, str, str]]:
        """Yield what a receiver may be called, the name that cards have, and the player's key."""
        for key, one in self.material.players.items():
            yield one.name, one.name, key
            for function in dict.fromkeys(one.functions.values()):
                full = self.material.words.function(one, function)
                yield full, full, key
                yield function, full, key
                yield f"{function}, {one.name}", full, key

    def controller(self, row: Row) -> str:
        """Return the name of the controller; nothing where the cell is empty."""
        return self._one_of(row, "controller", [one.name for one in self.material.roles.controllers])

    def _one_of(self, row: Row, name: str, known: list[str]) -> str:
        said = row.get(name, "").strip()
        found = next((one for one in known if _same(one, said)), said)
        if said and found not in known:
            rule = text("is not among the roles': {names}", names="; ".join(known))
            self._refuse(row, name, rule, nearest(said, known))
        return found

    def aims(self, row: Row) -> str:
        """Return the aims in the exercise's language; several have semicolons between."""
        said, code = row.get("objective", "").strip(), self.material.language.code
        every = [aim.title for aim in self.material.roles.aims.values()]
        known = {title.in_language(c).strip(): title.in_language(code) for title in every for c in LANGUAGES}
        whole = next((known[one] for one in known if _same(one, said)), None)
        if whole is not None or not said:
            return whole or ""
        found = []
        for part in (part.strip() for part in said.split(";")):
            meant = next((known[one] for one in known if _same(one, part)), None)
            if meant is None and part and not any(_same(part, p) for one in known for p in one.split(";")):
                rule = text("has an aim that the roles do not have: {aim}", aim=escaped(part))
                self._refuse(row, "objective", rule, nearest(part, list(known)))
            found.append(meant or part)
        return "; ".join(one for one in found if one)

    # ------------------------------------------------------------ what

    def script(self, row: Row) -> tuple[str, bool]:
        """Return the text with the exercise's call at both ends, and whether it lacked one."""
        said = row.get("script", "").strip()
        if not said:
            self._refuse(row, "script", text("is empty: what is to be said?"))
            return "", False
        called = self.material.planner.called(said)
        return called, called != said

    def subject(self, row: Row) -> str:
        """Return the subject; the first words of the text where none is written."""
        said = " ".join(row.get("subject", "").split())
        return said or _first_words(self._uncalled(row.get("script", "")))

    def _uncalled(self, script: str) -> str:
        """Return *script* without the exercise's call."""
        found = " ".join(script.split())
        for code in LANGUAGES:
            call = re.escape(Language(code).say(text("EXERCISE EXERCISE EXERCISE")))
            found = re.sub(rf"^{call}[.!:]*\s*|\s*{call}[.!]*$", "", found, flags=re.IGNORECASE)
        return found

    # ------------------------------------------------------------ when

    def moment(self, row: Row, day: datetime) -> str:
        """Return the time in the room, of an hour alone on the played day *day* (of own rows the first)."""
        said, clock = row.get("wall_clock", "").strip(), self.material.clock
        if not said:
            rule = text("is empty: write a time such as {day} 10:20", day=f"{day:%Y-%m-%d}")
            self._refuse(row, "wall_clock", rule)
            return ""
        found = aware(said, self.material.scenario.time_zone)
        hour = _HOUR.fullmatch(said)
        if hour and int(hour[1]) < 24 and int(hour[2]) < 60:
            at = datetime.combine(day.date(), time(int(hour[1]), int(hour[2])), day.tzinfo)
            late = at + timedelta(days=1)
            if clock.scenario(at) == NEVER and clock.scenario(late) != NEVER:
                at = late
            found = at.isoformat(timespec="minutes")
        if not found:
            rule = text(
                "is not a time such as {day} 10:20, or 10:20 alone on that day", day=f"{day:%Y-%m-%d}"
            )
            self._refuse(row, "wall_clock", rule)
        elif clock.scenario(datetime.fromisoformat(found)) == NEVER:
            first, last = clock.morning(0), clock.evening(clock.days - 1)
            told = {"first": f"{first:%Y-%m-%d %H:%M}", "last": f"{last:%Y-%m-%d %H:%M}"}
            rule = text("is a time that is not played: the exercise is {first} to {last}", **told)
            if clock.resting(datetime.fromisoformat(found)) != NEVER:
                rule = text("is in a break: nothing is told then")
            self._refuse(row, "wall_clock", rule)
            return ""
        return found

    def not_by_hand(self, row: Row) -> None:
        """Refuse a time of the scenario that a person wrote: it follows from the time in the room."""
        rule = text("follows from the column {column}: change that instead", column=COLUMNS["wall_clock"])
        self._refuse(row, "scenario_time", rule)

    def _refuse(self, row: Row, name: str, rule: Text, meant: str | None = None) -> None:
        column = self.material.say(COLUMNS[name])
        path = f"{escaped(row['inject_id'])}, {column}:"
        self.wrong.append(row.place(name).problem(rule, path, escaped(row.get(name, "")), meant))


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _first_words(said: str) -> str:
    """Return the first sentence of *said*, or as many of its words as a subject has room for."""
    first = re.split(r"(?<=[.?!])\s(?=[^a-zåäö\d])", said, maxsplit=1)[0]
    if len(first) <= _SUBJECT:
        return first.rstrip(".")
    return f"{first[:_SUBJECT].rpartition(' ')[0] or first[:_SUBJECT]} …"


def tells(said: str, hour: str) -> bool:
    """Return whether the text *said* tells the clock time *hour*, ``16:00`` or ``16.00``."""
    return re.search(rf"(?<!\d){hour[:2]}[:.]{hour[3:]}(?!\d)", said) is not None
