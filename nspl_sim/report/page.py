"""The page: one file that needs nothing else, and its figures beside it.

The content is made in Python and is only text; the template gives it structure and escapes it.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from nspl_sim.paper import numbers
from nspl_sim.paper.comparison import Comparison
from nspl_sim.paper.language import Language
from nspl_sim.paper.naming import scenario_heading
from nspl_sim.paper.prices import Prices
from nspl_sim.report import basis, causes, groups, money, origin, outcomes, switches
from nspl_sim.report.dots import dots
from nspl_sim.report.elective import elective
from nspl_sim.report.fans import fans
from nspl_sim.report.first_page import first_page
from nspl_sim.report.flows import flows
from nspl_sim.report.heat import heat
from nspl_sim.report.material import Material
from nspl_sim.report.measures import measures
from nspl_sim.report.parts import Figure, Section
from nspl_sim.report.regions import by_chance, regions
from nspl_sim.report.standing import how_to_read, standing
from nspl_sim.vocabulary.text import Text, text

FULL_VERSION = text("Full version – for the office and those in service it shares it with; do not spread")


def report(
    found: Comparison, made: Mapping[str, Any], language: Language, prices: Prices | None = None
) -> dict[str, bytes]:
    """Return the files of the report by relative name: the page, and each figure as PNG and SVG."""
    material = Material(found, made, language)
    sections = [s for s in _sections(material, prices) if s]
    contents = {"report.html": rendered(_words(material, sections))}
    for figure in (f for s in sections for f in s.figures):
        contents[f"figures/{figure.name}.png"] = figure.drawn.png
        contents[f"figures/{figure.name}.svg"] = figure.drawn.svg
    return contents


def _sections(material: Material, prices: Prices | None) -> Iterator[Section]:
    """Yield the sections in order; one without content is left out by who asks."""
    say = material.say
    yield _drawn("beds", say(text("When do the beds run out?")), *fans(material))
    yield _drawn("days", say(text("Where, and on which days?")), heat(material))
    yield _drawn("differences", say(text("Is it better in every replication?")), dots(material))
    yield outcomes.section(material)
    yield switches.section(material)
    by_region = regions(material)
    helping = _drawn("help", say(text("Who helps whom, and what does it cost each region?")), flows(material))
    helping = helping.adding(by_region, say(by_chance(by_region))) if by_region else helping
    of_each = standing(material)
    yield helping.adding(of_each, *how_to_read(material)) if of_each else helping
    yield money.section(material, prices)
    yield causes.section(material)
    yield groups.section(material)
    yield _drawn("planned", say(text("What happens to planned care?")), elective(material))
    yield Section("measures", say(text("All measures")), tables=[t for t in measures(material) if t.rows])
    yield basis.section(material)
    yield origin.section(material)


def _drawn(name: str, heading: str, *figures: Figure | None) -> Section:
    return Section(name, heading, figures=[f for f in figures if f is not None])


def _words(material: Material, sections: list[Section]) -> dict[str, Any]:
    say, code = material.say, material.language.code
    scenario = material.scenario
    title = str(material.made.get("title") or scenario_heading(scenario, material.language))
    regions, count = len(scenario.regions), material.found.replications
    about = text(
        "{days} days, {regions}, {replications} (one replication = one simulated period).",
        days=scenario.horizon_days,
        regions=text("{count} regions", count=regions) if regions != 1 else text("1 region"),
        replications=text("{count} replications", count=numbers.decimal(count, 0, code))
        if count != 1
        else text("1 replication"),
    )
    return {
        "language": code,
        "sender": say(_sender(material, title)),
        "about": say(about),
        "marking": material.marking,
        "version": say(FULL_VERSION),
        "first": first_page(material),
        "sections": sections,
        "style": style(
            material.marking,
            say(FULL_VERSION),
            " · ".join(one for one in (title, _made(material)) if one),
            say,
        ),
        "label": labels(say),
    }


def rendered(words: Mapping[str, Any]) -> bytes:
    """Return the page that holds *words*: what the template asks for, by name."""
    return _environment().get_template("report.html.j2").render(words).encode()


def labels(say: Callable[[Text], str]) -> dict[str, str]:
    """Return what the page says of itself."""
    return {
        "skip": say(text("To the answer")),
        "unmarked": say(text("Print from Edge or Chrome: here the marking is missing on the pages within.")),
        "answer": say(text("Answer.")),
        "swipe": say(text("swipe sideways →")),
        "contents": say(text("Contents")),
        "numbers": say(text("Show the numbers")),
        "figure": say(text("Figure")),
    }


def _sender(material: Material, title: str) -> Text:
    """Return what paper this is, of which day, and whom to ask before it is passed on."""
    said, when = title.rstrip("."), _made(material)
    said = said if said.endswith(("?", "!")) else said + "."
    if when:
        return text("{title} {when}. Passed on by the office.", title=said, when=when)
    return text("{title} Passed on by the office.", title=said)


def _made(material: Material) -> str:
    """Return the day on which the results were made, where the scenario plays; nothing if it is not known."""
    try:
        when = datetime.fromisoformat(str(material.made.get("when") or ""))
    except ValueError:
        return ""
    if when.tzinfo is not None:
        when = when.astimezone(ZoneInfo(material.scenario.time_zone))
    return numbers.date(when, material.language.code).partition(" ")[2]


def style(marking: str, version: str, title: str, say: Callable[[Text], str]) -> Markup:
    """Return the style sheet, with what stands on every printed page."""
    page_of = say(text("Page {page} of {pages}", page="\0", pages="\1"))
    before, between, after = _split(page_of)
    count = f"{_css(before)} counter(page) {_css(between)} counter(pages) {_css(after)}"
    return Markup(
        _sheet()
        .replace('"MARKING"', _css(marking))
        .replace('"VERSION"', _css(version))
        .replace('"TITLE"', _css(title))
        .replace('"PAGE"', count)
    )


def _split(words: str) -> tuple[str, str, str]:
    before, _, rest = words.partition("\0")
    between, _, after = rest.partition("\1")
    return before, between, after


def _css(words: str) -> str:
    """Return *words* as a CSS string that can hold nothing but text, whatever stands in it."""
    plain = (c if c.isascii() and c.isalnum() else f"\\{ord(c):x} " for c in words)
    return '"' + "".join(plain) + '"'


def _kept_together(value: Any) -> Any:
    """Return *value*; the per cent sign of an interval stays on the line of its number."""
    return value.replace("95 %", f"95{numbers.NO_BREAK}%") if isinstance(value, str) else value


@cache
def _sheet() -> str:
    return files("nspl_sim.report").joinpath("templates/report.css").read_text("utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("nspl_sim.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_kept_together,
    )
    environment.filters["drawing"] = Markup
    return environment
