"""What the tests of injects share: an exercise made of a small world, and a second bookkeeper of its facts.

The bookkeeper walks the journal row by row as the auditor does, and shares no code with the timeline.
"""

from collections import defaultdict
from datetime import datetime
from typing import Any

from nspl_sim.exercise.course.facts import Fact
from nspl_sim.exercise.course.timeline import Timeline
from nspl_sim.exercise.listing.material import Form, Material
from nspl_sim.exercise.listing.planning import Planner
from nspl_sim.exercise.setting.clock import ExerciseClock, Night
from nspl_sim.exercise.setting.load import load_roles
from nspl_sim.exercise.setting.roles import Roles
from nspl_sim.exercise.triggers import codes
from nspl_sim.experiment.course import course
from nspl_sim.measures.course import Course
from nspl_sim.paper.language import Language
from nspl_sim.policies.plan import load_plan
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.care import Answer, Event
from nspl_sim.vocabulary.patients import FIRST_PRESENT
from tests.laws.audit import Audit
from tests.worlds import abc

SURGE = [{"beds": 2, "lead_h": 6}]


def troubled(**changes: Any) -> Scenario:
    """Return a crowded world in which everything goes wrong that a trigger knows of."""
    world = abc()
    world["regions"]["d"] = {
        "population": 100_000,
        "icu_teams": 0,
        "vehicles": {},
        "units": {"icu": {"beds": 30}, "ward": {"beds": 60}},
    }
    world["transport"]["distances_km"]["c"] = {"d": 90}
    world["transport"]["distances_km"]["a"]["d"] = 250
    world["transport"]["distances_km"]["b"]["d"] = 200
    world["transport"]["modes"]["ferry"] = {"medium": "sea", "speed_kmh": 30}
    world["transport"]["modes"]["ferry"]["title"] = "Ferry"
    world["transport"]["links"] = {"sea": {"a": ["b"]}}
    world["regions"]["b"]["units"]["icu"]["beds"] = 10
    world["classes"]["critical"]["min_stabilise_h"] = 6
    world["streams"]["planned"] |= {"per_day": 60}
    world["streams"]["front"] |= {"troops": 6000, "per_1000_per_day": {"family": "fixed", "mean": 3}}
    world["streams"]["crash"] |= {"size": {"family": "fixed", "value": 60}}
    world["streams"]["allies"] = {
        "kind": "host_nation",
        "per_day": 4,
        "from_day": 1,
        "days": 4,
        "batch": {"low": 2, "high": 4},
        "regions": {"b": 1},
        "classes": {"ill": 1},
    }
    world["disruptions"] = {
        "fire": {"kind": "beds_lost", "units": ["ward"], "beds": 6, "regions": ["b"], "from_day": 2.5},
        "sick": {"kind": "staff_lost", "share": 0.2, "regions": ["c"], "from_day": 3, "days": 2},
        "cyber": {"kind": "it_outage", "regions": ["c"], "from_day": 3.2, "days": 1},
        "hit": {"kind": "hospital_hit", "share": 0.3, "regions": ["b"], "from_day": 4, "days": 3},
    }
    for one in world["classes"].values():
        if "priority" not in one:
            one["municipal_share"] = 0.5
    world["supplies"] = {
        "oxygen": {"unit": "m3", "stock": {"a": 300, "b": 9000}, "resupply_per_day": {"a": 20}},
        "blood": {"unit": "units", "stock": {"a": 150, "c": 10_000}},
    }
    world["classes"]["critical"]["consumes"] = {
        "oxygen": {"per_day": {"icu": 10}},
        "blood": {"per_patient": 4},
    }
    for key in "abc":
        world["regions"][key]["municipal"] = {"places_per_day": 2}
    return Scenario.model_validate(world | {"exercise": True, "marking": "ÖVNING ÖVNING ÖVNING"} | changes)


def made(
    scenario: Scenario,
    plan: str = "today",
    language: str = "sv",
    form: Form = "staff",
    roles: Roles | None = None,
    tempo: float = 8.0,
    begins: str = "2027-01-05T08:00",
    days: int = 3,
    night: Night = "stands",
    breaks: tuple[str, ...] = (),
) -> Material:
    """Return the material of an exercise of three days at *tempo*, all regions played."""
    lever = load_plan(plan).plan
    startex = datetime(2027, 3, 8, 8)
    known = roles or load_roles(None, scenario, codes())
    clock = ExerciseClock.of(scenario, startex, datetime.fromisoformat(begins), tempo, 8, days, night, breaks)
    demand, journal = course(scenario, lever, 0)
    line = Timeline(Course(scenario, demand, journal, lever), 0, clock.from_s, clock.to_s)
    planner = Planner(scenario, lever.name, line, known, clock, Language(language))
    return Material(planner, planner.planned(), form)


class Books(Audit):
    """The auditor, who looks up facts of levels while walking, and counts the others afterwards."""

    def __init__(self, line: Timeline, facts: list[Fact]) -> None:
        course = line.course
        super().__init__(course.scenario, course.demand, course.journal)
        self.rows_read = list(course.journal.rows())
        self.pending = sorted({f for f in facts if f.of in self.LEVELS}, key=lambda f: f.time_s)
        self.found: dict[Fact, int] = {}
        self.asked_s: dict[int, int] = {}
        self.kept_for: dict[int, tuple[int, int]] = {}

    LEVELS = (
        "staffed",
        "occupied",
        "promised",
        "promised_from",
        "free",
        "waiting",
        "longest_wait_h",
        "away",
        "ready",
        "without_free",
    )

    def take(self, time_s: int, event: int, patient: int, region: int, unit: int, detail: int) -> None:
        while self.pending and self.pending[0].time_s < time_s:
            fact = self.pending.pop(0)
            self.found[fact] = self.level(fact)
        if event == Event.ASKED:
            self.asked_s[patient] = time_s
        super().take(time_s, event, patient, region, unit, detail)
        if event in (Event.DISCHARGED, Event.LEFT, Event.DIED_WAITING, Event.DIED_ON_THE_WAY):
            self.ready.discard(patient)

    def wrong(self, facts: list[Fact]) -> list[tuple[Fact, int]]:
        """Return the facts that are otherwise in these books, with what they should be."""
        counted = [(fact, self.count(fact)) for fact in facts]
        return [(fact, value) for fact, value in counted if value != fact.value]

    def free(self, unit: tuple[int, int]) -> int:
        return max(0, self.staffed(unit) - self.occupied[unit] - self.inbound[unit])

    def level(self, fact: Fact) -> int:
        unit = (fact.region, fact.kind)
        match fact.of:
            case "staffed":
                return self.staffed(unit)
            case "promised":
                return self.inbound[unit]
            case "promised_from":
                return sum(to == unit and self.sender[p] == fact.of_what[0] for p, to in self.trip.items())
            case "occupied":
                return self.occupied[unit]
            case "free":
                return self.free(unit)
            case "waiting":
                return len(self.line[unit])
            case "longest_wait_h":
                return max(((fact.time_s - self.asked_s[p]) // 3600 for p in self.line[unit]), default=0)
            case "away":
                home = self.demand.region
                return sum(home[p] == fact.region != b[0] and b[1] == fact.kind for p, b in self.bed.items())
            case "ready":
                return sum(self.bed[p][0] == fact.region for p in self.ready if p in self.bed)
            case _:
                return sum(self.free(u) == 0 for u in self.base if u[1] == fact.kind and self._given(u))

    def _given(self, unit: tuple[int, int]) -> bool:
        given = self.scenario.regions[self.keys[unit[0]]].units.get(self.kinds[unit[1]])
        return given is not None and given.beds not in (0, "unlimited")

    def count(self, fact: Fact) -> int:
        """Return the value of *fact* counted from the rows, or from the table of patients."""
        if fact.of in self.LEVELS:
            return self.found[fact]
        inside = [r for r in self.rows_read if fact.since_s <= r[0] < fact.time_s]
        match fact.of:
            case "postponed":
                return sum(r[1] == Event.POSTPONED and fact.region in (-1, r[3]) for r in inside)
            case "died":
                return sum(r[1] in (Event.DIED_WAITING, Event.DIED_ON_THE_WAY) for r in inside)
            case "asked":
                return len({r[2] for r in inside if r[1] == Event.REQUESTED and r[5] == fact.region})
            case "said_no":
                no = (Answer.NO_BED, Answer.NO_QUOTA)
                return sum(r[1] == Event.ANSWERED and r[3] == fact.region and r[5] in no for r in inside)
            case "lacked_transport":
                return len(self._without_transport(fact))
            case "gone_hour":
                return self._gone_hour(fact)
            case "opened":
                rows = [r for r in self.rows_read if r[1] == Event.OPENED and r[0] == fact.time_s]
                here = [r for r in rows if r[3:] == (fact.region, fact.kind, *fact.of_what)]
                return self.steps[fact.region, fact.kind][here[0][5] - 1]
            case "lost":
                first = self.demand.disruptions[fact.of_what[0]]
                alike = (first.from_s, first.what, first.region, first.kind, first.name)
                return sum(d.amount for d in self.demand.disruptions if tuple(d)[:5] == alike)
            case "lacking":
                mine = (*fact.of_what, fact.kind, fact.region)
                now = [d for d in self.demand.disruptions if d.from_s <= fact.time_s < d.to_s]
                return sum(d.amount for d in now if (d.name, d.what, d.kind, d.region) == mine)
            case "delay_minutes":
                who, booked = fact.of_what
                left = [r[0] for r in self.rows_read if r[2] == who and r[1] == Event.DEPARTED]
                return (min(t for t in left if t >= booked) - booked) // 60
            case _:
                return self._of_patients(fact)

    def _gone_hour(self, fact: Fact) -> int:
        """Return the hour in which the stock is gone, hour by hour from what every patient uses."""
        item = sorted(self.scenario.supplies)[fact.of_what[0]]
        supply, key = self.scenario.supplies[item], self.keys[fact.region]
        end_s, lying, used = round(self.scenario.horizon_days * 86400), {}, defaultdict(float)
        spans: list[tuple[int, int, float]] = []
        seen: set[int] = set()

        def leave(patient: int, time_s: int) -> None:
            if patient in lying:
                since, rate = lying.pop(patient)
                spans.extend([(max(since, 0), min(time_s, end_s), rate)] * (time_s > 0))

        for time_s, event, patient, region, unit, _ in self.rows_read:
            if event in (Event.DEPARTED, Event.DISCHARGED, Event.LEFT, Event.ADMITTED):
                leave(patient, time_s)
            if event != Event.ADMITTED:
                continue
            says = self.scenario.classes[self.demand.classes[self.demand.klass[patient]]].consumes.get(item)
            if says and region == fact.region:
                lying[patient] = (time_s, says.per_day.get(self.kinds[unit], 0.0) / 86400)
                first = patient not in seen and self.demand.number[patient] < FIRST_PRESENT
                used[time_s] += says.per_patient if first and 0 <= time_s < end_s else 0.0
            seen.add(patient)
        for patient in list(lying):
            leave(patient, end_s)
        stock, daily = supply.at_start(key) or 0.0, supply.resupply_per_day.get(key, 0.0)
        for now in range(0, end_s, 60):
            eaten = sum((min(b, now) - a) * rate for a, b, rate in spans if a < now)
            eaten += sum(n for t, n in used.items() if t <= now)
            if eaten > stock + daily * now / 86400 + 1e-6:
                return (now - 1) // 3600
        raise AssertionError("the stock lasts")

    def _without_transport(self, fact: Fact) -> set[int]:
        lacks, asker, found = (Answer.NO_TEAM, Answer.NO_VEHICLE, Answer.GROUNDED), defaultdict(int), set()
        lacks = fact.of_what or lacks
        for time_s, event, patient, region, kind, detail in self.rows_read:
            if event == Event.REQUESTED:
                asker[patient, region] = detail
            inside = fact.since_s <= time_s < fact.time_s and fact.kind in (-1, kind)
            if event == Event.ANSWERED and detail in lacks and inside:
                found |= {patient} if asker[patient, region] == fact.region else set()
        return found

    def _of_patients(self, fact: Fact) -> int:
        d, found = self.demand, 0
        for p in range(len(d)):
            came = d.number[p] < FIRST_PRESENT and fact.since_s <= d.arrival_s[p] < fact.time_s
            match fact.of:
                case "arrived":
                    found += came and fact.region in (-1, d.region[p]) and d.stream[p] in fact.of_what
                case "planned_due" | "planned_first":
                    right = d.priority[p] == 1 if fact.of == "planned_first" else d.priority[p] > 0
                    found += came and d.region[p] == fact.region and right
                case "received":
                    stream, onset, *urgencies = fact.of_what
                    hurt = d.stream[p] == stream and d.onset_s[p] == onset and d.arrival_s[p] < fact.time_s
                    hurt = hurt and d.region[p] == fact.region and d.number[p] < FIRST_PRESENT
                    found += hurt and (not urgencies or d.urgency[p] in urgencies)
                case "injured" | "injured_of_urgency":
                    stream, onset, *urgencies = fact.of_what
                    hurt = d.stream[p] == stream and d.onset_s[p] == onset
                    found += hurt and (not urgencies or d.urgency[p] in urgencies)
                case _:
                    raise AssertionError(fact.of)
        return int(found)
