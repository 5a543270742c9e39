"""What does each region win and lose? One row a region, the plan against the reference."""

from nspl_sim.experiment.statistics import CONFIDENCE, Paired, paired
from nspl_sim.measures.registry import measure_of
from nspl_sim.paper import numbers
from nspl_sim.report.material import Material
from nspl_sim.report.parts import Table
from nspl_sim.vocabulary.text import Text, text

SHOWN: tuple[tuple[str, Text], ...] = (
    ("icu_full_share", text("Intensive care full, percentage points of the time")),
    ("deaths_waiting", text("Deaths while waiting, its residents")),
    ("planned_postponed", text("Planned care put off, its residents")),
)
"""Measures by region, and what their differences are called."""


def regions(material: Material) -> Table | None:
    """Return the table; None with one region, nothing to compare with, or nothing measured by region."""
    if material.reference is None or not material.shares_regions or len(material.scenario.regions) < 2:
        return None
    keys = [k for _, of_group in material.grouped for k in of_group]
    shown = [(m, words) for m, words in SHOWN if f"{m}.{keys[0]}" in material.batch.measures]
    if not shown:
        return None
    rows = [[material.region(key), *(_cell(material, m, key) for m, _ in shown)] for key in keys]
    caption = text(
        "Each region: difference with {plan} from {reference}, mean and 95 % interval; * resolved",
        plan=material.phrases[material.plan],
        reference=material.phrases[material.reference],
    )
    head = [material.say(text("Region")), *(material.say(words) for _, words in shown)]
    return Table(material.say(caption), head, rows)


def by_chance(table: Table) -> Text:
    """Return how many of the differences would seem resolved if there were none."""
    count = sum(len(row) - 1 for row in table.rows)
    return text(
        "The table of regions holds {count} comparisons; if no region differed, about {about} of them "
        "would seem resolved by chance.",
        count=count,
        about=max(1, round(count * (1 - CONFIDENCE))),
    )


def _cell(material: Material, measure: str, key: str) -> str:
    flat, batch = f"{measure}.{key}", material.batch
    if flat not in batch.measures or material.reference is None:
        return numbers.MISSING
    one = measure_of(flat)
    found = paired(batch.values(material.plan, flat), batch.values(material.reference, flat), one.better)
    return _written(found, 100.0 if one.unit == "share" else 1.0, material.language.code)


def _written(found: Paired, factor: float, code: str) -> str:
    if not found.n:
        return numbers.MISSING
    if found.ties == found.n:
        return "0"
    mean, low, high = (factor * v for v in (found.difference, found.low, found.high))
    digits = min(1, numbers.digits_for(mean, low, high))
    mark = "*" if found.resolved else ""
    return f"{numbers.signed(mean, digits, code)} ({numbers.interval(low, high, digits, code)}){mark}"
