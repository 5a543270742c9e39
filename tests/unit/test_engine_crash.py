"""A crash of the compiled engine costs no batch: SimPy makes that run, and one line names it."""

from pathlib import Path
from typing import Any

import pytest

from nspl_sim.cli.console import Console
from nspl_sim.cli.progress import progress
from nspl_sim.experiment import engines
from nspl_sim.experiment.point import Point
from nspl_sim.experiment.run import Incomplete, Progress, run
from nspl_sim.experiment.store import Store
from nspl_sim.paper.language import Language
from nspl_sim.policies.plan import load_plan
from tests.worlds import abc, scenario


@pytest.fixture
def points(monkeypatch: pytest.MonkeyPatch) -> list[Point]:
    """Return two design points; of the second the compiled engine fails in replication 1."""
    calls: list[Any] = []

    def fails(world: Any, plan: Any, demand: Any, *more: Any) -> Any:
        calls.append(plan.name)
        if calls.count("coordinated") == 2 and plan.name == "coordinated":
            raise IndexError("out of bounds\nand more")
        return engines.simulate(world, plan, demand, *more)

    monkeypatch.setattr(engines, "compiled", fails)
    world = scenario(abc(warm_up_days=0, horizon_days=2))
    return [Point(world, load_plan(name).plan, "small") for name in ("today", "coordinated")]


@pytest.mark.parametrize("kept", [False, True], ids=["in memory", "in a folder"])
def test_simpy_makes_the_run_and_it_is_told(points: list[Point], tmp_path: Path, kept: bool) -> None:
    told: list[Progress] = []
    store = Store(tmp_path) if kept else None
    found = run(points, 3, on_progress=told.append, store=store, engine="auto")
    right = run(points, 3)
    assert [found.fingerprints(p) for p in (0, 1)] == [right.fingerprints(p) for p in (0, 1)]
    [crash] = [crash for at in told for crash in at.crashes]
    assert str(crash.sentence()) == (
        "The compiled engine failed in replication 1 of small under coordinated (IndexError: out of bounds); "
        "SimPy ran it instead. Please report it."
    )


@pytest.mark.parametrize("quiet", [False, True])
def test_one_line_is_printed_even_where_notes_are_not(
    points: list[Point], capsys: pytest.CaptureFixture[str], quiet: bool
) -> None:
    with progress(Console(Language("en"), False, quiet)) as told:
        run(points, 2, on_progress=told, engine="auto")
    lines = capsys.readouterr().err.splitlines()
    assert [line[:44] for line in lines if "failed" in line] == [
        "The compiled engine failed in replication 1 "
    ]


def test_what_goes_wrong_in_simpy_too_is_no_crash_of_the_engine(
    points: list[Point], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*given: Any) -> Any:
        raise ZeroDivisionError("everywhere")

    monkeypatch.setattr(engines, "simulate", fails)
    with pytest.raises(Incomplete, match="everywhere"):
        run(points[:1], 1, engine="auto")
