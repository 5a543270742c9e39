"""What each switch of a study adds: alone, and as the last when all the others are on already.

A switch that gives much alone and nothing last does what another does too; one that gives nothing alone
and much last needs the others first.
"""

from collections.abc import Sequence
from typing import Any

from nspl_sim.experiment.design import Step
from nspl_sim.experiment.statistics import Paired, paired
from nspl_sim.measures.registry import UNITS, measure_of, title_of
from nspl_sim.paper.comparison import Comparison, Row
from nspl_sim.paper.language import Language
from nspl_sim.paper.table import difference_words, row_title, unresolved
from nspl_sim.vocabulary.text import text

HEADING = text("What each part adds: alone, and as the last when the others are there (95 %)")
MEASURES = ("deaths_all", "deaths_waiting", "wait_icu_mean_h.urgency_1", "planned_postponed")
"""What is shown, where the results have it."""


def added(found: Comparison, steps: Sequence[Step], language: Language) -> list[str]:
    """Return the table as lines: for each measure, each switch alone and last; nothing without switches."""
    lines: list[str] = []
    for title, grid in grids(found, steps, language):
        width = [max(len(line[column]) for line in grid) for column in range(3)]
        told = ["  ".join(c.ljust(w) for c, w in zip(line, width, strict=True)).rstrip() for line in grid]
        lines += ["", title, *("  " + line for line in told)]
    return [language.say(HEADING), *lines] if lines else []


def grids(found: Comparison, steps: Sequence[Step], language: Language) -> list[tuple[str, list[list[str]]]]:
    """Return, for each measure, its title and the cells: a heading, then each switch alone and last."""
    shown = [measure for measure in MEASURES if steps and measure in found.batch.measures]
    return [_of_measure(found, steps, measure, language) for measure in shown]


def _of_measure(
    found: Comparison, steps: Sequence[Step], measure: str, language: Language
) -> tuple[str, list[list[str]]]:
    row = _row(measure)
    grid = [["", language.say(text("alone")), language.say(text("last"))]]
    for switch in dict.fromkeys(step.switch for step in steps):
        both = {step.is_last: step for step in steps if step.switch == switch}
        cells = [_cell(found, both.get(is_last), row, language) for is_last in (False, True)]
        grid.append([_name(next(iter(both.values())), language), *cells])
    return row_title(row, language), grid


def _cell(found: Comparison, step: Step | None, row: Row, language: Language) -> str:
    if step is None:
        return ""
    difference = _difference(found, step, row.measure)
    return difference_words(difference, row, 1, language) + unresolved(difference, language)


def _difference(found: Comparison, step: Step, measure: str) -> Paired | None:
    ours, theirs = (found.batch.values(i, measure) for i in (step.point, step.reference))
    one = paired(ours, theirs, measure_of(measure).better)
    return one if one.n else None


def _row(measure: str) -> Row:
    one = measure_of(measure)
    return Row(measure, title_of(measure), UNITS[one.unit], one.unit == "share", one.better, (), ())


def _name(step: Step, language: Language) -> str:
    return step.title.in_language(language.code) if step.title else step.switch


def as_data(found: Comparison, steps: Sequence[Step]) -> list[dict[str, Any]]:
    """Return the same for machines."""
    told = []
    for step in steps:
        for measure in MEASURES:
            one = _difference(found, step, measure) if measure in found.batch.measures else None
            if one is not None:
                interval = {"low": one.low, "high": one.high} if one.n > 1 else {"low": None, "high": None}
                told.append(
                    {
                        "switch": step.switch,
                        "last": step.is_last,
                        "measure": measure,
                        "difference": one.difference,
                        **interval,
                        "of": one.n,
                    }
                )
    return told
