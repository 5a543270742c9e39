"""Disruptions as the system feels them: each row begins and is over, and what it takes adds up.

Units lose beds by plan, in one with their staffing by the hour; all else comes after the capacity changes of
that second. What is over comes before what begins, each by its row; rows that one disruption begins or ends
together are written down as the first of them; then all changes once, by the sum.
"""

from collections import defaultdict
from functools import partial

from nspl_sim.journal import Recorder
from nspl_sim.system.capacity import Capacity, Place
from nspl_sim.system.clock import Clock
from nspl_sim.system.coordinator import Coordinator
from nspl_sim.system.moves import Moves
from nspl_sim.system.requests import Requests
from nspl_sim.system.transport import Fleet
from nspl_sim.system.waiting_list import WaitingList
from nspl_sim.vocabulary.care import Event
from nspl_sim.vocabulary.clock import Rank
from nspl_sim.vocabulary.disruptions import WHOLE, Disruption, Disruptions, What

_ROW = 2**40
"""Behind the rows of all units."""

Turn = tuple[bool, int, Disruption]
"""Whether it begins, its row, and the row itself; sorts as things happen at one second."""


class Disrupted:
    """Takes away and gives back. A unit never loses more beds than it began with, nor a region teams."""

    def __init__(
        self,
        clock: Clock,
        record: Recorder,
        capacity: Capacity,
        fleet: Fleet,
        requests: Requests,
        coordinator: Coordinator,
        planned: WaitingList,
        moves: Moves,
    ) -> None:
        self.clock = clock
        self.note = record.note
        self.capacity = capacity
        self.fleet = fleet
        self.requests = requests
        self.coordinator = coordinator
        self.planned = planned
        self.moves = moves
        self._beds = {(u.region, u.kind): u.staffed for units in capacity.beds.units for u in units}
        self._teams = dict(enumerate(fleet.teams))
        self._lost: dict[tuple[int, Place], int] = defaultdict(int)
        """Amount in force by what and place: those of all rows added up."""

    def plan(self, rows: Disruptions, end_s: int) -> None:
        """Have every row begin and be over at its time; what comes at *end_s* or later never does."""
        turns: dict[int, list[Turn]] = defaultdict(list)
        for number, row in enumerate(rows):
            turns[row.from_s].append((True, number, row))
            if row.to_s < end_s:
                turns[row.to_s].append((False, number, row))
        for time_s in sorted(turns):
            self._plan_beds(time_s, turns[time_s])
            at_once = partial(self._turn, sorted(turns[time_s]))
            self.clock.call_at(time_s, Rank.CAPACITY_CHANGES, _ROW, at_once)

    def _plan_beds(self, time_s: int, turns: list[Turn]) -> None:
        """Plan what units lose and have back at *time_s*, in one with their staffing by the hour."""
        for begins, _, row in turns:
            if row.what == What.BEDS:
                place = (row.region, row.kind)
                there, before = self._beds[place], self._lost[row.what, place]
                now = self._lost[row.what, place] = before + (row.amount if begins else -row.amount)
                self.capacity.change_at(time_s, place, min(before, there) - min(now, there))

    def _turn(self, turns: list[Turn]) -> None:
        """Let rows be over and begin, and change what they take away."""
        before: dict[tuple[int, Place], int] = {}
        told: set[tuple[bool, int, Place, int]] = set()
        for begins, number, row in turns:
            one = (begins, row.what, (row.region, row.kind), row.name)
            if one not in told:
                told.add(one)
                event = Event.HIT if begins else Event.RESTORED
                self.note(self.clock.now_s, event, -1, row.region, row.kind, number)
            if row.what == What.BEDS:
                continue
            key = (row.what, (row.region, row.kind))
            before.setdefault(key, self._lost[key])
            self._lost[key] += row.amount if begins else -row.amount
        for (what, place), lost in sorted(before.items()):
            self._change(What(what), place, lost, self._lost[what, place])

    def _change(self, what: What, place: Place, before: int, now: int) -> None:
        """Change the amount in force of *what* at *place*; what is not here acts before or after the run."""
        region = place[0]
        match what:
            case What.TEAMS:
                there = self._teams[region]
                self.fleet.teams[region] += min(before, there) - min(now, there)
            case What.ASKING:
                self.requests.slower[region] = now
            case What.REPORTS:
                self.coordinator.reports.silent[region] = now
            case What.PLANNED:
                self.planned.at_most[region] = max(0, WHOLE - now) / WHOLE
            case What.OFFICE:
                self.requests.office.out = now
            case What.EVACUATION if now > before:
                self.moves.evacuate(place, self.capacity.beyond(place))
