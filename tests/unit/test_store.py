"""The folder of a study: parts whole or not at all, nothing made twice, nothing mixed."""

import dataclasses
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nspl_sim.experiment.batch import Batch
from nspl_sim.experiment.design import Design, against_plan
from nspl_sim.experiment.manifest import Damaged
from nspl_sim.experiment.parts import CHECKS, TABLES, is_whole
from nspl_sim.experiment.point import Point
from nspl_sim.experiment.replicate import PointResult
from nspl_sim.experiment.run import Incomplete, run
from nspl_sim.experiment.saved import opened
from nspl_sim.experiment.session import Foreign, Session
from nspl_sim.experiment.store import Store
from nspl_sim.experiment.views import VIEWS, BadQuery, asked, measures_parquet
from nspl_sim.measures.profile import Levels, Planned
from nspl_sim.policies.plan import Plan, load_plan
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.errors import NsplError
from tests.worlds import abc

ABOUT: dict[str, Any] = {"versions": {"model": "1"}, "read": {}, "command": [], "warnings": []}


def small(**changes: object) -> Scenario:
    return Scenario.model_validate(abc() | {"warm_up_days": 1, "horizon_days": 2, "cool_down_h": 0} | changes)


def design(*plans: str, replications: int = 5, world: Scenario | None = None) -> Design:
    scenario = world or small()
    points = tuple(Point(scenario, load_plan(plan).plan, "abc") for plan in plans)
    return Design("try", points, against_plan(points), replications)


def made(folder: Path, wanted: Design, workers: int = 1) -> Batch:
    with Session(folder) as session:
        session.begin(wanted, ABOUT)
        batch = session.run(workers)
        session.finish(batch, {"a.txt": b"answer"}, {"written": {"a.txt": ""}})
    return batch


def test_what_is_read_back_is_what_was_made(tmp_path: Path) -> None:
    wanted = design("today", "coordinated")
    stored, kept = made(tmp_path, wanted), run(wanted.points, 5)
    assert stored.measures == kept.measures and stored.replications == kept.replications
    for point in range(2):
        assert stored.fingerprints(point) == kept.fingerprints(point)
        for name in kept.measures:
            np.testing.assert_array_equal(stored.values(point, name), kept.values(point, name))
        np.testing.assert_array_equal(stored.transfers(point), kept.transfers(point))
        pairs: list[tuple[Levels | Planned, Levels | Planned]] = [
            (stored.planned(point), kept.planned(point)),
            *((stored.levels(point, kind), kept.levels(point, kind)) for kind in ("icu", "ward")),
        ]
        for ours, theirs in pairs:
            for field in dataclasses.fields(ours):
                np.testing.assert_array_equal(getattr(ours, field.name), getattr(theirs, field.name))


def test_a_saved_study_opens_wherever_it_is_moved(tmp_path: Path) -> None:
    wanted = design("today", "coordinated")
    made(tmp_path / "here", wanted)
    (tmp_path / "here").rename(tmp_path / "there")
    saved = opened(tmp_path / "there")
    assert saved.is_complete and saved.replications == (0, 1, 2, 3, 4)
    assert [p.fingerprint for p in saved.design.points] == [p.fingerprint for p in wanted.points]
    assert saved.design.contrasts == ((1, 0),)
    again = made(tmp_path / "there", wanted)
    assert again.fingerprints(0) == saved.batch().fingerprints(0)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, int]]]:
    """Note every (plan, replication) that is made."""
    from nspl_sim.experiment import store

    seen: list[tuple[str, int]] = []
    truly = store.replicate

    def noting(points: list[Point], replication: int, *terms: Any) -> Iterator[PointResult]:
        seen.extend((point.plan.name, replication) for point in points)
        return truly(points, replication, *terms)

    monkeypatch.setattr(store, "replicate", noting)
    yield seen


def test_only_what_is_missing_is_made(tmp_path: Path, counted: list[tuple[str, int]]) -> None:
    made(tmp_path, design("today", "coordinated", replications=3))
    first = measures_parquet(Store(tmp_path), design("today", "coordinated", replications=3))
    assert len(counted) == 6
    counted.clear()
    made(tmp_path, design("today", "coordinated", replications=3))
    assert counted == []
    made(tmp_path, design("today", "coordinated", replications=5))
    assert sorted(counted) == [(p, k) for p in ("coordinated", "today") for k in (3, 4)]
    counted.clear()
    made(tmp_path, design("alone", "today", "coordinated", replications=4))
    assert counted == [("alone", k) for k in range(4)]
    assert measures_parquet(Store(tmp_path), design("today", "coordinated", replications=3)) == first


def test_a_changed_input_lies_beside_the_old_and_other_words_change_nothing(
    tmp_path: Path, counted: list[tuple[str, int]]
) -> None:
    made(tmp_path, design("today", replications=1))
    made(tmp_path, design("today", replications=1, world=small(seed=12)))
    assert len(counted) == 2 and len(list((tmp_path / "points").iterdir())) == 2
    renamed = small(name="other", title={"sv": "Ny", "en": "New"}, marking="HEMLIG")
    made(tmp_path, design("today", replications=1, world=renamed))
    assert len(counted) == 2, "a name decides no number"


def test_a_damaged_part_is_made_again(tmp_path: Path) -> None:
    wanted = design("today")
    before = made(tmp_path, wanted).fingerprints(0)
    part = next((tmp_path / "points").glob("*/r*"))
    content = bytearray((part / "levels.parquet").read_bytes())
    content[len(content) // 2] ^= 255
    (part / "levels.parquet").write_bytes(content)
    assert not is_whole(part)
    with Session(tmp_path) as session:
        session.begin(wanted, ABOUT)
        assert session.damaged == [part.name] and not (tmp_path / "a.txt").exists()
        assert session.run(1).fingerprints(0) == before


def test_what_a_stopped_run_left_half_done_is_no_part(tmp_path: Path) -> None:
    wanted = design("today", replications=2)
    made(tmp_path, wanted)
    folder = Store(tmp_path).points_folder(wanted.points[0])
    half = folder / ".part-1-r000002-000002"
    half.mkdir()
    (half / "measures.parquet").write_bytes(b"PAR1")
    assert Store(tmp_path).there(wanted.points[0]) == {0, 1}
    made(tmp_path, wanted)
    assert not half.exists()


def test_a_failing_replication_is_set_aside_by_name_and_there_is_no_summary(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nspl_sim.experiment import store

    truly = store.replicate

    def failing(points: list[Point], replication: int, *terms: Any) -> Iterator[PointResult]:
        if replication == 2:
            raise ArithmeticError("of two")
        return truly(points, replication, *terms)

    made(tmp_path, design("today", replications=2))
    with monkeypatch.context() as broken:
        broken.setattr(store, "replicate", failing)
        with pytest.raises(Incomplete) as told, Session(tmp_path) as session:
            session.begin(design("today"), ABOUT)
            session.run(1)
    assert told.value.exit_code == 4
    assert "number 2 of abc (seed 11): ArithmeticError: of two" in str(told.value)
    manifest = json.loads((tmp_path / "manifest.json").read_bytes())
    assert manifest["state"] == "incomplete" and not (tmp_path / "a.txt").exists()
    [aside] = manifest["set_aside"]
    assert (aside["replication"], aside["seed"], aside["scenario"]) == (2, 11, "abc")
    assert opened(tmp_path).replications == (0, 1, 3, 4)
    assert made(tmp_path, design("today")).replications == (0, 1, 2, 3, 4)


def test_two_runs_do_not_share_a_folder(tmp_path: Path) -> None:
    with Session(tmp_path), pytest.raises(NsplError, match="another run is at work"), Session(tmp_path):
        pytest.fail("the second got in")
    with Session(tmp_path):
        pass


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(Foreign, match="other things"), Session(tmp_path):
        pytest.fail("got in")
    assert [p.name for p in tmp_path.iterdir()] == ["letter.txt"]


def test_a_number_is_the_same_however_it_is_written() -> None:
    plan = load_plan("today").plan
    whole, point = small(horizon_days=2), small(horizon_days=2.0)
    assert Point(whole, plan, "").fingerprint == Point(point, plan, "").fingerprint
    assert Point(whole, plan, "").fingerprint != Point(small(horizon_days=2.5), plan, "").fingerprint


def test_what_is_as_by_default_is_not_in_a_fingerprint() -> None:
    """So a new key of scenarios, of plans or of rules lets go of no results."""
    world, plan = small(), load_plan("today").plan
    told = plan.written()
    wordy = Plan.model_validate(told | {"support": {"rule": "today", "reserve": 1}, "review_every_h": 6})
    assert Point(world, wordy, "").fingerprint == Point(world, plan, "").fingerprint
    other = Plan.model_validate(told | {"support": {"rule": "today", "reserve": 2}})
    assert Point(world, other, "").fingerprint != Point(world, plan, "").fingerprint
    wordy_world = small(catch_up=0.1, strain_arm="half")
    assert Point(wordy_world, plan, "").fingerprint == Point(world, plan, "").fingerprint


def test_results_open_where_fingerprints_were_reckoned_otherwise(tmp_path: Path) -> None:
    wanted = design("today", "coordinated", replications=2)
    batch = made(tmp_path, wanted)
    before = [batch.fingerprints(number) for number in range(2)]
    path = tmp_path / "manifest.json"
    content = path.read_text(encoding="utf-8")
    for number, point in enumerate(wanted.points):
        earlier = f"{number}" * 64
        Store(tmp_path).points_folder(point).rename(tmp_path / "points" / earlier[:16])
        content = content.replace(point.fingerprint, earlier)
    path.write_text(content, encoding="utf-8")
    saved = opened(tmp_path)
    assert saved.is_complete and saved.replications == (0, 1)
    assert [saved.batch().fingerprints(number) for number in range(2)] == before
    assert asked(saved.store, saved.design, "select count(*) from replications")[1] == [(4,)]


@pytest.mark.parametrize("key", ["fingerprint", "scenario_fingerprint", "plan_fingerprint"])
def test_a_fingerprint_is_no_path(tmp_path: Path, key: str) -> None:
    made(tmp_path, design("today", replications=1))
    manifest = json.loads((tmp_path / "manifest.json").read_bytes())
    manifest["points"][0][key] = "../../outside"
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(NsplError, match="damaged"):
        opened(tmp_path).design  # noqa: B018  (what reading it does is the point)


def test_a_manifest_leads_nowhere_else(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("stays")
    made(tmp_path / "in", design("today", replications=1))
    path = tmp_path / "in" / "manifest.json"
    manifest = json.loads(path.read_bytes())
    manifest["written"] = {"../outside.txt": "", str(outside): "", "a.txt": ""}
    path.write_text(json.dumps(manifest))
    made(tmp_path / "in", design("today", replications=2))
    assert outside.read_text() == "stays"
    for key in ("scenario_fingerprint", "fingerprint"):
        wrong = json.loads(path.read_bytes())
        wrong["points"][0][key] = "../../outside"
        path.write_text(json.dumps(wrong))
        with pytest.raises(Damaged):
            opened(tmp_path / "in")
        made(tmp_path / "in", design("today", replications=2))
    assert opened(tmp_path / "in").is_complete, "a damaged manifest is written anew"


def _leaves(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict | list) and value:
        for key in value if isinstance(value, dict) else range(len(value)):
            yield from _leaves(value[key], (*way, key))
    yield way


def test_whatever_is_changed_in_a_manifest_by_hand_ends_in_a_word_and_no_fault(tmp_path: Path) -> None:
    made(tmp_path, design("today", "coordinated", replications=1))
    path = tmp_path / "manifest.json"
    whole = path.read_text()
    for way in _leaves(json.loads(whole)):
        for value in (None, "x", -1, [], {"a": []}):
            changed = json.loads(whole)
            holder = changed
            for step in way[:-1]:
                holder = holder[step]
            if way:
                holder[way[-1]] = value
            path.write_text(json.dumps(changed if way else value))
            try:
                saved = opened(tmp_path)
                assert saved.is_stale in (True, False) and saved.is_complete in (True, False)
                saved.batch().values(0, "deaths_all")
            except NsplError:
                continue


def test_a_world_that_was_edited_is_no_longer_what_was_run(tmp_path: Path) -> None:
    made(tmp_path, design("today", replications=1))
    [world] = (tmp_path / "worlds").iterdir()
    world.write_text(world.read_text().replace('"beds":4', '"beds":5'))
    with pytest.raises(Damaged, match="worlds/"):
        opened(tmp_path).design  # noqa: B018  (what reading it does is the point)
    made(tmp_path, design("today", replications=1))
    assert opened(tmp_path).is_complete


def test_a_part_that_is_gone_or_is_another_makes_the_study_incomplete(tmp_path: Path) -> None:
    wanted = design("today", replications=4)
    made(tmp_path, wanted)
    first, *_, last = sorted((tmp_path / "points").glob("*/r*"))
    shutil.rmtree(last)
    assert not opened(tmp_path).is_complete
    made(tmp_path, wanted)
    shutil.rmtree(last)
    shutil.copytree(first, last)
    assert not opened(tmp_path).is_complete
    first.rename(first.with_name("r000000-999999999"))
    assert not opened(tmp_path).is_complete
    made(tmp_path, wanted)
    assert opened(tmp_path).is_complete


def test_questions_in_sql_read_and_do_nothing_else(tmp_path: Path) -> None:
    wanted = design("today", "coordinated", replications=2)
    made(tmp_path, wanted)
    store = Store(tmp_path)
    for view in VIEWS:
        names, rows, _ = asked(store, wanted, f"SELECT * FROM {view}", 10)
        assert names[0] == "point" and (rows or view in ("factors", "transfers"))
    query = "SELECT value FROM measures WHERE plan = 'today' AND replication = 1 AND measure = 'deaths_all'"
    _, [[deaths]], _ = asked(store, wanted, query, 10)
    assert asked(store, wanted, "SELECT 1 AS a, 2 AS a", 1) == (["a", "a_2"], [(1, 2)], False)
    assert asked(store, wanted, "SELECT * FROM range(9)", 3)[1:] == ([(0,), (1,), (2,)], True)
    assert deaths == run(wanted.points[:1], 2).values(0, "deaths_all")[1]
    outside = tmp_path / "x.csv"
    for query in (
        f"COPY points TO '{outside}'",
        "DROP TABLE points",
        "SELECT 1; SELECT 2",
        "INSTALL httpfs",
        "SELECT",
        "",
        "SELECT repeat('x', 1000) || i FROM range(100000000) t(i) ORDER BY 1",
        "SELECT * FROM nowhere",
        f"SELECT * FROM read_csv('{os.devnull}')",
        "SET lock_configuration = false",
    ):
        with pytest.raises(BadQuery) as told:
            asked(store, wanted, query, 10)
        assert told.value.exit_code == 2
    assert not outside.exists()


def test_every_table_of_a_part_is_there(tmp_path: Path) -> None:
    made(tmp_path, design("today", replications=1))
    part = next((tmp_path / "points").glob("*/r*"))
    assert {p.name for p in part.iterdir()} == {f"{t}.parquet" for t in TABLES} | {CHECKS}


def test_a_study_is_stale_when_what_it_was_made_of_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "mine.yaml"
    file.write_text("format: 1")
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    about = ABOUT | {"read": {"mine.yaml": digest, "shipped.yaml": "0" * 64}}
    with Session(tmp_path / "out") as session:
        session.begin(design("today", replications=1), about)
        session.finish(session.run(1), {}, {})
    monkeypatch.chdir(tmp_path.parent)
    assert opened(tmp_path / "out").is_complete and not opened(tmp_path / "out").is_stale
    (tmp_path / "shipped.yaml").write_text("another file of that name")
    assert not opened(tmp_path / "out").is_stale
    file.write_text("format: 2")
    assert opened(tmp_path / "out").is_stale
    file.unlink()
    assert not opened(tmp_path / "out").is_stale, "nobody knows"
