"""``nspl doctor``: what support asks for first."""

import os
import platform
import tempfile
from pathlib import Path
from typing import Any

from nspl_sim.cli.console import Console, command
from nspl_sim.cli.words import _, option
from nspl_sim.vocabulary.errors import NsplError
from nspl_sim.vocabulary.text import text

BEDS, PER_DAY = 4, 6.0
KNOWN = "a2b2ee6a950796db08997ae0b440c7f1"
"""How the fingerprint of the tiny run begins on every sound installation of this version."""


@command("doctor", _("Show versions, cores and write access; make a tiny run. What support asks for first."))
@option("--compile", "compiles", is_flag=True, help=_("Compile the engine of batches, if it is not."))
def doctor(console: Console, compiles: bool) -> None:
    """Look at the machine and the program."""
    from nspl_sim.paper.provenance import others, versions

    found: dict[str, Any] = {
        "versions": versions(),
        "other_versions": others(),
        "system": platform.platform(),
        "cores": os.cpu_count(),
        "can_write_here": _can_write(Path.cwd()),
        "can_write_temporary": _can_write(Path(tempfile.gettempdir())),
        "engine": _engine(compiles, console),
        "fingerprint": tiny_run(),
    }
    console.data(found)
    for name, number in found["versions"].items():
        console.out(f"{name} {number}")
    written = ", ".join(f"{name} {number}" for name, number in found["other_versions"].items())
    console.out(text("Tables, figures and pages: {written}", written=written))
    console.out(
        text("System: {system}; processor cores: {cores}", system=found["system"], cores=found["cores"])
    )
    console.out(
        text(
            "Can write in this folder: {here}; in the temporary folder: {temporary}",
            here=found["can_write_here"],
            temporary=found["can_write_temporary"],
        )
    )
    if found["engine"] == "compiled":
        console.out(text("The compiled engine is ready; batches run on it."))
    elif found["engine"] == "not yet":
        console.out(
            text("The engine of batches is compiled at the first one, or with nspl doctor --compile.")
        )
    else:
        console.out(text("Batches run on SimPy: there is no compiled engine here."))
    if not found["fingerprint"].startswith(KNOWN):
        raise NsplError(
            text(
                "A tiny run gave {fingerprint} and not {known}: this installation does not calculate as it "
                "should.",
                fingerprint=found["fingerprint"][:32],
                known=KNOWN,
            )
        )
    console.out(text("A tiny run gave the numbers that it should ({fingerprint}).", fingerprint=KNOWN))
    if not found["can_write_temporary"]:
        raise NsplError(text("The temporary folder cannot be written to."))
    console.then("nspl demo --out demo")


def _can_write(folder: Path) -> bool:
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _engine(compiles: bool, console: Console) -> str:
    """Return what batches run on: "compiled", "simpy", or "not yet" where nothing is compiled so far."""
    from importlib.util import find_spec

    from nspl_sim.engine.ready import COMPILER, is_made, prepare

    if compiles and (wrong := prepare(console.note)):
        console.note(text("There is no compiled engine: {reason}.", reason=wrong))
        return "simpy"
    if is_made():
        return "compiled"
    return "not yet" if find_spec(COMPILER) else "simpy"


def tiny_run() -> str:
    """Return the fingerprint of a run that is the same on every machine with the same version."""
    from nspl_sim.experiment.course import course
    from nspl_sim.policies.plan import load_plan
    from nspl_sim.scenario.model import Scenario

    stay = {"family": "exponential", "mean_days": 1.0}
    regions = {key: {"care_region": "x", "units": {"icu": {"beds": BEDS}}} for key in ("a", "b")}
    scenario = Scenario.model_validate(
        {
            "format": 1,
            "name": "doctor",
            "start": "2027-01-11T00:00",
            "horizon_days": 3,
            "regions": regions,
            "transport": {"instant": True},
            "classes": {
                "ill": {"urgency": 1, "pathways": [{"share": 1, "stages": [{"kind": "icu", "stay": stay}]}]}
            },
            "streams": {
                "ordinary": {
                    "kind": "poisson",
                    "per_day": PER_DAY,
                    "regions": {"a": 0.7, "b": 0.3},
                    "classes": {"ill": 1},
                }
            },
        }
    )
    return course(scenario, load_plan("today").plan, 0)[1].fingerprint()
