"""Where exercise control sits: what every command needs to say, to find and to let happen."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from pydantic_core import PydanticCustomError

from nspl_sim.exercise.listing.inject import Inject
from nspl_sim.exercise.play import room
from nspl_sim.exercise.play.decisions import second_of, stated, when
from nspl_sim.exercise.play.effects import effects
from nspl_sim.exercise.play.entered import NO, YES, Reader
from nspl_sim.exercise.play.in_force import listed, replaced
from nspl_sim.exercise.play.replanned import SOON, Replanned, counts, in_full
from nspl_sim.exercise.play.session import Session
from nspl_sim.exercise.play.telling import day_over, hour_and_day, quiet, taken_back, told
from nspl_sim.paper.naming import kind_words
from nspl_sim.policies.decision import Decision
from nspl_sim.reading.showing import escaped, nearest
from nspl_sim.reading.telling import sentences
from nspl_sim.vocabulary.clock import HOUR
from nspl_sim.vocabulary.errors import InputRefused, NsplError, Problem
from nspl_sim.vocabulary.text import Text, text

MOST_OLDER = 5
"""So many older injects are named; all are counted."""


NUMBERED = re.compile(r"[^\W\d]+(-[^\W\d]+)*-\d+(-R)?,?", re.IGNORECASE)
"""What has the form of an inject's number."""


class BadOrder(NsplError):
    """A line that nothing can be done with."""


class Desk:
    """The session, and a voice."""

    def __init__(
        self, session: Session, say: Callable[[str], None], papers: Callable[[Sequence[str]], list[Path]]
    ) -> None:
        self.session = session
        self.papers = papers
        self._out = say
        self.language = session.setup.language
        self._reader = Reader.of(session.course.words, session.course.roles.players)
        self.is_over = False
        self.asked: Callable[[], None] | None = None
        """What is done if the next line says yes."""

    def say(self, words: Text | str) -> None:
        """Say something in the language."""
        self._out(self.language.say(words) if isinstance(words, Text) else words)

    def where(self) -> None:
        """Say where the exercise is, what has come due at the last step, and how much is older."""
        session = self.session
        self.say(hour_and_day(session))
        if pause := room.pause(session.clock, session.room, session.day):
            self.say(pause)
        fresh = [one for one in session.due if one.inject_id in session.fresh]
        for one in fresh:
            self.say(f"  {self.brief(one)}")
            self.say(f"      {one.script}")
        older = [one.inject_id for one in session.due if one.inject_id not in session.fresh]
        if session.is_day_over:
            for words in day_over(session):
                self.say(words)
            return
        if older:
            which = ", ".join(older[-MOST_OLDER:])
            more = "… " if len(older) > MOST_OLDER else ""
            self.say(text("  Older and not marked: {n} ({which})", n=len(older), which=more + which))
        if not fresh:
            self.say(quiet(session))

    def brief(self, one: Inject) -> str:
        """Return an inject on a line."""
        hour = room.hour(self.session.clock, one.wall, self.session.day, self.language)
        return f"{hour}  {one.inject_id}  {one.to}: {one.subject}"

    def inject(self, number: str) -> Inject:
        """Return the inject called *number*, or by the beginning of its number if that is one's alone.

        One's alone of what is due, or else of what has come due, or else of all that there is.
        """
        wanted = number.upper()
        there = {one.inject_id: one for one in self.session.injects}
        like = [n for n in there if n.upper().startswith(wanted)]
        own = [n for n in like if not there[n].reserve_of]
        found = [wanted] if wanted in there else own or like
        for those in ({one.inject_id for one in self.session.due}, self.session.state.due):
            found = [n for n in found if n in those] if sum(n in those for n in found) == 1 else found
        if number and len(found) == 1:
            return there[found[0]]
        if not number:
            raise BadOrder(text("say the number of an inject"))
        if found:
            raise BadOrder(text("{number} may be any of {which}", number=number, which=", ".join(found[:8])))
        rule = text("there is no inject {number}", number=number)
        meant = nearest(wanted, there)
        raise BadOrder(text('{wrong}; did you mean "{name}"?', wrong=rule, name=meant) if meant else rule)

    def kind(self, written: str) -> str:
        """Return the key of the kind of unit called *written*."""
        kinds = self.session.setup.scenario.kinds
        found = self._reader.names.kind(written)
        if found not in kinds:
            named = ", ".join(self.language.say(kind_words(key)) for key in kinds)
            rule = text("{name} is no kind of unit; they are: {kinds}", name=escaped(written), kinds=named)
            raise BadOrder(rule)
        return found

    def several(self, written: str) -> tuple[list[Inject], str]:
        """Return the injects that *written* begins with, and the words behind them.

        Behind the first another has a hyphen in it, or stands after a comma with nothing but others behind.
        """
        first, *rest = written.split() or [""]
        found, after_comma = [self.inject(first.rstrip(","))], first.endswith(",")
        while rest:
            is_one = NUMBERED.fullmatch(rest[0]) if after_comma else "-" in rest[0] and self._finds(rest[0])
            if not is_one and not (after_comma and all(map(self._finds, rest))):
                break
            found.append(self.inject(rest[0].rstrip(",")))
            after_comma, rest = rest[0].endswith(","), rest[1:]
        return list({one.inject_id: one for one in found}.values()), " ".join(rest)

    def _finds(self, word: str) -> bool:
        """Return whether *word* is the number of an inject, or the beginning of one's alone."""
        try:
            return bool(self.inject(word.rstrip(",")))
        except BadOrder:
            return False

    def second(self, written: str, ahead: bool = True) -> int:
        """Return a played second of the scenario: ``D+1 14:30`` in the scenario, ``10:15`` in the room.

        *ahead*: when a day is over, an hour that it has had is the next day's.
        """
        clock, session = self.session.clock, self.session
        at = room.typed(written, session.day)
        if at is None:
            try:
                found = second_of(when(room.in_scenario(written)), session.setup.scenario)
            except (PydanticCustomError, ValueError):
                raise BadOrder(
                    text("write a time: 10:15 in the room, or D+1 14:30 in the scenario")
                ) from None
        else:
            found = room.second(clock, at, session.day)
            if ahead and at.day is None and session.is_day_over and found < session.now_s:
                found = room.second(clock, at, session.day + 1)
        if clock.day_of(found) < 0:
            first, last = (f"{at:%H:%M}" for at in (clock.morning(0), clock.evening(0)))
            days = text("days 1 to {n}, ", n=clock.days) if clock.days > 1 else ""
            raise BadOrder(
                text(
                    "{time} is not played: in the room it is {days}{first} to {last}, in the scenario "
                    "{begins} to {ends}",
                    time=escaped(written),
                    days=days,
                    first=first,
                    last=last,
                    begins=clock.said(clock.from_s),
                    ends=clock.said(clock.to_s),
                )
            )
        return found

    def decide(self, found: tuple[list[Decision], list[Problem]]) -> None:
        """Let the players have decided."""
        decisions, warnings = found
        early = [one for one in decisions if one.time_s < self.session.now_s]
        if early:
            first = self.session.clock.said(min(one.time_s for one in early))
            raise BadOrder(text("a decision from {when} comes too late; go back first", when=first))
        for problem in sentences(warnings):
            self.say(problem)
        session, before = self.session, self.session.course
        ended = replaced(session.state.decisions, decisions, before)
        acts = len(session.log.lines)
        otherwise = session.decide(decisions)
        for line in session.log.lines[acts:-1]:
            for said in told(line, session.course):
                self.say(said)
        for whose, what in ended:
            self.say(text("  Replaced: {who}: {what}.", who=whose, what=what))
        for words in effects(decisions, before, session.course):
            self.say(words)
        self.otherwise(otherwise)
        self.say(quiet(session))

    def decide_or_ask(self, found: tuple[list[Decision], list[Problem]]) -> None:
        """Let the players have decided; ask first where it is for all regions and not all play."""
        play, keys = self._reader.names.plays, self.session.setup.scenario.region_keys
        nation = [one for one in found[0] if set(one.regions) == set(keys)]
        if not nation or len(play) == len(keys):
            return self.decide(found)
        self.say(text("For {n} regions that nobody plays it is decided too.", n=len(keys) - len(play)))
        for whose, what in replaced(self.session.state.decisions, nation, self.session.course):
            self.say(text("  It replaces: {who}: {what}.", who=whose, what=what))
        self.say(text("Is it decided for the whole nation? Type {yes} or {no}.", yes=YES, no=NO))
        self.asked = lambda: self.decide(found)
        return None

    def otherwise(self, found: Replanned) -> None:
        """Say what is otherwise in what is to come: in full what falls due within the hour."""
        session = self.session
        self.say(counts(found, self.language))
        near = found.until(session.clock.played_from(session.upcoming, SOON))
        for words in in_full(near, session.clock, session.day, self.language):
            self.say(words)
        if found and near != found:
            none = text("Nothing of it within the hour; the command new shows all of it.")
            self.say(text("The command new shows all of it.") if near else none)

    def undo(self) -> None:
        """Take back what was decided or marked last, and say what it was."""
        undone = self.session.undo()
        if undone is None:
            raise BadOrder(text("there is nothing to take back"))
        lines, found = undone
        line = next(one for one in reversed(self.session.log.lines) if one["do"] == "undo")
        for words in taken_back(line, self.session.course):
            self.say(words)
        if any(one["do"] == "decide" for one in lines):
            self.otherwise(found)

    def in_force(self) -> None:
        """Say which decisions are in force, by region, and since when; and those that are for later."""
        session = self.session
        found = listed(session.state.decisions, session.now_s, session.course)
        if not found:
            self.say(text("No decision is in force: the course goes as the plan says."))
        for whose, what in found:
            self.say(f"  {whose}: {what}.")

    def entered(self, written: str) -> tuple[list[Decision], list[Problem]]:
        """Return what is decided from now on."""
        at = self.session.now_s / HOUR
        entries = [{"at": at, **entry} for entry in self._reader.entries(written)]
        here = self.language.say(text("decision"))
        try:
            decisions, warnings = stated(entries, self.session.setup.scenario, here)
        except InputRefused as refused:
            raise InputRefused(self._reader.in_words(refused.problems)) from None
        return decisions, self._reader.in_words(warnings)
