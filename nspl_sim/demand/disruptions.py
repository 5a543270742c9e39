"""What is taken away in a replication: where and when by chance, how much in whole numbers.

Uniforms are keyed by the disruption's name, so that none moves another; the number of regions drawn and
every amount grow with what they are drawn from, so that ladders are nested.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import singledispatch
from typing import NamedTuple

import numpy as np

from nspl_sim.demand import quantiles
from nspl_sim.demand.chance import Chance
from nspl_sim.demand.rates import Window
from nspl_sim.scenario.disruptions import BedsLost, Disruption, Drawn, ItOutage, StaffLost, first_day
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.care import NEVER
from nspl_sim.vocabulary.clock import days
from nspl_sim.vocabulary.disruptions import WHOLE, Disruptions, What
from nspl_sim.vocabulary.disruptions import Disruption as Row


class Span(NamedTuple):
    """When something is felt in full, and over how many days it is then made good."""

    from_s: int
    to_s: int
    recovery_days: float = 0.0


class Effect(NamedTuple):
    """A whole amount taken from a unit kind, or from no kind in particular."""

    what: What
    kind: str | None
    amount: int


def disruptions(scenario: Scenario, chance: Chance) -> Disruptions:
    """Return every row of what *scenario* takes away, within its run and in order."""
    window = Window.of(scenario)
    rows = [
        row
        for number, name in enumerate(sorted(scenario.disruptions))
        for row in _rows(scenario.disruptions[name], name, number, scenario, chance, window)
    ]
    within = (row._replace(from_s=max(row.from_s, window.first_s)) for row in rows)
    return tuple(sorted(r for r in within if r.from_s < min(r.to_s, window.end_s) and r.amount))


def _rows(
    one: Disruption, name: str, number: int, scenario: Scenario, chance: Chance, window: Window
) -> Iterator[Row]:
    """Yield the rows of one disruption, region by region."""
    span = _when(one, name, scenario, chance)
    pieces = [within for piece in _made_good(span) for within in _hours(one, piece, window)]
    for key in _where(one, name, scenario, chance):
        region = scenario.region_keys.index(key)
        for what, kind, amount in effects(one, key, scenario):
            place = -1 if kind is None else scenario.kinds.index(kind)
            settled = [Piece(span.from_s, span.to_s)] if what is What.MORTALITY else pieces
            for from_s, to_s, upper, lower in settled:
                part = round(amount * upper) - round(amount * lower)
                yield Row(from_s, int(what), region, place, number, part, to_s)


# ---------------------------------------------------------------- where


def _where(one: Disruption, name: str, scenario: Scenario, chance: Chance) -> list[str]:
    """Return the keys of the regions that are hit, in alphabetical order."""
    pool = [key for key in scenario.region_keys if _in_question(one, key, scenario)]
    return sorted(_drawn(one.drawn, pool, name, chance)) if one.drawn else pool


def _in_question(one: Disruption, key: str, scenario: Scenario) -> bool:
    if one.regions is not None:
        return key in one.regions
    return one.civil_areas is None or scenario.regions[key].civil_area in one.civil_areas


def _drawn(drawn: Drawn, pool: list[str], name: str, chance: Chance) -> list[str]:
    """Return as many of *pool* as are drawn: the first to come, were each to come at a rate of its weight."""
    count = drawn.count
    if count is None:
        u_count = float(chance.uniforms(1, name, "", "disruption regions")[0])
        count = quantiles.poisson(drawn.mean or 0.0, u_count)

    def comes(key: str) -> float:
        u = float(chance.uniforms(1, name, key, "disruption place")[0])
        return float(-np.log(u) / drawn.weights.get(key, 1.0))

    return sorted(pool, key=lambda key: (comes(key), key))[:count]


# ---------------------------------------------------------------- when


def _when(one: Disruption, name: str, scenario: Scenario, chance: Chance) -> Span:
    """Return when *one* begins and ends; one draw for all its regions."""
    if one.begins is not None:
        u = chance.uniforms(1, name, "", "disruption begins")
        from_s = int(quantiles.duration(one.begins, u)[0])
    elif one.from_day is not None:
        from_s = days(one.from_day)
    else:
        from_s = days(first_day(scenario.streams[one.with_stream or ""]) or 0.0)
    if one.days is not None:
        return Span(from_s, from_s + max(1, days(one.days)), one.recovery_days)
    if one.lasts is not None:
        u = chance.uniforms(1, name, "", "disruption lasts")
        return Span(from_s, from_s + int(quantiles.duration(one.lasts, u)[0]), one.recovery_days)
    return Span(from_s, NEVER)


class Piece(NamedTuple):
    """A part of what is lost: from the share ``upper`` of it down to the share ``lower``."""

    from_s: int
    to_s: int
    upper: float = 1.0
    lower: float = 0.0


def _made_good(span: Span) -> list[Piece]:
    """Return the parts of *span* that come back one by one."""
    steps = int(np.ceil(span.recovery_days))
    back = [days(span.recovery_days * n / steps) for n in range(1, steps + 1)]
    return [
        Piece(span.from_s, span.to_s + later_s, 1 - n / steps, 1 - (n + 1) / steps)
        for n, later_s in enumerate(back)
    ] or [Piece(span.from_s, span.to_s)]


def _hours(one: Disruption, piece: Piece, window: Window) -> list[Piece]:
    """Return *piece*, or what of it falls within the civil hours of each day."""
    if not isinstance(one, StaffLost) or (one.from_hour, one.to_hour) == (0, 24):
        return [piece]
    first_s, end_s = max(piece.from_s, window.first_s), min(piece.to_s, window.end_s)
    day = window.civil(first_s).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)
    found = []
    while (begin := _at(day, one.from_hour, window)) < end_s:
        end = _at(day, one.to_hour + 24 * (one.to_hour < one.from_hour), window)
        if max(begin, first_s) < min(end, end_s):
            found.append(piece._replace(from_s=max(begin, first_s), to_s=min(end, end_s)))
        day += timedelta(days=1)
    return found


def _at(day: datetime, hour: int, window: Window) -> int:
    """Return the second of the civil *hour* of *day*; from 24 on, of the next day."""
    civil = (day + timedelta(days=hour // 24)).replace(hour=hour % 24)
    return round((civil.astimezone(UTC) - window.start.astimezone(UTC)).total_seconds())


# ---------------------------------------------------------------- what


@singledispatch
def effects(one: Disruption, key: str, scenario: Scenario) -> list[Effect]:
    """Return what *one* takes away from the region *key* when it is felt in full."""
    raise TypeError(type(one).__name__)


def _beds(key: str, kind: str, scenario: Scenario) -> int:
    """Return the staffed beds that can be lost; none of an endless number."""
    unit = scenario.regions[key].units.get(kind)
    return unit.beds if unit is not None and isinstance(unit.beds, int) else 0


def _share(amount: int, share: float) -> int:
    """Return *share* of *amount*, at most all of it, rounded half to even."""
    return round(amount * min(share, 1.0))


@effects.register
def _beds_lost(one: BedsLost, key: str, scenario: Scenario) -> list[Effect]:
    found = []
    for kind in sorted(set(one.units)):
        there = _beds(key, kind, scenario)
        share = one.share
        lost = (
            min(round((one.beds or 0) * one.scale), there)
            if share is None
            else _share(there, share * one.scale)
        )
        found.append(Effect(What.BEDS, kind, lost))
    return found


@effects.register
def _it_outage(one: ItOutage, key: str, scenario: Scenario) -> list[Effect]:
    def thousandths(most: float) -> int:
        return round(WHOLE * most * one.scale)

    idle = (1 - one.throughput) * one.scale
    return [
        *(Effect(What.BEDS, kind, _share(_beds(key, kind, scenario), idle)) for kind in scenario.kinds),
        Effect(What.ASKING, None, thousandths(one.ask_factor - 1)),
        Effect(What.REPORTS, None, int(one.blind and one.scale > 0)),
        Effect(What.PLANNED, None, min(thousandths(one.planned_stopped), WHOLE)),
        Effect(What.DIVERTED, None, min(thousandths(one.diverted), WHOLE)),
        Effect(What.MORTALITY, None, thousandths(one.mortality_relative_risk - 1)),
    ]


@effects.register
def _staff_lost(one: StaffLost, key: str, scenario: Scenario) -> list[Effect]:
    share = one.share * one.scale
    kinds = [kind for kind in scenario.kinds if kind in one.kinds()]
    found = [Effect(What.BEDS, kind, _share(_beds(key, kind, scenario), share)) for kind in kinds]
    if "intensive" in one.skills:
        found.append(Effect(What.TEAMS, None, _share(scenario.regions[key].icu_teams, share)))
    return found
