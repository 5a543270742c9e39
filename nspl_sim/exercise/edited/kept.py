"""Which lists in a folder hold people's work that nobody has read back."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from nspl_sim.exercise.edited.file import edited_rows
from nspl_sim.exercise.listing.hand import Row, work
from nspl_sim.vocabulary.errors import InputRefused


def work_in(folder: Path, name: str, read: Mapping[str, Row], zone: str) -> Iterator[tuple[Path, list[str]]]:
    """Yield each list called *name* in *folder* with work, and the numbers of its rows.

    Work is what the program did not write: statuses, notes, changed texts, rows of one's own. It is spared
    where the row that is *read* back has work in the same column. A list that can no longer be read as one
    has been worked in too.
    """
    for path in sorted((*folder.glob(f"{name}*.xlsx"), *folder.glob(f"{name}.csv"))):
        try:
            rows = edited_rows(path)
        except InputRefused:
            yield path, ["…"]
            continue
        left = [number for number, row in rows.items() if work(row, zone) - _spared(read.get(number), zone)]
        if left:
            yield path, left


def _spared(row: Row | None, zone: str) -> frozenset[str]:
    return frozenset() if row is None else work(row, zone)
