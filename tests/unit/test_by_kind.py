"""A support rule for each unit kind."""

from pathlib import Path

import pytest

from nspl_sim.policies.directing import Director
from nspl_sim.policies.plan import Plan, dump_plan, load_plan
from nspl_sim.policies.sentences import clause
from nspl_sim.system.simulate import geography
from nspl_sim.vocabulary.errors import InputRefused
from tests.worlds import abc, scenario

PLAN = """\
format: 1
name: each
support:
  rule: by-kind
  rules:
    icu: {rule: least-loaded, reserve: 2}
    ward: {rule: as-listed, receivers: {a: [c, b]}}
elective: never-pause
surge: never
"""


def plan(folder: Path, text: str = PLAN) -> Plan:
    (folder / "each.yaml").write_text(text, encoding="utf-8")
    return load_plan(folder / "each.yaml").plan


def test_each_kind_has_the_orders_of_its_rule(tmp_path: Path) -> None:
    orders = Director(plan(tmp_path), geography(scenario(abc()))).at_start().orders
    icu, ward = orders
    assert (icu.kind, icu.reserve[0], ward.kind, ward.reserve[0]) == (0, 2, 1, 1)
    assert ward.receivers == ((2, 1), (), ()) and all(icu.receivers)


def test_it_reads_back_as_the_very_same_plan_and_says_both_clauses(tmp_path: Path) -> None:
    made = plan(tmp_path)
    again = plan(tmp_path, dump_plan(made))
    assert again.fingerprint() == made.fingerprint()
    said = str(clause(made)[0])
    assert "intensive care" in said and "ward care" in said


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("reserve: 2", "reserv: 2", "6:31 support.rules.icu.reserv did you mean reserve"),
        ("least-loaded", "leest-loaded", "6:17 support.rules.icu.rule did you mean least-loaded"),
        ("rule: least-loaded", "rule: by-kind", "6:17 support.rules.icu.rule"),
    ],
)
def test_what_is_wrong_inside_is_told_where_it_stands(
    tmp_path: Path, was: str, becomes: str, told: str
) -> None:
    with pytest.raises(InputRefused) as refused:
        plan(tmp_path, PLAN.replace(was, becomes))
    problems = [f"{p.line}:{p.column} {p.path} did you mean {p.suggestion}" for p in refused.value.problems]
    assert any(told in line for line in problems), problems
