"""The controllers' binder: whom players phone, what is answered, hour by hour; and how long a way takes.

Players phone whom they like. The controllers have the answer, because the course knows it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nspl_sim.exercise.course.words import brief
from nspl_sim.exercise.listing.material import KEY, Material
from nspl_sim.exercise.papers.receiving import Receiving
from nspl_sim.exercise.papers.situation import Situation
from nspl_sim.exercise.printing.pages import Document, Page, Table
from nspl_sim.measures.course import ICU, WARD
from nspl_sim.paper import numbers
from nspl_sim.system.timetable import FAR, ModeTimes, mode_times
from nspl_sim.vocabulary.clock import HOUR, MINUTE
from nspl_sim.vocabulary.text import text

MOST_PAGES = 96


def file(material: Material) -> Document:
    """Return the binder: a page an hour, then a page of ways for each region that plays."""
    situation, receiving = Situation(material), Receiving(material)
    every = HOUR
    while len(material.clock.hours(every)) > MOST_PAGES:
        every += HOUR
    pages = [_hour(situation, receiving, time_s) for time_s in material.clock.hours(every)]
    origins = sorted({material.number(one.region) for one in material.players.values() if one.region})
    if not material.scenario.transport.instant:
        pages += [_ways(material, region) for region in origins]
    title = material.say(text("Binder of exercise control: {title}", title=material.title))
    return Document(title, pages, material.sign, material.say(KEY), material.language)


def _hour(situation: Situation, receiving: Receiving, time_s: int) -> Page:
    material = situation.material
    say, clock = material.say, material.clock
    wall = clock.wall(time_s)
    head = [say(text("Region")), say(text("Free beds")), say(text("Can receive")), say(text("Earliest"))]
    head += [*situation.modes, say(text("Teams")), say(text("Ward: free")), say(text("Ward: in line"))]
    rows = []
    for region in situation.able:
        left = int(material.line.free(region, material.line.icu, np.array([time_s]))[0])
        vehicles = [str(n) for n in situation.vehicles(region, time_s)]
        teams = situation.teams(region, time_s)
        vehicles.append(numbers.MISSING if teams is None else str(teams))
        answer, ward = receiving.answer(region, time_s), _wards(material, region, time_s)
        rows.append([material.words.short(region), str(left), *answer, *vehicles, *ward])
    keeps = text(
        "Intensive care. A region that keeps {n} for its own receives beyond that. Vehicles are those "
        "for transfers between hospitals, at their base and to be had; ambulances on the scene are others. "
        "Aircraft come from any base.",
        n=receiving.planned,
    )
    shown = [i for i in range(len(head)) if i - 4 not in situation.nowhere]
    head, *rows = ([row[i] for i in shown] for row in (head, *rows))
    labels = [(say(text("Time in the room")), f"{wall:%Y-%m-%d %H:%M}" if wall else "")]
    said = [say(keeps)]
    if material.decisions:
        said.append(say(text("What players have decided up to this hour is counted in.")))
    return Page(clock.said(time_s), labels, said, tables=[Table(head, rows)])


def _wards(material: Material, region: int, time_s: int) -> tuple[str, str]:
    """Return the free ward beds and those in line for one."""
    line, at = material.line, np.array([time_s])
    ward = line.course.kind_number(WARD)
    if not line.has(region, ward):
        return numbers.MISSING, numbers.MISSING
    return str(int(line.free(region, ward, at)[0])), str(int(line.waiting(region, ward, at)[0]))


@dataclass(frozen=True)
class _Way:
    """A mode as it comes for an intensive care patient, and its nearest base."""

    name: str
    times: ModeTimes
    base: int


def _ways(material: Material, origin: int) -> Page:
    """Return how long it takes from the call until the patient is there, by mode, to every other region."""
    say, code = material.say, material.language.code
    ways, rows = _coming(material, origin), []
    for region in sorted(material.line.regions, key=material.words.short):
        if region != origin:
            lasts = [_lasts(way, origin, region) for way in ways]
            cells = [numbers.MISSING if s is None else numbers.span(s, code) for s in lasts]
            rows.append([material.words.short(region), *cells])
    said = text(
        "Intensive care patients: from the call until handed over, by a vehicle based here; with a name in "
        "brackets by one from the nearest base, the way here counted in. The patient's own need to be "
        "stabilised, and delays, come on top. For what is closed by weather or war see the hours."
    )
    heading = say(text("Ways from {region}", region=material.words.region(origin)))
    names = [way.name for way in ways]
    tables = [Table([say(text("To")), *names], rows)]
    tables += [Table([say(text("Of this")), *names], _fixed(ways, origin, material))] if ways else []
    return Page(heading, said=[say(said)], tables=tables)


def _fixed(ways: Sequence[_Way], origin: int, material: Material) -> list[list[str]]:
    """Return what of every way is not the way between the two."""
    say, code = material.say, material.language.code
    out = [way.times.way_s[way.base][origin] if way.base != origin else 0 for way in ways]
    parts = (
        (text("Until it leaves its base"), [way.times.activation_s for way in ways]),
        (text("The way here"), out),
        (text("Loading, with the way to it"), [way.times.load_s[1] for way in ways]),
        (text("Unloading and hand-over"), [way.times.unload_s[1] for way in ways]),
    )
    lasts = [[numbers.span(_minutes(s), code) if s else numbers.MISSING for s in each] for _, each in parts]
    return [[say(name), *cells] for (name, _), cells in zip(parts, lasts, strict=True)]


def _coming(material: Material, origin: int) -> list[_Way]:
    """Return what carries intensive care patients from *origin*, never by sea, each from its nearest base."""
    scenario, found = material.scenario, []
    named = sorted(scenario.transport.modes.items())
    for times, (key, mode) in zip(mode_times(scenario), named, strict=True):
        if mode.medium == "sea" or not scenario.transport.carries(mode, ICU):
            continue
        regions = enumerate(scenario.region_keys)
        owning = [r for r, name in regions if scenario.regions[name].vehicles.get(key)]
        bases = [r for r in owning if r == origin or (times.roams and times.way_s[r][origin] < FAR)]
        if bases:
            base = min(bases, key=lambda r: (r != origin, times.way_s[r][origin], r))
            name = brief(material.say(mode.title or key))
            name += f" ({material.words.short(base)})" if base != origin else ""
            found.append(_Way(name, times, base))
    return found


def _lasts(way: _Way, origin: int, to: int) -> int | None:
    """Return the seconds from the call until handed over; None where it does not reach that far."""
    times = way.times
    if times.way_s[origin][to] >= FAR:
        return None
    out_s = times.way_s[way.base][origin] if way.base != origin else 0
    way_s = times.activation_s + out_s + times.load_s[1] + times.way_s[origin][to] + times.unload_s[1]
    return _minutes(way_s)


def _minutes(seconds: int) -> int:
    """Return whole minutes, in seconds: to the nearest."""
    return round(seconds / MINUTE) * MINUTE
