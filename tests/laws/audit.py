"""An auditor who knows the laws and the journal, but not the system that wrote it.

Walks the journal row by row, keeps own books of beds, lines, trips and teams, and complains at
the first row that breaks a law of ``docs/model.md``.
"""

from collections import defaultdict

from nspl_sim.journal import Journal
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.care import UNLIMITED, Event
from nspl_sim.vocabulary.closures import ALL
from nspl_sim.vocabulary.patients import Demand


class Audit:
    """The books of one journal; :meth:`walk` checks laws 3, 4 and 7 at every second."""

    def __init__(self, scenario: Scenario, demand: Demand, journal: Journal, pooled: bool = False) -> None:
        self.scenario, self.demand, self.journal = scenario, demand, journal
        self.pooled = pooled
        """Whether from 0 on all beds of a kind are one unit."""
        self.kinds, self.keys = scenario.kinds, scenario.region_keys
        self.base, self.kept, self.steps = {}, {}, {}
        for r, key in enumerate(self.keys):
            for k, kind in enumerate(self.kinds):
                unit = scenario.regions[key].units.get(kind)
                beds = unit.beds if unit else 0
                self.base[r, k] = UNLIMITED if beds == "unlimited" else beds
                self.kept[r, k] = (0, *(unit.kept() if unit else (0,) * 5))
                self.steps[r, k] = [s.beds for s in unit.surge] if unit else []
        self.team_kinds = {k for k, name in enumerate(self.kinds) if name in scenario.transport.team_kinds}
        self.bed: dict[int, tuple[int, int]] = {}
        self.line: dict[tuple[int, int], dict[int, int]] = defaultdict(dict)
        self.want: dict[int, tuple[int, int]] = {}
        self.trip: dict[int, tuple[int, int]] = {}
        self.ready: set[int] = set()
        self.listed: set[int] = set()
        """Here, but neither in a bed nor asking: on the waiting list, if for longer than an instant."""
        self.occupied: dict[tuple[int, int], int] = defaultdict(int)
        self.inbound: dict[tuple[int, int], int] = defaultdict(int)
        self.open: dict[tuple[int, int], int] = defaultdict(int)
        self.away: dict[tuple[int, int], int] = defaultdict(int)
        self.vehicles_out = 0
        self.modes = [scenario.transport.modes[name] for name in sorted(scenario.transport.modes)]
        self.sender: dict[int, int] = {}
        self.rounds: list[int] = []
        """The mode of every vehicle with places that was sent."""
        self.on_board: dict[int, tuple[int, str]] = {}
        """By patient: the round, and the place in it."""
        self.left_s: dict[int, int] = {}
        """When the first of a round departed."""
        self.closed: dict[int, list[tuple[int, int, int, int]]] = defaultdict(list)
        """By mode: where (a, b) and from when to when it is closed."""
        for which, a, b, vehicles, from_s, to_s in demand.closures.rows():
            if vehicles == ALL:
                self.closed[which].append((a, b, from_s, to_s))
        self.arrived = self.gone = 0
        self.here = 0
        """Those present, counted one by one as they come and go; :meth:`present` counts them all anew."""

    def staffed(self, unit: tuple[int, int]) -> int:
        extra = sum(self.steps[unit][: self.open[unit]])
        return max(0, self.base[unit] + extra - self.scenario.transport.beds_per_team * self.away[unit])

    def present(self) -> int:
        """Those in a bed, in a line, on the way or on the waiting list, each counted once."""
        everybody = set(self.bed) | set(self.want) | set(self.trip) | self.listed
        return len(everybody)

    def is_here(self, patient: int) -> bool:
        held = (self.bed, self.want, self.trip, self.listed)
        return any(patient in one for one in held)  # type: ignore[operator]

    def walk(self) -> "Audit":
        now = None
        for row in self.journal.rows():
            time_s = row[0]
            if now is not None and time_s != now:
                assert time_s > now, f"time runs backwards at {row}"
                self.at_the_end_of(now)
            now = time_s
            before = self.is_here(row[2])  # a row moves nobody else
            self.take(*row)
            self.here += self.is_here(row[2]) - before
        if now is not None:
            self.at_the_end_of(now)
        assert self.here == self.present()
        return self

    def at_the_end_of(self, now: int) -> None:
        assert self.arrived == self.gone + self.here, f"law 3 at {now}: somebody is lost"
        for place, line in self.line.items():
            for unit in self.open_to(place, now) if line else ():
                free = self.staffed(unit) - self.occupied[unit] - self.inbound[unit]
                if free > min(self.kept[unit]):
                    for patient, urgency in line.items():
                        assert free <= self.kept[unit][urgency], (
                            f"law 7 at {now}: {patient} waits beside a bed"
                        )

    def open_to(self, place: tuple[int, int], now: int) -> list[tuple[int, int]]:
        """Return the units whose beds are there at once for a line."""
        if not self.pooled or now < 0:
            return [place]
        return [(region, place[1]) for region in range(len(self.keys))]

    def entered(self, unit: tuple[int, int], row: tuple[int, ...]) -> None:
        total = self.occupied[unit] + self.inbound[unit]
        assert total <= self.staffed(unit), f"law 4 at {row}: more than staffed in {unit}"

    def free_bed(self, patient: int) -> None:
        if patient in self.bed:
            self.occupied[self.bed.pop(patient)] -= 1

    def leave_line(self, patient: int) -> None:
        unit = self.want.pop(patient, None)
        if unit is not None:
            del self.line[unit][patient]

    def seated(self, patient: int, kind: int, round_number: int, row: tuple[int, ...]) -> None:
        place = self.scenario.transport.place_type(self.kinds[kind])
        self.on_board[patient] = (round_number, place)
        taken = sum(here == (round_number, place) for here in self.on_board.values())
        capacity = self.modes[self.rounds[round_number]].capacity
        assert capacity is not None and taken <= getattr(capacity, place), f"{row}: no such place"
        assert round_number not in self.left_s, f"{row}: it has left"

    def departed(self, patient: int, region: int, mode: int, row: tuple[int, ...]) -> None:
        receiver = self.trip[patient][0]
        for a, b, from_s, to_s in self.closed[mode]:
            if from_s <= row[0] < to_s:
                assert b >= 0 or a not in (region, receiver), f"{row}: departs while closed"
                assert (a, b) != tuple(sorted((region, receiver))), f"{row}: departs on a cut way"
        if patient in self.on_board:
            round_number, _ = self.on_board.pop(patient)
            assert self.left_s.setdefault(round_number, row[0]) == row[0], f"{row}: not together"

    def take(self, time_s: int, event: int, patient: int, region: int, unit: int, detail: int) -> None:
        row = (time_s, event, patient, region, unit, detail)
        place = (region, unit)
        match Event(event):
            case Event.ARRIVED:
                assert time_s == self.demand.arrival_s[patient]
                self.arrived += 1
                self.listed.add(patient)
            case Event.POSTPONED | Event.RELEASED:
                assert patient in self.listed
            case Event.ASKED:
                assert patient not in self.ready, f"{row}: is ready and asks for a bed"
                self.listed.discard(patient)
                assert patient not in self.want, f"{row}: asks twice"
                self.want[patient] = place
                self.line[place][patient] = int(self.demand.urgency[patient])
            case Event.ADMITTED if patient in self.trip:
                receiver = self.trip.pop(patient)
                assert receiver == place
                self.inbound[place] -= 1
                self.occupied[place] += 1
                self.bed[patient] = place
            case Event.ADMITTED:
                at_once = self.open_to(self.want.get(patient, place), time_s)
                assert place in at_once, f"{row}: admitted elsewhere without a trip"
                self.leave_line(patient)
                self.free_bed(patient)
                self.occupied[place] += 1
                self.entered(place, row)
                self.bed[patient] = place
            case Event.PLACED:
                self.leave_line(patient)
                self.trip[patient] = place
                self.inbound[place] += 1
                self.entered(place, row)
                if not self.scenario.transport.instant:
                    self.vehicles_out += 1
                    if unit in self.team_kinds:
                        self.away[detail, unit] += 1
                self.sender[patient] = detail
            case Event.READY:
                assert self.bed[patient] == place, f"{row}: ready in a bed of somebody else"
                assert patient not in self.ready, f"{row}: ready twice"
                self.ready.add(patient)
            case Event.MOVED:
                assert self.bed[patient] == place, f"{row}: does not lie there"
                assert self.trip[patient] == (detail, unit), f"{row}: no bed is booked there"
                assert region != detail
            case Event.DEPARTED:
                self.free_bed(patient)
                self.departed(patient, region, detail, row)
            case Event.DISCHARGED | Event.LEFT:
                if event == Event.LEFT:
                    last = self.demand.kind[patient, self.demand.stage_count[patient] - 1]
                    assert self.bed[patient] == place and unit == last, f"{row}: leaves from another bed"
                    assert time_s >= self.demand.leaves_s[patient], f"{row}: leaves too early"
                assert patient not in self.trip, f"{row}: leaves while on the move"
                self.free_bed(patient)
                self.listed.discard(patient)
                self.gone += 1
            case Event.DIED_WAITING | Event.REFUSED | Event.DIED_ON_THE_WAY:
                if patient in self.trip:
                    self.inbound[self.trip.pop(patient)] -= 1
                if event == Event.DIED_WAITING:
                    self.on_board.pop(patient, None)
                self.leave_line(patient)
                self.free_bed(patient)
                self.gone += 1
            case Event.SEATED:  # it takes no vehicle and no team of its own: what left was SENT
                self.vehicles_out -= 1
                if unit in self.team_kinds:
                    self.away[self.sender[patient], unit] -= 1
                self.seated(patient, unit, detail, row)
            case Event.FETCHED if unit in self.team_kinds:
                self.away[detail, unit] -= 1
                self.away[place] += 1
            case Event.SENT if detail == -1:
                self.away[place] += 1
            case Event.SENT:
                self.vehicles_out += 1
                self.rounds.append(detail)
            case Event.RETURNED if detail == -1:
                self.away[place] -= 1
                assert self.away[place] >= 0
            case Event.RETURNED:
                self.vehicles_out -= 1
                assert self.vehicles_out >= 0
            case Event.CHANGED:
                assert detail != self.base[place], f"{row}: nothing has changed"
                self.base[place] = detail
            case Event.HIT | Event.RESTORED:
                lost = self.demand.disruptions[detail]
                assert (region, unit) == (lost.region, lost.kind)
                assert time_s == (lost.from_s if event == Event.HIT else lost.to_s)
            case Event.OPENED:
                assert self.open[place] == detail - 1, f"{row}: steps open in order"
                assert detail <= len(self.steps[place])
                self.open[place] = detail
            case Event.CLOSED:
                assert self.open[place] in (detail, detail - 1) or self.open[place] < detail
                self.open[place] = min(self.open[place], detail - 1)
            case _:
                pass
