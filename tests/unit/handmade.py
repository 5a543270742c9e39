"""Tiny worlds and journals written by hand, and a bookkeeper who reads them hour by hour.

The bookkeeper shares no code with the measures: he walks the rows with dictionaries.
"""

from typing import Any

import numpy as np

from nspl_sim.journal import Journal, Recorder
from nspl_sim.measures.course import Course
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.care import NEVER, Event
from nspl_sim.vocabulary.patients import Demand

H = 3600
STAY = {"family": "fixed", "value_h": 24}


def world(**changes: Any) -> Scenario:
    """Return two regions, a and b, of two ICU and two ward beds each; a has a surge step."""
    region = {"icu_teams": 1, "vehicles": {"ambulance": 1}, "population": 100_000}
    surge = [{"beds": 1, "lead_h": 1}, {"beds": 2, "lead_h": 1}]
    path = [{"share": 1, "stages": [{"kind": "icu", "stay": STAY}, {"kind": "ward", "stay": STAY}]}]
    ward = [{"share": 1, "stages": [{"kind": "ward", "stay": STAY}]}]
    content = {
        "format": 1,
        "name": "handmade",
        "start": "2027-01-04T00:00",
        "warm_up_days": 1,
        "horizon_days": 5,
        "cool_down_h": 24,
        "strain_arm": "half",
        "catch_up": 0.5,
        "regions": {
            "a": region | {"units": {"icu": {"beds": 2, "surge": surge}, "ward": {"beds": 2}}},
            "b": region | {"units": {"icu": {"beds": 2}, "ward": {"beds": 2}}, "population": 300_000},
        },
        "classes": {
            "critical": {
                "urgency": 1,
                "mortality": 0.1,
                "mortality_if_denied": 0.45,
                "wait_hazard_per_h": 1.015,
                "transfer_odds_ratio": 1.25,
                "pathways": path,
            },
            "ill": {"urgency": 3, "mortality": 0.02, "pathways": ward},
            "cancer": {"urgency": 4, "priority": 1, "due_days": 2, "pathways": ward},
            "hip": {"urgency": 5, "priority": 3, "due_days": 90, "pathways": ward},
        },
        "streams": {
            "planned": {
                "kind": "planned",
                "per_day": 4,
                "regions": {"a": 0.5, "b": 0.5},
                "classes": {"cancer": 0.5, "hip": 0.5},
            }
        },
        "transport": {
            "modes": {"ambulance": {"medium": "road", "speed_kmh": 75}},
            "distances_km": {"a": {"b": 120}},
        },
    }
    return Scenario.model_validate(content | changes)


class Book:
    """Patients and rows as they are written down; times in hours."""

    def __init__(self, scenario: Scenario | None = None) -> None:
        self.scenario = scenario or world()
        self.regions, self.kinds = self.scenario.region_keys, self.scenario.kinds
        self.classes = tuple(sorted(self.scenario.classes))
        self.people: list[dict[str, Any]] = []
        self.rows: list[tuple[int, ...]] = []

    def patient(
        self,
        arrival_h: float,
        klass: str = "critical",
        home: str = "a",
        stages: tuple[str, ...] | None = None,
        onset_h: float | None = None,
        u_outcome: float = 0.5,
        stream: str = "s",
        min_stabilise_h: float = 0,
    ) -> int:
        """Add a patient with the stages of the class, or with *stages*; return the row."""
        spec = self.scenario.classes[klass]
        if stages is None:
            stages = tuple(s.kind for s in spec.pathways[0].stages)
        due = NEVER if spec.due_days is None else round((arrival_h + 24 * spec.due_days) * H)
        self.people.append(
            {
                "stream": stream,
                "min_stabilise_s": round(min_stabilise_h * H),
                "region": self.regions.index(home),
                "klass": self.classes.index(klass),
                "urgency": spec.urgency,
                "priority": spec.priority or 0,
                "onset_s": round((arrival_h if onset_h is None else onset_h) * H),
                "arrival_s": round(arrival_h * H),
                "due_s": due,
                "stage_count": len(stages),
                "kind": [self.kinds.index(s) for s in stages] + [-1] * (4 - len(stages)),
                "u_outcome": u_outcome,
            }
        )
        row = len(self.people) - 1
        self.note(arrival_h, Event.ARRIVED, row, home)
        return row

    def note(
        self,
        hour: float,
        event: Event,
        patient: int = -1,
        region: str | None = None,
        kind: str | None = None,
        detail: int = -1,
    ) -> None:
        """Write down one row."""
        place = -1 if region is None else self.regions.index(region)
        unit = -1 if kind is None else self.kinds.index(kind)
        self.rows.append((round(hour * H), int(event), patient, place, unit, int(detail)))

    def bed(
        self, hour: float, patient: int, region: str, kind: str, stage: int, asked: float | None = None
    ) -> None:
        """Write down a need at *asked* (default: the same hour) and the bed at *hour*."""
        self.note(hour if asked is None else asked, Event.ASKED, patient, region, kind, stage)
        self.note(hour, Event.ADMITTED, patient, region, kind, stage)

    def demand(self) -> Demand:
        """Return the patients as a table; what no measure reads is 0."""
        n = len(self.people)
        given = ("region", "klass", "urgency", "priority", "onset_s", "arrival_s", "due_s", "stage_count",
                 "min_stabilise_s")  # fmt: skip
        columns: dict[str, Any] = {
            name: np.array([p[name] for p in self.people], dtype=np.int64).reshape(n) for name in given
        }
        columns["kind"] = np.array([p["kind"] for p in self.people], dtype=np.int64).reshape(n, 4)
        for name in ("stay_s", "dies_waiting_s"):
            columns[name] = np.full((n, 4), -1, dtype=np.int64)
        streams = tuple(sorted({"s", *(p["stream"] for p in self.people)}))
        columns["stream"] = np.array([streams.index(p["stream"]) for p in self.people], dtype=np.int64)
        for name in ("delay_s", "extra_stay_if_moved_s", "no_bed"):
            columns[name] = np.zeros(n, dtype=np.int64)
        columns["origin"] = columns["region"]
        columns["leaves_s"] = np.full(n, NEVER, dtype=np.int64)
        columns["diverted_to"] = np.full(n, -1)
        for name in ("waits_at_most_s", "municipal_wait_s"):
            columns[name] = np.zeros(n, dtype=np.int64)
        columns["number"] = np.arange(n)
        columns["u_outcome"] = np.array([p["u_outcome"] for p in self.people], dtype=float)
        columns["u_elective"] = columns["u_discharge"] = np.zeros(n)
        return Demand(streams, self.regions, self.kinds, self.classes, **columns)

    def journal(self) -> Journal:
        """Return the rows in order of time; rows of one second stay as they were written."""
        recorder = Recorder()
        for row in sorted(self.rows, key=lambda r: r[0]):
            recorder.note(*row)
        return recorder.journal()

    def course(self) -> Course:
        """Return the course of events."""
        return Course(self.scenario, self.demand(), self.journal())


def full_story() -> Book:
    """Return five days in which everything happens at least once. Hours; who is who:

    0 and 1 fill a's two ICU beds; 1 boards from 30 to 33. 2 is taken to b, 3 finds no team and dies,
    4 dies on the way to b, 5 needs no bed, 6 (hip) is postponed and released, 7 (cancer) is not
    released, 8 is refused, 9 lies in bed and 10 in line at the end; 11 came in warm-up.
    """
    book = Book()
    note = book.note
    p = [
        book.patient(h, k, r)
        for h, k, r in (
            (0, "critical", "a"),
            (1, "critical", "a"),
            (2, "critical", "a"),
            (5, "critical", "a"),
            (20, "critical", "a"),
            (6, "ill", "a"),
            (10, "hip", "a"),
            (12, "cancer", "b"),
            (40, "ill", "b"),
            (100, "ill", "b"),
            (110, "ill", "b"),
            (-10, "ill", "b"),
        )
    ]
    book.people[p[5]].update(stage_count=0, kind=[-1] * 4)
    note(6, Event.DISCHARGED, p[5], "a")
    book.bed(-10, p[11], "b", "ward", 0)
    note(14, Event.DISCHARGED, p[11], "b", "ward")
    book.bed(0, p[0], "a", "icu", 0)
    book.bed(24, p[0], "a", "ward", 1)
    note(48, Event.DISCHARGED, p[0], "a", "ward")
    book.bed(1, p[1], "a", "icu", 0)
    note(30, Event.ASKED, p[1], "a", "ward", 1)
    note(30, Event.BOARDED, p[1], "a", "icu", 1)
    note(33, Event.ADMITTED, p[1], "a", "ward", 1)
    note(60, Event.DISCHARGED, p[1], "a", "ward")
    # 2 is asked for in b, twice, and taken there
    note(2, Event.ASKED, p[2], "a", "icu", 0)
    for hour, answer in ((2, 2), (3, 0)):
        note(hour, Event.REQUESTED, p[2], "b", "icu", 0)
        note(hour, Event.ANSWERED, p[2], "b", "icu", answer)
    note(3, Event.PLACED, p[2], "b", "icu", 0)
    note(4, Event.DEPARTED, p[2], "a", "icu", 0)
    note(6, Event.ADMITTED, p[2], "b", "icu", 0)
    note(8, Event.RETURNED, p[2], "a", None, 0)
    note(9, Event.RETURNED, p[2], "a", "icu", -1)
    book.bed(36, p[2], "b", "ward", 1)
    note(46, Event.DISCHARGED, p[2], "b", "ward")
    # 3 finds no team
    note(5, Event.ASKED, p[3], "a", "icu", 0)
    note(5, Event.REQUESTED, p[3], "b", "icu", 0)
    note(6, Event.ANSWERED, p[3], "b", "icu", 4)
    note(12, Event.DIED_WAITING, p[3], "a", "icu", 4)
    # 4 dies on the way
    note(20, Event.ASKED, p[4], "a", "icu", 0)
    note(20, Event.REQUESTED, p[4], "b", "icu", 0)
    note(21, Event.ANSWERED, p[4], "b", "icu", 0)
    note(21, Event.PLACED, p[4], "b", "icu", 0)
    note(22, Event.DEPARTED, p[4], "a", "icu", 0)
    note(23, Event.DIED_ON_THE_WAY, p[4], "a", "icu", 0)
    note(25, Event.RETURNED, p[4], "a", None, 0)
    note(26, Event.RETURNED, p[4], "a", "icu", -1)
    # planned care
    note(10, Event.POSTPONED, p[6], "a", "ward", 3)
    note(70, Event.RELEASED, p[6], "a", "ward", 3)
    book.bed(70, p[6], "a", "ward", 0)
    note(94, Event.DISCHARGED, p[6], "a", "ward")
    note(12, Event.POSTPONED, p[7], "b", "ward", 1)
    # refused, and at the end
    note(40, Event.ASKED, p[8], "b", "ward", 0)
    note(40, Event.REFUSED, p[8], "b", "ward", -1)
    book.bed(100, p[9], "b", "ward", 0)
    note(110, Event.ASKED, p[10], "b", "ward", 0)
    # surge in a: step 1 open from 50 to 80, step 2 ordered and cancelled
    note(49, Event.ORDERED, -1, "a", "icu", 1)
    note(50, Event.OPENED, -1, "a", "icu", 1)
    note(50, Event.ORDERED, -1, "a", "icu", 2)
    note(50.5, Event.CLOSED, -1, "a", "icu", 2)
    note(80, Event.CLOSED, -1, "a", "icu", 1)
    return book


class Bookkeeper:
    """Walks a journal second by second and knows at any hour who is where."""

    def __init__(self, scenario: Scenario, journal: Journal) -> None:
        self.scenario, self.journal = scenario, journal
        self.bed: dict[int, tuple[int, int]] = {}
        self.line: dict[int, tuple[int, int]] = {}
        self.booked: dict[int, tuple[int, int]] = {}
        self.on_list: set[int] = set()
        self.arrived = self.gone = 0
        self.teams: dict[tuple[int, int], int] = {}
        self.open: dict[tuple[int, int], set[int]] = {}

    def take(self, event: int, patient: int, place: tuple[int, int], detail: int) -> None:
        match Event(event):
            case Event.ARRIVED:
                self.arrived += 1
            case Event.POSTPONED:
                self.on_list.add(patient)
            case Event.RELEASED:
                self.on_list.discard(patient)
            case Event.ASKED:
                self.line[patient] = place
            case Event.PLACED:
                del self.line[patient]
                self.booked[patient] = place
                kinds = [self.scenario.kinds.index(k) for k in self.scenario.transport.team_kinds]
                if place[1] in kinds and not self.scenario.transport.instant:
                    self.teams[detail, place[1]] = self.teams.get((detail, place[1]), 0) + 1
            case Event.DEPARTED:
                self.bed.pop(patient, None)
            case Event.ADMITTED:
                self.line.pop(patient, None)
                self.booked.pop(patient, None)
                self.bed[patient] = place
            case Event.RETURNED if detail == -1:
                self.teams[place] -= 1
            case Event.OPENED:
                self.open.setdefault(place, set()).add(detail)
            case Event.CLOSED:
                self.open.get(place, set()).discard(detail)
            case Event.DISCHARGED | Event.DIED_WAITING | Event.DIED_ON_THE_WAY | Event.REFUSED | Event.LEFT:
                for where in (self.bed, self.line, self.booked):
                    where.pop(patient, None)
                self.gone += 1

    def staffed(self, place: tuple[int, int]) -> int:
        region = self.scenario.regions[self.scenario.region_keys[place[0]]]
        unit = region.units.get(self.scenario.kinds[place[1]])
        base = int(unit.beds) if unit else 0
        extra = sum(unit.surge[s - 1].beds for s in self.open.get(place, ())) if unit else 0
        return max(0, base + extra - self.scenario.transport.beds_per_team * self.teams.get(place, 0))

    def counts(self, where: dict[int, tuple[int, int]]) -> list[list[int]]:
        """Return how many are in *where*, by region and kind."""
        found = [[0] * len(self.scenario.kinds) for _ in self.scenario.region_keys]
        for region, kind in where.values():
            found[region][kind] += 1
        return found

    def present(self) -> int:
        """Return everybody who is somewhere, each counted once."""
        return len({*self.bed, *self.line, *self.booked, *self.on_list})

    def hourly(self, hours: int) -> list[dict[str, Any]]:
        """Return the books as they stand after every row of each full hour from 0."""
        rows = iter([*self.journal.rows(), (2**62, 0, 0, 0, 0, 0)])
        time_s, event, patient, region, unit, detail = next(rows)
        found = []
        for hour in range(hours):
            while time_s <= hour * H:
                self.take(event, patient, (region, unit), detail)
                time_s, event, patient, region, unit, detail = next(rows)
            regions, kinds = range(len(self.scenario.region_keys)), range(len(self.scenario.kinds))
            found.append(
                {
                    "bed": self.counts(self.bed),
                    "line": self.counts(self.line),
                    "booked": self.counts(self.booked),
                    "staffed": [[self.staffed((r, k)) for k in kinds] for r in regions],
                    "present": self.present(),
                    "arrived": self.arrived,
                    "gone": self.gone,
                }
            )
        return found
