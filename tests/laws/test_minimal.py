"""Worlds that differ by one thing: by a patient without effect, or by a bed until it is first used."""

from typing import Any

import pytest

from nspl_sim.demand.sample import sample
from nspl_sim.journal import Journal
from nspl_sim.policies.plan import Plan, load_plan
from nspl_sim.vocabulary.care import Event
from nspl_sim.vocabulary.patients import Demand
from tests.laws.audit import Audit
from tests.oracles.both import by_both as simulate
from tests.worlds import abc, scenario

PLANS = ("alone", "today", "coordinated")


def plan(name: str) -> Plan:
    """Return a shipped plan without rules that look at beds: they may act on a bed before it is used."""
    said = load_plan(name).plan.written() | {"elective": "never-pause", "surge": "never"}
    return Plan.model_validate(said | ({"support": "nearest"} if name == "coordinated" else {}))


def ran(content: dict[str, Any], name: str) -> tuple[Demand, Journal]:
    world = scenario(content)
    demand = sample(world, 0)
    return demand, simulate(world, plan(name), demand)


def names(demand: Demand) -> list[tuple[str, int, int]]:
    rows = zip(demand.stream.tolist(), demand.region.tolist(), demand.number.tolist(), strict=True)
    return [(demand.streams[s], r, n) for s, r, n in rows]


def told(demand: Demand, journal: Journal, without: str) -> list[tuple[Any, ...]]:
    """Return the journal with people's own names, but for the stream *without*."""
    who = names(demand)
    return [
        (t, e, who[p] if p >= 0 else p, r, u, d)
        for t, e, p, r, u, d in journal.rows()
        if p < 0 or who[p][0] != without
    ]


@pytest.mark.parametrize("name", PLANS)
@pytest.mark.parametrize("stages", ["nothing", "a waiting room"])
def test_one_more_patient_without_effect_changes_nothing_else(name: str, stages: str) -> None:
    content = abc()
    rooms = {"units": content["regions"]["b"]["units"] | {"room": {"beds": "unlimited"}}}
    content["regions"]["b"] |= rooms  # in both worlds, so that kinds have the same numbers
    content["classes"]["guest"] = {"urgency": 1, "pathways": [{"share": 1, "stages": []}]}
    before = ran(content, name)
    given = [] if stages == "nothing" else [{"kind": "room", "stay_h": 30}]
    guest = {"arrival_h": 60.0, "region": "b", "class": "guest", "stages": given}
    content["streams"]["visit"] = {"kind": "table", "patients": [guest]}
    after = ran(content, name)
    assert len(after[0]) == len(before[0]) + 1
    assert told(*after, without="visit") == told(*before, without="visit")


@pytest.mark.parametrize("name", PLANS)
@pytest.mark.parametrize(("region", "kind"), [("a", "icu"), ("b", "ward"), ("b", "icu")])
def test_one_more_bed_changes_nothing_before_it_is_used(name: str, region: str, kind: str) -> None:
    content = abc()
    demand, fewer = ran(content, name)
    unit = content["regions"][region]["units"][kind]
    unit["beds"] += 1
    _, more = ran(content, name)
    shared = min(len(fewer), len(more))
    rows = zip(list(fewer.rows())[:shared], list(more.rows())[:shared], strict=True)
    first = next((n for n, (one, two) in enumerate(rows) if one != two), None)
    assert first is not None, "the bed was never used: choose another unit"
    place = ("abc".index(region), ("icu", "ward").index(kind))
    audit = Audit(scenario(content), demand, more.only(slice(0, first)))  # type: ignore[arg-type]
    for row in audit.journal.rows():
        audit.take(*row)
    kept = audit.kept[place]
    used = audit.occupied[place] + audit.inbound[place]
    assert audit.staffed(place) - 1 - used in kept, "somebody was let in by the bed itself"
    assert Event(int(more.event[first])) in (
        Event.ADMITTED,
        Event.ANSWERED,
        Event.RELEASED,
        Event.POSTPONED,
    )
