"""Whatever is in the file: it loads, or it is refused in time with a message that helps."""

import copy
import json
import string
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nspl_sim.reading.node import plain
from nspl_sim.reading.place import Loc
from nspl_sim.reading.table import table_of
from nspl_sim.reading.telling import say_all, sentences
from nspl_sim.reading.tree import tree_of
from nspl_sim.scenario.load import Loaded, load_scenario
from nspl_sim.vocabulary.errors import InputRefused
from tests.worlds import abc

LONGEST_S = 2.0

relaxed = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def outcome(content: bytes, name: str) -> Loaded | InputRefused:
    """Return what loading gives; only a refusal may be raised, and it must be in time and in words."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        begun = time.process_time()
        try:
            return load_scenario(path)
        except InputRefused as refused:
            assert refused.problems
            for line in sentences(refused.problems):
                assert str(line).isprintable()
                str(line).encode("utf-8")
            return refused
        finally:
            assert time.process_time() - begun < LONGEST_S


names = st.sampled_from(["x.yaml", "x.json", "x.csv", "x"])
markup = st.text(st.sampled_from(" \n\t:-[]{},?!&*#|>'\"%@`~<=0aå.\\"), max_size=400)
keys = st.sampled_from([*abc(), "extends", "region_table", "units", "kind", "file", "a", "1", 1])
leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9) | st.dates().map(str)
trees = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=20,
)


@relaxed
@given(st.binary(max_size=400), names)
def test_random_bytes(content: bytes, name: str) -> None:
    outcome(content, name)


@relaxed
@given(markup, names, st.integers(1, 300))
def test_random_markup_also_repeated(written: str, name: str, times: int) -> None:
    outcome((written * times)[:100_000].encode(), name)


@relaxed
@given(trees)
def test_random_trees(content: Any) -> None:
    outcome(json.dumps(content).encode(), "x.json")
    outcome(json.dumps(content).encode(), "x.yaml")


@relaxed
@given(st.dictionaries(st.sampled_from(list(abc())), trees, max_size=4))
def test_random_parts_of_a_scenario(parts: dict[str, Any]) -> None:
    outcome(json.dumps(abc() | parts).encode(), "x.json")


@relaxed
@given(st.binary(max_size=300) | markup.map(str.encode), st.sampled_from(["t.csv", "t.xlsx", "t.txt"]))
def test_random_tables(content: bytes, name: str) -> None:
    for start in (b"", b"region;icu_beds\n", b"region,icu_beds\n", b"PK\x03\x04"):
        try:
            list(table_of(start + content, name, "region").rows)
        except InputRefused as refused:
            assert say_all(refused.problems)


def leaves_of(content: Any, loc: Loc = ()) -> Iterator[Loc]:
    """Yield the way to every leaf."""
    if isinstance(content, dict | list) and content:
        for key, inner in content.items() if isinstance(content, dict) else enumerate(content):
            yield from leaves_of(inner, (*loc, key))
    else:
        yield loc


LEAVES = list(leaves_of(abc()))
REMOVE, RENAME, DOUBLE = "remove", "rename", "double"
MUTATIONS: list[Any] = [
    REMOVE,
    RENAME,
    DOUBLE,
    *(None, True, "", "x", "yes", "24 st", "−5", "7,5", "\x1b[31m", "\u200b", [], {}, [1], {"a": 1}),
    *(0, -1, 1, 1.5, 1e-9, 1e6, 1e12, 1e300, 10**30, float("nan"), float("inf"), "1e309", ".nan", "1", "0"),
]


def mutated(loc: Loc, change: Any) -> tuple[Any, set[str]]:
    """Return the scenario with the leaf at *loc* changed, and what the message may call the place."""
    content = copy.deepcopy(abc())
    parent: Any = content
    for step in loc[:-1]:
        parent = parent[step]
    last: Any = loc[-1]
    told = {str(step) for step in loc[-2:]}
    if change == REMOVE:
        del parent[last]
    elif change == RENAME and isinstance(parent, dict):
        parent["renamed"] = parent.pop(last)
        told.add("renamed")
    elif change == DOUBLE and isinstance(parent, list):
        parent.append(copy.deepcopy(parent[last]))
    elif (
        isinstance(parent[last], int | float)
        and isinstance(change, int | float)
        and change in (-1, 1e-9, 1e6)
    ):
        parent[last] = parent[last] * change
    else:
        parent[last] = change
    return content, told


@settings(relaxed, max_examples=600)
@given(st.sampled_from(LEAVES), st.sampled_from(MUTATIONS))
def test_one_changed_leaf_loads_or_is_named(loc: Loc, change: Any) -> None:
    content, told = mutated(loc, change)
    found = outcome(json.dumps(content).encode(), "x.json")
    if isinstance(found, InputRefused):
        message = say_all(found.problems)
        assert any(name in message for name in told), f"{loc}: {message}"
    else:
        assert len(found.scenario.fingerprint()) == 64


@relaxed
@given(st.sampled_from(LEAVES), st.sampled_from(string.printable), st.integers(0, 10**6))
def test_one_changed_character(loc: Loc, sign: str, at: int) -> None:
    written = json.dumps(abc(), indent=1)
    at %= len(written)
    outcome((written[:at] + sign + written[at + 1 :]).encode(), "x.json")
    outcome((written[:at] + sign + written[at + 1 :]).encode(), "x.yaml")


@relaxed
@given(trees.filter(lambda tree: isinstance(tree, dict)))
def test_yaml_and_json_are_read_alike(content: Any) -> None:
    written = json.dumps(content)
    try:
        found = plain(tree_of(written, "x.json"))
    except InputRefused:
        return
    assert repr(plain(tree_of(written, "x.yaml"))) == repr(found)
