"""Units over processes: what fails is tried once more alone, and one dead worker takes nothing along."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from nspl_sim.experiment.executor import Fault, Unit, execute
from nspl_sim.vocabulary.errors import Stopped


class Marks:
    """Leaves a file for each replication, unless the replication is told to misbehave."""

    def __init__(self, folder: Path, **faults: int) -> None:
        self.folder = folder
        self.faults = faults

    def get_ready(self) -> None:
        """Nothing to load."""

    def __call__(self, unit: Unit) -> int:
        for replication in unit.replications:
            tried = len(list(self.folder.glob(f"{replication}-*")))
            (self.folder / f"{replication}-{tried}").write_text("")
            if replication == self.faults.get("raises"):
                raise ValueError("no such luck")
            if replication == self.faults.get("raises_once") and not tried:
                raise ValueError("only now")
            if replication == self.faults.get("dies"):
                os.kill(os.getpid(), signal.SIGKILL)
            if replication == self.faults.get("dies_once") and not tried:
                os.kill(os.getpid(), signal.SIGKILL)
            if replication == self.faults.get("disk"):
                raise OSError(28, "No space left on device", "there")
        return len(unit.replications)


def units(*sizes: int) -> Iterator[Unit]:
    first = 0
    for size in sizes:
        yield Unit(tuple(range(first, first + size)), (0,))
        first += size


def came(folder: Path, workers: int, **faults: int) -> dict[int, object]:
    outcomes = execute(Marks(folder, **faults), units(2, 3, 1, 2), workers)
    return {k: found for unit, found, _ in outcomes for k in unit.replications}


@pytest.mark.parametrize("workers", [1, 2])
def test_every_unit_is_done_once(tmp_path: Path, workers: int) -> None:
    assert set(came(tmp_path, workers)) == set(range(8))
    assert sorted(p.name for p in tmp_path.iterdir()) == [f"{k}-0" for k in range(8)]


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("once", ["raises_once", "dies_once"])
def test_what_fails_once_is_done_at_the_second_try(tmp_path: Path, workers: int, once: str) -> None:
    if workers == 1 and once == "dies_once":
        pytest.skip("with one worker the work is done in this very process")
    found = came(tmp_path, workers, **{once: 3})
    assert set(found) == set(range(8)) and not any(isinstance(f, Fault) for f in found.values())


@pytest.mark.parametrize(("workers", "fault"), [(1, "raises"), (2, "raises"), (2, "dies")])
def test_what_fails_twice_is_told_by_number_and_the_rest_is_done(
    tmp_path: Path, workers: int, fault: str
) -> None:
    found = came(tmp_path, workers, **{fault: 3})
    assert [k for k, f in sorted(found.items()) if isinstance(f, Fault)] == [3]
    assert set(found) == set(range(8))
    assert len(list(tmp_path.glob("3-*"))) == 2
    told = found[3]
    assert isinstance(told, Fault)
    assert told.reason == ("ValueError: no such luck" if fault == "raises" else "the worker process died")


@pytest.mark.parametrize("workers", [1, 2])
def test_a_full_disk_is_not_tried_again(tmp_path: Path, workers: int) -> None:
    found = came(tmp_path, workers, disk=0)
    told = found[0]
    assert isinstance(told, Fault) and told.errno == 28 and told.file == "there"
    assert len(list(tmp_path.glob("0-*"))) == 1


def test_the_user_may_stop_it(tmp_path: Path) -> None:
    def interrupted() -> Iterator[Unit]:
        yield Unit((0,), (0,))
        raise KeyboardInterrupt

    with pytest.raises(Stopped):
        list(execute(Marks(tmp_path), interrupted(), 1))
