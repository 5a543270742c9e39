"""The columns of those who arrive together: everything that follows from who they are."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from nspl_sim.demand import municipal, named, quantiles
from nspl_sim.demand.chance import Chance
from nspl_sim.demand.displaced import living_in
from nspl_sim.demand.pathways import INTENSIVE, Course, chosen, courses, factor_of, with_factor
from nspl_sim.demand.present import left_of_stay, stages_of
from nspl_sim.demand.streams import Arrivals
from nspl_sim.demand.streams.events import light_first
from nspl_sim.scenario.classes import PatientClass
from nspl_sim.scenario.model import Scenario
from nspl_sim.scenario.streams import EventStream, PlannedStream, PoissonStream, Stream, TableStream
from nspl_sim.vocabulary.care import NEVER, NoBed
from nspl_sim.vocabulary.clock import days, hours
from nspl_sim.vocabulary.patients import PRESENT, Floats, Ints

_NO_BED = {value: number for number, value in enumerate(NoBed)}
_LONGEST_S = 10**11
NOWHERE = -1

Columns = dict[str, Any]

WHOLE = (
    "stream",
    "region",
    "origin",
    "number",
    "klass",
    "urgency",
    "priority",
    "onset_s",
    "arrival_s",
    "due_s",
    "stage_count",
    "delay_s",
    "extra_stay_if_moved_s",
    "min_stabilise_s",
    "no_bed",
    "waits_at_most_s",
    "municipal_wait_s",
    "leaves_s",
)
BY_STAGE = ("kind", "stay_s", "dies_waiting_s")
UNIFORMS = ("u_outcome", "u_elective", "u_discharge")


@dataclass(frozen=True)
class Draw:
    """One group's uniforms by purpose."""

    chance: Chance
    stream: str
    keyed_by: str
    count: int
    prefix: str
    _drawn: dict[str, Floats] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __call__(self, purpose: str) -> Floats:
        """Return one uniform for each patient of the group: the same whenever asked for."""
        if purpose not in self._drawn:
            given = (self.count, self.stream, self.keyed_by, self.prefix + purpose)
            self._drawn[purpose] = self.chance.uniforms(*given)
        return self._drawn[purpose]


@dataclass(frozen=True)
class World:
    """The scenario's names in their order, and the luck of one replication."""

    scenario: Scenario
    chance: Chance
    streams: tuple[str, ...]
    regions: tuple[str, ...]
    kinds: tuple[str, ...]
    classes: tuple[str, ...]
    stages: int
    """Most stages that any patient can have."""

    @classmethod
    def of(cls, scenario: Scenario, replication: int) -> "World":
        """Return the world of *scenario* in *replication*."""
        longest = [len(p.stages) for c in scenario.classes.values() for p in c.pathways]
        for stream in scenario.streams.values():
            if isinstance(stream, TableStream):
                longest += [len(p.stages or []) for p in stream.patients]
        return cls(
            scenario,
            Chance(scenario.seed, replication),
            (*sorted(scenario.streams), *((PRESENT,) if scenario.present else ())),
            scenario.region_keys,
            scenario.kinds,
            tuple(sorted(scenario.classes)),
            max(1, *longest),
        )

    def columns(self, name: str, group: Arrivals) -> Columns:
        """Return the columns of those who arrive together in *group*."""
        stream, count = self.scenario.streams.get(name), len(group.number)
        found, course, stage = self._courses(stream, name, group)
        columns: Columns = {
            "stream": np.full(count, self.streams.index(name), dtype=np.int64),
            "region": group.region,
            "origin": group.region,
            "number": group.number,
            "onset_s": group.onset_s,
            "arrival_s": group.arrival_s.copy(),
            "kind": np.full((count, self.stages), -1, dtype=np.int64),
            "stay_s": np.full((count, self.stages), -1, dtype=np.int64),
            "dies_waiting_s": np.full((count, self.stages), -1, dtype=np.int64),
            "extra_stay_if_moved_s": np.zeros(count, dtype=np.int64),
            "delay_s": np.zeros(count, dtype=np.int64),
        }
        self._by_class(columns, found, course)
        prefix = "" if stage is None else "ready " if group.is_ready else "present "
        draw = Draw(self.chance, name, group.keyed_by, count, prefix)
        if isinstance(stream, PoissonStream | PlannedStream) and stage is None:
            columns["region"] = living_in(self.scenario, group.keyed_by, group.arrival_s, draw)
        waits = municipal.waits_s(self.scenario, found, course, columns["region"], draw)
        columns["municipal_wait_s"] = waits
        for purpose in ("outcome", "elective", "discharge"):
            columns["u_" + purpose] = draw(purpose)
        for number, one in enumerate(found):
            for first in range(len(one.pathway.stages) if stage is not None else 1):
                rows = np.flatnonzero((course == number) & (True if stage is None else stage == first))
                if len(rows):
                    self._one_course(columns, draw, one, rows, None if stage is None else first)
        if group.is_ready:
            self._already_ready(columns, draw, found, course)
        if self.scenario.transport.delay is not None:
            columns["delay_s"] = quantiles.duration(self.scenario.transport.delay, draw("delay"))
        if isinstance(stream, EventStream):
            columns["arrival_s"] = light_first(
                stream, columns["onset_s"], columns["arrival_s"], columns["urgency"]
            )
        if isinstance(stream, TableStream):
            dies = self._named_die(draw, stream)
            named.as_given(columns, stream, self.kinds, dies)
        self._for_home(columns, stream, draw)
        return columns

    def _for_home(self, columns: Columns, stream: Stream | None, draw: Draw) -> None:
        """Fill in from when on patients leave for their home country: not out of intensive care."""
        count = columns["stage_count"]
        columns["leaves_s"] = np.full(len(count), NEVER, dtype=np.int64)
        if stream is None or stream.repatriated_after is None:
            return
        last = columns["kind"][np.arange(len(count)), np.maximum(count - 1, 0)]
        intensive = self.kinds.index(INTENSIVE) if INTENSIVE in self.kinds else NOWHERE
        able = (count > 0) & (last != intensive)
        after = quantiles.duration(stream.repatriated_after, draw("repatriated"))
        columns["leaves_s"][able] = (columns["arrival_s"] + after)[able]
        columns["municipal_wait_s"][able] = 0

    def _courses(
        self, stream: Stream | None, name: str, group: Arrivals
    ) -> tuple[list[Course], Ints, Ints | None]:
        """Return the group's courses, which each patient takes, and the stage of those under way."""
        u = self.chance.uniforms(len(group.number), name, group.keyed_by, "class")
        if isinstance(stream, TableStream):
            return *named.courses_of(stream, self.scenario.classes, u), None
        found = list(group.found or ())
        if stream is not None:
            found = courses(stream.classes, self.scenario.classes)
        if group.under_way is not None or stream is None:
            at = np.array(stages_of(found), dtype=np.int64)[group.under_way]
            return found, at[:, 0], at[:, 1]
        factor = factor_of(stream, group.keyed_by, found)
        return found, chosen(with_factor(found, factor), u), None

    def _by_class(self, columns: Columns, found: list[Course], course: Ints) -> None:
        """Fill the columns that follow from the class alone."""

        def of_course(values: list[int]) -> Ints:
            return np.array(values, dtype=np.int64)[course]

        specs = [c.spec for c in found]
        columns["klass"] = of_course([self.classes.index(c.klass) for c in found])
        columns["urgency"] = of_course([s.urgency for s in specs])
        columns["priority"] = of_course([(s.priority or 0) if s.pausable else 0 for s in specs])
        columns["stage_count"] = of_course([len(c.pathway.stages) for c in found])
        columns["min_stabilise_s"] = of_course([hours(s.min_stabilise_h) for s in specs])
        columns["no_bed"] = of_course([_NO_BED[NoBed(s.no_bed)] for s in specs])
        limits = [s.waits_at_most_h for s in specs]
        columns["waits_at_most_s"] = of_course([NEVER if h is None else hours(h) for h in limits])
        due = of_course([days(s.due_days) if s.due_days is not None else NEVER for s in specs])
        columns["due_s"] = np.where(due < NEVER, columns["arrival_s"] + np.minimum(due, _LONGEST_S), NEVER)

    def _one_course(
        self, columns: Columns, draw: Draw, one: Course, rows: Ints, under_way: int | None
    ) -> None:
        """Fill the stages of the patients in *rows*, who all take one course (from one stage on)."""
        first = under_way or 0
        for index, stage in enumerate(one.pathway.stages[first:]):
            columns["kind"][rows, index] = self.kinds.index(stage.kind)
            u = draw(f"stay {first + index}")[rows]
            columns["stay_s"][rows, index] = quantiles.duration(stage.stay, u)
            columns["dies_waiting_s"][rows, index] = NEVER
        if one.spec.extra_stay_if_moved is not None:
            extra = quantiles.duration(one.spec.extra_stay_if_moved, draw("extra stay")[rows])
            columns["extra_stay_if_moved_s"][rows] = extra
        if under_way is not None:
            left = left_of_stay(one, first, draw("length")[rows], draw("left")[rows])
            columns["stay_s"][rows, 0] = left
            columns["stage_count"][rows] -= first
            columns["priority"][rows] = 0
            columns["due_s"][rows] = NEVER
        elif one.pathway.stages and one.spec.dies_waiting is not None:
            columns["dies_waiting_s"][rows, 0] = _dies_waiting(one.spec, draw, rows)

    def _already_ready(self, columns: Columns, draw: Draw, found: list[Course], course: Ints) -> None:
        """Let those who are ready for discharge at the start stay for the rest of their wait only."""
        columns["municipal_wait_s"][:] = 0
        for number, one in enumerate(found):
            rows = np.flatnonzero(course == number)
            if len(rows):
                u_length, u_left = draw("length")[rows], draw("left")[rows]
                left = municipal.left_of_wait(
                    self.scenario, one.spec, columns["region"][rows], u_length, u_left
                )
                columns["stay_s"][rows, 0] = left

    def _named_die(self, draw: Draw, stream: TableStream) -> Ints:
        """Return how long each named patient's first wait is survived, by their class."""
        dies = np.full(len(stream.patients), NEVER, dtype=np.int64)
        of_patient = np.array([self.classes.index(p.class_) for p in stream.patients])
        for number, name in enumerate(self.classes):
            rows = np.flatnonzero(of_patient == number)
            spec = self.scenario.classes[name]
            if len(rows) and spec.dies_waiting is not None:
                dies[rows] = _dies_waiting(spec, draw, rows)
        return dies


def _dies_waiting(spec: PatientClass, draw: Draw, rows: Ints) -> Ints:
    """Return seconds from asking to death for want of the first stage (sources-clinical, section 4)."""
    assert spec.dies_waiting is not None
    dies = quantiles.survival_time(spec.dies_waiting, draw("dies waiting")[rows])
    if spec.untreated is not None and spec.untreated_h:
        untreated = quantiles.survival_time(spec.untreated, draw("dies untreated")[rows])
        overrun_s = hours(spec.untreated_h)
        dies = np.where(untreated < overrun_s, untreated, overrun_s + dies)
    return quantiles.whole_seconds(dies)
