"""A scenario file and all that it extends, laid over each other, with the tables that it names.

The stated rules: ``extends`` names a world or scenario that comes with the package, or a file in the
same folder; ``region_table``, ``present``, and ``file`` of a stream, name a file in the same folder; at
most five files extend each other. A table is laid over what the file extends, and may not contradict the
file.
"""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from nspl_sim.reading.node import Node, find, plain
from nspl_sim.reading.place import Loc
from nspl_sim.reading.raw import bytes_of, decoded
from nspl_sim.reading.showing import escaped, nearest, shown
from nspl_sim.reading.table import MOST_BYTES as MOST_TABLE_BYTES
from nspl_sim.reading.table import Table, table_of
from nspl_sim.reading.tree import MOST_BYTES, tree_of
from nspl_sim.scenario.aliases import RegionNames
from nspl_sim.scenario.merge import merge
from nspl_sim.scenario.patient_table import patients
from nspl_sim.scenario.present_table import present_entries
from nspl_sim.scenario.region_table import region_layer
from nspl_sim.scenario.shipped import library_file, shipped, world_tree, worlds
from nspl_sim.vocabulary.errors import InputRefused, Problem
from nspl_sim.vocabulary.text import Text, text

MOST_LAYERS = 5
_DOCUMENTS = (".yaml", ".yml", ".json")
_TABLES = (".csv", ".xlsx")


class Layers:
    """Reads a scenario file and remembers every file that it took."""

    def __init__(self) -> None:
        self.files: list[tuple[str, str]] = []
        self.wrong: list[Problem] = []
        """What is wrong with tables: told together with what is wrong with the scenario."""
        self.unread: set[str] = set()
        """The top-level keys that a table belongs to which could not be read."""
        self.base: tuple[str, Node] | None = None
        """What the file itself extends: its name, and all of it."""
        self.removed: dict[Loc, Node] = {}
        """What a file takes away from what it extends, and the null that does it."""

    def read(self, path: Path, above: tuple[Path, ...] = ()) -> Node:
        """Return the whole scenario of the file at *path* as one tree; *above* are those that extend it."""
        own = tree_of(decoded(self._bytes(path, MOST_BYTES), shown(path)), shown(path))
        settings = {key: own.value.pop(key) for key in ("extends", "region_table") if key in own.value}
        if isinstance(getattr(own.value.get("present"), "value", None), str):
            settings["present"] = own.value.pop("present")
        whole = own
        if "extends" in settings:
            base = self._base(settings["extends"], path, above)
            self.base = (str(settings["extends"].value), base)
            self.removed |= _removed(base, own)
            whole = merge(base, own)
        else:
            self.base = None
        if "region_table" in settings:
            whole = self._with_regions(settings["region_table"], path, whole, own)
        if "present" in settings:
            whole = self._with_present(settings["present"], path, whole)
        return self._with_patients(whole, own, path)

    def _bytes(self, path: Path, most: int) -> bytes:
        content = bytes_of(path, most)
        self.files.append((path.name, sha256(content).hexdigest()))
        return content

    def _base(self, name: Node, path: Path, above: tuple[Path, ...]) -> Node:
        """Return what *name* says that the file at *path* extends."""
        if name.value in worlds():
            tree, digest = world_tree(name.value)
            self.files.append((name.value, digest))
            return tree
        if name.value in shipped():
            base = library_file(name.value)
        elif isinstance(name.value, str) and name.value.lower().endswith(_DOCUMENTS):
            base = _document(path.parent, name)
        else:
            raise _refused(name, "extends", _NO_SUCH_BASE, nearest(name.value, [*worlds(), *shipped()]))
        line = (*above, path.resolve())
        if base.resolve() in line:
            chain = " > ".join(p.name for p in (*line, base))
            raise _refused(name, "extends", text("leads back to itself: {chain}", chain=chain))
        if len(line) > MOST_LAYERS:
            raise _refused(name, "extends", text("is more than {most} files deep", most=MOST_LAYERS))
        return self.read(base, line)

    def _table(self, name: Node, path: Path, where: str, needed: str) -> Table:
        file = beside(path.parent, name, where, _TABLES)
        return table_of(self._bytes(file, MOST_TABLE_BYTES), shown(file), needed)

    def _with_regions(self, name: Node, path: Path, whole: Node, own: Node) -> Node:
        """Return *whole* with the figures of the table *name*, as far as they can be read."""
        try:
            table = self._table(name, path, "region_table", "region")
        except InputRefused as refusal:
            self.wrong += refusal.problems
            self.unread.add("regions")
            return whole
        if "region" not in table.heads:
            self.unread.add("regions")
        layer, wrong = region_layer(table, whole, own)
        self.wrong += wrong
        return merge(whole, layer)

    def _with_present(self, name: Node, path: Path, whole: Node) -> Node:
        """Return *whole* with those whom the table *name* counts as present at the start."""
        try:
            table = self._table(name, path, "present", "region")
            entries = present_entries(table, _names_of(whole), name, self.wrong)
        except InputRefused as refusal:
            self.wrong += refusal.problems
            self.unread.add("present")
            return whole._replace(value={k: v for k, v in whole.value.items() if k != "present"})
        return whole._replace(value={**whole.value, "present": entries})

    def _with_patients(self, whole: Node, own: Node, path: Path) -> Node:
        """Return *whole* with the patients of every stream for which *own* names a table."""
        streams = find(own, ("streams",))
        if streams is None or not isinstance(streams.value, dict):
            return whole
        for key in tuple(streams.value):
            name = find(own, ("streams", key, "file"))
            kind = find(whole, ("streams", key, "kind"))
            if name is None or find(whole, ("streams", key, "file")) is None:
                continue
            if kind is None or kind.value in _OTHER_KINDS:
                continue
            try:
                found = self._patients(name, key, path, whole, own)
            except InputRefused as refusal:
                self.wrong += refusal.problems
                self.unread.add("streams")
                del whole.value["streams"].value[key]
                continue
            stream = whole.value["streams"].value[key].value
            del stream["file"]
            stream["patients"] = found
        return whole

    def _patients(self, name: Node, key: Any, path: Path, whole: Node, own: Node) -> Node:
        """Return the patients in the table *name* of the stream *key*."""
        where = f"streams.{escaped(str(key))}.file"
        if find(own, ("streams", key, "patients")):
            raise _refused(name, where, text("may not stand beside patients; give one of them"))
        table = self._table(name, path, where, "arrival_h")
        return patients(table, _names_of(whole), name, self.wrong)


def _names_of(whole: Node) -> RegionNames:
    """Return the names of the regions in *whole*."""
    regions = find(whole, ("regions",))
    return RegionNames(plain(regions) if regions and isinstance(regions.value, dict) else {})


_OTHER_KINDS = (
    "poisson",
    "planned",
    "epidemic",
    "combat",
    "host_nation",
    "mass_casualty",
    "strikes",
)
"""Kinds of stream that no table can be given to: there, the key is refused and no file is read."""

_NO_SUCH_BASE = text("must name a world or scenario of the package, or a .yaml file in the same folder")


def _removed(base: Node, own: Node, loc: Loc = ()) -> dict[Loc, Node]:
    """Return what of *base* the file *own* sets to null."""
    found: dict[Loc, Node] = {}
    for key, node in own.value.items() if isinstance(own.value, dict) else ():
        below = find(base, (key,))
        if below is not None and node.value is None:
            found[*loc, key] = node
        elif below is not None:
            found |= _removed(below, node, (*loc, key))
    return found


def _document(folder: Path, name: Node) -> Path:
    """Return the file that *name* says; where there is none, the shipped name that was meant is told."""
    try:
        return beside(folder, name, "extends", _DOCUMENTS)
    except InputRefused as refusal:
        bare = name.value.rpartition(".")[0]
        known = [*worlds(), *shipped()]
        meant = bare if bare in known else nearest(bare, known)
        if meant and (bare in known or all(p.suggestion is None for p in refusal.problems)):
            raise InputRefused([replace(p, suggestion=meant) for p in refusal.problems]) from None
        raise


def beside(folder: Path, name: Node, where: str, endings: tuple[str, ...]) -> Path:
    """Return the file in *folder* that *name* says; refuse every name that could lead elsewhere."""
    written: Any = name.value
    rule = text(
        "must be the name of a file in the same folder, ending in {endings}", endings=" ".join(endings)
    )
    if not isinstance(written, str) or not written.lower().endswith(endings):
        raise _refused(name, where, rule)
    if written.startswith(".") or set(written) & set('/\\:\0<>|?*"') or not written.isprintable():
        raise _refused(name, where, rule)
    path = folder / written
    there = sorted(p.name for p in folder.iterdir() if p.suffix.lower() in endings)
    if written not in there or not path.is_file():
        raise _refused(
            name, where, text("names a file that is not in the same folder"), nearest(written, there)
        )
    if path.resolve().parent != folder.resolve():
        raise _refused(name, where, text("is a link out of the folder"))
    return path


def _refused(node: Node, where: str, rule: Text, suggestion: str | None = None) -> InputRefused:
    got = escaped(node.written) if node.written is not None else None
    return InputRefused([node.place.problem(rule, where, got, suggestion)])
