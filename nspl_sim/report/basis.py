"""What the figures of a scenario are based on, as far as the shipped world says, and "
"where a guess decides."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from nspl_sim.paper import numbers
from nspl_sim.paper.naming import plan_headings, scenario_heading
from nspl_sim.policies.plan import Plan
from nspl_sim.policies.sentences import clause
from nspl_sim.policies.support.alone import Alone
from nspl_sim.report.material import Material
from nspl_sim.report.parts import Section, Table
from nspl_sim.scenario.expected import patients
from nspl_sim.scenario.model import Scenario
from nspl_sim.scenario.streams import Stream
from nspl_sim.scenario.sweden import PATCHES, Figure, casualty_figures, figures, patch_figures
from nspl_sim.vocabulary.text import Text, text

BASES = {
    "published": text("published"),
    "recalled": text("recalled"),
    "estimated": text("estimated"),
    "assumed": text("assumed"),
}
MEANING = {
    "published": text("read, at least as a quotation of the primary source"),
    "recalled": text("a known figure, not found again"),
    "estimated": text("reckoned by a rule that its source names"),
    "assumed": text("a choice; it needs an owner and a range"),
}

BETWEEN = " / "
"""What stands between the languages of a title that has no more than one line for both."""

_ON_THE_MAP = re.compile(r"regions\.\w+\.(tile|position)\.")
"""Where panels and distances are drawn; not what an answer hangs on."""

DECIDING: tuple[tuple[Text, str], ...] = (
    (
        text("Survival while waiting, the most urgent patients (time scale, hours)"),
        r"classes\.\w+\.dies_waiting\.tau_h",
    ),
    (text("Intensive care teams that can leave a region"), r"regions\.\w+\.icu_teams"),
    (text("Extra days in intensive care after a move"), r"classes\.\w+\.extra_stay_if_moved\.value_days"),
    (text("Hours to make a patient ready for transport"), r"classes\.\w+\.min_stabilise_h"),
)
"""What deaths while waiting hang on most (docs: data)."""


def counted(scenario: Scenario) -> Counter[str]:
    """Return how many of the scenario's figures have each basis; only those the shipped world has too."""
    return Counter(figure.basis for figure in shared(scenario))


def shared(scenario: Scenario) -> tuple[Figure, ...]:
    """Return the figures of the shipped world that the scenario has unchanged.

    None where it shares no region's: then it is another world, and figures that agree do so by chance.
    """
    plain = scenario.model_dump(mode="json", by_alias=True)
    figures_of = (*_known(), *_of_archetypes(scenario))
    known = {f.path: f for f in figures_of if not _ON_THE_MAP.match(f.path) and _at(plain, f.path) == f.value}
    same = tuple(known.values())
    return same if any(f.path.startswith("regions.") for f in same) else ()


def _of_archetypes(scenario: Scenario) -> Iterator[Figure]:
    """Yield the figures of the archetypes that streams were made from, where they stand in the scenario."""
    for key, stream in scenario.streams.items():
        for figure in casualty_figures() if stream.made_from else ():
            name, _, path = figure.path.partition(".")
            if name == stream.made_from:
                yield replace(figure, path=f"streams.{key}.{path}")


def _known() -> Iterator[Figure]:
    """Yield the figures of the shipped world, then those of the worlds laid over it."""
    yield from figures()
    for name in PATCHES:
        yield from patch_figures(name)


def _at(plain: Any, path: str) -> Any:
    """Return what stands at *path*, or None."""
    for key in path.split("."):
        try:
            plain = plain[int(key)] if isinstance(plain, list) else plain[key]
        except (KeyError, IndexError, TypeError, ValueError):
            return None
    return plain


def section(material: Material) -> Section:
    """Return the section on what went in: patients, plans, and the basis of the figures."""
    tables = [_streams(material)]
    found = counted(material.scenario)
    said = []
    if found:
        total = sum(found.values())
        said.append(
            material.say(
                text(
                    "{total} of the scenario's figures are those that come with the program. None of them is "
                    "an "
                    "official Swedish planning figure.",
                    total=numbers.decimal(total, 0, material.language.code),
                )
            )
        )
        tables += [_bases(material, found), _deciding(material)]
    else:
        said.append(material.say(text("The scenario does not say what its figures are based on.")))
    return Section(
        "assumptions",
        material.say(text("What was assumed?")),
        said,
        tables=[t for t in tables if t.rows],
        lists=list(_plans(material)),
    )


def _plans(material: Material) -> Iterator[tuple[str, list[str]]]:
    """Yield what each plan alone says, then what all of them say, as the sentences that would stand in it."""
    points, told = material.batch.points, dict[str, Plan]()
    for point, name in zip(points, plan_headings(points, material.language), strict=True):
        told.setdefault(name, point.plan)
    plans = list(told.values())
    if len(plans) < 2:
        yield from ((name, _sentences(material, plan)) for name, plan in told.items())
        return
    asking = [p for p in plans if not isinstance(p.support, Alone)]
    same, heading = plans, text("The same in all plans")
    if 1 < len(asking) < len(plans):  # how a region asks differs from nothing where none asks
        same, heading = asking, text("The same in all plans in which regions ask each other")
    for name, plan in told.items():
        if own := only_in(material, plan, same):
            yield material.say(text("What differs: {plan}", plan=name)), own
    first = same[0]
    if shared := [s for s in _sentences(material, first) if s not in only_in(material, first, same)]:
        yield material.say(heading), shared


def _sentences(material: Material, plan: Plan) -> list[str]:
    names = {k: material.region(k) for k in material.scenario.regions}
    return [material.say(s) for s in clause(plan, names)]


def _streams(material: Material) -> Table:
    say, scenario = material.say, material.scenario
    rows = []
    for key, stream in scenario.streams.items():
        count = patients(stream, 0.0, scenario.horizon_days)
        rows.append(
            [
                stream_name(material, stream, key),
                numbers.decimal(count, 0 if count >= 10 else 1, material.language.code),
            ]
        )
    caption = text(
        "Patients expected in {days} days: {scenario}",
        days=scenario.horizon_days,
        scenario=scenario_heading(scenario, material.language),
    )
    return Table(say(caption), [say(text("Stream")), say(text("Patients"))], rows)


def stream_name(material: Material, stream: Stream, key: str = "") -> str:
    """Return a stream's title in one language, small inside a sentence where no *key* is given."""
    said = material.say(stream.title or key)
    if BETWEEN in said:
        swedish, _, rest = said.partition(BETWEEN)
        english, _, tail = rest.partition(" (")
        is_exercise = f" ({tail}" if tail else ""
        said = swedish + is_exercise if material.language.code == "sv" else english
    return said if key else said[:1].lower() + said[1:]


def only_in(material: Material, plan: Plan, others: Sequence[Plan]) -> list[str]:
    """Return the sentences of *plan* that not all of the *others* have."""
    there = [_sentences(material, other) for other in others]
    return [s for s in _sentences(material, plan) if not all(s in known for known in there)]


def _bases(material: Material, found: Counter[str]) -> Table:
    say, total = material.say, sum(found.values())
    rows = [
        [
            say(words),
            numbers.decimal(found[key], 0, material.language.code),
            numbers.share(found[key] / total, 0, material.language.code),
            say(MEANING[key]),
        ]
        for key, words in BASES.items()
    ]
    head = [text("Basis"), text("Figures"), text("Share"), text("Means")]
    return Table(say(text("What the figures are based on")), [say(h) for h in head], rows, words=(3,))


def _deciding(material: Material) -> Table:
    """Return the figures on which the answer hangs most, with their range, basis and source."""
    say, code = material.say, material.language.code
    figures_held = shared(material.scenario)
    urgent = {k for k, c in material.scenario.classes.items() if c.urgency == 1}
    rows = []
    for words, pattern in DECIDING:
        chosen = [f for f in figures_held if re.fullmatch(pattern, f.path)]
        if pattern.startswith("classes"):
            chosen = [f for f in chosen if f.path.split(".")[1] in urgent]
        if chosen:
            rows.append([say(words), _range([f.value for f in chosen], code), _said(material, chosen)])
    minutes = sorted({p.plan.asking.ask_minutes for p in material.batch.points})
    if len(material.scenario.regions) > 1:
        rows.append(
            [say(text("Minutes until a region has answered")), _range(minutes, code), say(BASES["assumed"])]
        )
    head = [text("Quantity"), text("Value"), text("Basis")]
    return Table(say(text("Where an estimate decides")), [say(h) for h in head], rows, words=(2,))


def _said(material: Material, chosen: list[Figure]) -> str:
    bases = [material.say(BASES[b]) for b in BASES if any(f.basis == b for f in chosen)]
    return ", ".join(bases)


def _range(values: list[Any], code: str) -> str:
    low, high = float(min(values)), float(max(values))
    written = numbers.shortest(low, code)
    return written if low == high else f"{written}–{numbers.shortest(high, code)}"
