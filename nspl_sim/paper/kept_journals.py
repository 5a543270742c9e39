"""Journals of a study: those of named replications are kept, any other is made again the same."""

from pathlib import Path

from nspl_sim.experiment.course import course
from nspl_sim.experiment.engines import Engine
from nspl_sim.experiment.point import Point
from nspl_sim.experiment.store import Store
from nspl_sim.experiment.whole import replace_whole
from nspl_sim.paper.journal import columns
from nspl_sim.paper.language import Language
from nspl_sim.paper.tables import Columns, write_table


def made_again(point: Point, replication: int, engine: Engine = "simpy") -> tuple[Columns, str]:
    """Return the journal of *replication* of *point* as columns, and its fingerprint."""
    demand, journal = course(point.scenario, point.plan, replication, engine)
    return columns(point.scenario, demand, journal), journal.fingerprint()


def keep(store: Store, point: Point, replication: int, engine: Engine = "simpy") -> Path:
    """Write the journal of *replication* into the point's folder, unless it is there; return its path."""
    path = store.points_folder(point) / "journals" / f"{replication:06d}.parquet"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        made, _ = made_again(point, replication, engine)
        replace_whole(path, lambda temporary: write_table(temporary, made, Language("en")))
    return path
