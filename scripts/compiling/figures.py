"""What every shipped number is made of: a figure with its basis and source, and the reference tables.

The tree of figures that a world is built as is split in two when it is written: the bare numbers in the
scenario file's own format, and one row per number. So neither can hold what the other lacks.
"""

import csv
import json
import re
import textwrap
from pathlib import Path
from typing import NamedTuple

COPIED = ("casualty_profiles.csv", "outline_km.json")

BASES = ("assumed", "recalled", "estimated", "published")
"""From the weakest to the strongest."""

CLASSES = "patient_classes.csv"
VOLUMES = "ordinary_volumes.csv"
SHOCKS = "shock_archetypes.csv"
CASUALTIES = "casualty_profiles.csv"

Row = dict[str, str]
Table = dict[str, Row]


class Figure(NamedTuple):
    """A number and where it comes from; ``table``, ``row`` and ``column`` are of the reference folder."""

    value: float
    unit: str
    basis: str
    source: str
    table: str = ""
    row: str = ""
    column: str = ""


class Reference:
    """The tables of the reference folder, each by the key of its rows."""

    def __init__(self, folder: Path) -> None:
        self.regions = read(folder / "regions.csv", "key")
        self.capacities = read(folder / "capacities.csv", "region")
        self.classes = read(folder / CLASSES, "key")
        self.transport = read(folder / "transport.csv", "mode")
        self.distances = read(folder / "distances_km.csv", "key")
        self.national = read(folder / "national.csv", "name")
        self.volumes = read(folder / VOLUMES, "name")
        self.expected = read(folder / "ordinary_state_expected.csv", "region")
        self.casualties = said_in_full(read(folder / CASUALTIES, "archetype"))
        self.effects = read(folder / "effects.csv", "effect")
        self.shocks = read(folder / SHOCKS, "key")
        self.neighbours = bordering(json.loads((folder / "outline_km.json").read_text("utf-8")))
        self.tiles: dict[str, list[int]] = json.loads((folder / "tile_grid.json").read_text("utf-8"))


def bordering(outline: dict[str, list[list[list[float]]]]) -> dict[str, list[str]]:
    """Return, by region, those whose outlines share a point with its own: borders on land."""
    points = {key: {tuple(point) for ring in rings for point in ring} for key, rings in outline.items()}
    return {
        key: sorted(other for other in points if other != key and points[other] & points[key])
        for key in points
    }


def read(path: Path, key: str) -> Table:
    """Return the rows of a CSV file by their column *key*, in the file's order."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row[key]: row for row in csv.DictReader(file)}


def said_in_full(table: Table) -> Table:
    """Return *table* with what the row above says in place of ``as above``."""
    above: Row = {}
    found: Table = {}
    for key, row in table.items():
        above = {column: above[column] if text == "as above" else text for column, text in row.items()}
        found[key] = above
    return found


def number(text: str) -> float:
    """Return the number written in *text*: an int when it has neither point nor exponent."""
    return int(text) if re.fullmatch(r"-?\d+", text) else round(float(text), 6)


def weakest(*bases: str) -> str:
    """Return the weakest of some bases."""
    return min(bases, key=BASES.index)


def short(text: str) -> str:
    """Return *text* without web addresses and not longer than a line or two."""
    bare = re.sub(r"\s*https?://\S+", "", text)
    bare = re.sub(r"\s*\|(\s*\|)*\s*", " | ", bare).strip(" |;")
    return textwrap.shorten(bare, 300, placeholder=" …")
