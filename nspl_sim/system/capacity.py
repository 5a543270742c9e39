"""Staffed beds: base, plus the surge steps open, less the teams away. Nobody is ever thrown out."""

from collections.abc import Callable
from dataclasses import dataclass, field

from nspl_sim.journal import Recorder
from nspl_sim.scenario.model import Scenario, SurgeStep
from nspl_sim.system.beds import Beds
from nspl_sim.system.clock import Clock
from nspl_sim.vocabulary.care import Event
from nspl_sim.vocabulary.clock import Rank, hours


@dataclass
class _Surge:
    """The surge steps of one unit: the first ``open`` are open, up to ``ordered`` are on their way."""

    steps: list[SurgeStep]
    open: int = 0
    ordered: int = 0
    expired: list[bool] = field(default_factory=list)
    """By step: whether its time is over (it stays only while the next is open)."""
    tickets: list[int] = field(default_factory=list)
    """By step: the number of its latest order; an opening with an older ticket was cancelled."""


class Capacity:
    """Changes staffed beds and writes down every change."""

    def __init__(self, clock: Clock, record: Recorder, scenario: Scenario, beds: Beds) -> None:
        self.clock = clock
        self.note = record.note
        self.beds = beds
        self.beds_per_team = scenario.transport.beds_per_team
        self.paused_share = [1.0] * len(scenario.regions)
        """By region: the share of planned care that the shares in force put off."""
        regions = [scenario.regions[key] for key in scenario.region_keys]
        self._base = [[unit.staffed for unit in units] for units in beds.units]
        self._away = [[0] * len(units) for units in beds.units]
        self._surge: dict[tuple[int, int], _Surge] = {}
        for number, region in enumerate(regions):
            for kind, name in enumerate(scenario.kinds):
                steps = region.units[name].surge if name in region.units else []
                if steps:
                    count = len(steps)
                    self._surge[number, kind] = _Surge(steps, 0, 0, [False] * count, [0] * count)

    # -- teams ------------------------------------------------------------------------------

    def team_left(self, region: int, kind: int) -> None:
        """Let the sender lack a team's beds."""
        self._away[region][kind] += 1
        self._restaff(region, kind)

    def team_back(self, region: int, kind: int) -> None:
        """Let the sender have them again."""
        self._away[region][kind] -= 1
        self._restaff(region, kind)

    def _restaff(self, region: int, kind: int) -> None:
        unit = self.beds.units[region][kind]
        surge = self._surge.get((region, kind))
        extra = sum(step.beds for step in surge.steps[: surge.open]) if surge else 0
        away = self.beds_per_team * self._away[region][kind]
        before, unit.staffed = unit.staffed, max(0, self._base[region][kind] + extra - away)
        if unit.staffed > before:
            self.beds.fill(unit)

    # -- surge ------------------------------------------------------------------------------

    def steps_open(self, region: int, kind: int) -> int:
        """Return how many surge steps are open or ordered."""
        surge = self._surge.get((region, kind))
        return surge.ordered if surge else 0

    def want(self, wanted: dict[tuple[int, int], int]) -> None:
        """Order and close steps at a review, so that *wanted* (region, kind) steps are open or coming."""
        for place, surge in self._surge.items():
            for step in range(surge.ordered):
                if not self._allowed(place, surge.steps[step]):
                    self._close_down_to(place, surge, step)
                    break
            self._close_down_to(place, surge, min(surge.ordered, wanted.get(place, 0)))
            while surge.ordered < min(wanted.get(place, 0), len(surge.steps)):
                if not self._allowed(place, surge.steps[surge.ordered]):
                    break
                self._order(place, surge)

    def _allowed(self, place: tuple[int, int], step: SurgeStep) -> bool:
        """Return whether enough planned care is paused for *step*; its staff come from there."""
        return self.paused_share[place[0]] >= step.pause_share - 1e-9

    def _order(self, place: tuple[int, int], surge: _Surge) -> None:
        step = surge.ordered
        surge.ordered += 1
        surge.expired[step] = False
        surge.tickets[step] += 1
        ticket = surge.tickets[step]
        now = self.clock.now_s
        self.note(now, Event.ORDERED, -1, *place, step + 1)
        opens_s = now + hours(surge.steps[step].lead_h)
        self._later(opens_s, place, lambda: self._open(place, surge, step, ticket))

    def _open(self, place: tuple[int, int], surge: _Surge, step: int, ticket: int) -> None:
        """Open an ordered step, unless it was cancelled or too little is paused now."""
        if surge.ordered <= step or surge.tickets[step] != ticket or surge.open > step:
            return
        if surge.open < step or not self._allowed(place, surge.steps[step]):
            self._close_down_to(place, surge, step)
            return
        surge.open = step + 1
        self.note(self.clock.now_s, Event.OPENED, -1, *place, step + 1)
        lasts_h = surge.steps[step].lasts_h
        if lasts_h is not None:
            ends_s = self.clock.now_s + hours(lasts_h)
            self._later(ends_s, place, lambda: self._expire(place, surge, step, ticket))
        self._restaff(*place)

    def _expire(self, place: tuple[int, int], surge: _Surge, step: int, ticket: int) -> None:
        """Close a step whose time is over, unless the next one is open."""
        if surge.open > step and surge.tickets[step] == ticket:
            surge.expired[step] = True
            if surge.open == step + 1:
                self._close_down_to(place, surge, step)

    def _close_down_to(self, place: tuple[int, int], surge: _Surge, count: int) -> None:
        """Close, or cancel, the last steps first, until *count* are left; then those whose time is over."""
        while surge.ordered > count or (0 < surge.ordered == surge.open and surge.expired[surge.open - 1]):
            surge.ordered -= 1
            self.note(self.clock.now_s, Event.CLOSED, -1, *place, surge.ordered + 1)
            if surge.open > surge.ordered:
                surge.open = surge.ordered
                self._restaff(*place)

    def _later(self, time_s: int, place: tuple[int, int], act: Callable[[], None]) -> None:
        row = self.beds.units[place[0]][place[1]].number
        self.clock.call_at(time_s, Rank.CAPACITY_CHANGES, row, act)
