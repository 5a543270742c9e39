"""Small worlds and plans of every sort for hypothesis: ties, empty units, losses, refusals, weather."""

from typing import Any

from hypothesis import strategies as st

from nspl_sim.policies.plan import Plan
from nspl_sim.policies.rules import FAMILIES, registered
from nspl_sim.scenario.model import Scenario

KINDS = ("icu", "theatre", "ward")
HOURS = st.sampled_from([13, 24, 1, 2, 3, 6, 0, 0.5, 50])
SHARES = st.sampled_from([0, 0.3, 0.5, 1])
PLACES = st.sampled_from([None, {"stretcher": 3}, {"stretcher": 2, "icu": 1}, {"icu": 2, "seated": 1}])
BEDS = st.sampled_from([3, 0, 1, 2, 1, 2, 4, "unlimited"])
SURGE = [{"beds": 1, "lead_h": 3, "lasts_h": 12, "pause_share": 0.2}, {"beds": 2, "lead_h": 0}]
OFFICES: list[dict[str, Any] | None] = [
    None,
    None,
    {},
    {"requests_per_h": 1},
    {"requests_per_h": 2, "staffed": {"from_hour": 8, "to_hour": 20}},
    {"staffed": {"from_hour": 20, "to_hour": 6}, "outage": [{"from_day": 0.4, "to_day": 0.8}]},
]
CLASSES: dict[str, dict[str, Any]] = {
    "ill": {"urgency": 3},
    "red": {"urgency": 1, "dies_waiting": {"tau_h": 4}, "min_stabilise_h": 1},
    "hip": {"urgency": 5, "priority": 3, "due_days": 30},
    "cancer": {"urgency": 3, "priority": 1, "due_days": 2},
    "gone": {"urgency": 2, "no_bed": "leave"},
    "lost": {"urgency": 2, "no_bed": "die_waiting"},
    "brief": {"urgency": 4, "waits_at_most_h": 2},
    "old": {"urgency": 4, "municipal_share": 0.7},
    "slow": {"urgency": 4, "municipal_share": 0.7, "municipal_wait": {"family": "fixed", "value_h": 5}},
    "frail": {"urgency": 1, "extra_stay_if_moved": {"family": "fixed", "value_h": 7}},
}


@st.composite
def units(draw) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for kind in draw(st.sampled_from([("icu", "ward"), KINDS, ("ward",)])):
        found[kind] = {"beds": draw(BEDS)}
        if draw(st.booleans()):
            found[kind]["keep_free"] = {3: 1}
        if kind != "theatre" and found[kind]["beds"] != "unlimited" and draw(st.booleans()):
            found[kind]["surge"] = SURGE[: draw(st.integers(1, 2))]
        elif found[kind]["beds"] != "unlimited" and draw(st.booleans()):
            found[kind]["hours"] = {"from_hour": 8, "to_hour": 17, "otherwise": draw(st.integers(0, 1))}
    return found


@st.composite
def patients(draw, regions: list[str]) -> list[dict[str, Any]]:
    stage = st.fixed_dictionaries(
        {"kind": st.sampled_from(("icu", "ward", "icu", "ward", "theatre")), "stay_h": HOURS},
        optional={"dies_waiting_h": HOURS},
    )
    one = st.fixed_dictionaries(
        {
            "arrival_h": st.sampled_from([-20, -3, *range(0, 40, 4), *range(0, 8)]),
            "region": st.sampled_from(regions),
            "class": st.sampled_from(sorted(CLASSES)),
            "stages": st.lists(stage, min_size=1, max_size=3) | st.just([]),
        }
    )
    return draw(st.lists(one, min_size=20, max_size=60))


@st.composite
def transports(draw, regions: list[str]) -> dict[str, Any]:
    if draw(st.integers(0, 3)) == 0:
        return {"instant": True}
    minutes = st.sampled_from([10, 0, 45])
    ends = {f"{what}_minutes": minutes for what in ("activation", "load", "unload", "turn")}
    modes = {
        "ambulance": {"medium": "road", "speed_kmh": 75, "range_km": draw(st.sampled_from([90, 500]))},
        "helicopter": {"medium": "air", "speed_kmh": 235, "unavailable_share": draw(SHARES)},
    }
    modes = {name: mode | {k: draw(v) for k, v in ends.items()} for name, mode in modes.items()}
    for mode in modes.values():
        if places := draw(PLACES):
            mode |= {"capacity": places, "patients_per_team": draw(st.integers(1, 2))}
    km = st.sampled_from([30, 30, 60, 0, 200])
    return {
        "modes": modes,
        "distances_km": {a: {b: draw(km) for b in regions if b > a} for a in regions[:-1]},
        "team_rest_minutes": draw(minutes),
        "handover_minutes": draw(minutes),
        "beds_per_team": draw(st.integers(0, 2)),
        "place_of": {"ward": "seated"} if draw(st.integers(0, 3)) == 0 else {},
        "weather": {"helicopter": {"closed_share": draw(SHARES)}} if draw(st.booleans()) else {},
        "delay": {"family": "exponential", "mean_h": 0.5} if draw(st.booleans()) else None,
    }


@st.composite
def disruptions(draw, regions: list[str]) -> dict[str, Any]:
    where = {"regions": draw(st.lists(st.sampled_from(regions), min_size=1, unique=True))}
    when = {"from_day": draw(st.sampled_from([0, 0.25, 1])), "days": draw(st.sampled_from([0.25, 0.5, 2]))}
    evacuate = draw(st.sampled_from([True, False]))
    every: dict[str, dict[str, Any]] = {
        "beds": {"kind": "beds_lost", "units": ["icu", "ward"], "beds": 1},
        "staff": {"kind": "staff_lost", "share": 0.5},
        "it": {"kind": "it_outage", "ask_factor": 3, "planned_stopped": 0.5, "diverted": 0.5},
        "hit": {"kind": "hospital_hit", "share": draw(SHARES), "evacuate": evacuate},
        "office": {"kind": "office_outage"},
    }
    chosen = draw(st.lists(st.sampled_from(sorted(every)), unique=True, max_size=2))
    return {name: every[name] | when | (where if name != "office" else {}) for name in chosen}


@st.composite
def scenarios(draw) -> dict[str, Any]:
    """Return the content of a scenario file; not every one is allowed."""
    regions = ["a", "b", "c", "d"][: draw(st.sampled_from([3, 2, 4, 1]))]
    fleet = {"ambulance": st.sampled_from([2, 1, 0]), "helicopter": st.integers(0, 1)}
    places = st.sampled_from([{}, {"places_per_day": 3, "floor_h": 2}, {"places_per_day": 0}])
    transport = draw(transports(regions))
    stage = {"kind": "ward", "stay": {"family": "fixed", "value_h": 2}}
    return {
        "format": 1,
        "name": "random",
        "start": "2027-01-04T00:00",
        "warm_up_days": draw(st.sampled_from([0, 1])),
        "horizon_days": draw(st.sampled_from([2, 4])),
        "seed": draw(st.integers(0, 9)),
        "catch_up": draw(st.sampled_from([0, 0.1, 3])),
        "regions": {
            key: {
                "region": draw(st.sampled_from([None, None, regions[0]])),
                "care_region": draw(st.sampled_from("xy")),
                "civil_area": draw(st.sampled_from(["north", "south"])),
                "population": 1000,
                "position": {"lat": 55 + number, "lon": 13},
                "icu_teams": draw(st.sampled_from([2, 1, 0])),
                "vehicles": {} if "modes" not in transport else {k: draw(v) for k, v in fleet.items()},
                "units": draw(units()),
                "municipal": draw(places) or None,
            }
            for number, key in enumerate(regions)
        },
        "unit_kinds": draw(
            st.sampled_from(
                [{}, {"theatre": {"needs_next": True, "referral": "nearest"}}, {"icu": {"no_bed": "leave"}}]
            )
        ),
        "classes": {k: {"pathways": [{"share": 1, "stages": [stage]}]} | v for k, v in CLASSES.items()},
        "streams": {
            "table": {"kind": "table", "patients": draw(patients(regions))},
            "planned": {
                "kind": "planned",
                "per_day": draw(st.integers(1, 6)),
                "regions": {regions[0]: 1},
                "classes": {"hip": 0.5, "cancer": 0.5},
            },
        },
        "transport": transport,
        "disruptions": draw(disruptions(regions)),
    }


def moves() -> st.SearchStrategy[dict[str, Any]]:
    """Return moves of in-patients and return transfers, or neither."""
    kinds = st.sampled_from([["icu"], ["icu", "ward"], ["ward"]])
    relief = st.builds(
        lambda kinds, loads, most: {"kinds": kinds, "above": loads[0], "below": loads[1], "at_most": most},
        kinds,
        st.sampled_from([(0.5, 0.5), (0.8, 0.8), (0.9, 0.3), (1.0, 1.0)]),
        st.sampled_from([1, 2, 9]),
    )
    home = st.fixed_dictionaries({"kinds": kinds, "reserve": st.integers(0, 1)})
    return st.fixed_dictionaries({}, optional={"moves": relief, "returns": home})


@st.composite
def plans(draw) -> dict[str, Any]:
    """Return the content of a plan file; not every one is allowed."""
    rules = {family: {"rule": draw(st.sampled_from(sorted(registered(family))))} for family in FAMILIES}
    switches = st.fixed_dictionaries(
        {}, optional={k: st.booleans() for k in ("shares_picture", "gives", "receives", "follows_pauses")}
    )
    rules |= draw(moves())
    return rules | {
        "format": 1,
        "name": "random",
        "review_every_h": draw(st.sampled_from([1, 4])),
        "asking": {
            "ask_minutes": draw(st.sampled_from([0, 0, 20, 60])),
            "parallel": draw(st.integers(1, 3)),
            "retry_h": draw(st.sampled_from(["never", 0.5, 1])),
            "max_hours": draw(st.sampled_from([6, 6, 6, 1])),
            "quota": {"icu": 1} if draw(st.booleans()) else {},
            "fetch": draw(st.booleans()),
        },
        "reporting": {
            "every_h": draw(st.sampled_from([1, 6])),
            "delay_h": draw(st.sampled_from([0, 2])),
            **({"missing_share": 0.3} if draw(st.booleans()) else {}),
        },
        "office": draw(st.sampled_from(OFFICES)),
        "taking_part": {"regions": {"a": draw(switches)} if draw(st.booleans()) else {}},
    }


def allowed(model: type[Scenario] | type[Plan], content: dict[str, Any]) -> Any:
    """Return the scenario or the plan of *content*, or None where it is refused."""
    from pydantic import ValidationError

    try:
        return model.model_validate({k: v for k, v in content.items() if v is not None})
    except ValidationError:
        return None
