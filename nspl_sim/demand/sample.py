"""The table of patients: ``sample(scenario, replication)``, all that chance decides."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from nspl_sim.demand import municipal, quantiles
from nspl_sim.demand.chance import Chance
from nspl_sim.demand.closures import closures
from nspl_sim.demand.disruptions import disruptions
from nspl_sim.demand.diversion import diverted_to
from nspl_sim.demand.pathways import Course, chosen, courses, with_factor
from nspl_sim.demand.present import left_of_stay, present, stages_of
from nspl_sim.demand.rates import Window
from nspl_sim.demand.reports import report_luck
from nspl_sim.demand.streams import Arrivals, arrivals
from nspl_sim.scenario.classes import PatientClass
from nspl_sim.scenario.model import Scenario
from nspl_sim.scenario.streams import MassCasualtyStream, Stream, TableStream
from nspl_sim.vocabulary.care import NEVER, NoBed
from nspl_sim.vocabulary.clock import days, hours
from nspl_sim.vocabulary.patients import Demand, Floats, Ints

_NO_BED = {value: number for number, value in enumerate(NoBed)}
_LONGEST_S = 10**11


def sample(scenario: Scenario, replication: int) -> Demand:
    """Return the patients of *replication*: the same whatever the plan, the batch or the machine."""
    world = _World.of(scenario, replication)
    parts = [
        world.columns(number, name, group)
        for number, name in enumerate(world.streams)
        for group in world.groups(name)
        if len(group.number)
    ]
    return world.demand(parts)


Columns = dict[str, Any]


@dataclass(frozen=True)
class _Draw:
    """One group's uniforms by purpose."""

    chance: Chance
    stream: str
    keyed_by: str
    count: int
    prefix: str

    def __call__(self, purpose: str) -> Floats:
        """Return one uniform for each patient of the group."""
        return self.chance.uniforms(self.count, self.stream, self.keyed_by, self.prefix + purpose)


def _given_s(given_h: float) -> int:
    """Return a given time in whole seconds: at least 1, unless it is exactly 0."""
    return max(1, hours(given_h)) if given_h else 0


def _dies_waiting(spec: PatientClass, draw: _Draw, rows: Ints) -> Ints:
    """Return seconds from asking to death for want of the first stage (sources-clinical, section 4)."""
    assert spec.dies_waiting is not None
    dies = quantiles.survival_time(spec.dies_waiting, draw("dies waiting")[rows])
    if spec.untreated is not None and spec.untreated_h:
        untreated = quantiles.survival_time(spec.untreated, draw("dies untreated")[rows])
        overrun_s = hours(spec.untreated_h)
        dies = np.where(untreated < overrun_s, untreated, overrun_s + dies)
    return quantiles.whole_seconds(dies)


@dataclass(frozen=True)
class _World:
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
    def of(cls, scenario: Scenario, replication: int) -> "_World":
        longest = [len(p.stages) for c in scenario.classes.values() for p in c.pathways]
        for stream in scenario.streams.values():
            if isinstance(stream, TableStream):
                longest += [len(p.stages or []) for p in stream.patients]
        return cls(
            scenario,
            Chance(scenario.seed, replication),
            tuple(sorted(scenario.streams)),
            scenario.region_keys,
            scenario.kinds,
            tuple(sorted(scenario.classes)),
            max(1, *longest),
        )

    def groups(self, name: str) -> list[Arrivals]:
        """Return everybody of one stream: those who lie there at the start, and those who come."""
        stream, window = self.scenario.streams[name], Window.of(self.scenario)
        come = arrivals(stream, name, self.regions, window, self.chance)
        if self.scenario.starts == "empty" or isinstance(stream, TableStream):
            return come
        found = courses(stream.classes, self.scenario.classes)
        first_s = window.first_s
        lying = present(stream, name, found, self.regions, first_s, self.chance)
        return lying + municipal.ready(self.scenario, stream, name, found, first_s, self.chance) + come

    def columns(self, stream_number: int, name: str, group: Arrivals) -> Columns:
        """Return the columns of those who arrive together in *group*."""
        stream, count = self.scenario.streams[name], len(group.number)
        found, course, stage = self._courses(stream, name, group)
        columns: Columns = {
            "stream": np.full(count, stream_number, dtype=np.int64),
            "region": group.region,
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
        draw = _Draw(self.chance, name, group.keyed_by, count, prefix)
        columns["municipal_wait_s"] = municipal.waits_s(self.scenario, found, course, group.region, draw)
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
        if isinstance(stream, MassCasualtyStream):
            self._light_first(columns, stream)
        if isinstance(stream, TableStream):
            self._as_given(columns, draw, stream)
        return columns

    def _courses(self, stream: Stream, name: str, group: Arrivals) -> tuple[list[Course], Ints, Ints | None]:
        """Return the stream's courses, which each patient takes, and the stage of those under way."""
        u = self.chance.uniforms(len(group.number), name, group.keyed_by, "class")
        if not isinstance(stream, TableStream):
            found = courses(stream.classes, self.scenario.classes)
            if group.under_way is not None:
                at = np.array(stages_of(found), dtype=np.int64)[group.under_way]
                return found, at[:, 0], at[:, 1]
            factor = getattr(stream, "icu_factor", {}).get(group.keyed_by, 1.0)
            return found, chosen(with_factor(found, factor), u), None
        named = sorted({p.class_ for p in stream.patients})
        found, course = [], np.zeros(len(u), dtype=np.int64)
        of_patient = np.array([named.index(p.class_) for p in stream.patients])
        for number, key in enumerate(named):
            rows = np.flatnonzero(of_patient == number)
            own = courses({key: 1.0}, self.scenario.classes)
            course[rows] = len(found) + chosen(with_factor(own, 1.0), u[rows])
            found += own
        return found, course, None

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
        self, columns: Columns, draw: "_Draw", one: Course, rows: Ints, under_way: int | None
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

    def _already_ready(self, columns: Columns, draw: "_Draw", found: list[Course], course: Ints) -> None:
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

    @staticmethod
    def _light_first(columns: Columns, stream: MassCasualtyStream) -> None:
        """Stretch or shorten the way to hospital by urgency."""
        first = columns["onset_s"] + hours(stream.first_arrival_h)
        factor = np.ones(len(first))
        for urgency, value in stream.arrival_factor.items():
            factor[columns["urgency"] == urgency] = value
        way = columns["arrival_s"] - first
        columns["arrival_s"] = first + quantiles.whole_seconds(way * factor)

    def _as_given(self, columns: Columns, draw: "_Draw", stream: TableStream) -> None:
        """Let what the user's table says stand before what was drawn."""
        dies = self._table_dies(draw, stream)
        for row, patient in enumerate(stream.patients):
            if patient.urgency is not None:
                columns["urgency"][row] = patient.urgency
            if patient.stages is None:
                continue
            columns["stage_count"][row] = len(patient.stages)
            for name in ("kind", "stay_s", "dies_waiting_s"):
                columns[name][row] = -1
            for index, stage in enumerate(patient.stages):
                columns["kind"][row, index] = self.kinds.index(stage.kind)
                columns["stay_s"][row, index] = _given_s(stage.stay_h)
                drawn = dies[row] if index == 0 else NEVER
                given = stage.dies_waiting_h
                columns["dies_waiting_s"][row, index] = drawn if given is None else _given_s(given)

    def _table_dies(self, draw: "_Draw", stream: TableStream) -> Ints:
        """Return how long each given patient's first wait is survived, by their class."""
        dies = np.full(len(stream.patients), NEVER, dtype=np.int64)
        of_patient = np.array([self.classes.index(p.class_) for p in stream.patients])
        for number, name in enumerate(self.classes):
            rows = np.flatnonzero(of_patient == number)
            spec = self.scenario.classes[name]
            if len(rows) and spec.dies_waiting is not None:
                dies[rows] = _dies_waiting(spec, draw, rows)
        return dies

    def demand(self, parts: list[Columns]) -> Demand:
        """Return all parts as one table in order of (arrival, stream, region, number)."""
        empty = self._empty()
        table = {name: np.concatenate([empty[name]] + [p.pop(name) for p in parts]) for name in empty}
        order = np.lexsort((table["number"], table["region"], table["stream"], table["arrival_s"]))
        first, end = Window.of(self.scenario).first_s, Window.of(self.scenario).end_s
        arrives = table["arrival_s"][order]
        order = order[(arrives >= first) & (arrives < end)]
        people = {name: table.pop(name)[order] for name in empty}
        lost = disruptions(self.scenario, self.chance)
        return Demand(
            self.streams,
            self.regions,
            self.kinds,
            self.classes,
            **people,
            diverted_to=diverted_to(self.scenario, self.chance, lost, people),
            closures=closures(self.scenario, self.chance),
            disruptions=lost,
            report_luck=report_luck(self.scenario, self.chance),
        )

    def _empty(self) -> Columns:
        whole = (
            "stream",
            "region",
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
        )
        columns: Columns = {name: np.empty(0, dtype=np.int64) for name in whole}
        by_stage = ("kind", "stay_s", "dies_waiting_s")
        columns |= {name: np.empty((0, self.stages), dtype=np.int64) for name in by_stage}
        columns |= {name: np.empty(0) for name in ("u_outcome", "u_elective", "u_discharge")}
        return columns
