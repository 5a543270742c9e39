"""The pages of the scenario and of the study, and what the shipped worlds have of kinds and modes."""

from typing import get_args

from nspl_sim.experiment.study import Study
from nspl_sim.paper.language import Language
from nspl_sim.paper.naming import kind_name
from nspl_sim.reading.shape import Wish
from nspl_sim.scenario import sweden
from nspl_sim.scenario.load import load_shipped, shipped
from nspl_sim.scenario.model import Scenario
from nspl_sim.scenario.modes import PLACE_TYPES
from nspl_sim.scenario.stays import Duration
from nspl_sim.scenario.streams import Stream
from reference.markdown import page, table
from reference.parts import parts, sections

STEPS = ("activation", "load", "unload", "turn")
ENGLISH, SWEDISH = Language("en"), Language("sv")


def scenario_page() -> str:
    """Return the page of the scenario: its parts, streams, families of times, and the shipped worlds."""
    every = parts(Scenario)
    streams = {m.model for m in Wish.of(Stream).members}
    times = {m.model for m in Wish.of(get_args(Duration)[0]).members}
    groups = {
        "The parts": {*every} - streams - times,
        "Kinds of stream": streams,
        "Families of times": times,
    }
    lines: list[str] = []
    for title, group in groups.items():
        lines += [f"## {title}", "", *sections(every, group, "###")]
    lines += ["## The shipped scenarios", "", *_shipped(), *_kinds(), *_modes()]
    lines += ["## Modes that a scenario may name", "", *_archetypes()]
    lines += ["## Patients that a stream may name", "", *_casualties()]
    opening = [
        "Every key of a scenario file. `extends`, `region_table` and, in a stream, `file` are taken by the "
        "loader before the rest ([writing a scenario](../scenario.md)). A path says where a part first "
        "stands: `NAME` is any name, `[]` any place in a list."
    ]
    return page("The scenario file", opening, lines)


def study_page() -> str:
    """Return the page of the study."""
    every = parts(Study)
    opening = ["Every key of a study file: which scenario, which plans, how many replications, what to vary."]
    return page("The study file", opening, sections(every, {*every}))


def _shipped() -> list[str]:
    rows = []
    for name in shipped():
        one = load_shipped(name).scenario
        title = one.title.sv if one.title else ""
        rows.append((f"`{name}`", title, len(one.regions), one.horizon_days, ", ".join(one.streams)))
    return table(("scenario", "Swedish title", "regions", "days", "streams"), rows)


def _kinds() -> list[str]:
    """Return the kinds of unit that the shipped scenarios use."""
    seen: dict[str, int | str] = {}
    for name in shipped():
        one = load_shipped(name).scenario
        for kind in one.kinds:
            beds = [r.units[kind].beds for r in one.regions.values() if kind in r.units]
            seen.setdefault(kind, sum(b for b in beds if isinstance(b, int)))
    rows = [
        (f"`{k}`", kind_name(k, ENGLISH), kind_name(k, SWEDISH), beds) for k, beds in sorted(seen.items())
    ]
    return ["### Kinds of unit", "", *table(("kind", "English", "Swedish", "staffed beds"), rows)]


def _modes() -> list[str]:
    """Return the modes of transport of the shipped scenarios."""
    found = {}
    for name in shipped():
        scenario = load_shipped(name).scenario
        for key, mode in scenario.transport.modes.items():
            number = sum(r.vehicles.get(key, 0) for r in scenario.regions.values())
            found.setdefault(key, (mode, number))
    rows = [
        (
            f"`{key}`",
            SWEDISH.say(mode.title or key),
            mode.medium,
            number,
            f"{mode.speed_kmh:g}",
            f"{mode.range_km:g}",
            " + ".join(f"{getattr(mode, f'{step}_minutes'):g}" for step in STEPS),
        )
        for key, (mode, number) in sorted(found.items())
    ]
    heads = (
        "mode",
        "Swedish",
        "medium",
        "vehicles",
        "km/h",
        "range, km",
        "minutes to get away, load, unload, turn round",
    )
    return ["### Modes of transport", "", *table(heads, rows)]


HOW_MANY = ("per_1000_per_day.mean", "per_day.mean", "per_day", "events_per_day", "size.median", "total")


def _casualties() -> list[str]:
    """Return the archetypes of patients, with the basis of how many come."""
    told = [
        "`streams.NAME: {archetype: KEY}` takes the figures of a row; what is said beside it goes before. "
        "Where and when must be said. How many come: for each 1000 troops a day (combat), a day, events a "
        "day (strikes), in the middle event (mass_casualty), or in all (epidemic). The letter is the basis, "
        "as above; all figures and sources: `nspl_sim/scenario/sweden/casualty_figures.csv`.",
        "",
    ]
    of = {figure.path: f"{figure.value:g} {figure.basis[0]}" for figure in sweden.casualty_figures()}
    rows = [
        (
            f"`{key}`",
            SWEDISH.say(one["title"]),
            one["kind"],
            next(of[f"{key}.{path}"] for path in HOW_MANY if f"{key}.{path}" in of),
            of.get(f"{key}.days", ""),
            ", ".join(f"{name} {share:g}" for name, share in one["classes"].items()),
        )
        for key, one in sweden.casualty_archetypes().items()
    ]
    return [*told, *table(("key", "Swedish", "kind", "how many", "days", "classes"), rows)]


def _archetypes() -> list[str]:
    """Return the modes of the reference table, with the basis of each figure."""
    told = [
        "`transport.modes.NAME: {archetype: KEY}` takes the figures of a row; what is said beside it goes "
        "before. The letter is the basis: p(ublished), r(ecalled), e(stimated), a(ssumed); sources in "
        "`nspl_sim/scenario/sweden/mode_figures.csv`. Places: seated, stretcher, intensive care.",
        "",
    ]
    of = {figure.path: f"{figure.value:g} {figure.basis[0]}" for figure in sweden.mode_figures()}
    rows = [
        (
            f"`{key}`",
            SWEDISH.say(mode["title"]),
            mode["medium"],
            of[f"{key}.speed_kmh"],
            of[f"{key}.range_km"],
            " + ".join(of[f"{key}.{step}_minutes"] for step in STEPS),
            of.get(f"{key}.access_minutes", "0"),
            " + ".join(of[f"{key}.capacity.{place}"] for place in PLACE_TYPES),
            of.get(f"{key}.patients_per_team", "1"),
            of[f"{key}.unavailable_share"],
        )
        for key, mode in sweden.modes().items()
    ]
    heads = (
        "key",
        "Swedish",
        "medium",
        "km/h",
        "range, km",
        "minutes to get away, load, unload, turn round",
        "access, minutes",
        "places",
        "patients per team",
        "out of service",
    )
    return told + table(heads, rows)
