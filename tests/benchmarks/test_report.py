"""A national study of 90 days, 200 replications and three plans, reported: under a minute and 1 GB.

The replications are one real one, shaken: what is timed is reading, reckoning, drawing and writing.
"""

import dataclasses
import json
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from nspl_sim.experiment.design import Design, against_plan
from nspl_sim.experiment.parts import write_part
from nspl_sim.experiment.point import Point
from nspl_sim.experiment.replicate import PointResult, replicate
from nspl_sim.experiment.session import Session
from nspl_sim.measures.profile import Counts, Levels, Planned, Profile
from nspl_sim.policies.plan import load_plan
from nspl_sim.scenario.load import load_shipped

DAYS, REPLICATIONS, BLOCK = 90, 200, 4
REPORTING = (
    "import resource, sys; from nspl_sim.cli.main import main\n"
    "try: main(['report', sys.argv[1], '--quiet'])\n"
    "except SystemExit as end: assert not end.code, end.code\n"
    "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
)


def shaken(real: PointResult, replication: int) -> PointResult:
    """Return *real* with every figure a little off, otherwise in each replication."""

    def off(values: Counts) -> Counts:
        noise = (np.arange(values.size) * (7 + replication) % 5 - 2).reshape(values.shape)
        return np.maximum(0, values + noise).astype(np.int32)

    levels = {
        kind: Levels(off(those.census), those.staffed, off(those.waiting))
        for kind, those in real.profile.levels.items()
    }
    planned = Planned(*(off(getattr(real.profile.planned, f.name)) for f in dataclasses.fields(Planned)))
    values = {name: value * (1 + 0.1 * np.sin(replication)) for name, value in real.values.items()}
    return PointResult(values, Profile(levels, off(real.profile.transfers), planned), real.fingerprint)


def stored(folder: Path) -> None:
    """Write such a study into *folder*."""
    scenario = load_shipped("national-surge").scenario.model_copy(update={"horizon_days": DAYS})
    points = tuple(Point(scenario, load_plan(p).plan, p) for p in ("alone", "today", "coordinated"))
    design = Design("big", points, against_plan(points), REPLICATIONS)
    about = {"versions": {"model": "1"}, "read": {}, "command": ["nspl"], "warnings": [], "machine": {}}
    with Session(folder) as session:
        session.begin(design, about)
        for point, real in zip(points, replicate(points, 0), strict=True):
            for first in range(0, REPLICATIONS, BLOCK):
                some = range(first, first + BLOCK)
                results = [shaken(real, replication) for replication in some]
                write_part(session.store.points_folder(point), point, some, results)
        session.finish(session.run(1), {"answer.txt": b""}, {"journals": ["", "", ""]})


def test_report(tmp_path: Path) -> None:
    stored(tmp_path / "big")
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", REPORTING, str(tmp_path / "big")], capture_output=True, text=True, check=True
    )
    seconds = time.monotonic() - began
    megabytes = int(done.stderr.split()[-1]) / 1024 / (1024 if sys.platform == "darwin" else 1)
    size = (tmp_path / "big" / "report.html").stat().st_size / 1e6
    print(json.dumps({"seconds": round(seconds, 1), "MB": round(megabytes), "page_MB": round(size, 1)}))
    assert seconds < 60 and megabytes < 1000
