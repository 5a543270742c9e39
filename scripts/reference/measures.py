"""The page of the measures, theme by theme in the order of the tables."""

import inspect

from nspl_sim.measures.measure import Measure
from nspl_sim.measures.registry import HEADLINE, THEMES, registered
from nspl_sim.paper.language import Language
from nspl_sim.vocabulary.text import Text
from reference.markdown import page, paragraphs, table

BETTER = {"lower": "lower is better", "higher": "higher is better", "neither": "neither"}


def measures_page() -> str:
    """Return the page."""
    by_theme: dict[str, dict[str, list[Measure]]] = {theme.__name__: {} for theme in THEMES}
    for one in registered().values():
        theme = one.function.__module__
        module = theme if theme in by_theme else _theme_of(one, by_theme)
        by_theme[module].setdefault(one.name, []).append(one)
    lines: list[str] = []
    for theme in THEMES:
        lines += [f"## {theme.__name__.rpartition('.')[2].replace('_', ' ').capitalize()}", ""]
        lines += paragraphs(inspect.getdoc(theme))
        rows = [_row(name, levels) for name, levels in by_theme[theme.__name__].items()]
        lines += table(
            ("name", "Swedish title", "English title", "unit", "better", "levels", "what it is"), rows
        )
    opening = [
        "Every number that a replication comes to. In tables and in SQL a measure of the nation has its",
        "plain name; of a region, an urgency or a unit kind the part follows a point:",
        "`icu_full_hours.skane`, `wait_icu_mean_h.urgency_1`, `unit_occupancy.ward`. Deaths and waits are",
        "of the cohort: those who arrive within the measured time. It is empty",
        "where there was nothing to measure.",
        "",
        "**Bold** names are those of the main table.",
    ]
    return page("The measures", opening, lines)


def _theme_of(one: Measure, themes: dict[str, object]) -> str:
    """Return the theme whose source holds the name of a measure that a shared decorator made."""
    return next(
        theme.__name__
        for theme in THEMES
        if theme.__name__ in themes and f'"{one.name}"' in inspect.getsource(theme)
    )


def _row(name: str, found: list[Measure]) -> tuple[str, ...]:
    first = found[0]
    is_headline = any(flat.partition(".")[0] == name for flat in HEADLINE)
    units = " / ".join(dict.fromkeys(one.unit for one in found))
    levels = ", ".join(one.level + (" (of home)" if one.by_home else "") for one in found)
    told = next((doc for one in found if (doc := inspect.getdoc(one.function))), "").removeprefix("Return ")
    told = told[:1].upper() + told[1:]
    said = f"**`{name}`**" if is_headline else f"`{name}`"
    return said, _say("sv", first.title), _say("en", first.title), units, BETTER[first.better], levels, told


def _say(code: str, title: Text) -> str:
    return Language(code).say(title)
