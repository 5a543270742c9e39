"""Study files: design points from scenario x plans x factors, and everything wrong at once."""

from pathlib import Path

import pytest

from nspl_sim.experiment.study import LoadedStudy, is_study, load_study, study_schema
from nspl_sim.vocabulary.errors import InputRefused
from tests.journeys.commands import tiny

STUDY = """\
format: 1
name: try
scenario: tiny.yaml
plans: [alone, today, coordinated]
replications: 3
"""


def study(folder: Path, text: str = "") -> LoadedStudy:
    tiny(folder)
    (folder / "study.yaml").write_text(STUDY + text, encoding="utf-8")
    return load_study(folder / "study.yaml")


def refused(folder: Path, text: str) -> list[str]:
    with pytest.raises(InputRefused) as told:
        study(folder, text)
    return [f"{p.line}:{p.column} {p.path} {p.rule} {p.got} {p.suggestion}" for p in told.value.problems]


def test_without_factors_every_plan_is_set_against_today(tmp_path: Path) -> None:
    design = study(tmp_path).design
    assert [p.plan.name for p in design.points] == ["alone", "today", "coordinated"]
    assert design.contrasts == ((0, 1), (2, 1)) and design.replications == 3
    assert len({id(p.scenario) for p in design.points}) == 1


def test_another_reference(tmp_path: Path) -> None:
    assert study(tmp_path, "reference: alone\n").design.contrasts == ((1, 0), (2, 0))


def test_a_factor_of_the_scenario_makes_worlds(tmp_path: Path) -> None:
    text = "factors:\n  beds: {path: scenario.regions.a.units.icu.beds, values: [3, 2]}\n"
    design = study(tmp_path, text).design
    beds = [p.scenario.regions["a"].units["icu"].beds for p in design.points]
    assert beds == [3, 3, 3, 2, 2, 2]
    assert design.contrasts == ((0, 1), (2, 1), (3, 4), (5, 4))
    assert [p.world for p in design.points][::3] == ["tiny, beds = 3", "tiny, beds = 2"]
    plain = study(tmp_path).design.points
    assert [p.fingerprint for p in design.points[:3]] == [p.fingerprint for p in plain]


def test_a_star_stands_for_every_region_and_products_of_whole_numbers_are_whole(tmp_path: Path) -> None:
    text = 'factors:\n  icu: {path: "scenario.regions.*.units.icu.beds", multiply: [0.5]}\n'
    scenario = study(tmp_path, text).design.points[0].scenario
    assert [scenario.regions[r].units["icu"].beds for r in "abc"] == [2, 2, 2]


def test_a_factor_of_one_plan_leaves_the_others_once(tmp_path: Path) -> None:
    text = "factors:\n  every: {path: plans.coordinated.review_every_h, values: [6, 12]}\n"
    design = study(tmp_path, text).design
    assert [(p.plan.name, p.plan.review_every_h) for p in design.points[2:]] == [
        ("coordinated", 6),
        ("coordinated", 12),
    ]
    assert design.contrasts == ((0, 1), (2, 1), (3, 1))
    assert [p.variant for p in design.points] == ["", "", "every = 6", "every = 12"]


def test_a_factor_of_all_plans_is_compared_at_its_own_value(tmp_path: Path) -> None:
    text = "factors:\n  every: {path: plan.review_every_h, values: [6, 12]}\n"
    design = study(tmp_path, text).design
    assert [(p.plan.name, p.factors["every"]) for p in design.points] == [
        (plan, value) for plan in ("alone", "today", "coordinated") for value in (6, 12)
    ]
    assert design.contrasts == ((0, 2), (1, 3), (4, 2), (5, 3))


def test_every_problem_at_once(tmp_path: Path) -> None:
    told = refused(
        tmp_path,
        "reference: todya\n"
        "factors:\n"
        "  beds: {path: scenario.regions.a.units.icu.bds, values: [3]}\n"
        "  less: {path: scenario.regions.b.units.icu.beds, values: [2, -1]}\n"
        "  word: {path: scenario.name, values: [1]}\n"
        "  none: {path: regions.a, values: [1]}\n",
    )
    text = "\n".join(told)
    assert (
        "6:12 reference must be the name of one of the plans: alone, today, coordinated todya today" in text
    )
    for said in (
        '8:16 factors.beds.path leads nowhere: there is no "bds" in regions.a.units.icu, which holds beds',
        "9:63 factors.less.values.1 > regions.b.units.icu.beds must be a whole number >= 0 -1",
        "10:16 factors.word.path does not lead to a number, but to name",
        "11:16 factors.none.path must begin with scenario.",
    ):
        assert said in text


def test_values_that_the_scenario_refuses_are_told_where_they_stand(tmp_path: Path) -> None:
    told = refused(
        tmp_path, "factors:\n  less: {path: scenario.regions.b.units.icu.beds, values: [2, -1, 2.5]}\n"
    )
    assert len(told) == 2
    assert told[0].startswith("7:63 factors.less.values.1 > regions.b.units.icu.beds must be")
    assert told[1].startswith("7:67 factors.less.values.2 > regions.b.units.icu.beds must be")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("factors:\n  x: {path: scenario.seed}\n", "must have one of values, multiply"),
        ("factors:\n  x: {path: scenario.seed, values: [1, 1]}\n", "holds a value twice"),
        ("factors:\n  x: {path: scenario.regions, values: [1]}\n", "does not lead to a number"),
        ("factors:\n  x: {path: scenario.regions.*.nothing, values: [1]}\n", "leads to no number"),
        ("plan: x\n", "plans"),
        ("journals: [-1]\n", "journals"),
    ],
)
def test_what_is_no_study_is_refused(tmp_path: Path, text: str, said: str) -> None:
    assert said in "\n".join(refused(tmp_path, text))


def test_too_many_points_are_refused_before_they_are_built(tmp_path: Path) -> None:
    many = ", ".join(map(str, range(1, 101)))
    text = "factors:\n" + "".join(f"  f{i}: {{path: scenario.seed, values: [{many}]}}\n" for i in range(5))
    [told] = refused(tmp_path, text)
    assert "make 30000000000 design points; at most 1000 may be" in told


@pytest.mark.parametrize(
    "name", ["../tiny.yaml", "/etc/passwd", "tiny", "plans/tiny.yaml", "nope.yaml", "tiny.yaml\\n"]
)
def test_a_study_names_only_what_lies_beside_it(tmp_path: Path, name: str) -> None:
    tiny(tmp_path)
    (tmp_path / "study.yaml").write_text(STUDY.replace("tiny.yaml", f'"{name}"'), encoding="utf-8")
    with pytest.raises(InputRefused):
        load_study(tmp_path / "study.yaml")


def test_a_study_is_told_from_a_scenario_and_a_plan(tmp_path: Path) -> None:
    study(tmp_path)
    assert is_study(tmp_path / "study.yaml") and not is_study(tmp_path / "tiny.yaml")
    assert not is_study(tmp_path / "missing.yaml")


def test_the_schema_knows_every_key() -> None:
    schema = study_schema()
    assert {"scenario", "plans", "factors", "replications"} <= set(schema["properties"])
    assert set(schema["required"]) == {"format", "name", "scenario", "plans"}
