"""The ordinary state in words and columns: does it fit my region?"""

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from nspl_sim.demand.pathways import INTENSIVE
from nspl_sim.experiment.calibration import WARD, Calibration
from nspl_sim.paper import numbers
from nspl_sim.paper.language import Language
from nspl_sim.paper.naming import kind_name
from nspl_sim.paper.occupancy import short_name
from nspl_sim.scenario.model import Scenario
from nspl_sim.scenario.sweden import published
from nspl_sim.vocabulary.text import Text, text

DAYS_A_YEAR = 365
Figures = tuple[tuple[Text, str, Callable[[float, float, float], float]], ...]


def columns(found: Calibration, language: Language) -> dict[str, list[Any]]:
    """Return one row a region and kind, every figure in full."""
    say, scenario = language.say, found.scenario
    pairs = [
        (r, k)
        for k in range(len(scenario.kinds))
        for r in range(len(scenario.region_keys))
        if found.now.lying[r, k] > 0 or found.beds[r, k] > 0
    ]

    def of(values: Any) -> list[float]:
        return [float(values[pair]) for pair in pairs]

    finite = np.where(np.isfinite(found.beds), found.beds, np.nan)
    icu = found.icu_factor() if INTENSIVE in scenario.kinds else np.full(len(finite), np.nan)
    hits = [icu[r] if scenario.kinds[k] == INTENSIVE else found.factor()[r, k] for r, k in pairs]
    return {
        say(text("Region")): [short_name(scenario, scenario.region_keys[r], language) for r, _ in pairs],
        say(text("Kind of unit")): [kind_name(scenario.kinds[k], language) for _, k in pairs],
        say(text("Staffed beds")): of(finite),
        say(text("Expected patients")): of(found.now.lying),
        say(text("Before calibration")): of(found.before.lying),
        say(text("Should be")): of(found.target),
        say(text("Expected / should be")): [1 / f if f > 0 else math.nan for f in of(found.factor())],
        say(text("Expected occupancy")): of(found.occupancy()),
        say(text("Simulated occupancy")): of(found.simulated),
        say(text("Factor that fits")): [float(f) for f in hits],
    }


def national(found: Calibration, language: Language) -> dict[str, list[Any]]:
    """Return the nation's figures before and after calibration beside the published ones."""
    say, code = language.say, language.code
    known = {row.key: row for row in published()}
    table: dict[str, list[Any]] = {
        say(head): []
        for head in (
            text("Nation"),
            text("Before calibration"),
            text("Now"),
            text("Published"),
            text("Year"),
            text("Basis"),
            text("Source"),
        )
    }
    for title, key, before, now in _rows(found):
        figure = known.get(key)
        digits = numbers.digits_for(now)
        cells = [
            say(title),
            numbers.decimal(before, digits, code),
            numbers.decimal(now, digits, code),
            numbers.decimal(float(figure.value), digits, code) if figure else numbers.MISSING,
            figure.year if figure else "",
            say(text(figure.basis)) if figure else "",
            figure.source.partition(";")[0].partition(",")[0] if figure else "",
        ]
        for column, cell in zip(table.values(), cells, strict=True):
            column.append(cell)
    return table


def _rows(found: Calibration) -> Iterator[tuple[Text, str, float, float]]:
    """Yield title, published key, and the figure before and after, of the nation."""
    for kind, rows in ((INTENSIVE, _OF_ICU), (WARD, _OF_WARD)):
        if kind not in found.scenario.kinds:
            continue
        k = found.scenario.kinds.index(kind)
        beds = float(found.beds[:, k].sum())
        for title, key, figure in rows:
            before, now = (
                figure(float(s.lying[:, k].sum()), float(s.entered_per_day[:, k].sum()), beds)
                for s in (found.before, found.now)
            )
            yield title, key, before, now


def _a_year(lying: float, entered: float, beds: float) -> float:
    return entered * DAYS_A_YEAR


def _days_a_year(lying: float, entered: float, beds: float) -> float:
    return lying * DAYS_A_YEAR


def _stay(lying: float, entered: float, beds: float) -> float:
    return lying / entered if entered else math.nan


def _lying(lying: float, entered: float, beds: float) -> float:
    return lying


def _occupancy(lying: float, entered: float, beds: float) -> float:
    return lying / beds if beds else math.nan


_OF_ICU: Figures = (
    (text("Intensive care admissions a year"), "icu_admissions_per_year", _a_year),
    (text("Intensive care days a year"), "icu_bed_days_per_year", _days_a_year),
    (text("Mean stay in intensive care, days"), "icu_los_mean_days", _stay),
    (text("Patients in intensive care"), "icu_census", _lying),
    (text("Occupancy of intensive care"), "icu_occupancy_normal", _occupancy),
)
_OF_WARD: Figures = (
    (text("Ward admissions a year"), "", _a_year),
    (text("Mean stay on wards, days"), "", _stay),
    (text("Patients on wards"), "", _lying),
    (text("Occupancy of ward beds"), "bed_occupancy_national", _occupancy),
)
"""Title, key of the published figure, and how it follows from patients, admissions a day and beds."""


def in_words(found: Calibration, language: Language) -> list[str]:
    """Return what the tables come to, kind by kind: over the regions that have a target, and no others."""
    said = []
    load = np.divide(
        found.now.lying, found.target, out=np.full(found.beds.shape, np.nan), where=found.target > 0
    )
    for k, kind in enumerate(found.scenario.kinds):
        ratio = load[:, k]
        ratio = np.where(np.isfinite(ratio) & (ratio > 0), ratio, np.nan)
        if np.isnan(ratio).all():
            continue
        known = ~np.isnan(found.target[:, k])
        worst = int(np.nanargmax(np.abs(np.log(ratio))))
        whole = float(found.now.lying[known, k].sum() / found.target[known, k].sum())
        figures = {
            "kind": kind_name(kind, language).capitalize(),
            "count": int(known.sum()),
            "all": len(known),
            "national": numbers.share(whole, 1, language.code),
            "region": short_name(found.scenario, found.scenario.region_keys[worst], language),
            "share": numbers.share(float(ratio[worst]), 0, language.code),
        }
        said.append(language.say(Text(_sentence(known).template, figures)))
    return said


def _sentence(known: np.ndarray) -> Text:
    """Return the sentence for as many regions as have a target."""
    if known.all() and len(known) > 1:
        return text(
            "{kind}: expected load is {national} of what should be; furthest off is {region} with {share}."
        )
    if known.sum() > 1:
        return text(
            "{kind}: {count} of {all} regions have a target. Their expected load is {national} of what "
            "should be; furthest off is {region} with {share}."
        )
    return text(
        "{kind}: {count} of {all} regions has a target, {region}. Its expected load is {national} of what "
        "should be."
    )


def factor_in_words(found: Calibration, language: Language) -> list[str]:
    """Return what the factor that fits is and where it is written, for the kinds that have a target."""
    kinds = [k for k, row in zip(found.scenario.kinds, found.target.T, strict=True) if np.isfinite(row).any()]
    others = [kind_name(kind, language) for kind in kinds if kind != INTENSIVE]
    said = []
    if INTENSIVE in kinds:
        said.append(
            text(
                "Factor that fits, {kind}: the icu_factor to write for the region, under {keys} (it takes "
                "the place of the one there now).",
                kind=kind_name(INTENSIVE, language),
                keys=", ".join(_icu_keys(found.scenario)) or "streams.….icu_factor",
            )
        )
    if others:
        said.append(
            text(
                "Factor that fits, {kinds}: what the stays there are to be multiplied by, to be written in "
                "the stays of the classes (classes.….stages.….stay). No key holds it for one region: stays "
                "are alike everywhere, so such a region needs a class and a stream of its own.",
                kinds=", ".join(others),
            )
        )
    return [language.say(one) for one in said]


def _icu_keys(scenario: Scenario) -> list[str]:
    """Return the keys of the ordinary streams that hold the factors of the regions."""
    return [
        f"streams.{name}.icu_factor" for name, one in scenario.streams.items() if hasattr(one, "icu_factor")
    ]
