"""Where exercise control sits: what every command needs to say, to find and to let happen."""

from collections.abc import Callable, Sequence
from pathlib import Path

from pydantic_core import PydanticCustomError

from nspl_sim.exercise.inject import Inject
from nspl_sim.exercise.play.decision_words import Reader
from nspl_sim.exercise.play.decisions import second_of, stated, when
from nspl_sim.exercise.play.session import Session
from nspl_sim.exercise.play.telling import hour_and_day, opening, quiet, told
from nspl_sim.policies.decision import Decision
from nspl_sim.reading.showing import nearest
from nspl_sim.reading.telling import sentences
from nspl_sim.vocabulary.clock import HOUR
from nspl_sim.vocabulary.errors import NsplError, Problem
from nspl_sim.vocabulary.text import Text, text

MOST_OLDER = 5
"""So many older injects are named; all are counted."""


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
        self._reader = Reader.of(session.course.words)
        self.is_over = False

    def say(self, words: Text | str) -> None:
        """Say something in the language."""
        self._out(self.language.say(words) if isinstance(words, Text) else words)

    def where(self) -> None:
        """Say where the exercise is, what has come due at the last step, and how much is older."""
        session = self.session
        self.say(hour_and_day(session))
        fresh = [one for one in session.due if one.inject_id in session.fresh]
        for one in fresh:
            self.say(f"  {brief(one)}")
            self.say(f"      {one.script}")
        older = [one.inject_id for one in session.due if one.inject_id not in session.fresh]
        if older:
            which = ", ".join(older[-MOST_OLDER:])
            more = "… " if len(older) > MOST_OLDER else ""
            self.say(text("  Older and not marked: {n} ({which})", n=len(older), which=more + which))
        if not fresh:
            self.say(quiet(session))

    def inject(self, number: str) -> Inject:
        """Return the inject called *number*, or by the beginning of its number if that is one's alone."""
        wanted = number.upper()
        there = {one.inject_id: one for one in self.session.injects}
        like = [n for n in there if n.upper().startswith(wanted)]
        own = [n for n in like if not there[n].reserve_of]
        found = [wanted] if wanted in there else own or like
        if number and len(found) == 1:
            return there[found[0]]
        if not number:
            raise BadOrder(text("say the number of an inject"))
        if found:
            raise BadOrder(text("{number} may be any of {which}", number=number, which=", ".join(found[:8])))
        rule = text("there is no inject {number}", number=number)
        meant = nearest(wanted, there)
        raise BadOrder(text('{wrong}; did you mean "{name}"?', wrong=rule, name=meant) if meant else rule)

    def second(self, written: str) -> int:
        """Return a played second of the scenario: ``D+1 14:30`` in the scenario, ``10:15`` in the room."""
        clock, session = self.session.clock, self.session
        hour, colon, minute = written.partition(":")
        try:
            if colon and hour.isdigit() and minute.isdigit() and len(written) <= 5:
                wall = session.room.replace(hour=int(hour), minute=int(minute))
                found = clock.scenario(wall)
            else:
                found = second_of(when(written), session.setup.scenario)
        except (PydanticCustomError, ValueError):
            raise BadOrder(text("write a time: 10:15 in the room, or D+1 14:30 in the scenario")) from None
        if clock.day_of(found) < 0:
            raise BadOrder(text("that time is not played"))
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
        before = len(self.session.log.lines)
        self.session.decide(decisions)
        for line in self.session.log.lines[before:]:
            for said in told(line, self.session.course):
                self.say(said)
        for words in opening(decisions, self.session):
            self.say(words)
        self.say(quiet(self.session))

    def entered(self, written: str) -> tuple[list[Decision], list[Problem]]:
        """Return what is decided from now on."""
        at = self.session.now_s / HOUR
        entries = [{"at": at, **entry} for entry in self._reader.entries(written)]
        here = self.language.say(text("decision"))
        return stated(entries, self.session.setup.scenario, here)


def brief(one: Inject) -> str:
    """Return an inject on a line."""
    return f"{one.wall:%H:%M}  {one.inject_id}  {one.to}: {one.subject}"
