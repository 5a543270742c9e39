"""The worlds and scenarios that come with the package, by name."""

import json
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from nspl_sim.reading.node import Node, plain, planted
from nspl_sim.reading.place import Place
from nspl_sim.scenario import sweden
from nspl_sim.scenario.merge import merge

LIBRARY = Path(__file__).parent / "library"


def _laid_over(patch: str) -> dict[str, Any]:
    """Return the shipped world with the patch called *patch* laid over it."""
    under, over = (planted(tree, Place(patch)) for tree in (sweden.world(), sweden.patches()[patch]))
    found: dict[str, Any] = plain(merge(under, over))
    return found


_WORLDS: dict[str, Callable[[], dict[str, Any]]] = {
    "sweden": sweden.world,
    **{f"sweden-{patch}": partial(_laid_over, patch) for patch in sweden.PATCHES},
}


def shipped() -> list[str]:
    """Return the names of the scenarios in the library; each can be run as it is."""
    return sorted(path.stem for path in LIBRARY.glob("*.yaml"))


def worlds() -> list[str]:
    """Return the names of the worlds, which a scenario extends: regions, classes and ordinary care."""
    return sorted(_WORLDS)


def shipped_text(name: str) -> str:
    """Return the YAML of the scenario or world called *name*; ``KeyError`` when there is none."""
    if name in _WORLDS:
        from nspl_sim.scenario.dump import as_yaml

        return as_yaml(_WORLDS[name]())
    return library_file(name).read_text(encoding="utf-8")


def library_file(name: str) -> Path:
    """Return where the scenario called *name* lies; ``KeyError`` when there is none."""
    if name not in shipped():
        raise KeyError(name)
    return LIBRARY / f"{name}.yaml"


def world_tree(name: str) -> tuple[Node, str]:
    """Return the world called *name* as a tree, and a hash of all of it."""
    content: dict[str, Any] = _WORLDS[name]()
    digest = sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    return planted(content, Place(name)), digest
