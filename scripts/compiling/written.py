"""A tree of figures, written as bare numbers and as rows."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from compiling.figures import Figure


def figure_rows(world: Any, derived: dict[str, Figure]) -> Iterator[dict[str, object]]:
    """Return a row for every figure of the world, then for those that it only builds on."""
    for path, figure in [*cited(world), *derived.items()]:
        yield {"path": path, **figure._asdict()}


def cited(tree: Any, path: str = "") -> Iterator[tuple[str, Figure]]:
    """Return every figure of a tree with its dotted path."""
    if isinstance(tree, Figure):
        yield path, tree
    elif isinstance(tree, dict | list):
        for key, branch in tree.items() if isinstance(tree, dict) else enumerate(tree):
            yield from cited(branch, f"{path}.{key}" if path else str(key))


def plain(tree: Any) -> Any:
    """Return a tree with the bare value in the place of each figure."""
    if isinstance(tree, Figure):
        return tree.value
    if isinstance(tree, dict):
        return {key: plain(branch) for key, branch in tree.items()}
    return [plain(branch) for branch in tree] if isinstance(tree, list) else tree


def write_csv(path: Path, columns: Iterable[str], rows: Iterable[dict[str, Any]]) -> None:
    """Write rows as UTF-8 with commas."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(columns), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
