"""Time left is reckoned from what was done last, by the time of the workers themselves."""

import os

import pytest

from nspl_sim.experiment.executor import Unit
from nspl_sim.experiment.point import Point
from nspl_sim.experiment.run import Progress, at_once, run
from nspl_sim.experiment.units import UNIT_S, Work
from nspl_sim.policies.plan import load_plan
from nspl_sim.scenario.model import Scenario
from tests.worlds import abc

WORLD = Scenario.model_validate(abc())
POINTS = [Point(WORLD, load_plan(plan).plan, "abc") for plan in ("today", "alone")]


def done(work: Work, replications: int, seconds: float) -> None:
    work.finished(Unit(tuple(range(replications)), (0, 1)), seconds)


def test_what_was_slow_at_first_is_forgotten() -> None:
    work = Work(POINTS, 1000, 2)
    assert work.each_s == 0
    done(work, 1, 60.0)
    assert work.each_s == 30.0
    for _ in range(8):
        done(work, 5, 10.0)
    assert work.each_s == 1.0


def test_units_take_as_long_as_they_should() -> None:
    work = Work(POINTS, 1000, 2)
    units = work.units()
    assert len(next(units).replications) == 1
    done(work, 1, 3.0)
    assert len(next(units).replications) == int(UNIT_S / 3.0)


def test_a_run_tells_rate_and_time_left() -> None:
    told: list[Progress] = []
    run(POINTS, 3, on_progress=told.append)
    assert [one.done for one in told] == [1, 2, 3]
    assert all(one.rate_per_s > 0 for one in told)
    assert told[0].left_s == pytest.approx(2 / told[0].rate_per_s) and told[-1].left_s == 0


@pytest.mark.parametrize(("load", "found"), [(0.0, 2.0), (2.0, 1.0), (6.0, 0.5)])
def test_a_busy_machine_is_shared(monkeypatch: pytest.MonkeyPatch, load: float, found: float) -> None:
    monkeypatch.setattr(os, "getloadavg", lambda: (load, 0.0, 0.0), raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    assert at_once(2) == found
