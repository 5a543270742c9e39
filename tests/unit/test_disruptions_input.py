"""Disruptions as they are written: what is refused, what is warned of, and how a course is told."""

from typing import Any

import pytest

from nspl_sim.demand.sample import sample
from nspl_sim.paper.language import Language
from nspl_sim.paper.trace import Trace
from nspl_sim.policies.plan import load_plan
from nspl_sim.reading.node import planted
from nspl_sim.reading.place import Place
from nspl_sim.scenario import sweden
from nspl_sim.scenario.load import checked_scenario, dump_scenario, load_scenario
from nspl_sim.system.simulate import simulate
from nspl_sim.vocabulary.errors import InputRefused, Problem
from tests.worlds import abc, scenario

FIRE = {"kind": "beds_lost", "units": ["icu"], "share": 0.5, "from_day": 1, "days": 2}
SICK = {"kind": "staff_lost", "share": 0.5, "from_day": 1, "days": 2}


def told(*disruptions: dict[str, Any], **changes: Any) -> list[Problem]:
    """Return what is said of a scenario with *disruptions*, refused or not."""
    named = {f"d{number}": one for number, one in enumerate(disruptions)}
    try:
        return list(checked_scenario(planted(abc(disruptions=named, **changes), Place("x")))[1])
    except InputRefused as refused:
        return list(refused.problems)


@pytest.mark.parametrize(
    ("one", "path", "rule", "suggestion"),
    [
        (FIRE | {"regions": ["a", "bb"]}, "regions.1", "is no region of this scenario", "b"),
        (FIRE | {"civil_areas": ["sud"]}, "civil_areas.0", "is a civil area that no region lies in", "syd"),
        (FIRE | {"units": ["iva"]}, "units.0", "is a kind of unit that no region has", "icu"),
        (SICK | {"units": ["wardd"]}, "units.0", "is a kind of unit that no region has", "ward"),
        (SICK | {"skills": ["intensiv"]}, "skills.0", "must be one of intensive, theatre, ward", "intensive"),
        (
            FIRE | {"from_day": None, "with_stream": "frnt"},
            "with_stream",
            "is no stream of this scenario",
            "front",
        ),
        (
            FIRE | {"from_day": None, "with_stream": "emergency"},
            "with_stream",
            "is a stream whose patients come all along: no day is the first; give from_day",
            None,
        ),
        (
            FIRE | {"drawn": {"count": 1, "weights": {"d": 1}}},
            "drawn.weights.d",
            "is no region of this scenario",
            None,
        ),
        (
            FIRE | {"drawn": {"count": 1, "mean": 1}},
            "drawn",
            "must have only one of count, mean; it has count, mean",
            None,
        ),
        (FIRE | {"beds": 1}, "", "must have only one of share, beds; it has share, beds", None),
        (FIRE | {"from_day": None}, "", "must have one of from_day, begins, with_stream", None),
        (
            FIRE | {"regions": ["a"], "civil_areas": ["syd"]},
            "",
            "must have only one of regions, civil_areas; it has regions, civil_areas",
            None,
        ),
        (
            FIRE | {"lasts": {"family": "fixed", "value_days": 1}},
            "",
            "must have only one of days, lasts; it has days, lasts",
            None,
        ),
        (
            FIRE | {"days": None, "recovery_days": 2},
            "recovery_days",
            "needs days or lasts beside it: what never ends is never made good",
            None,
        ),
        (FIRE | {"from_day": 14}, "from_day", "must be before the end of the run (horizon_days 14)", None),
        (FIRE | {"from_day": -9}, "from_day", "may not be before the run begins (day -6)", None),
        (SICK | {"from_hour": 6, "to_hour": 6}, "to_hour", "must differ from from_hour", None),
        (FIRE | {"share": 1.5}, "share", "must be a number from 0 to 1", None),
        (
            {"kind": "it_outage", "archetype": "cyber_regio", "from_day": 1},
            "archetype",
            "must be one of cyber_national, cyber_region",
            "cyber_region",
        ),
        (
            {"kind": "hospital_hit", "archetype": "cyber_region", "from_day": 1},
            "archetype",
            "is an archetype of it_outage; those of hospital_hit are: infrastructure_hospital_loss",
            None,
        ),
        (
            FIRE | {"kind": "bed_lost"},
            "kind",
            "must be one of beds_lost, staff_lost, hospital_hit, it_outage, office_outage",
            "beds_lost",
        ),
    ],
)
def test_what_is_refused(one: dict[str, Any], path: str, rule: str, suggestion: str | None) -> None:
    one = {key: value for key, value in one.items() if value is not None}
    found = told(one)
    assert [(p.path, str(p.rule), p.suggestion) for p in found if not p.warning] == [
        (f"disruptions.d0.{path}".rstrip("."), rule, suggestion)
    ]


def test_an_archetype_gives_what_is_not_said() -> None:
    cyber = {"kind": "it_outage", "archetype": "cyber_national", "from_day": 1}
    whole = scenario(abc(disruptions={"d": cyber})).disruptions["d"]
    assert (whole.drawn.mean, whole.days, whole.recovery_days, whole.ask_factor) == (6, 7, 7, 2)
    assert (whole.diverted, whole.throughput, whole.mortality_relative_risk) == (0.21, 0.75, 1.28)
    assert whole.planned_stopped == 1 and whole.blind
    lasts = {"family": "fixed", "value_days": 3}
    own = scenario(abc(disruptions={"d": cyber | {"civil_areas": ["syd"], "lasts": lasts, "diverted": 0}}))
    found = own.disruptions["d"]
    assert (found.drawn, found.days, found.diverted, found.throughput) == (None, None, 0, 0.75)


def test_an_archetype_survives_a_round_trip(tmp_path) -> None:
    cyber = {"kind": "it_outage", "archetype": "cyber_region", "from_day": 1, "regions": ["b"], "days": 2}
    world = scenario(abc(disruptions={"d": cyber}))
    (tmp_path / "again.yaml").write_text(dump_scenario(world), "utf-8")
    assert load_scenario(tmp_path / "again.yaml").scenario.fingerprint() == world.fingerprint()


def test_every_figure_of_an_archetype_has_its_basis_and_source() -> None:
    figures = {figure.path: figure for figure in sweden.shock_figures()}
    for name, said in sweden.shock_archetypes().items():
        flat = {f"{name}.{key}": value for key, value in said.items() if key not in ("kind", "drawn")}
        flat |= {f"{name}.drawn.{key}": value for key, value in said["drawn"].items()}
        assert flat == {path: f.value for path, f in figures.items() if path.startswith(f"{name}.")}
    bases = {figure.basis for figure in figures.values()}
    assert bases <= {"published", "estimated", "assumed"}
    assert all(figure.source for figure in figures.values())


@pytest.mark.parametrize("one", [FIRE | {"share": 0}, SICK | {"scale": 0}, SICK | {"skills": ["theatre"]}])
def test_what_takes_nothing_away_is_told(one: dict[str, Any]) -> None:
    found = told(one)
    assert [(p.path, p.warning) for p in found] == [("disruptions.d0", True)]
    assert "takes nothing away" in str(found[0].rule)


def test_a_mistake_in_one_does_not_hide_that_in_another() -> None:
    found = told(FIRE | {"sharee": 1}, FIRE | {"regions": ["bb"]})
    assert {p.path for p in found} == {"disruptions.d0.sharee", "disruptions.d1.regions.0"}


def test_a_later_file_replaces_a_disruption_of_another_kind(tmp_path) -> None:
    (tmp_path / "one.yaml").write_text(dump_scenario(scenario(abc(disruptions={"d": FIRE}))), "utf-8")
    over = tmp_path / "two.yaml"
    head = "format: 1\nname: two\nextends: one.yaml\ndisruptions: {d: "
    over.write_text(head + "{share: 0.25}}\n", "utf-8")
    found = load_scenario(over).scenario.disruptions["d"]
    assert (found.kind, found.share, found.units) == ("beds_lost", 0.25, ["icu"])
    over.write_text(head + "{kind: staff_lost, share: 0.1, from_day: 3}}\n", "utf-8")
    found = load_scenario(over).scenario.disruptions["d"]
    assert (found.kind, found.share, found.days) == ("staff_lost", 0.1, None)


def test_a_course_tells_what_is_lost_and_what_is_back() -> None:
    lost = {
        "fire": FIRE | {"title": "Fire in the ward", "regions": ["b"]},
        "sick": SICK | {"skills": ["intensive"], "regions": ["c"]},
    }
    world = scenario(abc(disruptions=lost))
    people = sample(world, 0)
    journal = simulate(world, load_plan("alone").plan, people)
    lines = [" ".join(line.split()[2:]) for line in Trace(world, people, Language("en")).lines(journal)]
    assert "Fire in the ward hits b: beds lost in intensive care: 3" in lines
    assert "Restored in b after Fire in the ward: beds lost in intensive care: 3" in lines
    assert "Intensive care in b now has 3 staffed beds" in lines
    assert "Sick hits c: transfer teams lost: 1" in lines
