"""What each kind of disruption takes away when it is felt in full, as whole amounts of what is there."""

from collections.abc import Callable
from functools import partial, singledispatch
from typing import NamedTuple

from nspl_sim.scenario.disruptions import BedsLost, Disruption, HospitalHit, ItOutage, OfficeOutage, StaffLost
from nspl_sim.vocabulary.disruptions import WHOLE, What


class Effect(NamedTuple):
    """Something taken from a unit kind, or from no kind in particular."""

    what: What
    kind: str | None
    taken: Callable[[int], int]
    """Of so many beds or teams, so many; an amount that is of no number is the same for all."""


def _share_of(share: float, there: int) -> int:
    """Return *share* of what is there, at most all of it, rounded half to even."""
    return round(there * min(share, 1.0))


def _number_of(number: float, there: int) -> int:
    return min(round(number), there)


def _amount(amount: int, _there: int) -> int:
    return amount


def _beds(kind: str, share: float) -> Effect:
    return Effect(What.BEDS, kind, partial(_share_of, share))


@singledispatch
def effects(one: Disruption, kinds: tuple[str, ...]) -> list[Effect]:
    """Return what *one* takes away from a region that it hits; *kinds* are those of the scenario."""
    raise TypeError(type(one).__name__)


@effects.register
def _beds_lost(one: BedsLost, kinds: tuple[str, ...]) -> list[Effect]:
    hit = [kind for kind in kinds if kind in one.units]
    if one.share is not None:
        return [_beds(kind, one.share * one.scale) for kind in hit]
    number = partial(_number_of, (one.beds or 0) * one.scale)
    return [Effect(What.BEDS, kind, number) for kind in hit]


@effects.register
def _staff_lost(one: StaffLost, kinds: tuple[str, ...]) -> list[Effect]:
    share = one.share * one.scale
    teams = [Effect(What.TEAMS, None, partial(_share_of, share))] if "intensive" in one.skills else []
    return [_beds(kind, share) for kind in kinds if kind in one.kinds()] + teams


@effects.register
def _hospital_hit(one: HospitalHit, kinds: tuple[str, ...]) -> list[Effect]:
    share = one.share * one.scale
    leave = [Effect(What.EVACUATION, kind, partial(_amount, 1)) for kind in kinds] if one.evacuate else []
    return [_beds(kind, share) for kind in kinds] + leave * (share > 0)


@effects.register
def _office_outage(one: OfficeOutage, kinds: tuple[str, ...]) -> list[Effect]:
    return [Effect(What.OFFICE, None, partial(_amount, int(one.scale > 0)))]


@effects.register
def _it_outage(one: ItOutage, kinds: tuple[str, ...]) -> list[Effect]:
    def thousandths(what: What, full: float, most: int) -> Effect:
        return Effect(what, None, partial(_amount, min(round(WHOLE * full * one.scale), most)))

    endless = 100 * WHOLE
    return [
        *(_beds(kind, (1 - one.throughput) * one.scale) for kind in kinds),
        thousandths(What.ASKING, one.ask_factor - 1, endless),
        Effect(What.REPORTS, None, partial(_amount, int(one.blind and one.scale > 0))),
        thousandths(What.PLANNED, one.planned_stopped, WHOLE),
        thousandths(What.DIVERTED, one.diverted, WHOLE),
        thousandths(What.MORTALITY, one.mortality_relative_risk - 1, endless),
    ]
