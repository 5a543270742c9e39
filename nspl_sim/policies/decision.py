"""What people decide while it happens: parts of a directive in plain words, from a second on.

A decision lasts until another of its kind is made for the same region, or until it is lifted; moves of
patients who lie in a bed happen once. What nobody has decided stays as the plan's rules say. Its
neighbour above: decided, which lays decisions over a directive.
"""

from dataclasses import dataclass
from typing import Annotated, Literal, Self, get_args

from pydantic import BeforeValidator, Field, model_validator

from nspl_sim.policies.parameters import Hours, Reserve
from nspl_sim.reading.numbers import (
    Key,
    NonNegative,
    Positive,
    PositiveWhole,
    Priority,
    Share,
    Whole,
    whole,
)
from nspl_sim.reading.part import Lasting
from nspl_sim.reading.refusal import wrong
from nspl_sim.vocabulary.text import text

Liftable = Literal[
    "asks_first",
    "asks_only",
    "asks_at_once",
    "max_hours",
    "answer_minutes",
    "receives",
    "keeps_free",
    "receives_at_most",
    "fetches",
    "planned",
    "surge_steps",
    "lends",
    "turns_away_from",
    "discharge_share",
]
LASTING: tuple[str, ...] = get_args(Liftable)
"""What lasts until it is decided otherwise, or lifted."""
ONCE = ("moves", "brings_home")
"""What is done once, at the decision."""

Beds = Annotated[Whole, Field(le=1000)]
Patients = Annotated[PositiveWhole, Field(le=1000)]
AtOnce = Annotated[PositiveWhole, Field(le=1000)]
Minutes = Annotated[NonNegative, Field(le=10_080)]
LongestWay = Annotated[Positive, Field(le=8760)]
NotTheMostUrgent = Annotated[int, BeforeValidator(whole), Field(ge=2, le=5)]


class Lending(Lasting):
    """Staff lent to another region."""

    to: Key
    beds: Beds
    """Whose staff go; 0: they are called home."""
    teams: Beds = 0
    """Transfer teams that go along."""
    lead_h: Hours = 24.0
    """Hours until they work there, and again on the way home."""


class Moving(Lasting):
    """In-patients taken to a bed in another region."""

    to: Key
    patients: Patients
    """At most; those who are stable, the least urgent first. Who finds no bed, team or vehicle stays."""


class What(Lasting):
    """What is decided for some regions. Whatever is not written stays as it is."""

    kind: Key = "icu"
    """The kind of unit that the decision is about, where it is about beds."""
    asks_first: Annotated[list[Key], Field(min_length=1, max_length=200)] | None = None
    """Whom the region asks for a bed first, in this order; then as the plan says."""
    asks_only: Annotated[list[Key], Field(max_length=200)] | None = None
    """Whom it asks, in this order, and nobody else; an empty list: nobody."""
    asks_at_once: AtOnce | None = None
    """How many it asks at the same time."""
    max_hours: LongestWay | None = None
    """From departure to admission; it asks nobody farther away."""
    answer_minutes: Minutes | None = None
    """How long the region takes to answer others; 0: at once."""
    receives: bool | None = None
    """No: it is taken out of everybody's order, and says no to whoever has asked already. Yes: whoever would
    not have asked it asks it last."""
    keeps_free: Reserve | None = None
    """Beds that it keeps free from the patients of others."""
    receives_at_most: Beds | None = None
    """Patients of others that it says yes to between two reviews."""
    fetches: bool | None = None
    """Whether it fetches with its own team and vehicle those who have none, as a last resort."""
    planned: Annotated[dict[Priority, Share], Field(min_length=1)] | None = None
    """Share of planned care that goes ahead, by priority 1, 2 and 3; 0 is a pause."""
    surge_steps: Annotated[Whole, Field(le=100)] | None = None
    """Steps of extra beds to be open; each needs its lead time, and its share of planned care paused."""
    lends: Lending | None = None
    moves: Moving | None = None
    """Once, at the decision."""
    brings_home: Reserve | None = None
    """Once, at the decision: residents in beds elsewhere come home, while more beds than this are free."""
    turns_away_from: NotTheMostUrgent | None = None
    """Who asks for a first bed with this urgency, or a less urgent one, is turned away."""
    discharge_share: Share | None = None
    """Share of the discharge-ready whose drawn wait for the municipality is cut."""
    lifts: Annotated[list[Liftable], Field(min_length=1)] | None = None
    """What was decided before and is again as the plan says."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.said():
            raise wrong("nothing", text("must say something besides the kind of unit"))
        if self.asks_first is not None and self.asks_only is not None:
            raise wrong("both", text("does not go with asks_first"), "asks_only")
        for name in self.lifts or ():
            if getattr(self, name) is not None:
                raise wrong("both", text("is decided and lifted at once"), name)
        return self

    def said(self) -> tuple[str, ...]:
        """Return the names of what is decided, in the order of the part."""
        return tuple(n for n in type(self).model_fields if n != "kind" and getattr(self, n) is not None)


@dataclass(frozen=True)
class Decision:
    """What was decided for some regions, and from which second on it holds."""

    time_s: int
    regions: tuple[str, ...]
    what: What
