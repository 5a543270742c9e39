"""Region by region under every plan: what it gives, what it gets, how its residents fare, when it is full."""

from typing import Any

import numpy as np

from nspl_sim.experiment.statistics import Paired, paired
from nspl_sim.measures.registry import title_of
from nspl_sim.paper.comparison import Comparison
from nspl_sim.paper.language import Language
from nspl_sim.paper.naming import headings
from nspl_sim.paper.occupancy import short_name
from nspl_sim.vocabulary.text import text

MEANS = ("icu_bed_days_given", "icu_bed_days_received", "icu_over_capacity_hours", "icu_full_share")
"""Shown as means; of beds they are where the beds are, of residents where people live."""
DIFFERENCES = ("deaths_waiting", "wait_icu_mean_h")
"""Shown as means and as paired differences from the reference."""


def columns(found: Comparison, language: Language) -> dict[str, list[Any]]:
    """Return one row for each design point and region, every figure in full."""
    batch, say = found.batch, language.say
    against = dict(found.contrasts)
    names = headings(batch.points, language)
    rows = [(p, key) for p in range(len(batch.points)) for key in batch.points[p].scenario.region_keys]
    table: dict[str, list[Any]] = {
        say(text("Plan")): [names[p] for p, _ in rows],
        say(text("Against")): [names[against[p]] if p in against else "" for p, _ in rows],
        say(text("Region")): [short_name(batch.points[p].scenario, key, language) for p, key in rows],
    }
    for measure in (*MEANS, *DIFFERENCES):
        if any(f"{measure}.{key}" in batch.measures for _, key in rows):
            title = _title(measure, language)
            table[title] = [_mean(found, p, f"{measure}.{key}") for p, key in rows]
    for measure in DIFFERENCES:
        if any(f"{measure}.{key}" in batch.measures for _, key in rows):
            title = _title(measure, language)
            each = [_difference(found, p, against.get(p), f"{measure}.{key}") for p, key in rows]
            table[say(text("{measure}: difference", measure=title))] = [_of(d, "difference") for d in each]
            table[say(text("{measure}: 95 % from", measure=title))] = [_of(d, "low") for d in each]
            table[say(text("{measure}: 95 % to", measure=title))] = [_of(d, "high") for d in each]
    return table


def _title(measure: str, language: Language) -> str:
    return language.say(title_of(f"{measure}.x").values["title"])  # without the region that it is of


def _mean(found: Comparison, point: int, flat: str) -> float:
    values = found.batch.values(point, flat) if flat in found.batch.measures else np.array([np.nan])
    there = values[~np.isnan(values)]
    return float(there.mean()) if len(there) else float("nan")


def _difference(found: Comparison, point: int, reference: int | None, flat: str) -> Paired | None:
    if reference is None or flat not in found.batch.measures:
        return None
    one = paired(found.batch.values(point, flat), found.batch.values(reference, flat), "lower")
    return one if one.n else None


def _of(one: Paired | None, name: str) -> float:
    return float(getattr(one, name)) if one is not None else float("nan")
