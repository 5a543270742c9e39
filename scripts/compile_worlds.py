"""Compile the worlds that are laid over the shipped one, from the same folder of reference figures.

    python scripts/compile_worlds.py REFERENCE_DIR

``compile_reference.py`` makes the world ``sweden``. Each world here is a patch of it in the format of a
scenario file: ``<name>.json`` and ``<name>_figures.csv``, beside it. What a patch does and why stands in
the module of its name in ``scripts/worlds``.
"""

import json
import sys
from pathlib import Path

from compile_reference import TARGET
from compiling.figures import Figure, Reference
from compiling.written import figure_rows, plain, write_csv
from worlds import detailed, hospitals

WORLDS = {"detailed": detailed.patch, "hospitals": hospitals.patch}


def compile_worlds(folder: Path, target: Path = TARGET) -> None:
    """Write each patch and its figures from the reference folder."""
    ref = Reference(folder)
    for name, patch in WORLDS.items():
        tree = patch(ref, folder)
        text = json.dumps(plain(tree), ensure_ascii=False, indent=1) + "\n"
        (target / f"{name}.json").write_text(text, encoding="utf-8", newline="\n")
        write_csv(target / f"{name}_figures.csv", ("path", *Figure._fields), figure_rows(tree, {}))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    compile_worlds(Path(sys.argv[1]))
