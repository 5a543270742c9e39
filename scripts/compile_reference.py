"""Compile a folder of reference figures into the tables that the package ships.

    python scripts/compile_reference.py REFERENCE_DIR

Every number of the shipped world is built as a :class:`Figure`, which carries its unit, basis and
source. The tree of figures is then split in two: ``world.json`` (the bare numbers, in the scenario
file's own format) and ``figures.csv`` (one row per number). So neither can hold what the other lacks.
``modes.json`` and ``mode_figures.csv`` are made the same way of the modes that a scenario may name.
Below this script there is only the standard library; beside it, the scenario format it writes for.
"""

import json
import shutil
import sys
from pathlib import Path

from compiling.archetypes import archetypes
from compiling.casualties import casualties
from compiling.classes import classes, ward_stay_factor
from compiling.figures import COPIED, Figure, Reference
from compiling.published import published_rows
from compiling.regions import regions
from compiling.shocks import shocks
from compiling.streams import streams
from compiling.transport import transport
from compiling.written import figure_rows, plain, write_csv

TARGET = Path(__file__).resolve().parents[1] / "nspl_sim" / "scenario" / "sweden"


def compile_reference(folder: Path, target: Path = TARGET) -> None:
    """Write the shipped tables from the reference folder."""
    ref = Reference(folder)
    world = {
        "time_zone": "Europe/Stockholm",
        "starts": "equilibrium",
        "regions": regions(ref),
        "classes": classes(ref),
        "streams": streams(ref),
        "transport": transport(ref),
    }
    derived = {"ward_stay_factor": ward_stay_factor(ref)}
    target.mkdir(parents=True, exist_ok=True)
    text = json.dumps(plain(world), ensure_ascii=False, indent=1) + "\n"
    (target / "world.json").write_text(text, encoding="utf-8", newline="\n")
    write_csv(target / "figures.csv", ("path", *Figure._fields), figure_rows(world, derived))
    modes_by_name = archetypes(ref)
    text = json.dumps(plain(modes_by_name), ensure_ascii=False, indent=1) + "\n"
    (target / "modes.json").write_text(text, encoding="utf-8", newline="\n")
    write_csv(target / "mode_figures.csv", ("path", *Figure._fields), figure_rows(modes_by_name, {}))
    columns = ("key", "value", "unit", "year", "basis", "source")
    write_csv(target / "published.csv", columns, published_rows(ref))
    disruptions = shocks(ref)
    text = json.dumps(plain(disruptions), ensure_ascii=False, indent=1) + "\n"
    (target / "shock_archetypes.json").write_text(text, encoding="utf-8", newline="\n")
    write_csv(target / "shock_figures.csv", ("path", *Figure._fields), figure_rows(disruptions, {}))
    hurt = casualties(ref)
    text = json.dumps(plain(hurt), ensure_ascii=False, indent=1) + "\n"
    (target / "casualty_archetypes.json").write_text(text, encoding="utf-8", newline="\n")
    write_csv(target / "casualty_figures.csv", ("path", *Figure._fields), figure_rows(hurt, {}))
    for name in COPIED:
        shutil.copyfile(folder / name, target / name)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    compile_reference(Path(sys.argv[1]))
