"""What a rule sees and says: Geography, Situation, Directive, the rule protocols, the registry.

A rule is a frozen dataclass with one method, registered by name in one file of its own. Its
fields are its parameters: the plan file, the tables of the documentation and the sensitivity
designs know them at once. A rule may keep nothing between reviews but what the Situation shows.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from typing import Any, ClassVar, Literal, NamedTuple, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from nspl_sim.vocabulary.care import LegalState
from nspl_sim.vocabulary.text import Text

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

UNKNOWN = -1
"""A figure that a region does not report."""


@dataclass(frozen=True, eq=False)
class Geography:
    """What every rule may know of the nation beforehand; regions and kinds in alphabetical order."""

    regions: tuple[str, ...]
    kinds: tuple[str, ...]
    names: tuple[str, ...]
    civil_area: tuple[str, ...]
    """Of each region; an empty string where none is given."""
    care_region: tuple[str, ...]
    km: Floats
    """Shape (regions, regions)."""
    population: Ints
    base_beds: Ints
    """Shape (regions, kinds): staffed beds before any surge step."""
    surge_beds: dict[tuple[int, int], tuple[int, ...]]
    """By (region, kind): beds that each step adds."""
    surge_lead_h: dict[tuple[int, int], tuple[float, ...]] = field(default_factory=dict)
    """By (region, kind): hours from the order until each step is open."""
    neighbours: tuple[tuple[int, ...], ...] = ()
    """By region: those that border on it; empty where nobody has any."""
    mean_stay_h: tuple[float, ...] = ()
    """By kind: mean stay of those whom the scenario expects there; 0 where it expects nobody."""
    legal_states: tuple[tuple[tuple[int, LegalState], ...], ...] = ()
    """By region: (second, state from then on) in order of time; empty: normal everywhere."""
    owner: tuple[str, ...] = ()
    """By node: the region that owns it, which is itself but for a hospital; empty: none is split."""

    def by_distance(self, region: int) -> list[int]:
        """Return all other regions, nearest first, ties by key."""
        others = [r for r in range(len(self.regions)) if r != region]
        return sorted(others, key=lambda r: (self.km[region, r], r))


@dataclass(frozen=True, eq=False)
class Situation:
    """The picture at a review: as reported for the office's rules, current for a region's own.

    Shapes: (regions, kinds) unless said otherwise. Where a region does not share its picture
    its figures are :data:`UNKNOWN`. No stay, tolerance or outcome is in here.
    """

    time_s: int
    geography: Geography
    taken_s: Ints
    """Shape (regions,): when each region's picture was taken; :data:`UNKNOWN` times are ``-2**62``."""
    staffed: Ints
    occupied: Ints
    inbound: Ints
    waiting: Ints
    """Needs in the unit's own line."""
    backlog: Ints
    """Shape (regions,): planned care on the waiting list."""
    steps_open: Ints
    """The highest surge step that is open or on its way."""
    beds_coming: Ints
    """Beds of surge steps that are ordered and not open yet."""
    taken: Ints
    """Patients of other regions booked into a bed here from elsewhere since the run began: help given."""
    asked_24h: Ints
    """Needs for a bed that arose here within the last 24 hours, those met at once included."""
    elective_share: Floats
    """Shape (regions, 3): the share in force, by priority 1, 2, 3."""
    directive: "Directive | None"
    """In force until this review."""
    future: Ints | None = None
    """Shape (hours, regions, kinds): who will need a bed so many hours from now were each region alone, for a
    rule that sees the future; such a rule is a yardstick and no plan."""

    @property
    def known(self) -> NDArray[np.bool_]:
        """Return, by region, whether there is a picture at all. Shape (regions,)."""
        return np.asarray(self.staffed.max(axis=1) >= 0)

    def free(self, kind: int) -> Ints:
        """Return reported free beds of *kind* by region; negative when overfull or unknown."""
        value = self.staffed[:, kind] - self.occupied[:, kind] - self.inbound[:, kind]
        return np.where(self.known, value, UNKNOWN)

    def load(self, kind: int) -> Floats:
        """Return (in beds + inbound + waiting) / staffed beds of *kind* by region; inf without beds."""
        wanted = (self.occupied[:, kind] + self.inbound[:, kind] + self.waiting[:, kind]).astype(float)
        staffed = self.staffed[:, kind]
        endless = np.full(len(wanted), np.inf)
        return np.asarray(np.divide(wanted, staffed, out=endless, where=staffed > 0))


@dataclass(frozen=True)
class StandingOrder:
    """Whom each region asks, in which order, and what each keeps; of one unit kind."""

    kind: int
    receivers: tuple[tuple[int, ...], ...]
    """By sending region."""
    reserve: tuple[int, ...]
    """By receiving region: beds it keeps free."""
    quota: tuple[int, ...]
    """By receiving region: yeses until the next review; -1: no limit."""
    of_people: bool = False
    """People decided it of a kind that no rule speaks of: who is to be evacuated from a region that asks
    nobody in it is asked about as without an order."""


class Loan(NamedTuple):
    """Staff lent by one region to another, for as long as directives say so."""

    lender: int
    kind: int
    borrower: int
    beds: int
    """That they keep open."""
    teams: int
    """Transfer teams that go along."""
    lead_s: int
    """On the way there, and home."""


@dataclass(frozen=True)
class Desk:
    """The joint office as a directive says it: what it can take on, and whose needs are brought to it."""

    per_h: int
    """Needs in each clock hour; -1: no limit."""
    from_hour: int
    to_hour: int
    """Civil hours; 0 and 24: day and night."""
    out_s: tuple[tuple[int, int], ...]
    """From and to: when it is out of order."""
    members: tuple[bool, ...]
    """By sending region; the others walk today's order anyway."""


@dataclass(frozen=True)
class Directive:
    """All in which plans can differ; in force until the next review. Compared by value (law 1)."""

    orders: tuple[StandingOrder, ...]
    ask_s: tuple[int, ...]
    """By receiving region: how long its answer takes."""
    parallel: tuple[int, ...]
    """By sending region: how many are asked at once."""
    max_s: tuple[int, ...]
    """By sending region: longest time from departure to admission."""
    retry_s: tuple[int, ...]
    """By sending region: at multiples of this a walk starts anew; 0: one walk only."""
    review_s: int
    """When this is looked at again: quotas begin anew and surge steps change at reviews."""
    helps: tuple[bool, ...]
    """By region: whether its aircraft may fly for others."""
    elective_share: tuple[tuple[float, float, float], ...]
    """By region: share of planned care that goes ahead, by priority 1, 2, 3."""
    surge_steps: tuple[tuple[int, int, int], ...]
    """(region, kind, number of steps wanted open), for those with any."""
    moves: tuple[tuple[int, int, int, int], ...] = ()
    """(from region, kind, to region, count): in-patients to be moved at the review."""
    returns: tuple[tuple[int, int, int], ...] = ()
    """(home region, kind, beds it keeps free): whose residents return home at the review."""
    fetches: tuple[bool, ...] = ()
    """By receiving region: whether its own team and vehicle fetch a patient; empty: nobody's do."""
    office: Desk | None = None
    """None: the office takes on every need."""
    pooled: bool = False
    """Whether all beds of a kind are one unit, of which whoever needs one gets any at once."""
    discharge_share: tuple[float, ...] = ()
    """By region of the bed: share of drawn waits for municipal care that is cut; empty: none."""
    staff: tuple[Loan, ...] = ()
    """The loans of staff in force."""
    limits: tuple[tuple[int, int, int], ...] = ()
    """(region, kind, urgency): who asks there for a first bed with this urgency or less urgent is refused."""

    def order_of(self, kind: int) -> StandingOrder | None:
        """Return the standing order of *kind*, if there is one."""
        return next((o for o in self.orders if o.kind == kind), None)


Sees = Literal["reported", "current", "future"]
"""What a rule is shown: the newest picture that has arrived, as an office has it; the figures of the
instant, as a region has its own; or the true state and what is to come, as nobody has it."""


class SupportRule(Protocol):
    """Says whom each region asks for a bed."""

    sees: ClassVar[Sees]

    def orders(self, situation: Situation) -> tuple[StandingOrder, ...]:
        """Return the standing orders by kind; an empty tuple: nobody is asked."""
        ...

    def sentence(self) -> Text:
        """Return the clause that would stand in the plan."""
        ...


class ElectiveRule(Protocol):
    """Says which share of planned care goes ahead."""

    sees: ClassVar[Sees]
    """``current``: the rule is a region's own; ``reported``: it is the office's."""

    def shares(self, situation: Situation) -> Floats:
        """Return shape (regions, 3), by priority."""
        ...

    def sentence(self) -> Text:
        """Return the clause that would stand in the plan."""
        ...


class SurgeRule(Protocol):
    """Says how many surge steps should be open."""

    def steps(self, situation: Situation) -> Ints:
        """Return shape (regions, kinds): steps wanted open."""
        ...

    def sentence(self) -> Text:
        """Return the clause that would stand in the plan."""
        ...


class DischargeRule(Protocol):
    """Says which share of waits for municipal care is cut."""

    sees: ClassVar[Sees]

    def shares(self, situation: Situation) -> Floats:
        """Return shape (regions,), by region of the bed; only waits whose days are drawn can be cut."""
        ...

    def sentence(self) -> Text:
        """Return the clause that would stand in the plan."""
        ...


class StaffRule(Protocol):
    """Says which staff are lent to another region."""

    sees: ClassVar[Sees]

    def loans(self, situation: Situation) -> tuple[Loan, ...]:
        """Return the loans in force from now on, those that go on included."""
        ...

    def sentence(self) -> Text:
        """Return the clause that would stand in the plan."""
        ...


class TriageRule(Protocol):
    """Says who is admitted when there is not care for all. The order of a line is by need, always."""

    sees: ClassVar[Sees]

    def limits(self, situation: Situation) -> Ints:
        """Return shape (regions, kinds): from which urgency on nobody is admitted; 0: everybody is."""
        ...

    def sentence(self) -> Text:
        """Return the clause that would stand in the plan."""
        ...


FAMILIES = ("support", "elective", "surge", "discharge", "staff", "triage")
"""A plan names a rule of each of the first three; of the others the quiet one is the default."""

REGISTRY: dict[tuple[str, str], type] = {}
"""Rule classes by (family, name); see :mod:`nspl_sim.policies.catalogue`."""
_T = TypeVar("_T", bound=type)


def register(family: str, name: str, sees: Sees | None = None) -> Callable[[_T], _T]:
    """Register a rule class under *name* in *family*.

    Unless *sees* says otherwise, support is the office's and sees what is reported; all else is a
    region's own and sees current figures.
    """
    shown = sees or ("reported" if family == "support" else "current")

    def enter(rule: _T) -> _T:
        if (family, name) in REGISTRY:
            raise ValueError(f"{family} rule {name} is registered twice")
        rule.family, rule.name, rule.sees = family, name, shown  # type: ignore[attr-defined]
        REGISTRY[family, name] = rule
        return rule

    return enter


def registered(family: str) -> dict[str, type]:
    """Return the rules of *family* by name, in alphabetical order."""
    return {name: rule for (of, name), rule in sorted(REGISTRY.items()) if of == family}


def parameters(rule: Any) -> dict[str, Any]:
    """Return a rule's parameters by name."""
    return {f.name: getattr(rule, f.name) for f in fields(rule)}


__all__ = [
    "FAMILIES",
    "UNKNOWN",
    "Desk",
    "Directive",
    "DischargeRule",
    "ElectiveRule",
    "Flags",
    "Floats",
    "Geography",
    "Ints",
    "Loan",
    "Sees",
    "Situation",
    "StaffRule",
    "StandingOrder",
    "SupportRule",
    "SurgeRule",
    "TriageRule",
    "parameters",
    "register",
    "registered",
    "replace",
]
