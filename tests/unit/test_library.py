"""What comes along: every scenario and study loads without a remark, can be named, and has its page."""

from pathlib import Path

import pytest

from nspl_sim.experiment.study import load_study, shipped_studies, study_file
from nspl_sim.policies.plan import load_plan, shipped_plans
from nspl_sim.scenario.load import load_shipped, shipped

CROWDED = " arrivals a day x "
"""In the warning that a region gets more than it has beds for: that is what such a scenario is for."""
PAGES = (Path(__file__).parents[2] / "docs" / "scenarios.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", shipped())
def test_a_scenario_loads_without_a_remark_and_has_its_page(name: str) -> None:
    found = load_shipped(name)
    assert found.scenario.name == name
    assert [str(w.rule) for w in found.warnings if CROWDED not in str(w.rule)] == []
    title = found.scenario.title
    assert title is not None and title.en and title.sv
    page = PAGES.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
    assert all(word in page for word in ("**For**", "**Sources**", "**Not**")), f"docs/scenarios.md: {name}"
    assert found.scenario.exercise == (name != "ordinary-week")
    assert bool(found.scenario.marking) == found.scenario.exercise


@pytest.mark.parametrize("name", shipped_studies())
def test_a_study_loads_without_a_remark_and_asks_a_question(name: str) -> None:
    found = load_study(study_file(name))
    assert found.study.name == name
    assert [str(w.rule) for w in found.warnings if CROWDED not in str(w.rule)] == []
    assert found.study.question is not None and found.study.question.en
    assert f"\n## {name}\n" in PAGES, f"docs/scenarios.md: {name}"
    plans = {point.plan.name for point in found.design.points}
    assert "today" in plans and len(found.design.contrasts) >= len(found.design.points) - len(
        {point.world for point in found.design.points}
    )


@pytest.mark.parametrize("name", shipped_plans())
def test_a_plan_loads_without_a_remark_and_is_named_in_both_languages(name: str) -> None:
    found = load_plan(name)
    assert not found.warnings and found.plan.name == name
    assert found.plan.title is not None and found.plan.title.en


def test_names_of_what_comes_along_are_not_shared() -> None:
    names = [*shipped(), *shipped_studies(), *shipped_plans()]
    assert len(set(names)) == len(names)


def test_every_page_is_of_something_that_comes_along() -> None:
    headings = {line[3:] for line in PAGES.splitlines() if line.startswith("## ")}
    assert headings == {*shipped(), *shipped_studies()}
