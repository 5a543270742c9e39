"""The course of events: everything that measures need, derived once from a run's journal.

The window is 0 <= t < horizon. Deaths and waits belong to the cohort, those who arrived in the
window, however late in cool-down they came about; beds belong to the window and are weighted by time.
Regions and unit kinds are numbers in alphabetical order; a unit is region x kinds + kind.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

import numpy as np

from nspl_sim.journal import Journal
from nspl_sim.measures import capacity, tables
from nspl_sim.measures.steps import Bools, Steps
from nspl_sim.measures.story import ENDINGS, Story
from nspl_sim.measures.tables import Flags, Needs, Stays
from nspl_sim.policies.plan import Plan
from nspl_sim.scenario.kinds import is_referred
from nspl_sim.scenario.model import Scenario
from nspl_sim.scenario.owners import owner_numbers
from nspl_sim.vocabulary.care import NEVER, Event, Outcome
from nspl_sim.vocabulary.clock import DAY, days, hours
from nspl_sim.vocabulary.patients import FIRST_PRESENT, Demand, Ints

ICU, WARD = "icu", "ward"
"""The unit kinds that measures know by name."""

_P = ParamSpec("_P")
_T = TypeVar("_T")


@dataclass(frozen=True, eq=False)
class Course:
    """One run, seen as cohort, stays, needs and step functions. Nothing in it is random."""

    scenario: Scenario
    demand: Demand
    journal: Journal
    plan: Plan | None = None
    """Under which it ran: what its terms of asking are. None: those of today's order."""
    _once: dict[Any, Any] = field(default_factory=dict, init=False, repr=False)

    # ------------------------------------------------------------ the clock and the names

    @cached_property
    def horizon_s(self) -> int:
        """Return the end of the window."""
        return days(self.scenario.horizon_days)

    @cached_property
    def end_s(self) -> int:
        """Return the end of the run, cool-down included."""
        return self.horizon_s + hours(self.scenario.cool_down_h)

    @property
    def horizon_days(self) -> float:
        """Return the length of the window in days."""
        return self.horizon_s / DAY

    @property
    def regions(self) -> tuple[str, ...]:
        """Return the region keys in alphabetical order."""
        return self.demand.regions

    @property
    def kinds(self) -> tuple[str, ...]:
        """Return the unit kinds in alphabetical order."""
        return self.demand.kinds

    @property
    def supplies(self) -> tuple[str, ...]:
        """Return the items that patients consume, in alphabetical order."""
        return tuple(sorted(self.scenario.supplies))

    def kind_number(self, kind: str) -> int:
        """Return the number of *kind*, -1 where the scenario has no such unit."""
        return self.kinds.index(kind) if kind in self.kinds else -1

    def forget(self, module: str) -> None:
        """Let go of what the functions of *module* that are :func:`derived` have worked out."""
        for key in [key for key in self._once if key[0].__module__ == module]:
            del self._once[key]

    # ------------------------------------------------------------ patients

    @cached_property
    def cohort(self) -> Bools:
        """Return who arrived in the window; who lay there from the start did not. Shape (patients,)."""
        arrival_s = self.demand.arrival_s
        came = self.demand.number < FIRST_PRESENT
        return came & (arrival_s >= 0) & (arrival_s < self.horizon_s)

    @cached_property
    def outcome(self) -> Ints:
        """Return each patient's ``Outcome`` as the journal has it: death in care is settled later."""
        codes = np.full(len(self.demand), Outcome.PRESENT, dtype=np.int64)
        for event, outcome in ENDINGS.items():
            codes[self.journal.patient[self.journal.where(event)]] = outcome
        return codes

    @cached_property
    def exit_s(self) -> Ints:
        """Return when each patient left the system, ``NEVER`` for the present. Shape (patients,)."""
        times = np.full(len(self.demand), NEVER, dtype=np.int64)
        for event in ENDINGS:
            rows = self.journal.where(event)
            times[self.journal.patient[rows]] = self.journal.time_s[rows]
        return times

    @cached_property
    def postponed_s(self) -> Ints:
        """Return when planned care was postponed, else ``NEVER``. Shape (patients,)."""
        return self._first(Event.POSTPONED)

    @cached_property
    def released_s(self) -> Ints:
        """Return when planned care was let through from the list, else ``NEVER``. Shape (patients,)."""
        return self._first(Event.RELEASED)

    def _first(self, event: Event) -> Ints:
        times = np.full(len(self.demand), NEVER, dtype=np.int64)
        rows = self.journal.where(event)[::-1]
        times[self.journal.patient[rows]] = self.journal.time_s[rows]
        return times

    # ------------------------------------------------------------ tables

    @cached_property
    def _told(self) -> tuple[Stays, Stays, Needs, Needs]:
        """Return stays, boarding, needs and moves, as the journal tells them patient by patient."""
        story, end_s = Story.of(self.journal), self.end_s
        needs = tables.needs(story, self.demand, end_s, self.referred)
        owner = np.array(owner_numbers(self.scenario), dtype=np.int64)
        elsewhere = (needs.receiver >= 0) & (needs.receiver != needs.region)
        needs.within[:] = elsewhere & (owner[needs.receiver] == owner[needs.region])
        return tables.stays(story, end_s), tables.boarding(story, end_s), needs, tables.moves(story, end_s)

    @property
    def stays(self) -> Stays:
        """Return every stay in a bed."""
        return self._told[0]

    @property
    def boarding(self) -> Stays:
        """Return every time that a bed was kept in want of the next."""
        return self._told[1]

    @property
    def needs(self) -> Needs:
        """Return every need of a bed."""
        return self._told[2]

    @cached_property
    def referred(self) -> Flags:
        """Return 1 where a region refers patients for want of the kind, else 0. Shape (regions, kinds)."""
        said = [[is_referred(self.scenario, r, k) for k in self.kinds] for r in self.regions]
        return np.array(said, dtype=np.int8).reshape(len(self.regions), len(self.kinds))

    @cached_property
    def trips(self) -> Needs:
        """Return the needs for which a bed elsewhere was booked, referrals among them."""
        return self.needs.only(self.needs.receiver >= 0)

    @property
    def moves(self) -> Needs:
        """Return the moves of in-patients, those home included; they are not among the trips."""
        return self._told[3]

    @cached_property
    def all_trips(self) -> Needs:
        """Return every trip to a bed elsewhere: the trips of needs, then the moves of in-patients."""
        return self.trips + self.moves

    def first_needs(self, kind: str | None = None) -> Needs:
        """Return each patient's first need, or first need of *kind*."""
        found = self.needs if kind is None else self.needs.only(self.needs.kind == self.kind_number(kind))
        return found.only(np.diff(found.patient, prepend=-1) != 0)

    # ------------------------------------------------------------ step functions by unit

    @cached_property
    def occupied(self) -> Steps:
        """Return the patients in beds."""
        return self._counting(self.stays.region, self.stays.kind, self.stays.from_s, self.stays.to_s)

    @cached_property
    def inbound(self) -> Steps:
        """Return the beds booked for those who have not yet been admitted."""
        trips = self.all_trips
        return self._counting(trips.receiver, trips.kind, trips.placed_s, trips.ended_s)

    @cached_property
    def waiting(self) -> Steps:
        """Return the needs in line where the patient is; those who board are among them."""
        needs = self.needs
        until = np.minimum(needs.placed_s, needs.ended_s)
        return self._counting(needs.region, needs.kind, needs.asked_s, until)

    @cached_property
    def teams_away(self) -> Steps:
        """Return the teams that are on a trip, by the unit that lacks them."""
        return capacity.teams_away(self.scenario, self.demand, self.journal, self.all_trips)

    @cached_property
    def vehicles_away(self) -> Steps:
        """Return the vehicles that are on a trip, by mode and, last, those of which the mode is not known."""
        return capacity.vehicles_away(self.scenario, self.journal, self.all_trips)

    @cached_property
    def base_beds(self) -> Ints:
        """Return the staffed beds before any change. Shape (regions, kinds)."""
        return capacity.base_beds(self.scenario, self.demand)

    @cached_property
    def open_beds(self) -> Steps:
        """Return base beds and open surge steps: staff who are away with a patient count as there."""
        base = capacity.changed(self.demand, self.journal, self.base_beds)
        return base + capacity.surge(self.scenario, self.demand, self.journal)

    @cached_property
    def beds(self) -> Steps:
        """Return the staffed beds: those open less those of teams away, never below 0."""
        return (self.open_beds - self.teams_away * self.scenario.transport.beds_per_team).floored()

    def of_kind(self, steps: Steps, kind: str) -> Steps:
        """Return *steps* of one kind by region: all 0 where the scenario has no such unit."""
        if kind not in self.kinds:
            nothing = np.empty(0, dtype=np.int64)
            return Steps(np.zeros(len(self.regions), dtype=np.int64), nothing, nothing, nothing)
        return steps.each(len(self.kinds))[self.kinds.index(kind)]

    # ------------------------------------------------------------ levels on a grid, for figures

    def census(self, kind: str, every_s: int) -> Ints:
        """Return the patients in beds of *kind* at 0, every_s, ... in the window. Shape (regions, times)."""
        return self._levels(self.occupied, kind, every_s)

    def staffed(self, kind: str, every_s: int) -> Ints:
        """Return the staffed beds of *kind* on the same grid. Shape (regions, times)."""
        return self._levels(self.beds, kind, every_s)

    def in_line(self, kind: str, every_s: int) -> Ints:
        """Return those who wait for a bed of *kind* on the same grid. Shape (regions, times)."""
        return self._levels(self.waiting, kind, every_s)

    def _levels(self, steps: Steps, kind: str, every_s: int) -> Ints:
        return self.of_kind(steps, kind).at(np.arange(0, self.horizon_s, every_s))

    def _counting(self, region: Ints, kind: Ints, from_s: Ints, to_s: Ints) -> Steps:
        units = len(self.regions) * len(self.kinds)
        return Steps.counting(units, region * len(self.kinds) + kind, from_s, to_s)


def derived(
    function: Callable[Concatenate[Course, _P], _T],
) -> Callable[Concatenate[Course, _P], _T]:
    """Let what *function* makes of a course be worked out once for that course."""

    @wraps(function)
    def once(course: Course, /, *args: _P.args, **kwargs: _P.kwargs) -> _T:
        key = (function, args, tuple(sorted(kwargs.items())))
        if key not in course._once:
            course._once[key] = function(course, *args, **kwargs)
        value: _T = course._once[key]
        return value

    return once
