"""A plan made into a yardstick: the same plan with the true state at every review."""

import pytest

from nspl_sim.demand.sample import sample
from nspl_sim.experiment.study import load_study
from nspl_sim.policies.directing import Director
from nspl_sim.policies.plan import load_plan
from nspl_sim.policies.yardsticks import true_state
from nspl_sim.reading.telling import say
from nspl_sim.system.simulate import simulate
from nspl_sim.vocabulary.errors import InputRefused
from tests.worlds import abc, scenario


def test_only_what_the_office_is_told_differs():
    plan, known = load_plan("coordinated").plan, load_plan("coordinated@true-state").plan
    assert known == true_state(plan)
    assert (known.reporting.every_h, known.reporting.delay_h) == (plan.review_every_h, 0)
    told = ("name", "title", "reporting")
    assert known.model_copy(update={part: getattr(plan, part) for part in told}) == plan
    assert known.name == "coordinated-true-state" and known.title.en == "Coordinated, true state"


def test_at_each_review_the_office_sees_the_very_moment(monkeypatch):
    pairs, directive = [], Director.directive

    def watched(self, reported, current, *more):
        if current.directive is not None:  # a review, and not what the system asks before it begins
            pairs.append((reported, current))
        return directive(self, reported, current, *more)

    monkeypatch.setattr(Director, "directive", watched)
    world = scenario(abc())
    simulate(world, load_plan("coordinated@true-state").plan, sample(world, 0))
    awake = [(seen, now) for seen, now in pairs if now.time_s >= 0]
    assert len(awake) > 50
    for seen, now in awake:
        assert seen.time_s == now.time_s and (seen.occupied == now.occupied).all()


def test_a_plan_that_looks_at_no_picture_gains_nothing_by_the_true_state():
    world = scenario(abc())
    table = sample(world, 0)
    here, known = (simulate(world, load_plan(name).plan, table) for name in ("today", "today@true-state"))
    assert here.fingerprint() == known.fingerprint()


def test_what_is_no_plan_says_so(tmp_path):
    def told(name):
        return [say(problem) for problem in load_plan(name).warnings]

    assert told("coordinated@true-state") == []
    [bound] = told("coordinated@pooled")
    assert bound.startswith("warning: coordinated@pooled is a yardstick and no plan: it bounds")
    [knowing] = told("coordinated@full-knowledge")
    assert "not a bound" in knowing
    path = tmp_path / "mine.yaml"
    path.write_text(
        "format: 1\nname: mine\nsupport: pooled\nelective: never-pause\nsurge: never\n", encoding="utf-8"
    )
    [written] = told(path)
    assert "mine.yaml:3:1 is a yardstick" in written


def test_an_unknown_yardstick_is_refused_with_what_was_meant():
    with pytest.raises(InputRefused) as refused:
        load_plan("coordinated@true_state")
    assert say(refused.value.problems[0]).endswith("did you mean true-state?")


def test_a_file_may_be_made_into_one_too_also_in_a_study(tmp_path):
    (tmp_path / "mine@home.yaml").write_text(
        "format: 1\nname: mine\nsupport: nearest\nelective: never-pause\nsurge: never\n", encoding="utf-8"
    )
    assert load_plan(tmp_path / "mine@home.yaml").plan.name == "mine"
    (tmp_path / "mine.yaml").write_text(
        "format: 1\nname: mine\nsupport: nearest\nelective: never-pause\nsurge: never\n", encoding="utf-8"
    )
    assert load_plan(f"{tmp_path / 'mine.yaml'}@true-state").plan.name == "mine-true-state"
    study = tmp_path / "study.yaml"
    study.write_text(
        "format: 1\nname: tried\nscenario: ordinary-week\n"
        "plans: [today, coordinated@true-state, mine.yaml@true-state]\n",
        encoding="utf-8",
    )
    names = [point.plan.name for point in load_study(study).design.points]
    assert names == ["today", "coordinated-true-state", "mine-true-state"]
