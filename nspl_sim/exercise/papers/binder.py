"""The controllers' binder: whom players phone, what is answered, hour by hour; and how long a way takes.

Players phone whom they like. The controllers have the answer, because the course knows it.
"""

from collections.abc import Sequence

import numpy as np

from nspl_sim.exercise.course.ways import Way, coming
from nspl_sim.exercise.course.words import brief
from nspl_sim.exercise.listing.material import KEY, Material
from nspl_sim.exercise.papers.receiving import Receiving
from nspl_sim.exercise.papers.situation import Situation
from nspl_sim.exercise.printing.pages import Document, Page, Table
from nspl_sim.measures.course import WARD
from nspl_sim.paper import numbers
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


def _ways(material: Material, origin: int) -> Page:
    """Return how long it takes from the call until the patient is there, by mode, to every other region."""
    say, code = material.say, material.language.code
    ways, rows = coming(material.scenario, origin), []
    for region in sorted(material.line.regions, key=material.words.short):
        if region != origin:
            lasts = [way.lasts_s(region) for way in ways]
            cells = [numbers.MISSING if s is None else numbers.span(_minutes(s), code) for s in lasts]
            rows.append([material.words.short(region), *cells])
    said = text(
        "Intensive care patients: from the call until handed over, by a vehicle based here; with a name in "
        "brackets by one from the nearest base, the way here counted in. The patient's own need to be "
        "stabilised, and delays, come on top. For what is closed by weather or war see the hours."
    )
    heading = say(text("Ways from {region}", region=material.words.region(origin)))
    names = [_named(way, origin, material) for way in ways]
    tables = [Table([say(text("To")), *names], rows)]
    tables += [Table([say(text("Of this")), *names], _fixed(ways, material))] if ways else []
    return Page(heading, said=[say(said)], tables=tables)


def _fixed(ways: Sequence[Way], material: Material) -> list[list[str]]:
    """Return what of every way is not the way between the two."""
    say, code = material.say, material.language.code
    parts = (
        (text("Until it leaves its base"), [way.times.activation_s for way in ways]),
        (text("The way here"), [way.out_s for way in ways]),
        (text("Loading, with the way to it"), [way.times.load_s[1] for way in ways]),
        (text("Unloading and hand-over"), [way.times.unload_s[1] for way in ways]),
    )
    lasts = [[numbers.span(_minutes(s), code) if s else numbers.MISSING for s in each] for _, each in parts]
    return [[say(name), *cells] for (name, _), cells in zip(parts, lasts, strict=True)]


def _named(way: Way, origin: int, material: Material) -> str:
    """Return the mode's name, with its base in brackets where that is elsewhere."""
    name = brief(material.say(way.title))
    return f"{name} ({material.words.short(way.base)})" if way.base != origin else name


def _minutes(seconds: int) -> int:
    """Return whole minutes, in seconds: to the nearest."""
    return round(seconds / MINUTE) * MINUTE
