"""What it cost: the measures of each course of the same patients, and how far they are from the players'.

One course and not many: a difference here is what happened to these patients, and says nothing of chance.
"""

import math
from collections.abc import Sequence

from nspl_sim.exercise.course.words import Words
from nspl_sim.exercise.debrief.courses import Branch
from nspl_sim.exercise.setting.clock import ExerciseClock
from nspl_sim.measures.registry import UNITS, headline, measure_of, title_of
from nspl_sim.paper import numbers
from nspl_sim.paper.answer import direction
from nspl_sim.paper.language import Language
from nspl_sim.report.parts import Table
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.clock import days
from nspl_sim.vocabulary.text import Text, text

OF_REGIONS = (
    "icu_full_hours",
    "icu_waiting",
    "planned_postponed",
    "icu_bed_days_given",
    "icu_bed_days_received",
)
"""What is told of each region that plays, as far as it is measured by region; deaths are the nation's."""
LEAST_TOLD = 5
"""Deaths are told from so many up."""
FEWER = text("fewer than five")
_DEATHS = ("patients", "expected deaths", "expected deaths over years")
"""Units in which deaths are counted; of all others they are shares."""


def is_of_deaths(name: str) -> bool:
    """Return whether the measure *name* counts deaths, or is a share of the dead."""
    return "deaths" in name or "died" in name


def is_told(name: str) -> bool:
    """Return whether *name* may be told: of deaths only how many they are in the nation, and no shares."""
    of = measure_of(name)
    return not is_of_deaths(name) or (of.level == "nation" and of.unit in _DEATHS)


def whole_scenario(clock: ExerciseClock, scenario: Scenario) -> str:
    """Return from when to when whole scenarios are measured."""
    return f"{clock.said(0)}–{clock.said(days(scenario.horizon_days))}"


def of_the_nation(branches: Sequence[Branch], clock: ExerciseClock, language: Language) -> Table:
    """Return the main table: each course's measures, and in brackets the players' difference from it."""
    names = [n for n in headline(branches[0].course.kinds) if is_told(n) and _is_known(n, branches)]
    rows = [[_title(name, language), *_cells(name, branches, language)] for name in names]
    caption = text(
        "The whole scenario, {period}: each measure in every course; in brackets, the players minus that "
        "course",
        period=whole_scenario(clock, branches[0].course.scenario),
    )
    head = [language.say(text("Measure")), *(branch.heading for branch in branches)]
    return Table(language.say(caption), head, rows)


def of_regions(
    branches: Sequence[Branch], keys: Sequence[str], clock: ExerciseClock, words: Words
) -> Table | None:
    """Return a row a region that plays: the players', in brackets the difference from the plan's course."""
    shown = [m for m in OF_REGIONS if keys and f"{m}.{keys[0]}" in branches[0].values]
    if not shown or len(branches) < 2:
        return None
    say, pair = words.language.say, branches[:2]
    rows = []
    for key in keys:
        cells = [_cells(f"{measure}.{key}", pair, words.language) for measure in shown]
        name = words.short(words.scenario.region_keys.index(key))
        rows.append([name, *(f"{mine} ({_inside(other)})" for mine, other in cells)])
    head = [say(text("Region")), *(_title(f"{m}.{keys[0]}", words.language, bare=True) for m in shown)]
    caption = text(
        "The whole scenario, {period}: the players; in brackets, the difference from {plan}",
        period=whole_scenario(clock, words.scenario),
        plan=branches[1].heading,
    )
    return Table(say(caption), head, rows)


def _inside(cell: str) -> str:
    """Return what stands in the brackets of a cell."""
    return cell.partition("(")[2].removesuffix(")") or cell


def _cells(name: str, branches: Sequence[Branch], language: Language) -> list[str]:
    """Return the cell of each course: its value, of all but the players' with the difference in brackets."""
    factor = 100.0 if measure_of(name).unit == "share" else 1.0
    values = [factor * branch.values.get(name, math.nan) for branch in branches]
    known = [v for v in values if math.isfinite(v)]
    whole = all(v == int(v) for v in known)
    digits = 0 if whole else max(1, numbers.digits_for(*known))
    cells = []
    untold = [is_of_deaths(name) and value < LEAST_TOLD for value in values]
    for place, value in enumerate(values):
        if untold[place]:
            cells.append(language.say(FEWER))
            continue
        written = numbers.decimal(value, digits, language.code)
        apart = values[0] - value
        if place and math.isfinite(apart) and not untold[0]:
            written += f" ({numbers.signed(apart, digits, language.code)})"
        cells.append(written)
    return cells


def _is_known(name: str, branches: Sequence[Branch]) -> bool:
    return any(math.isfinite(branch.values.get(name, math.nan)) for branch in branches)


def _title(name: str, language: Language, bare: bool = False) -> str:
    """Return the measure with its unit, and which way is better if any is."""
    one = measure_of(name)
    unit: Text | str = "%" if one.unit == "share" else UNITS[one.unit]
    title = one.title if bare else title_of(name)
    if bare or one.better == "neither":
        return language.say(text("{measure} ({unit})", measure=title, unit=unit))
    return language.say(
        text(
            "{measure} ({unit}; {direction} is better)",
            measure=title,
            unit=unit,
            direction=direction(one.better),
        )
    )
