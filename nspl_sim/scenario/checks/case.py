"""A scenario under check, and the tree that says where each of its values stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from nspl_sim.reading.node import Node, find, path_of, place_of, plain
from nspl_sim.reading.place import Loc
from nspl_sim.reading.showing import escaped
from nspl_sim.scenario.aliases import RegionNames
from nspl_sim.scenario.model import Scenario
from nspl_sim.scenario.streams import Stream
from nspl_sim.vocabulary.clock import DAY, HOUR
from nspl_sim.vocabulary.errors import Problem
from nspl_sim.vocabulary.text import Text

_HOW_MANY = ("events_per_day", "per_day", "per_year", "rate", "total", "size", "troops", "patients")
"""Keys that say how many come with a stream, each of its own kinds."""


def rate_of(stream: Stream, at: Loc) -> Loc:
    """Return where the figure stands that says how many come with *stream*, which stands at *at*."""
    for name in _HOW_MANY:
        if getattr(stream, name, None) is not None:
            return (*at, name)
    return at


def kinds_needed(node: Node) -> Iterator[str]:
    """Yield the kind of every stage in *node*, a part of the tree."""
    if node.inside is not None:
        for patient in node.value:
            yield from (stage.kind for stage in patient.stages or ())
    elif isinstance(node.value, list):
        for item in node.value:
            yield from kinds_needed(item)
    elif isinstance(node.value, dict):
        for key, child in node.value.items():
            stages = child.value if key == "stages" and isinstance(child.value, list) else ()
            kinds = (find(stage, ("kind",)) for stage in stages)
            yield from (kind.value for kind in kinds if kind and isinstance(kind.value, str))
            yield from kinds_needed(child)


@dataclass(frozen=True)
class Case:
    """What is checked. ``unsound`` names the top-level keys whose content is already refused."""

    scenario: Scenario
    root: Node
    unsound: frozenset[str] = frozenset()
    removed: Mapping[Loc, Node] = field(default_factory=dict)
    """What a file takes away from what it extends, and the null that does it."""

    @cached_property
    def regions(self) -> RegionNames:
        """Return the names of all regions in the file, the refused ones too."""
        node = find(self.root, ("regions",))
        regions = plain(node) if node else {}
        return RegionNames(regions if isinstance(regions, dict) else {})

    @cached_property
    def classes(self) -> tuple[str, ...]:
        """Return the names of all patient classes in the file, the refused ones too."""
        return self.keys(("classes",))

    @cached_property
    def modes(self) -> tuple[str, ...]:
        """Return the names of all modes of transport in the file, the refused ones too."""
        return self.keys(("transport", "modes"))

    @cached_property
    def needed_kinds(self) -> frozenset[str]:
        """Return the kinds of unit that patients in the file need, in the refused parts too."""
        below = (find(self.root, (part,)) for part in ("classes", "streams"))
        return frozenset(kind for node in below if node for kind in kinds_needed(node))

    def keys(self, loc: Loc) -> tuple[str, ...]:
        """Return the keys of the mapping at *loc* in the file, the refused ones too."""
        node = find(self.root, loc)
        return tuple(node.value) if node and isinstance(node.value, dict) else ()

    def taken_with(self, loc: Loc) -> Loc | None:
        """Return what was taken away and *loc* with it: *loc* itself, or what it is part of."""
        heads = (loc[:length] for length in range(1, len(loc) + 1))
        return next((head for head in heads if head in self.removed), None)

    @property
    def begin_day(self) -> float:
        """Return the day on which the run begins, its warm-up included."""
        return -self.scenario.warm_up_days

    @property
    def horizon_day(self) -> float:
        """Return the day on which measuring ends."""
        return self.scenario.horizon_days

    @property
    def end_day(self) -> float:
        """Return the day on which the run ends, its cool-down included."""
        return self.scenario.horizon_days + self.scenario.cool_down_h * HOUR / DAY

    def problem(
        self, rule: Text, loc: Loc, suggestion: str | None = None, key: bool = False, warning: bool = False
    ) -> Problem:
        """Return the problem that *rule* is broken at *loc*, or by the key there."""
        node = None if key else find(self.root, loc)
        got = escaped(node.written) if node and node.written is not None else None
        return place_of(self.root, loc, key).problem(rule, path_of(self.root, loc), got, suggestion, warning)
