"""What is otherwise in the list of what is to come: in full for the next hour in the room, else counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from nspl_sim.exercise.listing.inject import Inject
from nspl_sim.exercise.play import room
from nspl_sim.exercise.play.log import Line
from nspl_sim.exercise.setting.clock import ExerciseClock
from nspl_sim.paper.language import Language
from nspl_sim.vocabulary.text import Text, text

SOON = 60
"""So many played minutes in the room ahead it is told in full."""


@dataclass(frozen=True)
class Replanned:
    """What is otherwise in the list of what is to come."""

    added: tuple[str, ...]
    moved: tuple[tuple[str, str, str], ...]
    """Number, and the time in the room before and now."""
    gone: tuple[str, ...]
    reworded: tuple[str, ...]
    walls: Mapping[str, str] = field(default_factory=dict)
    """By number of what is added, gone or reworded: its time in the room, of what is gone before."""

    @classmethod
    def of(cls, before: Sequence[Inject], now: Sequence[Inject]) -> "Replanned":
        """Return what is otherwise in *now*."""
        was, there = ({one.inject_id: one for one in injects} for injects in (before, now))
        both = [(was[number], one) for number, one in there.items() if number in was]
        added, gone = [n for n in there if n not in was], [n for n in was if n not in there]
        reworded = [b.inject_id for a, b in both if a.script != b.script]
        walls = {n: there[n].wall_clock for n in (*added, *reworded)} | {n: was[n].wall_clock for n in gone}
        moved = [(b.inject_id, a.wall_clock, b.wall_clock) for a, b in both if a.wall_clock != b.wall_clock]
        return cls(tuple(added), tuple(moved), tuple(gone), tuple(reworded), walls)

    @classmethod
    def read(cls, line: Line) -> "Replanned":
        """Return what a line of the log says."""
        moved = tuple((one[0], one[1], one[2]) for one in line["moved"])
        listed = (tuple(line[name]) for name in ("added", "gone", "reworded"))
        added, gone, reworded = listed
        return cls(added, moved, gone, reworded, line.get("walls", {}))

    def written(self) -> dict[str, Any]:
        """Return it for the log."""
        moved = [list(one) for one in self.moved]
        names = {name: list(getattr(self, name)) for name in ("added", "gone", "reworded")}
        return {**names, "moved": moved, "walls": dict(self.walls)}

    def __bool__(self) -> bool:
        """Return whether anything is otherwise."""
        return bool(self.added or self.moved or self.gone or self.reworded)

    def until(self, wall: datetime) -> "Replanned":
        """Return what of it falls due by *wall*, or was to."""

        def here(*times: str) -> bool:
            return any(datetime.fromisoformat(time) <= wall for time in times if time)

        def soon(numbers: Sequence[str]) -> tuple[str, ...]:
            return tuple(n for n in numbers if here(self.walls.get(n, "")))

        moved = tuple(one for one in self.moved if here(*one[1:]))
        return Replanned(soon(self.added), moved, soon(self.gone), soon(self.reworded), self.walls)


def counts(found: Replanned, language: Language) -> str:
    """Return in numbers what is otherwise."""
    if not found:
        return language.say(text("Nothing that is to come is otherwise."))
    sorts = [f"{language.say(sort)} {len(which)}" for sort, which in _sorts(found) if which]
    return language.say(text("Of what is to come: {sorts}.", sorts=", ".join(sorts)))


def in_full(found: Replanned, clock: ExerciseClock, today: int, language: Language) -> list[str]:
    """Return each change with its time, a line for each sort."""

    def at(wall: str) -> str:
        return room.hour(clock, datetime.fromisoformat(wall), today, language) if wall else "–"

    def shown(one: str | tuple[str, str, str]) -> str:
        if isinstance(one, str):
            return f"{one} ({at(found.walls.get(one, ''))})"
        return f"{one[0]} ({at(one[1])} → {at(one[2])})"

    return [
        f"  {language.say(sort)}: {', '.join(map(shown, which))}" for sort, which in _sorts(found) if which
    ]


def _sorts(found: Replanned) -> list[tuple[Text, Sequence[Any]]]:
    return [
        (text("added"), found.added),
        (text("moved"), found.moved),
        (text("gone"), found.gone),
        (text("other words"), found.reworded),
    ]
