"""What does each region give and receive, and are its residents worse off? One row a region."""

import numpy as np

from nspl_sim.measures.registry import measure_of
from nspl_sim.paper import numbers
from nspl_sim.paper.exchange import exchange
from nspl_sim.paper.standing import FLAGS, MARGINS, Standing, size_words, standings, worst
from nspl_sim.report.material import Material
from nspl_sim.report.parts import Table
from nspl_sim.vocabulary.text import Text, text

GIVES = (
    ("icu_bed_days_given", text("Intensive care bed-days given")),
    ("icu_bed_days_received", text("Intensive care bed-days received")),
)


def standing(material: Material) -> Table | None:
    """Return the table; None with one region, nothing to compare with, or nothing measured by region."""
    if material.contrast is None or not material.shares_regions or material.main.replications < 2:
        return None
    found = {
        measure: {one.region: one for one in standings(material.main, material.contrast, measure)}
        for measure in MARGINS
    }
    shown = [measure for measure, of_regions in found.items() if of_regions]
    if not shown:
        return None
    gives = [
        one for one in GIVES if f"{one[0]}.{material.scenario.region_keys[0]}" in material.batch.measures
    ]
    rows = []
    for key in (k for _, of_group in material.grouped for k in of_group):
        row = [material.region(key), *(_mean(material, f"{measure}.{key}") for measure, _ in gives)]
        for measure in shown:
            row += _cells(material, found[measure].get(key))
        rows.append(row)
    head: list[Text | str] = [text("Region"), *(words for _, words in gives)]
    for measure in shown:
        head += [
            measure_of(f"{measure}.x").title,
            text("Worse by {margin} or more", margin=MARGINS[measure][1]),
        ]
        head += [text("Worse off?")]
    first = 1 + len(gives)
    caption = text(
        "Each region gives and receives with {plan}; its residents against {reference}",
        plan=material.phrases[material.plan],
        reference=material.phrases[material.reference or 0],
    )
    words = tuple(first + 3 * i + 2 for i in range(len(shown)))
    return Table(material.say(caption), [material.say(h) for h in head], rows, words=words)


def _mean(material: Material, flat: str) -> str:
    values = material.batch.values(material.plan, flat)
    known = values[~np.isnan(values)]
    mean = float(known.mean()) if len(known) else np.nan
    return numbers.decimal(mean, 0 if mean >= 10 else 1, material.language.code)


def _cells(material: Material, one: Standing | None) -> list[str]:
    if one is None:
        return [numbers.MISSING] * 3
    often = text("{k} of {n}", k=one.worse_in, n=one.difference.n)
    return [size_words(one.difference, material.language), material.say(often), material.say(FLAGS[one.flag])]


def how_to_read(material: Material) -> list[str]:
    """Return what the words of the table mean, who is worst off, and what a death avoided takes."""
    said = text(
        "Worse off: the whole interval is above zero; slightly, if it is below {margins} too. No worse: the "
        "interval holds zero and is below that, or is below zero. Else unresolved. By chance about one "
        "region in forty would seem worse off on each measure.",
        margins=[words for _, words in MARGINS.values()],
    )
    last = exchange(material.main, material.language)[-1:]
    return [material.say(said), *worst(material.main, material.language)[-1:], *last]


__all__ = ["how_to_read", "standing"]
