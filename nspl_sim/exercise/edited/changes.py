"""What is otherwise than in an edited list: what people changed, and what another course has changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from nspl_sim.exercise.listing.inject import COLUMNS
from nspl_sim.exercise.listing.material import Material
from nspl_sim.exercise.printing.pages import Table
from nspl_sim.vocabulary.text import Text, text

Kind = Literal[
    "kept", "yours", "own", "other_time", "called", "unkept", "back", "added", "moved", "reworded", "gone"
]
_MOST_NAMED = 8


@dataclass(frozen=True)
class Change:
    """What is otherwise than in the edited list, or than the program wrote."""

    inject_id: str
    kind: Kind
    before: str
    now: str
    column: str = ""
    """Of what people changed."""

    @property
    def what(self) -> Text:
        """Return what is otherwise, in words."""
        if self.kind not in ("kept", "yours", "unkept"):
            return _KINDS[self.kind]
        if self.column == "wall_clock":
            return text("moved by the leader; the figures of its text are those of the time before")
        if self.column == "script":
            return text("the leader's words; its figures are now the leader's")
        if self.kind == "unkept":
            return text("not kept, the program fills it: {column}", column=COLUMNS[self.column])
        return text("changed by the leader: {column}", column=COLUMNS[self.column])


_KINDS = {
    "own": text("a row of your own"),
    "other_time": text("its text says another time than it is played at"),
    "called": text("got the exercise's call at both ends"),
    "back": text("was not in your list, and is back: to leave it out, set its status to dropped"),
    "added": text("added"),
    "moved": text("moved"),
    "reworded": text("other words"),
    "gone": text("gone"),
}
_TOLD: dict[Kind, Text] = {
    "kept": text("Kept as you changed them, and their figures are now yours: {count} ({which})."),
    "other_time": text("Moved, but the text says the time before; write it anew: {count} ({which})."),
    "yours": text("Other changes of yours, kept: {count} ({which})."),
    "own": text("Rows of your own: {count} ({which})."),
    "called": text("Texts that got the exercise's call at both ends: {count} ({which})."),
    "unkept": text("Changed in columns that the program fills, and not kept: {count} ({which})."),
    "moved": text("Moved, because the course is another: {count} ({which})."),
    "reworded": text("In other words, because the course is another: {count} ({which})."),
    "added": text("New in this course: {count} ({which})."),
    "back": text(
        "Not in your list, and back: {count} ({which}). To leave an inject out, set its status to dropped."
    ),
    "gone": text("No longer in this course, kept as dropped: {count} ({which})."),
}


def told(changes: Iterable[Change]) -> list[Text]:
    """Return in a few sentences what is otherwise, what the leader changed first."""
    by_kind: dict[str, dict[str, str]] = {}
    for one in changes:
        named = by_kind.setdefault(one.kind, {})
        times = f"{one.inject_id} {one.before}–{one.now}" if one.kind == "other_time" else one.inject_id
        named.setdefault(one.inject_id, times)
    return [
        Text(words.template, {"count": len(by_kind[kind]), "which": _some(list(by_kind[kind].values()))})
        for kind, words in _TOLD.items()
        if kind in by_kind
    ]


def _some(numbers: list[str]) -> str:
    return ", ".join([*numbers[:_MOST_NAMED], *["…"][: len(numbers) > _MOST_NAMED]])


def as_table(changes: Iterable[Change], material: Material) -> Table:
    """Return the changes for a sheet."""
    head = [text("No."), text("Change"), text("Before"), text("Now")]
    rows = [[c.inject_id, material.say(c.what), c.before, c.now] for c in changes]
    return Table([material.say(h) for h in head], rows)
