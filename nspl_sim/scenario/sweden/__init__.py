"""Sweden as the package ships it: the world, and the basis and source of every figure in it.

The tables beside this file are compiled from the reference figures by ``scripts/compile_reference.py``;
edit those and compile again, never these. None of the figures is an official Swedish planning figure.

``world.json`` is a partial scenario: what a scenario that says ``extends: sweden`` is laid over.
``figures.csv`` has a row for each number of it; ``published.csv`` holds the national figures that its
ordinary state is compared with; ``outline_km.json`` draws the regions; ``casualty_profiles.csv`` lists
archetypes of events; ``modes.json`` is the table of modes of transport that a scenario may name, and
``mode_figures.csv`` the basis and source of each number of it. ``shock_archetypes.json`` holds what a
disruption takes from the archetype it names, and ``shock_figures.csv`` where each number of it comes
from; ``casualty_archetypes.json`` and ``casualty_figures.csv`` are the same of streams. Below is only
the standard library.
"""

import copy
import csv
import io
import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

PATCHES = ("detailed", "hospitals")
"""Worlds that are laid over the shipped one; made by ``scripts/compile_worlds.py``."""

Number = int | float
Ring = list[tuple[float, float]]


@dataclass(frozen=True)
class Figure:
    """One number of the world and where it comes from."""

    path: str
    """Where it stands in the world: ``regions.skane.units.icu.beds``; list items by number, from 0."""
    value: Number
    unit: str
    basis: str
    """``published``, ``recalled``, ``estimated`` (a rule, named in the source) or ``assumed``."""
    source: str
    table: str
    """File, row and column of the reference figures; empty for a choice made while compiling."""
    row: str
    column: str


@dataclass(frozen=True)
class Published:
    """A national figure that the ordinary state is compared with."""

    key: str
    value: Number
    unit: str
    year: str
    basis: str
    source: str


def world() -> dict[str, Any]:
    """Return the shipped world, a partial scenario that the caller may change."""
    return copy.deepcopy(_world())


def patches() -> dict[str, dict[str, Any]]:
    """Return, by name, what a world changes of the shipped one: a scenario file laid over it."""
    return {name: json.loads(_text(f"{name}.json")) for name in PATCHES}


def patch_figures(name: str) -> list[Figure]:
    """Return the figures of the patch called *name*."""
    return [Figure(**row | {"value": _number(row["value"])}) for row in _rows(f"{name}_figures.csv")]


def figures() -> list[Figure]:
    """Return the figures of the world, in its order, and then those that it only builds on."""
    return list(_figures())


def modes() -> dict[str, dict[str, Any]]:
    """Return the modes of transport that a scenario may name by ``archetype``, each a partial mode."""
    return copy.deepcopy(_modes())


def mode_figures() -> list[Figure]:
    """Return the figures of :func:`modes`, in its order: ``city_bus_converted.speed_kmh``."""
    return list(_mode_figures())


def published() -> list[Published]:
    """Return the national figures that the ordinary state is compared with."""
    return list(_published())


def outline() -> dict[str, list[Ring]]:
    """Return the outline of each region as rings of (x, y) in km, east of 15° E and north."""
    return {region: [list(ring) for ring in rings] for region, rings in _outline().items()}


def shock_archetypes() -> dict[str, Any]:
    """Return what a disruption takes from each archetype that it may name."""
    return copy.deepcopy(_shocks())


def shock_figures() -> list[Figure]:
    """Return the figures of the archetypes of disruptions."""
    return [Figure(**row | {"value": _number(row["value"])}) for row in _rows("shock_figures.csv")]


def casualty_archetypes() -> dict[str, dict[str, Any]]:
    """Return what a stream takes from each archetype that it may name: all but where and when."""
    return copy.deepcopy(_casualties())


def casualty_figures() -> list[Figure]:
    """Return the figures of :func:`casualty_archetypes`, in its order: ``combat_high.days``."""
    return list(_casualty_figures())


@cache
def _casualties() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads(_text("casualty_archetypes.json"))
    return found


@cache
def _casualty_figures() -> tuple[Figure, ...]:
    rows = _rows("casualty_figures.csv")
    return tuple(Figure(**row | {"value": _number(row["value"])}) for row in rows)


@cache
def _shocks() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_text("shock_archetypes.json"))
    return found


@cache
def _world() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_text("world.json"))
    return found


@cache
def _figures() -> tuple[Figure, ...]:
    return tuple(Figure(**row | {"value": _number(row["value"])}) for row in _rows("figures.csv"))


@cache
def _modes() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads(_text("modes.json"))
    return found


@cache
def _mode_figures() -> tuple[Figure, ...]:
    return tuple(Figure(**row | {"value": _number(row["value"])}) for row in _rows("mode_figures.csv"))


@cache
def _published() -> tuple[Published, ...]:
    return tuple(Published(**row | {"value": _number(row["value"])}) for row in _rows("published.csv"))


@cache
def _outline() -> dict[str, list[Ring]]:
    rings = json.loads(_text("outline_km.json"))
    return {region: [[(x, y) for x, y in ring] for ring in found] for region, found in rings.items()}


def _rows(name: str) -> list[dict[str, Any]]:
    return list(csv.DictReader(io.StringIO(_text(name))))


def _text(name: str) -> str:
    return files(__name__).joinpath(name).read_text("utf-8")


def _number(written: str) -> Number:
    return int(written) if re.fullmatch(r"-?\d+", written) else float(written)
