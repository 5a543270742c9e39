"""The quantities that the report tells, each by one name: in the answer, in its tables and in the file."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

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
    nothing: Text | None = None
    """What is said where there is none of it."""

    def titled(self, kind: str | None) -> Text:
        """Return the title with the *kind* of unit, if it has one."""
        return _with_kind(self.title, kind)

    def none_of(self, kind: str | None) -> Text | None:
        """Return that there is none of it, if there are words for that."""
        return _with_kind(self.nothing, kind) if self.nothing else None


def _with_kind(said: Text, kind: str | None) -> Text:
    return text("{what} ({kind})", what=said, kind=short_kind(kind)) if kind else said


PATIENTS, BEDS, HOURS = text("patients"), text("beds"), text("hours")

MOVED = Quantity("moved_away", text("in-patients moved away"), lambda p: p.moved, PATIENTS)
TAKEN = Quantity(
    "taken",
    text("others' patients promised a bed here"),
    lambda p: p.taken,
    PATIENTS,
    nothing=text("none of others' patients was promised a bed here"),
)
SENT = Quantity(
    "sent",
    text("own patients in line promised a bed elsewhere"),
    lambda p: p.sent,
    PATIENTS,
    nothing=text("nobody in line was promised a bed elsewhere"),
)
POSTPONED = Quantity(
    "postponed",
    text("planned admissions postponed"),
    lambda p: p.postponed,
    PATIENTS,
    nothing=text("no planned admission was postponed"),
)
STAFFED = Quantity("beds_staffed", text("staffed beds at ENDEX"), lambda p: p.staffed, BEDS, is_event=False)
IN_STEPS = Quantity(
    "beds_in_steps", text("beds of open surge steps at ENDEX"), lambda p: p.in_steps, BEDS, is_event=False
)
IN_LINE = Quantity("hours_in_line", text("hours in line"), lambda p: p.in_line_h, HOURS, is_event=False)
HOME = Quantity("brought_home", text("residents promised a bed at home"), lambda p: p.home, PATIENTS)
TURNED_AWAY = Quantity(
    "turned_away",
    text("patients turned away"),
    lambda p: p.turned_away,
    PATIENTS,
    nothing=text("nobody was turned away"),
)
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
    """-1: several together."""
    kind: int
    """:data:`NO_KIND` where it has none."""
    mine: int
    theirs: int

    def title(self, words: Words) -> str:
        """Return what it is of."""
        kind = None if self.kind == NO_KIND else words.scenario.kinds[self.kind]
        return words.language.say(self.quantity.titled(kind))

    @property
    def is_worse(self) -> bool:
        """Return whether there is more of what nobody wants: waiting, postponing, turning away."""
        return self.quantity in (IN_LINE, POSTPONED, TURNED_AWAY) and self.mine > self.theirs

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
                found = together(beside, [region], quantity, kind)
                if found is not None:
                    yield found


def together(beside: Beside, regions: Sequence[int], quantity: Quantity, kind: int) -> Difference | None:
    """Return one quantity of *regions* together; None where one of them has beds without limit."""
    sides = [[value(quantity, one, r, kind) for r in regions] for one in (beside.mine, beside.theirs)]
    mine, theirs = ([n for n in side if n is not None] for side in sides)
    if len(mine) < len(regions) or len(theirs) < len(regions):
        return None
    return Difference(quantity, regions[0] if len(regions) == 1 else -1, kind, sum(mine), sum(theirs))


def all_together(beside: Beside, regions: Sequence[int]) -> list[Difference]:
    """Return every quantity of *regions* together, the same in both courses or not."""
    found = (together(beside, regions, q, kind) for q in QUANTITIES for kind in kinds_of(q, beside.mine))
    return [one for one in found if one is not None]
