"""A file as plain data that remembers where each key and value stands.

The stated rules: YAML 1.2 (or JSON, when the name ends in ``.json``) in UTF-8, one document that is
a mapping, at most 60 levels deep; YAML of at most 500 kB and 25 000 values, for it is slow to take
apart, JSON of at most 2 MB and 100 000; keys are text or whole numbers and stand once; no anchors,
aliases or tags. ``true`` and ``false`` are truth values, plain decimal digits are numbers,
``null``, ``~`` and nothing at all are null; everything else is text: ``NO``, ``yes``, ``12:30``,
``2027-01-11``, ``01``, ``0x1F``, ``+5`` and ``.nan`` too. Events come from
:mod:`nspl_sim.reading.yaml_events` and :mod:`nspl_sim.reading.json_events` to
:mod:`nspl_sim.reading.builder`.
"""

from pathlib import Path

from nspl_sim.reading.json_events import read_json
from nspl_sim.reading.node import Node
from nspl_sim.reading.raw import bytes_of, decoded, refused
from nspl_sim.reading.showing import shown
from nspl_sim.reading.yaml_events import read_yaml
from nspl_sim.vocabulary.text import text

MOST_BYTES = 2_000_000
MOST_CHARACTERS_OF_YAML = 500_000


def read_tree(path: Path) -> Node:
    """Return the tree of the YAML or JSON file at *path*, or raise ``InputRefused``."""
    return tree_of(decoded(bytes_of(path, MOST_BYTES), shown(path)), shown(path))


def tree_of(written: str, file: str) -> Node:
    """Return the tree of what a file named *file* holds, or raise ``InputRefused``."""
    if file.lower().endswith(".json"):
        return read_json(written, file)
    if len(written) > MOST_CHARACTERS_OF_YAML:
        most = MOST_CHARACTERS_OF_YAML // 1000
        raise refused(file, text("is over {size} kB; large tables belong in CSV files", size=most))
    return read_yaml(written, file)
