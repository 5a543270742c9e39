"""Plans that a study makes of others: with changes, with switches, joined by one region after the other."""

from pathlib import Path

from tests.unit.test_study import refused, study

SWITCHES = """\
switches:
  of: today
  each:
    shared: {change: {support: {rule: least-loaded}}, title: {sv: Gemensam, en: Shared}}
    fast: {change: {asking: {ask_minutes: 5}}, title: {sv: Snabb, en: Fast}}
    calm: {change: {elective: never-pause}}
"""
JOINING = """\
joining:
  of: coordinated
  orders: {small_first: [c, b, a], large_first: [a, b, c]}
  after: [0, 1, 3]
"""


def test_a_plan_with_changes(tmp_path: Path) -> None:
    change = "{asking: {parallel: 3}, support: {rule: nearest, reserve: 2}}"
    text = f"plans: [today, {{name: other, of: coordinated, change: {change}, title: {{sv: Annan}}}}]\n"
    design = study(tmp_path, text, without="plans").design
    plan = design.points[1].plan
    assert (plan.name, plan.asking.parallel, plan.support.reserve) == ("other", 3, 2)  # type: ignore[attr-defined]
    assert plan.title is not None and plan.title.sv == "Annan" and plan.description is None
    assert plan.elective == study(tmp_path).design.points[2].plan.elective
    assert design.contrasts == ((1, 0),)


def test_a_rule_replaces_a_rule_as_a_whole_and_a_parameter_replaces_a_parameter(tmp_path: Path) -> None:
    text = (
        "plans: [today, {name: a, of: today, change: {support: {reserve: 3}}}, "
        "{name: b, of: a.yaml, change: {support: {rule: today}}}]\n"
    )
    (tmp_path / "a.yaml").write_text(
        "format: 1\nname: x\nsupport: {rule: today, reserve: 4}\nelective: never-pause\nsurge: never\n"
    )
    plans = [p.plan for p in study(tmp_path, text, without="plans").design.points]
    assert [plan.support.reserve for plan in plans] == [1, 3, 1]  # type: ignore[attr-defined]


def test_each_switch_alone_and_last(tmp_path: Path) -> None:
    design = study(tmp_path, SWITCHES).design
    names = [p.plan.name for p in design.points]
    assert names == [
        "alone", "today", "coordinated", "today-shared", "today-fast", "today-calm", "today-shared-fast",
        "today-shared-calm", "today-fast-calm", "today-shared-fast-calm",
    ]  # fmt: skip
    both = design.points[6].plan
    assert both.support.name == "least-loaded" and both.asking.ask_minutes == 5  # type: ignore[attr-defined]
    today = design.points[1].plan
    assert today.title and both.title and both.title.sv == f"{today.title.sv} + Gemensam + Snabb"
    assert design.points[7].plan.title is None  # one of its switches has none
    steps = design.steps
    assert [(s.switch, names[s.point], names[s.reference]) for s in steps if not s.is_last] == [
        ("shared", "today-shared", "today"),
        ("fast", "today-fast", "today"),
        ("calm", "today-calm", "today"),
    ]
    assert [(names[s.point], names[s.reference]) for s in steps if s.is_last] == [
        ("today-shared-fast-calm", "today-fast-calm"),
        ("today-shared-fast-calm", "today-shared-calm"),
        ("today-shared-fast-calm", "today-shared-fast"),
    ]


def test_switches_in_every_combination(tmp_path: Path) -> None:
    assert len(study(tmp_path, SWITCHES + "  combinations: all\n").design.points) == 3 + 2**3 - 1


def test_regions_join_one_after_the_other_and_nobody_or_all_are_there_once(tmp_path: Path) -> None:
    points = study(tmp_path, JOINING).design.points[3:]
    assert [p.plan.name for p in points] == [
        "coordinated-small_first-0",
        "coordinated-small_first-1",
        "coordinated-small_first-3",
        "coordinated-large_first-1",
    ]
    one = points[1].plan.taking_part
    assert (one.of("c").gives, one.of("c").receives, one.of("a").gives) == (True, True, False)
    assert points[0].plan.title and points[0].plan.title.sv.endswith("(small_first 0/3)")


def test_what_is_wrong_is_told_where_the_study_says_it(tmp_path: Path) -> None:
    told = refused(
        tmp_path,
        "switches:\n  of: todya\n  each: {a: {change: {}}}\n"
        "joining:\n  of: coordinated\n  orders: {x: [a, b, d]}\n  after: [1, 3]\n",
    )
    assert told[0].startswith("7:7 switches.of is neither a file beside the study nor one of those")
    assert told[0].endswith("todya today")
    assert any(line.startswith("11:") and "is not a region of the scenario" in line for line in told), told
    told = refused(tmp_path, SWITCHES.replace("never-pause", "nevr-pause"))
    assert len(told) == 1 and told[0].startswith("11:31 elective") and "never-pause" in told[0], told


def test_more_than_the_regions_of_an_order_cannot_have_joined(tmp_path: Path) -> None:
    told = refused(tmp_path, JOINING.replace("[0, 1, 3]", "[0, 4]"))
    assert told == ["9:14 joining.after.1 is more than the regions that an order names: 3 4 None"]
