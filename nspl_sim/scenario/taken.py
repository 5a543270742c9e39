"""What a scenario takes from the archetypes that its streams name, and what that is based on."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from nspl_sim.reading.node import find
from nspl_sim.scenario.load import Loaded
from nspl_sim.scenario.streams.archetypes import taken
from nspl_sim.scenario.sweden import casualty_figures

_NOT_TOLD = ("kind", "title")


class Taken(NamedTuple):
    """One key of a stream that the file does not say."""

    stream: str
    archetype: str
    key: str
    value: Any
    bases: tuple[str, ...]
    """Of its numbers, each once: ``published``, ``recalled``, ``estimated``, ``assumed``."""


def from_archetypes(loaded: Loaded) -> Iterator[Taken]:
    """Yield what streams that name an archetype take from it, in the order of the file and the archetype."""
    if loaded.root is None:
        return
    for name, stream in loaded.scenario.streams.items():
        node = find(loaded.root, ("streams", name))
        if stream.made_from is None or node is None or "archetype" not in node.value:
            continue
        for key, value in taken(stream.made_from, {str(said) for said in node.value}).items():
            if key not in _NOT_TOLD:
                yield Taken(name, stream.made_from, key, value, _bases(f"{stream.made_from}.{key}"))


def _bases(path: str) -> tuple[str, ...]:
    found = (f.basis for f in casualty_figures() if f.path == path or f.path.startswith(f"{path}."))
    return tuple(dict.fromkeys(found))
