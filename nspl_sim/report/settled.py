"""What can be told: the measures that differ for sure, good and bad alike; and what alone would cost."""

from collections.abc import Iterator, Sequence

from nspl_sim.paper.answer import subject as subject_of
from nspl_sim.paper.comparison import Row
from nspl_sim.paper.table import difference_words
from nspl_sim.policies.support.alone import Alone
from nspl_sim.policies.support.pooled import Pooled
from nspl_sim.report.material import Material
from nspl_sim.vocabulary.text import Text, text

MOST = 3


def settled(material: Material, tabled: Sequence[Row]) -> str:
    """Return what differs beside the rows *tabled*, at most three measures; then what nobody's help costs."""
    if material.contrast is None or material.main.scenarios > 1 or material.main.replications < 2:
        return ""
    return " ".join(material.say(s) for s in (*_found(material, tabled), *_alone(material)))


def resolved(material: Material, tabled: Sequence[Row]) -> list[Row]:
    """Return the rows beside those *tabled* that are resolved: those with a better direction first."""
    found = [
        row
        for row in material.main.rows
        if row not in tabled and (d := material.difference(row)) is not None and d.resolved
    ]
    good = [r for r in found if r.better != "neither" and _is_better(material, r)]
    bad = [r for r in found if r.better != "neither" and not _is_better(material, r)]
    other = [r for r in found if r.better == "neither"]
    shared = [row for pair in zip(good, bad, strict=False) for row in pair]
    return [*shared, *good[len(bad) :], *bad[len(good) :], *other]


def _is_better(material: Material, row: Row) -> bool:
    paired = material.difference(row)
    return paired is not None and (paired.difference < 0) == (row.better == "lower")


def _found(material: Material, tabled: Sequence[Row]) -> Iterator[Text]:
    rows = resolved(material, tabled)
    if not rows:
        yield text("No other measure differs for sure.")
        return
    told = []
    for row in rows[:MOST]:
        paired = material.difference(row)
        if paired is None:
            continue
        size = difference_words(paired, row, 0, material.language)
        measure = small(material, row)
        if row.better == "neither":
            told.append(text("{measure} {size}", measure=measure, size=size))
            continue
        way = text("better") if _is_better(material, row) else text("worse")
        told.append(text("{measure} {size}, {way}", measure=measure, size=size, way=way))
    said = "; ".join(material.say(one) for one in told)
    yield text("{said}.", said=said[:1].upper() + said[1:])


def small(material: Material, row: Row) -> str:
    """Return a measure's title without what is explained after a colon, a comma or in brackets."""
    title = material.say(row.title).partition(": ")[0].partition(" (")[0].partition(", ")[0]
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def _alone(material: Material) -> Iterator[Text]:
    """Yield what it costs that nobody helps anybody, where the study has such a plan beside the two."""
    if material.reference is None:
        return
    for number, (point, reference) in enumerate(material.main.contrasts):
        plan = material.batch.points[point].plan
        alone = isinstance(plan.support, Alone) and not isinstance(plan.support, Pooled)
        if number == material.contrast or reference != material.reference or not alone:
            continue
        row = subject_of(material.main, number)
        paired = row.differences[number] if row else None
        if row is None or paired is None:
            continue
        size = difference_words(paired, row, 0, material.language)
        said = {"plan": material.phrases[point], "size": size, "measure": small(material, row)}
        if paired.resolved:
            yield text("For comparison, {plan}: {measure} {size}.", **said)
        else:
            yield text("For comparison, {plan}: {measure} {size}, unresolved.", **said)
        return
