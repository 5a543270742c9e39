"""The plans that come along beside the three of reference: each tries one idea, and says so."""

import pytest

from nspl_sim.policies.plan import load_plan, shipped_plans

REFERENCE = ("alone", "coordinated", "today")
OTHERS = [name for name in shipped_plans() if name not in REFERENCE]


@pytest.mark.parametrize("name", OTHERS)
def test_a_plan_has_its_names_and_says_what_it_tries(name):
    loaded = load_plan(name)
    plan = loaded.plan
    assert plan.name == name and loaded.warnings == ()
    assert plan.title is not None and plan.title.en and plan.title.en != plan.title.sv
    assert plan.description is not None and len(plan.description.strip().splitlines()) == 2


@pytest.mark.parametrize("name", OTHERS)
def test_a_plan_changes_support_or_pauses_and_not_the_terms(name):
    """So that a difference from coordinated has one cause."""
    plan, like = load_plan(name).plan, load_plan("coordinated").plan
    for part in ("asking", "reporting", "review_every_h", "taking_part", "moves", "returns"):
        assert getattr(plan, part) == getattr(like, part)
    assert (plan.support == like.support) != ((plan.elective, plan.surge) == (like.elective, like.surge))


def test_no_two_plans_have_the_same_title():
    titles = [load_plan(name).plan.title for name in shipped_plans()]
    assert len({(t.sv, t.en) for t in titles}) == len(titles)
