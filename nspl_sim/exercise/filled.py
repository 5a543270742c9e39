"""The cells that people fill in the list: statuses, receivers, times; what cannot be meant is refused."""

import re
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from nspl_sim.exercise.hand import Row, aware
from nspl_sim.exercise.inject import COLUMNS, STATUSES
from nspl_sim.exercise.material import Material
from nspl_sim.exercise.roles import Player
from nspl_sim.paper.language import LANGUAGES, Language
from nspl_sim.reading.showing import escaped, nearest
from nspl_sim.vocabulary.care import NEVER
from nspl_sim.vocabulary.errors import Problem
from nspl_sim.vocabulary.text import Text, text

_HOUR = re.compile(r"(\d{1,2})[:.](\d\d)(:00)?")


@dataclass(eq=False)
class Reader:
    """Reads the cells that people fill; what cannot be meant is kept in *wrong*."""

    material: Material
    wrong: list[Problem] = field(default_factory=list)

    def status(self, row: Row) -> str:
        """Return the status in the exercise's language; a draft where nothing is said."""
        said = row.get("status", "").strip()
        every = [(Language(code).say(one), one) for code in LANGUAGES for one in STATUSES]
        for name, one in every if said else [("", STATUSES[0])]:
            if name.casefold() == said.casefold():
                return self.material.say(one)
        known = [self.material.say(one) for one in STATUSES]
        self._refuse(
            row, "status", text("is not a status: {names}", names=", ".join(known)), nearest(said, known)
        )
        return said

    def receiver(self, row: Row, region: str = "") -> tuple[str, str]:
        """Return the receiver's name and the player's key; no key where it is a controller or nobody."""
        said = row.get("to", "").strip()
        if not said:
            return "", ""
        names = {one.name: "" for one in self.material.roles.controllers}
        players = self.material.players.items()
        names |= {full: key for key, one in players for full in self._functions(one).values()}
        names |= {one.name: key for key, one in players}
        for name, key in names.items():
            if name.casefold() == said.casefold():
                return name, key
        short = [
            (full, key, one.region)
            for key, one in players
            for function, full in self._functions(one).items()
            if function.casefold() == said.casefold()
        ]
        meant = short if len(short) == 1 else [one for one in short if region and one[2] == region]
        if len(meant) == 1:
            return meant[0][:2]
        rule = text("is neither a player, nor a function of one, nor a controller")
        if short:
            rule = text("is a function of several; say whose: {names}", names="; ".join(f for f, *_ in short))
        self._refuse(row, "to", rule, None if short else nearest(said, names))
        return said, ""

    def _functions(self, player: Player) -> dict[str, str]:
        """Return the functions of *player*, each with its name in the column *To*."""
        words = self.material.words
        return {name: words.function(player, name) for name in player.functions.values()}

    def moment(self, row: Row, day: datetime) -> str:
        """Return the time in the room, of an hour alone on the played day *day* (of own rows the first)."""
        said, clock = row.get("wall_clock", "").strip(), self.material.clock
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
            self._refuse(row, "wall_clock", rule)
            return ""
        return found

    def _refuse(self, row: Row, name: str, rule: Text, meant: str | None = None) -> None:
        column = self.material.say(COLUMNS[name])
        path = f"{escaped(row['inject_id'])}, {column}:"
        self.wrong.append(row.place(name).problem(rule, path, escaped(row[name]), meant))
