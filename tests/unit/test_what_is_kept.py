"""What a batch keeps is chosen: levels every six hours or every hour; any journal is made again the same."""

import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nspl_sim.engine.ready import prepare
from nspl_sim.experiment.batch import Batch
from nspl_sim.experiment.course import course
from nspl_sim.experiment.design import Design, against_plan
from nspl_sim.experiment.engines import Engine
from nspl_sim.experiment.point import Point
from nspl_sim.experiment.run import run
from nspl_sim.experiment.saved import opened
from nspl_sim.experiment.session import Session
from nspl_sim.experiment.study import load_study
from nspl_sim.experiment.views import asked
from nspl_sim.measures.course import Course
from nspl_sim.paper.kept_journals import keep, made_again
from nspl_sim.policies.plan import load_plan
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.clock import HOUR
from nspl_sim.vocabulary.errors import InputRefused
from tests.worlds import abc

ABOUT: dict[str, Any] = {"versions": {"model": "1"}, "read": {}, "command": [], "warnings": []}
WORLD = Scenario.model_validate(abc() | {"warm_up_days": 1, "horizon_days": 2, "cool_down_h": 0})
POINTS = tuple(Point(WORLD, load_plan(plan).plan, "abc") for plan in ("today", "coordinated"))
DESIGN = Design("try", POINTS, against_plan(POINTS), 2)


def made(folder: Path, wanted: Design, engine: Engine = "simpy") -> Batch:
    with Session(folder) as session:
        session.begin(wanted, ABOUT)
        batch = session.run(1, engine=engine)
        session.finish(batch, {}, {"written": {}})
    return batch


def test_every_hour_where_it_is_asked_for(tmp_path: Path) -> None:
    hourly = dataclasses.replace(DESIGN, census_every_h=1)
    usual, oftener = run(POINTS, 2), made(tmp_path, hourly)
    saved = opened(tmp_path)
    assert saved.design.census_every_h == 1 and saved.is_complete
    for kind in WORLD.kinds:
        for field in ("census", "staffed", "waiting"):
            six = [getattr(batch.levels(1, kind), field) for batch in (usual, oftener, saved.batch())]
            assert (six[0] == six[1]).all() and (six[0] == six[2]).all()
    demand, journal = course(WORLD, POINTS[1].plan, 1)
    true = Course(WORLD, demand, journal, POINTS[1].plan).census("icu", HOUR)
    query = (
        "SELECT region, hour, census FROM census WHERE point = 1 AND replication = 1 AND kind = 'icu' "
        "ORDER BY region, hour"
    )
    _, rows, _ = asked(saved.store, saved.design, query)
    assert [row[1] for row in rows[:48]] == list(range(48))
    assert np.array([row[2] for row in rows]).reshape(3, 48).tolist() == true.tolist()


def test_both_sorts_lie_beside_each_other(tmp_path: Path) -> None:
    made(tmp_path, DESIGN)
    made(tmp_path, dataclasses.replace(DESIGN, census_every_h=1))
    assert len(list((tmp_path / "points").iterdir())) == 2 * len(POINTS)
    assert opened(tmp_path).replications == (0, 1)
    again = made(tmp_path, DESIGN)
    assert opened(tmp_path).design.census_every_h == 6
    assert again.fingerprints(0) == run(POINTS, 2).fingerprints(0)


@pytest.mark.parametrize(("said", "is_right"), [("1", True), ("6", True), ("3", False), ("hour", False)])
def test_a_study_says_how_often(tmp_path: Path, said: str, is_right: bool) -> None:
    study = tmp_path / "study.yaml"
    study.write_text(
        "format: 1\nname: try\nscenario: ordinary-week\nplans: [today, coordinated]\n"
        f"census_every_h: {said}\n"
    )
    if is_right:
        assert load_study(study).design.census_every_h == int(said)
        return
    with pytest.raises(InputRefused) as told:
        load_study(study)
    assert "census_every_h" in str(told.value.problems[0].path)


def test_any_journal_made_again_is_what_the_batch_saw(tmp_path: Path) -> None:
    if (why_not := prepare(lambda said: None)) is not None:
        pytest.skip(f"no compiled engine here: {why_not}")
    batch = made(tmp_path, DESIGN, "compiled")
    store = opened(tmp_path).store
    for number, point in enumerate(POINTS):
        for replication, seen in enumerate(batch.fingerprints(number)):
            columns, by_simpy = made_again(point, replication)
            _, by_loop = made_again(point, replication, "compiled")
            assert by_simpy == by_loop == seen
            _, journal = course(WORLD, point.plan, replication)
            assert len(next(iter(columns.values()))) == len(journal)
        files = [keep(store, point, 1, engine) for engine in ("compiled", "simpy")]
        assert files[0] == files[1] and files[0].is_file()
