"""A session: the log and the course that follows from it, stepped by exercise control.

What has come due stays as it was told. All that is still to come is planned anew from the course in which
players have decided; it shares every patient with the course without their decisions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from nspl_sim.demand.sample import sample
from nspl_sim.exercise.course.timeline import Timeline
from nspl_sim.exercise.edited.returning import Row, merged
from nspl_sim.exercise.listing.inject import STATUSES, Inject
from nspl_sim.exercise.listing.material import Form, Material
from nspl_sim.exercise.listing.pacing import NOTHING, Told
from nspl_sim.exercise.listing.planning import Planner
from nspl_sim.exercise.listing.unusual import Unusual
from nspl_sim.exercise.play.following import followed_up, is_answered
from nspl_sim.exercise.play.log import Line, Log
from nspl_sim.exercise.play.replanned import Replanned
from nspl_sim.exercise.play.state import DROPPED, PLAYED, State, as_row
from nspl_sim.exercise.setting.clock import ExerciseClock
from nspl_sim.exercise.setting.roles import Roles
from nspl_sim.experiment.engines import Engine
from nspl_sim.experiment.foresight import happened
from nspl_sim.measures.course import Course
from nspl_sim.paper.language import Language
from nspl_sim.policies.decided import Decided
from nspl_sim.policies.decision import Decision
from nspl_sim.policies.plan import Plan
from nspl_sim.scenario.model import Scenario
from nspl_sim.system.simulate import geography
from nspl_sim.vocabulary.clock import MINUTE
from nspl_sim.vocabulary.patients import Demand


@dataclass(frozen=True)
class Setup:
    """What an exercise is made of before it is played."""

    scenario: Scenario
    plan: Plan
    replication: int
    roles: Roles
    clock: ExerciseClock
    form: Form
    language: Language
    engine: Engine
    edited: Mapping[str, Row] | None = None
    """Rows of a list that people have edited: what they wrote stays."""
    unusual: Unusual | None = None
    """Ranks each inject among the replications of stored results."""

    @cached_property
    def demand(self) -> Demand:
        """Return the patients, whom every branch shares."""
        return sample(self.scenario, self.replication)

    def material(self, decisions: Sequence[Decision], told: Told = NOTHING) -> Material:
        """Return the material of the course in which players made *decisions*; what has been *told* stays."""
        journal = happened(self.scenario, self.plan, self.demand, self.engine, decisions=decisions)
        course = Course(self.scenario, self.demand, journal, self.plan)
        line = Timeline(course, self.replication, self.clock.from_s, self.clock.to_s)
        planner = Planner(self.scenario, self.plan.name, line, self.roles, self.clock, self.language)
        planned = planner.planned(told)
        if self.unusual is not None:
            planned = replace(planned, injects=self.unusual.ranked(planned.injects))
        made = Material(planner, planned, self.form, tuple(decisions))
        made = made if self.edited is None else merged(made, self.edited)[0]
        return followed_up(made, decisions)


class Session:
    """Everything that exercise control does; each act is in the log before it counts."""

    def __init__(self, setup: Setup, log: Log) -> None:
        self.setup = setup
        self.log = log
        self.state = State(setup.clock.from_s)
        for line in log.lines:
            self.state.take(line)
        self._plan()
        if not any(line["do"] == "step" for line in log.lines):
            self.step(setup.clock.from_s)

    # ------------------------------------------------------------ what there is

    @property
    def clock(self) -> ExerciseClock:
        """Return the exercise clock."""
        return self.setup.clock

    @property
    def now_s(self) -> int:
        """Return the present second of the scenario."""
        return self.state.now_s

    @property
    def day(self) -> int:
        """Return the played day, from 0; in the evening the one that has ended."""
        return self.clock.day_of(self.now_s) - self.state.is_evening

    @property
    def is_day_over(self) -> bool:
        """Return whether the played day has ended."""
        return self.now_s == self.clock.ends_s(self.day)

    @property
    def is_over(self) -> bool:
        """Return whether it is ENDEX."""
        return self.now_s >= self.clock.to_s

    @property
    def room(self) -> datetime:
        """Return the present time in the room."""
        wall = self.clock.evening(self.day) if self.is_day_over else self.clock.wall(self.now_s)
        assert wall is not None
        return wall

    @property
    def upcoming(self) -> datetime:
        """Return from when in the room the next hour is played: now, or the next morning."""
        return self.clock.morning(self.day + 1) if self.is_day_over and not self.is_over else self.room

    @property
    def injects(self) -> list[Inject]:
        """Return the whole list: what has come due as it was told, what is to come as it is planned now."""
        told = [self.state.marked(one, self.setup.language) for one in self.state.due.values()]
        return sorted([*told, *self.coming], key=lambda i: (i.wall, i.time_s, -i.weight, i.inject_id))

    @property
    def coming(self) -> list[Inject]:
        """Return what has not come due yet."""
        due = self.state.due
        return [i for i in self.course.injects if i.inject_id not in due and i.time_s > self.state.told_s]

    @property
    def due(self) -> list[Inject]:
        """Return what is to be played now: due, and neither played nor dropped."""
        here = [i for i in self.injects if i.wall <= self.room and i.inject_id in self.state.due]
        return [i for i in here if not self._is_settled(i)]

    @property
    def fresh(self) -> frozenset[str]:
        """Return the numbers of what came due at the last step, contingency injects of that time too."""
        was_s = self.state.was_s
        was = self.clock.wall(was_s) if was_s >= 0 else None
        new = (i for i in self.due if was is None or (i.wall > was if i.reserve_of else i.time_s > was_s))
        return frozenset(one.inject_id for one in new)

    @property
    def next(self) -> list[Inject]:
        """Return what comes after now, in order of time."""
        return [i for i in self.injects if i.wall > self.room and not self._is_settled(i)]

    def _is_settled(self, one: Inject) -> bool:
        marks = self.state.marks
        mark = marks.get(one.inject_id)
        if mark is not None and mark.status:
            return True
        parent = marks.get(one.reserve_of) if one.reserve_of else None
        if bool(parent and (parent.outcome or parent.status == DROPPED)) or one.status == self._dropped:
            return True
        return bool(one.reserve_of) and is_answered(one, self.course, self._decided, self.now_s)

    @cached_property
    def _dropped(self) -> str:
        return self.setup.language.say(STATUSES[-1])

    @property
    def material(self) -> Material:
        """Return what papers are made of: the course as it goes, and the list with what was noted."""
        planned = replace(self.course.planned, injects=tuple(self.injects))
        return replace(self.course, planned=planned)

    # ------------------------------------------------------------ what is done

    def step(self, to_s: int) -> None:
        """Go on to second *to_s* of the scenario; what has come due on the way is written down as it is.

        Over the end of a day it goes in two steps: to the evening, and from there to the morning or later.
        What a decision would have put before the present second, had it been known then, is not told late.
        """
        begins, clock = not any(line["do"] == "step" for line in self.log.lines), self.clock
        day = min(self.day + self.is_day_over, clock.days - 1)
        to_s = min(max(to_s, clock.begins_s(day)), clock.ends_s(day))
        evening = to_s == clock.ends_s(day) == clock.begins_s(day + 1) and to_s < clock.to_s
        fresh = [i for i in self.course.injects if begins or self.state.told_s < i.time_s]
        fresh = [i for i in fresh if i.time_s <= to_s - evening and i.inject_id not in self.state.due]
        self._do("step", now_s=to_s, evening=evening, due=[as_row(one) for one in fresh])

    def mark_all(self, injects: Sequence[Inject], status: str, outcome: str) -> None:
        """Note of *injects* what became of them; what is played and was to come later comes due now."""
        first = len(self.log.lines)
        for one in injects:
            if one.inject_id not in self.state.due and status == PLAYED:
                self._do("step", now_s=self.now_s, due=[as_row(one)], brought=True, of=first)
            self.mark(one.inject_id, status=status, **{"outcome": outcome} if outcome else {}, of=first)

    def later(self, minutes: float) -> int:
        """Return the second of the scenario so many minutes in the room from now, at most the day's end.

        From the end of a day: the next morning.
        """
        if self.is_day_over:
            return min(self.clock.begins_s(self.day + 1), self.clock.to_s)
        return min(self.now_s + round(minutes * MINUTE * self.clock.tempo), self.clock.ends_s(self.day))

    def mark(self, number: str, **said: Any) -> None:
        """Note of an inject its status, outcome or note."""
        if "status" in said:
            said["played_at"] = "" if said["status"] == DROPPED else self.room.isoformat(timespec="minutes")
        self._do("mark", inject_id=number, now_s=self.now_s, **said)

    def remark(self, words: str) -> None:
        """Write something down that belongs to no inject."""
        self._do("remark", words=words, now_s=self.now_s)

    def decide(self, decisions: Sequence[Decision]) -> Replanned:
        """Let players have decided, from now on or later; return what is otherwise in what is to come."""
        first = len(self.log.lines)
        for one in decisions:
            what: dict[str, Any] = one.what.model_dump(mode="json", exclude_none=True)
            said = {"at_s": one.time_s, "regions": list(one.regions), "what": what}
            self._do("decide", **said, now_s=self.now_s, of=first)
        return self._replan()

    def undo(self) -> tuple[list[Line], Replanned] | None:
        """Take back the latest decisions that were entered together, or the latest mark; None: there is none.

        Return the lines of the log that are as if they had never been, and what is otherwise.
        """
        lines = self.state.latest()
        if not lines:
            return None
        self._do("undo", now_s=self.now_s, lines=[line["n"] for line in lines], **_what(lines))
        if not any(line["do"] == "decide" for line in lines):
            return lines, Replanned((), (), (), ())
        return lines, self._replan()

    def back(self, to_s: int) -> Replanned:
        """Go back to second *to_s*: what came due or was decided after it has not been."""
        self._do("back", now_s=to_s)
        return self._replan()

    def _plan(self) -> None:
        """Plan anew what is to come, from what players have decided."""
        self.course = self.setup.material(self.state.decisions, self.state.told)
        self._decided = Decided(self.course.decisions, geography(self.setup.scenario))

    def _replan(self) -> Replanned:
        before = self.coming
        self._plan()
        found = Replanned.of(before, self.coming)
        journal = self.course.line.course.journal.fingerprint()
        self._do("planned", now_s=self.now_s, **found.written(), journal=journal)
        return found

    def _do(self, do: str, **said: Any) -> None:
        self.state.take(self.log.add(do, **said))


def _what(lines: Sequence[Line]) -> dict[str, Any]:
    """Return what was in *lines*, for the line that takes them back."""
    decided = [{k: line[k] for k in ("at_s", "regions", "what")} for line in lines if line["do"] == "decide"]
    marked = [line["inject_id"] for line in lines if line["do"] == "mark"]
    return {"decisions": decided, "marks": marked}
