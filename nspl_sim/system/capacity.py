"""Staffed beds: base, plus the surge steps open, less the teams away. Nobody is ever thrown out."""

from collections.abc import Callable
from enum import Enum
from functools import partial

from nspl_sim.journal import Recorder
from nspl_sim.scenario.model import Scenario, SurgeStep
from nspl_sim.system.beds import Beds
from nspl_sim.system.clock import Clock
from nspl_sim.vocabulary.care import Event
from nspl_sim.vocabulary.clock import Rank, hours

Place = tuple[int, int]
"""Region and kind."""


class _State(Enum):
    CLOSED = 0
    ORDERED = 1
    DUE = 2
    """Its lead time is over, but a step below it is still on its way."""
    OPEN = 3


class _Step:
    """One surge step of one unit."""

    __slots__ = ("beds", "expired", "lasts_s", "lead_s", "pause_share", "state", "ticket")

    def __init__(self, spec: SurgeStep) -> None:
        self.beds = spec.beds
        self.lead_s = hours(spec.lead_h)
        self.lasts_s = hours(spec.lasts_h) if spec.lasts_h is not None else None
        self.pause_share = spec.pause_share
        self.state = _State.CLOSED
        self.expired = False
        """Its time is over; it stays only while the next is open."""
        self.ticket = 0
        """Number of its latest order; what was planned for an older one falls away."""


class Capacity:
    """Changes staffed beds and writes down every change."""

    def __init__(self, clock: Clock, record: Recorder, scenario: Scenario, beds: Beds) -> None:
        self.clock = clock
        self.note = record.note
        self.beds = beds
        self.beds_per_team = scenario.transport.beds_per_team
        self.paused_share = [1.0] * len(scenario.regions)
        """By region: the share of planned care that the shares in force put off."""
        self._base = [[unit.staffed for unit in units] for units in beds.units]
        self._away = [[0] * len(units) for units in beds.units]
        self._planned: dict[Place, dict[int, int]] = {}
        """Beds to be added to the base, by second."""
        self.taken: set[Place] = set()
        """Units of which some step is open or on its way."""
        self._steps: dict[Place, list[_Step]] = {}
        for region, key in enumerate(scenario.region_keys):
            for kind, name in enumerate(scenario.kinds):
                unit = scenario.regions[key].units.get(name)
                if unit and unit.surge:
                    self._steps[region, kind] = [_Step(spec) for spec in unit.surge]

    # -- base -------------------------------------------------------------------------------

    def change(self, place: Place, beds: int) -> None:
        """Add *beds* (fewer than 0: take) to the base of *place*: losses, staffing by the hour, staff moved.

        A unit that loses beds drains; nobody is thrown out.
        """
        if not beds:
            return
        region, kind = place
        self._base[region][kind] += beds
        self.note(self.clock.now_s, Event.CHANGED, -1, region, kind, self._base[region][kind])
        self._restaff(place)

    def change_at(self, time_s: int, place: Place, beds: int) -> None:
        """Plan that *beds* are added to the base of *place* at *time_s*, before any step of that second.

        What is planned for one second is one change.
        """
        planned = self._planned.setdefault(place, {})
        if time_s not in planned:
            row = self._row(place, 0)
            act = partial(self._as_planned, place, time_s)
            self.clock.call_at(time_s, Rank.CAPACITY_CHANGES, row, act)
        planned[time_s] = planned.get(time_s, 0) + beds

    def _as_planned(self, place: Place, time_s: int) -> None:
        self.change(place, self._planned[place].pop(time_s))

    # -- teams ------------------------------------------------------------------------------

    def team_left(self, region: int, kind: int) -> None:
        """Let the sender lack a team's beds."""
        self._away[region][kind] += self.beds_per_team
        self._restaff((region, kind))

    def team_back(self, region: int, kind: int) -> None:
        """Let the sender have them again."""
        self._away[region][kind] -= self.beds_per_team
        self._restaff((region, kind))

    def _restaff(self, place: Place) -> None:
        region, kind = place
        unit = self.beds.units[region][kind]
        before = unit.staffed
        unit.staffed = max(0, self._base[region][kind] + self.open_beds(place) - self._away[region][kind])
        if unit.staffed > before:
            self.beds.fill(unit)

    def beyond(self, place: Place) -> int:
        """Return how many lie in the unit's beds, or are on their way to them, beyond those staffed."""
        return max(0, -self.beds.units[place[0]][place[1]].free)

    # -- surge ------------------------------------------------------------------------------

    def steps_taken(self, region: int, kind: int) -> int:
        """Return the highest step that is open or on its way; 0 where none is."""
        steps = self._steps.get((region, kind), [])
        return max((n for n, step in enumerate(steps, 1) if step.state is not _State.CLOSED), default=0)

    def open_beds(self, place: Place) -> int:
        """Return the beds of the steps that are open."""
        return sum(step.beds for step in self._steps.get(place, ()) if step.state is _State.OPEN)

    def beds_coming(self, region: int, kind: int) -> int:
        """Return the beds of steps that are ordered and not open yet."""
        steps = self._steps.get((region, kind), [])
        return sum(step.beds for step in steps if step.state in (_State.ORDERED, _State.DUE))

    def want(self, wanted: dict[Place, int]) -> None:
        """At a review: close what is no longer allowed or wanted, order what is wanted and allowed."""
        for place, steps in self._steps.items():
            count = min(wanted.get(place, 0), len(steps))
            if not count and place not in self.taken:
                continue
            open_steps = [n for n, step in enumerate(steps) if step.state is _State.OPEN]
            refused = [n for n in open_steps if not self._allowed(place, steps[n])]
            keep_open = min(refused, default=len(steps))
            for number in reversed(range(len(steps))):
                step = steps[number]
                lapsed = step.state is _State.OPEN and number >= keep_open
                if step.state is not _State.CLOSED and (number >= count or lapsed):
                    self._close(place, number)
            for number in range(count):
                if steps[number].state is _State.CLOSED and self._allowed(place, steps[number]):
                    self._order(place, number)

    def _allowed(self, place: Place, step: _Step) -> bool:
        """Return whether enough planned care is paused for *step*; its staff come from there."""
        return self.paused_share[place[0]] >= step.pause_share - 1e-9

    def _order(self, place: Place, number: int) -> None:
        step = self._steps[place][number]
        step.state = _State.ORDERED
        self.taken.add(place)
        step.expired = False
        step.ticket += 1
        ticket = step.ticket
        self.note(self.clock.now_s, Event.ORDERED, -1, *place, number + 1)

        def due() -> None:
            if step.ticket == ticket and step.state is _State.ORDERED:
                step.state = _State.DUE
                self._open_due(place)

        self._later(step.lead_s, place, 1, due)

    def _open_due(self, place: Place) -> None:
        """Open the steps whose lead time is over, from below; one waits for those still on their way.

        A step below that was closed when its time was over comes back with the next. A step for which
        too little is paused now is cancelled.
        """
        steps = self._steps[place]
        for number, step in enumerate(steps):
            if step.state is _State.ORDERED:
                return
            if step.state is _State.DUE:
                if self._allowed(place, step):
                    for below in range(number):
                        if steps[below].state is _State.CLOSED:
                            self._open(place, below)
                    self._open(place, number)
                else:
                    self._close(place, number)

    def _open(self, place: Place, number: int) -> None:
        step = self._steps[place][number]
        step.state = _State.OPEN
        self.taken.add(place)
        self.note(self.clock.now_s, Event.OPENED, -1, *place, number + 1)
        if step.lasts_s is not None:
            ticket = step.ticket

            def over() -> None:
                if step.ticket == ticket and step.state is _State.OPEN:
                    step.expired = True
                    self._close_expired(place)

            self._later(step.lasts_s, place, 2, over)
        self._restaff(place)

    def _close_expired(self, place: Place) -> None:
        """Close the last open step, and the one below, while its time is over."""
        steps = self._steps[place]
        for number in reversed(range(len(steps))):
            if steps[number].state is _State.OPEN:
                if not steps[number].expired:
                    return
                self._close(place, number)

    def _close(self, place: Place, number: int) -> None:
        """Close an open step, or cancel one that is on its way."""
        step = self._steps[place][number]
        was_open = step.state is _State.OPEN
        step.state = _State.CLOSED
        if not self.steps_taken(*place):
            self.taken.discard(place)
        step.ticket += 1
        self.note(self.clock.now_s, Event.CLOSED, -1, *place, number + 1)
        if was_open:
            self._restaff(place)
            self._close_expired(place)

    def _later(self, wait_s: int, place: Place, order: int, act: Callable[[], None]) -> None:
        """Have *act* called after *wait_s*; of one unit at one second, what opens comes first."""
        row = self._row(place, order)
        self.clock.call_at(self.clock.now_s + wait_s, Rank.CAPACITY_CHANGES, row, act)

    def _row(self, place: Place, order: int) -> int:
        """Return the row of a change of *place*: 0 the base, 1 a step that opens, 2 one that is over."""
        return 3 * self.beds.units[place[0]][place[1]].number + order
