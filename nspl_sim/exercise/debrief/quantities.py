"""The quantities that the report tells, each by one name: in the answer, in its tables and in the file."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from nspl_sim.exercise.course.words import Words
from nspl_sim.exercise.debrief.effects import Beside, Played
from nspl_sim.measures.course import ICU
from nspl_sim.paper.naming import kind_words
from nspl_sim.vocabulary.care import UNLIMITED
from nspl_sim.vocabulary.patients import Ints
from nspl_sim.vocabulary.text import Text, text

NO_KIND = -1
_SHORT = {ICU: text("ICU")}


def short_kind(kind: str) -> Text | str:
    """Return what a kind of unit is called where there is little room."""
    return _SHORT.get(kind) or kind_words(kind)


@dataclass(frozen=True, eq=False)
class Quantity:
    """Something that is counted from STARTEX to ENDEX, by region and as a rule by kind of unit."""

    name: str
    """In files."""
    title: Text
    of: Callable[[Played], Ints]
    """Shape (regions, kinds), or (regions,) where it has no kind."""
    unit: Text
    is_event: bool = True
    """It happens to patients, and is added up; else a state at ENDEX, or hours."""

    def titled(self, kind: str | None) -> Text:
        """Return the title with the *kind* of unit, if it has one."""
        if kind is None:
            return self.title
        return text("{what} ({kind})", what=self.title, kind=short_kind(kind))


PATIENTS, BEDS, HOURS = text("patients"), text("beds"), text("hours")

MOVED = Quantity("moved_away", text("in-patients moved away"), lambda p: p.moved, PATIENTS)
TAKEN = Quantity("taken", text("others' patients promised a bed here"), lambda p: p.taken, PATIENTS)
SENT = Quantity("sent", text("own patients in line promised a bed elsewhere"), lambda p: p.sent, PATIENTS)
POSTPONED = Quantity("postponed", text("planned admissions postponed"), lambda p: p.postponed, PATIENTS)
STAFFED = Quantity("beds_staffed", text("staffed beds at ENDEX"), lambda p: p.staffed, BEDS, is_event=False)
IN_STEPS = Quantity(
    "beds_in_steps", text("beds of open surge steps at ENDEX"), lambda p: p.in_steps, BEDS, is_event=False
)
IN_LINE = Quantity("hours_in_line", text("hours in line"), lambda p: p.in_line_h, HOURS, is_event=False)
HOME = Quantity("brought_home", text("residents promised a bed at home"), lambda p: p.home, PATIENTS)
TURNED_AWAY = Quantity("turned_away", text("patients turned away"), lambda p: p.turned_away, PATIENTS)
QUANTITIES = (
    MOVED,
    SENT,
    TAKEN,
    HOME,
    TURNED_AWAY,
    POSTPONED,
    Quantity("released", text("planned admissions from the waiting list"), lambda p: p.released, PATIENTS),
    IN_LINE,
    STAFFED,
    IN_STEPS,
    Quantity(
        "beds_before_steps",
        text("beds before surge steps at ENDEX, with staff lent and borrowed"),
        lambda p: p.before_steps,
        BEDS,
        is_event=False,
    ),
    Quantity(
        "beds_without_team",
        text("beds at ENDEX whose staff are away with a patient"),
        lambda p: p.with_teams,
        BEDS,
        is_event=False,
    ),
)
"""All of them; of those that differ as much the first is told first."""


@dataclass(frozen=True)
class Difference:
    """A quantity of one region in the players' course, and in the other."""

    quantity: Quantity
    region: int
    kind: int
    """:data:`NO_KIND` where it has none."""
    mine: int
    theirs: int

    def title(self, words: Words) -> str:
        """Return what it is of."""
        kind = None if self.kind == NO_KIND else words.scenario.kinds[self.kind]
        return words.language.say(self.quantity.titled(kind))

    @property
    def apart(self) -> int:
        """Return how far the two are from each other."""
        return abs(self.mine - self.theirs)


def value(quantity: Quantity, played: Played, region: int, kind: int) -> int | None:
    """Return one number; None for beds without limit."""
    table = quantity.of(played)
    found = int(table[region] if kind == NO_KIND else table[region, kind])
    return None if found >= UNLIMITED // 2 else found


def kinds_of(quantity: Quantity, played: Played) -> Sequence[int]:
    """Return the numbers of the kinds that *quantity* is counted by."""
    return range(len(played.course.kinds)) if quantity.of(played).ndim == 2 else (NO_KIND,)


def differences(beside: Beside, regions: Sequence[int] | None = None) -> list[Difference]:
    """Return what is not the same in both courses, of *regions* or of all: the largest difference first."""
    found = [
        one
        for one in _all(beside, range(len(beside.mine.course.regions)) if regions is None else regions)
        if one.apart
    ]
    order = {quantity.name: place for place, quantity in enumerate(QUANTITIES)}
    return sorted(
        found, key=lambda d: (not d.quantity.is_event, -d.apart, order[d.quantity.name], d.kind, d.region)
    )


def _all(beside: Beside, regions: Sequence[int]) -> Iterator[Difference]:
    for quantity in QUANTITIES:
        for kind in kinds_of(quantity, beside.mine):
            for region in regions:
                pair = [value(quantity, one, region, kind) for one in (beside.mine, beside.theirs)]
                if pair[0] is not None and pair[1] is not None:
                    yield Difference(quantity, region, kind, pair[0], pair[1])


def size(found: Sequence[Difference]) -> int:
    """Return how much differs in all, in patients."""
    return int(np.sum([one.apart for one in found if one.quantity.is_event], dtype=np.int64))
