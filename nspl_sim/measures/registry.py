"""The registry of measures, theme by theme in the order of the tables.

A measure says once what it is; tables, figures, comparisons and reports know it by its flat name:
``deaths_all`` of the nation, ``icu_full_hours.skane`` of a region, ``wait_icu_mean_h.urgency_1``,
``wait_icu_mean_h.group_military``, ``refused.class_burn_major``.
"""

from itertools import groupby  # noqa: I001  (in the order of the tables)

from nspl_sim.measures import (
    deaths,
    avoidable,
    waiting,
    phases,
    first_bed,
    occupancy,
    crowding,
    crossed,
    discharge,
    repatriation,
    transport,
    modes,
    referrals,
    theatres,
    moves,
    office,
    staff,
    elective,
    debt,
    burden,
    equity,
    disruptions,
    supplies,
    kinds,
    outcome,
)
from nspl_sim.measures.course import ICU, WARD, Course
from nspl_sim.measures.measure import MARKED, REGISTRY, UNITS, Better, Level, Measure
from nspl_sim.vocabulary.text import Text, text

THEMES = (
    deaths,
    avoidable,
    waiting,
    phases,
    first_bed,
    occupancy,
    crowding,
    crossed,
    discharge,
    repatriation,
    transport,
    modes,
    referrals,
    theatres,
    moves,
    office,
    staff,
    elective,
    debt,
    burden,
    equity,
    disruptions,
    supplies,
    kinds,
)
"""Modules of measures; a new theme is one file and one line here."""

LAST_TO_ASK = {avoidable.__name__: (outcome.__name__,)}
"""Themes after which hardly anything is asked of modules that work out much."""

HEADLINE = (
    "deaths_all",
    "deaths_waiting",
    "deaths_waiting_icu",
    "deaths_avoidable",
    "wait_icu_mean_h.urgency_1",
    "icu_within_1h_share",
    "first_day_over_capacity",
    "icu_over_capacity_hours",
    "capacity_transfers_icu",
    "refusals",
    "yes_without_team",
    "vehicle_hours",
    "planned_postponed",
)
"""The flat names of the main table, in its order: patients first, beds are a means."""

HEADLINE_WITHOUT_ICU = ("deaths_all", "deaths_waiting", "capacity_transfers", "refusals", "planned_postponed")
"""What is left of it in a world without intensive care."""

HEADLINE_OF_A_KIND = (
    "unit_wait_mean_h",
    "unit_wait_p95_h",
    "unit_waited_share",
    "unit_refused_share",
    "unit_died_waiting_share",
    "unit_waiting_mean",
    "unit_census_mean",
    "unit_occupancy",
)
"""What the main table says besides of each unit kind that has no measures of its own name."""


def headline(kinds: tuple[str, ...]) -> tuple[str, ...]:
    """Return the flat names of the main table of a scenario with *kinds* of units."""
    own = [kind for kind in kinds if kind not in (ICU, WARD)]
    nation = HEADLINE if ICU in kinds else HEADLINE_WITHOUT_ICU
    return nation + tuple(f"{name}.{kind}" for kind in own for name in HEADLINE_OF_A_KIND)


def registered() -> dict[str, Measure]:
    """Return every measure by its key (``icu_occupancy``, ``icu_occupancy.region``), theme by theme."""
    return dict(REGISTRY)


def measure_of(flat: str) -> Measure:
    """Return the measure that the number *flat* belongs to; raise ``KeyError`` when there is none."""
    name, _, part = flat.partition(".")
    found = registered()
    if not part:
        return found[name]
    if f"{name}.kind" in found:
        return found[f"{name}.kind"]
    marked = (level for mark, level in MARKED.items() if part.startswith(mark) and f"{name}.{level}" in found)
    return found[f"{name}.{next(marked, 'region')}"]


OF_GROUP = {
    "own": text("the region's own patients"),
    "other": text("patients of other regions"),
    "military": text("military patients"),
    "allied": text("allied patients"),
}
"""The groups of patients, as they stand after a title."""


def title_of(flat: str, region: str | None = None) -> Text:
    """Return the title of the number *flat*; *region* is the name to print instead of the key."""
    found, part = measure_of(flat), flat.partition(".")[2]
    if found.level == "nation":
        return found.title
    if found.level == "urgency":
        return text("{title}, urgency {urgency}", title=found.title, urgency=part.removeprefix("urgency_"))
    if found.level == "group":
        return text("{title}, {group}", title=found.title, group=OF_GROUP[part.removeprefix("group_")])
    if found.level == "class":
        return text("{title}, class {key}", title=found.title, key=part.removeprefix("class_"))
    if found.level == "supply":
        return text("{title}, {key}", title=found.title, key=part.removeprefix("supply_"))
    if found.level == "mode":
        return text("{title}, by {mode}", title=found.title, mode=part.removeprefix("mode_"))
    if found.level == "kind":
        return text("{title}, {kind}", title=found.title, kind=part)
    if found.by_home:
        return text("{title}, residents of {region}", title=found.title, region=region or part)
    return text("{title}, {region}", title=found.title, region=region or part)


def evaluate(course: Course) -> dict[str, float]:
    """Return every number of every measure by flat name: one row of a replication.

    What a theme worked out is let go after it; another that asks for it has it worked out again.
    """
    found: dict[str, float] = {}
    for theme, measures in groupby(registered().values(), lambda one: one.function.__module__):
        for one in measures:
            found |= one.values(course)
        for module in (theme, *LAST_TO_ASK.get(theme, ())):
            course.forget(module)
    return found


__all__ = [
    "HEADLINE",
    "OF_GROUP",
    "THEMES",
    "UNITS",
    "Better",
    "Level",
    "Measure",
    "evaluate",
    "headline",
    "measure_of",
    "registered",
    "title_of",
]
