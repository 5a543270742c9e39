"""What replications of one world cost in a process of their own, as a worker makes them.

``python -m tests.benchmarks.one DAYS DEMAND NODES ROUNDS`` prints JSON: processor seconds a replication of
two plans (the least of the rounds), patients, and the most memory in MiB. SimPy's is ``... ROUNDS simpy``.
"""

import json
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from nspl_sim.demand.sample import sample
from nspl_sim.experiment.engines import Engine, load
from nspl_sim.experiment.point import Point
from nspl_sim.experiment.replicate import replicate
from nspl_sim.policies.plan import load_plan
from tests.benchmarks.worlds import larger, national, of_nodes

PLANS = ("today", "coordinated")


@dataclass(frozen=True)
class Cost:
    """Of one replication of both plans."""

    seconds: float
    patients: int
    peak_mb: float


def points(days: float, demand: int, nodes: int) -> list[Point]:
    """Return both plans in the national world made so long, large and fine."""
    world = national(days)
    world = of_nodes(world, nodes) if nodes != len(world.regions) else world
    world = larger(world, demand) if demand != 1 else world
    return [Point(world, load_plan(name).plan, name) for name in PLANS]


def cost(days: float, demand: int, nodes: int, rounds: int, engine: Engine = "compiled") -> Cost:
    """Measure in a new process, which has compiled nothing itself."""
    given = [str(value) for value in (days, demand, nodes, rounds, engine)]
    program = [sys.executable, "-m", "tests.benchmarks.one", *given]
    said = subprocess.run(program, capture_output=True, text=True, check=True)
    return Cost(**json.loads(said.stdout))


def main(days: str, demand: str, nodes: str, rounds: str, engine: Engine = "compiled") -> None:
    """Measure here and print."""
    both = points(float(days), int(demand), int(nodes))
    load(engine, both)
    times = []
    for replication in range(int(rounds)):
        began = time.process_time()
        list(replicate(both, replication, engine))
        times.append(time.process_time() - began)
    found = {"seconds": min(times), "peak_mb": peak_mb(), "patients": len(sample(both[0].scenario, 0))}
    print(json.dumps(found))


def peak_mb() -> float:
    """Return the most memory that this process has had, in MiB."""
    status = Path("/proc/self/status")
    if status.exists():  # getrusage would tell that of whoever started the process, too
        [line] = [line for line in status.read_text().splitlines() if line.startswith("VmHWM")]
        return int(line.split()[1]) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1024**2 if sys.platform == "darwin" else most / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])  # type: ignore[arg-type]
