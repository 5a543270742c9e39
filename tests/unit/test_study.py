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


def study(folder: Path, text: str = "", without: str = "\0") -> LoadedStudy:
    tiny(folder)
    begin = "".join(line for line in STUDY.splitlines(True) if not line.startswith(without))
    (folder / "study.yaml").write_text(begin + text, encoding="utf-8")
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
    beds = [f"scenario.regions.{region}.units.icu.beds" for region in "abc"]
    paths = [*beds, "scenario.seed", "scenario.regions.a.icu_teams"]
    text = "factors:\n" + "".join(
        f"  f{i}: {{path: {path}, values: [{many}]}}\n" for i, path in enumerate(paths)
    )
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


def warned(folder: Path, text: str, *changes: tuple[str, str]) -> list[str]:
    tiny(folder, "tiny.yaml", *changes)
    (folder / "study.yaml").write_text(STUDY + text, encoding="utf-8")
    found = load_study(folder / "study.yaml").warnings
    assert all(problem.warning for problem in found)
    return [f"{Path(p.file).name}:{p.line} {p.path} {p.rule} {p.got}" for p in found]


ONE, ALL = "scenario.regions.a.units.icu.beds", "scenario.regions.*.units.icu.beds"


@pytest.mark.parametrize(
    ("first", "second", "number"),
    [
        (ONE, ONE, "regions.a.units.icu.beds"),
        (ALL, ONE, "regions.a.units.icu.beds"),
        (ONE, ALL, "regions.a.units.icu.beds"),
        ("plan.review_every_h", "plans.today.review_every_h", "review_every_h"),
    ],
)
def test_two_factors_may_not_set_the_same_number(
    tmp_path: Path, first: str, second: str, number: str
) -> None:
    text = f'factors:\n  x: {{path: "{first}", values: [3, 4]}}\n  y: {{path: "{second}", multiply: [2]}}\n'
    [told] = refused(tmp_path, text)
    assert told.startswith(
        f"8:13 factors.y.path sets the same number as the factor x: {number} {second.split('*')[0]}"
    )


def test_factors_of_different_numbers_are_no_clash(tmp_path: Path) -> None:
    text = (
        "factors:\n  x: {path: plans.alone.review_every_h, values: [3]}\n"
        "  y: {path: plans.today.review_every_h, values: [4]}\n"
    )
    assert len(study(tmp_path, text).design.points) == 3


def test_what_the_scenario_warns_of_under_a_value_is_told_there_once(tmp_path: Path) -> None:
    text = (
        "factors:\n  rate: {path: scenario.streams.ordinary.per_day, multiply: [1, 100]}\n"
        "  seed: {path: scenario.seed, values: [1, 2]}\n"
    )
    told = warned(tmp_path, text)
    assert told and len(set(told)) == len(told)
    assert all(line.startswith("study.yaml:7 factors.rate.multiply.1 > ") for line in told)


def test_what_the_scenario_warns_of_anyway_is_not_told_of_every_value(tmp_path: Path) -> None:
    busy = ("per_day: 9,", "per_day: 900,")
    without = warned(tmp_path, "", busy)
    assert without
    assert warned(tmp_path, f"factors:\n  x: {{path: {ONE}, values: [3, 4]}}\n", busy) == without


def own_plan(folder: Path, text: str) -> str:
    from nspl_sim.policies.plan import LIBRARY

    content = (LIBRARY / "today.yaml").read_text(encoding="utf-8").replace("name: today", "name: own")
    assert "taking_part" not in content
    (folder / "own.yaml").write_text(content + text, encoding="utf-8")
    return "own.yaml"


def test_a_plan_that_never_begins_is_told_with_the_horizon_of_every_world(tmp_path: Path) -> None:
    own_plan(tmp_path, "taking_part: {regions: {a: {from_day: 5}}}\n")
    names = ("plans: [alone, today, coordinated]", "plans: [today, own.yaml]")
    tiny(tmp_path)

    def told(text: str) -> list[str]:
        (tmp_path / "study.yaml").write_text(STUDY.replace(*names) + text, encoding="utf-8")
        return [
            f"{Path(p.file).name} {p.path} {p.rule}" for p in load_study(tmp_path / "study.yaml").warnings
        ]

    never = "is after the end of the run (horizon_days {}), so it never begins"
    place = "own.yaml taking_part.regions.a.from_day "
    assert told("") == [place + never.format(2)]
    days = "factors:\n  days: {{path: scenario.horizon_days, values: {}}}\n"
    assert told(days.format("[7, 8]")) == []
    assert told(days.format("[7, 4, 3]")) == [place + never.format(4)]
    begin = "factors:\n  begin: {path: plans.own.taking_part.regions.a.from_day, values: [1, 6]}\n"
    assert told(begin) == [
        "study.yaml factors.begin.values.1 > taking_part.regions.a.from_day " + never.format(2)
    ]


def test_journals_are_of_replications_that_there_are(tmp_path: Path) -> None:
    assert refused(tmp_path, "journals: [0, 3, 0]\n") == [
        "6:15 journals.1 is beyond the last replication, 2; they count from 0 3 None",
        "6:18 journals.2 names a replication twice 0 None",
    ]
    (tmp_path / "study.yaml").write_text(STUDY.replace("3", "-1") + "journals: [500]\n", encoding="utf-8")
    with pytest.raises(InputRefused) as told:
        load_study(tmp_path / "study.yaml")
    assert [p.path for p in told.value.problems] == ["replications"]
    assert study(tmp_path, "journals: [2, 0]\n").design.journals == (0, 2)


def test_what_a_star_leaves_is_told(tmp_path: Path) -> None:
    text = 'factors:\n  icu: {path: "scenario.regions.*.units.icu.beds", multiply: [2, 3]}\n'
    assert warned(tmp_path, text, ("icu: {beds: 4}", "icu: {beds: unlimited}")) == [
        "study.yaml:7 factors.icu.path leaves these as they are, for they have no such number: regions.b "
        "scenario.regions.*.units.icu.beds"
    ]


def test_a_rule_is_told_once_a_value_and_only_of_so_many_values(tmp_path: Path) -> None:
    text = 'factors:\n  icu: {{path: "scenario.regions.*.units.icu.beds", values: {}}}\n'
    assert len(refused(tmp_path, text.format("[-1, 2.5, 3]"))) == 2
    assert len(refused(tmp_path, text.format([-n for n in range(1, 100)]))) == 20


def test_a_point_too_many_in_a_path(tmp_path: Path) -> None:
    text = "factors:\n  x: {path: scenario..seed, values: [1]}\n  y: {path: scenario.sed, values: [1]}\n"
    told = refused(tmp_path, text)
    assert "has a point too many" in told[0]
    assert 'leads nowhere: there is no "sed"; there are format, name' in told[1] and told[1].endswith(" seed")


@pytest.mark.parametrize(
    ("old", "new", "path", "meant"),
    [
        ("plans: [", "plan: [", "plan", "plans"),
        ("scenario: tiny", "scenarios: tiny", "scenarios", "scenario"),
    ],
)
def test_a_study_with_a_misspelt_key_is_a_study_still(
    tmp_path: Path, old: str, new: str, path: str, meant: str
) -> None:
    tiny(tmp_path)
    file = tmp_path / "study.yaml"
    file.write_text(STUDY.replace(old, new).replace("replications: 3\n", ""), encoding="utf-8")
    assert is_study(file)
    with pytest.raises(InputRefused) as told:
        load_study(file)
    assert (path, meant) in [(p.path, p.suggestion) for p in told.value.problems]


def test_no_shipped_plan_or_scenario_is_a_study() -> None:
    from nspl_sim.policies.plan import LIBRARY
    from nspl_sim.scenario.shipped import library_file, shipped

    others = [*LIBRARY.glob("*.yaml"), *map(library_file, shipped())]
    assert others and not any(map(is_study, others))


def test_a_mistake_in_the_study_hides_none_in_what_it_names(tmp_path: Path) -> None:
    own_plan(tmp_path, "review_every_h: -1\n")
    tiny(tmp_path, "tiny.yaml", ("horizon_days: 2", "horizon_days: -2"))
    names = ("plans: [alone, today, coordinated]", "plans: [today, 3, own.yaml, aloone]")
    text = (
        "replicatons: 5\nreference: todya\nfactors:\n"
        "  x: {path: plans.today.review_evry_h, values: [1]}\n"
        "  y: {path: plan.review_every_h, values: [-1, -2, 7]}\n"
        "  z: {path: scenario.seed, values: [no, so, 1]}\n"
        "  w: {path: elsewhere, values: [1]}\n"
    )
    (tmp_path / "study.yaml").write_text(STUDY.replace(*names) + text, encoding="utf-8")
    with pytest.raises(InputRefused) as told:
        load_study(tmp_path / "study.yaml")
    assert [p.path for p in told.value.problems] == [
        "plans.1",
        "factors.z.values.0",
        "factors.z.values.1",
        "replicatons",
        "horizon_days",
        "review_every_h",
        "plans.3",
        "factors.w.path",
        "factors.x.path",
        "factors.y.values.0 > review_every_h",
        "factors.y.values.1 > review_every_h",
    ]


def test_a_plan_with_mistakes_does_not_hide_a_wrong_reference(tmp_path: Path) -> None:
    own_plan(tmp_path, "revew: 1\n")
    tiny(tmp_path)
    names = ("plans: [alone, today, coordinated]", "plans: [today, own.yaml]")
    for reference, paths in (("todya", ["revew", "reference"]), ("own", ["revew"])):
        content = STUDY.replace(*names) + f"reference: {reference}\n"
        (tmp_path / "study.yaml").write_text(content, encoding="utf-8")
        with pytest.raises(InputRefused) as told:
            load_study(tmp_path / "study.yaml")
        assert [p.path for p in told.value.problems] == paths


def test_a_scenario_or_a_plan_with_mistakes_does_not_hide_a_wrong_path(tmp_path: Path) -> None:
    own_plan(tmp_path, "revew: 1\n")
    tiny(tmp_path, "tiny.yaml", ("horizon_days: 2", "horizon_days: -2"))
    paths = {
        "a": "scenario.regions.aa.units.icu.beds",
        "b": "scenario.warmup_days",
        "c": "scenario.regions.a.units.icu.bed",
        "d": "plans.own.asking.retri_h",
        "e": "plan.review_evry_h",
        "sound": "scenario.catch_up",
        "open": "scenario.streams.ordinary.per_day",
        "star": "scenario.regions.*.units.icu.beds",
        "own": "plans.own.asking.retry_h",
    }
    factors = "".join(f'  {key}: {{path: "{path}", values: [1]}}\n' for key, path in paths.items())
    content = STUDY.replace("[alone, today, coordinated]", "[own.yaml]") + "factors:\n" + factors
    (tmp_path / "study.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(InputRefused) as told:
        load_study(tmp_path / "study.yaml")
    assert [(p.path, p.suggestion) for p in told.value.problems] == [
        ("horizon_days", None),
        ("factors.a.path", "a"),
        ("factors.b.path", "warm_up_days"),
        ("factors.c.path", "beds"),
        ("revew", None),
        ("factors.d.path", "retry_h"),
        ("factors.e.path", "review_every_h"),
    ]


@pytest.mark.parametrize("written", ["[1, 0,8]", "[0,8]", "[2,5, 0,8]"])
def test_a_decimal_comma_in_a_list_is_not_two_numbers(tmp_path: Path, written: str) -> None:
    told = refused(
        tmp_path, f'factors:\n  icu: {{path: "scenario.regions.*.units.icu.beds", multiply: {written}}}\n'
    )
    assert any('holds "0,8": for a decimal write a point' in line for line in told), told
