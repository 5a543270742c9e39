"""A plan that knows what is to come: what it is shown, that no other is, and that it must be given."""

import numpy as np
import pytest

from nspl_sim.demand.sample import sample
from nspl_sim.experiment.foresight import foreseen, happened
from nspl_sim.experiment.point import Point
from nspl_sim.experiment.run import run
from nspl_sim.measures.course import Course
from nspl_sim.policies.directing import Director
from nspl_sim.policies.plan import load_plan
from nspl_sim.policies.support.full_knowledge import FullKnowledge
from nspl_sim.policies.support.optimised import Optimised
from nspl_sim.system.simulate import simulate
from nspl_sim.vocabulary.clock import HOUR
from tests.laws.audit import Audit
from tests.worlds import abc, scenario

KNOWING = load_plan("optimised@full-knowledge").plan


def test_only_a_plan_that_sees_the_future_needs_it():
    assert KNOWING.foresees and not load_plan("optimised").plan.foresees
    assert KNOWING.support == FullKnowledge(most_load=0.9, most_transfers=50, horizon_h=12)
    assert load_plan("coordinated@full-knowledge").plan.support == FullKnowledge()
    world = scenario(abc())
    with pytest.raises(ValueError, match="sees the future"):
        simulate(world, KNOWING, sample(world, 0))


def test_what_is_foreseen_is_the_need_of_regions_alone():
    world = scenario(abc())
    table = sample(world, 0)
    future = foreseen(world, KNOWING, table)
    assert future.shape == (14 * 24, 3, 2)
    alone = load_plan("alone").plan
    course = Course(world, table, simulate(world, alone, table), alone)
    assert (course.census("icu", HOUR) + course.in_line("icu", HOUR) == future[:, :, 0].T).all()


def test_at_a_review_it_is_shown_the_moment_and_the_hours_to_come(monkeypatch):
    shown, directive = [], Director.directive

    def watched(self, reported, current, *more):
        if current.directive is not None:  # a review, and not what the system asks before it begins
            shown.append((reported, current))
        return directive(self, reported, current, *more)

    world = scenario(abc())
    table = sample(world, 0)
    future = foreseen(world, KNOWING, table)
    monkeypatch.setattr(Director, "directive", watched)
    journal = simulate(world, KNOWING, table, future)
    asleep = [seen for seen, now in shown if now.time_s < 0]
    assert asleep and all(seen.future is None for seen in asleep)
    awake = [(seen, now) for seen, now in shown if now.time_s >= 0]
    for seen, now in awake:
        hour = now.time_s // HOUR
        assert (seen.occupied == now.occupied).all() and now.future is None
        assert (seen.future[0] == future[min(hour, len(future) - 1)]).all()
        assert (seen.future[12] == future[min(hour + 12, len(future) - 1)]).all()
    Audit(world, table, journal).walk()


def test_it_comes_out_the_same_on_any_number_of_workers():
    world = scenario(abc())
    points = [Point(world, load_plan(name).plan, "abc") for name in ("today", "optimised@full-knowledge")]
    one, two = (run(points, replications=2, workers=w) for w in (1, 2))
    assert one.fingerprints(1) == two.fingerprints(1)
    assert one.fingerprints(1)[0] == happened(world, KNOWING, sample(world, 0)).fingerprint()


def test_without_a_future_the_rule_reckons_as_the_optimised_one(monkeypatch):
    from tests.pictures import picture

    seen = picture(occupied=(10, 6, 2), waiting=(3, 0, 0), asked_24h=(9, 2, 1))
    assert FullKnowledge().orders(seen) == Optimised().orders(seen)
    assert np.array(FullKnowledge().orders(seen)[0].quota).sum() > 0


def test_yardsticks_are_of_a_whole_plan_and_not_of_one_kind():
    from nspl_sim.policies.plan import Plan

    for name in ("full-knowledge", "pooled"):
        with pytest.raises(ValueError, match="support"):
            Plan.model_validate(
                {
                    "format": 1,
                    "name": "x",
                    "support": {"rule": "by-kind", "rules": {"icu": name}},
                    "elective": "never-pause",
                    "surge": "never",
                }
            )
