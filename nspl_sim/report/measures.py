"""All headline measures under every plan: means, differences, and in how many replications better."""

from nspl_sim.paper import numbers
from nspl_sim.paper.comparison import Comparison
from nspl_sim.paper.naming import headings
from nspl_sim.paper.table import better_in, difference_words, row_digits, row_title
from nspl_sim.report.dots import grade
from nspl_sim.report.material import Material
from nspl_sim.report.parts import Table
from nspl_sim.vocabulary.text import text


def measures(material: Material) -> list[Table]:
    """Return the means of every design point, and for each contrast its differences."""
    found = material.main
    return [_means(material, found), *_differences(material, found)]


def _means(material: Material, found: Comparison) -> Table:
    say, code = material.say, material.language.code
    rows = []
    for row in found.rows:
        values = [row.factor * m for m in row.means]
        digits = row_digits(row, values, row.differences)
        rows.append([row_title(row, material.language), *(numbers.decimal(v, digits, code) for v in values)])
    head = [say(text("Measure")), *headings(found.batch.points, material.language)]
    return Table(say(text("Mean of {n} replications, rounded", n=found.replications)), head, rows)


def _differences(material: Material, found: Comparison) -> list[Table]:
    say, names = material.say, headings(found.batch.points, material.language)
    tables = []
    for number, (point, reference) in enumerate(found.contrasts):
        rows = []
        for row in found.rows:
            paired = row.differences[number]
            means = [row.factor * row.means[p] for p in (point, reference)]
            digits = row_digits(row, means, row.differences)
            rows.append(
                [
                    row_title(row, material.language),
                    difference_words(paired, row, digits, material.language),
                    better_in(paired, material.language),
                    say(grade(paired)) if paired else numbers.MISSING,
                ]
            )
        head = [
            text("Measure"),
            text("Difference (95 %)"),
            text("Better in, number of replications"),
            text("How sure"),
        ]
        caption = text("{plan} minus {reference}", plan=names[point], reference=names[reference])
        tables.append(Table(say(caption), [say(h) for h in head], rows, words=(3,)))
    return tables


__all__ = ["measures"]
