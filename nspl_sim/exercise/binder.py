"""The controllers' binder: whom players phone, what is answered, hour by hour; and how long a way takes.

Players phone whom they like. The controllers have the answer, because the course knows it.
"""

import numpy as np

from nspl_sim.exercise.material import KEY, Material
from nspl_sim.exercise.pages import Document, Page, Table
from nspl_sim.exercise.situation import Situation
from nspl_sim.exercise.words import brief
from nspl_sim.paper import numbers
from nspl_sim.scenario.distances import km_by
from nspl_sim.vocabulary.clock import HOUR, MINUTE
from nspl_sim.vocabulary.text import text

MOST_PAGES = 96


def file(material: Material) -> Document:
    """Return the binder: a page an hour, then a page of ways for each region that plays."""
    situation = Situation(material)
    every = HOUR
    while len(material.clock.hours(every)) > MOST_PAGES:
        every += HOUR
    pages = [_hour(situation, time_s) for time_s in material.clock.hours(every)]
    origins = sorted({material.number(one.region) for one in material.players.values() if one.region})
    if not material.scenario.transport.instant:
        pages += [_ways(material, region) for region in origins]
    title = material.say(text("Binder of exercise control: {title}", title=material.title))
    return Document(title, pages, material.sign, material.say(KEY), material.language)


def _hour(situation: Situation, time_s: int) -> Page:
    material = situation.material
    say, clock = material.say, material.clock
    wall = clock.wall(time_s)
    head = [say(text("Region")), say(text("Free beds")), say(text("Can receive")), say(text("Earliest"))]
    head += [*situation.modes, say(text("Teams"))]
    rows = []
    for region in situation.able:
        able = situation.can_receive(region, time_s)
        earliest = situation.earliest(region, time_s)
        now = say(text("now")) if able else say(text("not within two days"))
        when = now if able or earliest is None else clock.said(earliest)
        can = say(text("yes, {n}", n=able)) if able else say(text("no"))
        left = int(material.line.free(region, material.line.icu, np.array([time_s]))[0])
        vehicles = [str(n) for n in situation.vehicles(region, time_s)]
        teams = situation.teams(region, time_s)
        vehicles.append(numbers.MISSING if teams is None else str(teams))
        rows.append([material.words.short(region), str(left), can, when, *vehicles])
    keeps = text(
        "Intensive care. A region that keeps {n} for its own receives beyond that. Vehicles are those "
        "for transfers between hospitals, at their base and to be had; ambulances on the scene are others. "
        "Aircraft come from any base.",
        n=situation.keeps,
    )
    shown = [i for i in range(len(head)) if i - 4 not in situation.nowhere]
    head, *rows = ([row[i] for i in shown] for row in (head, *rows))
    labels = [(say(text("Time in the room")), f"{wall:%Y-%m-%d %H:%M}" if wall else "")]
    return Page(clock.said(time_s), labels, [say(keeps)], tables=[Table(head, rows)])


def _ways(material: Material, origin: int) -> Page:
    """Return how long it takes from the call until the patient is there, by mode, to every other region."""
    say, scenario = material.say, material.scenario
    modes = [(key, scenario.transport.modes[key]) for key in sorted(scenario.transport.modes)]
    shown = [(key, m) for key, m in modes if m.medium != "sea" and scenario.transport.carries(m, "icu")]
    rows = []
    for region in sorted(material.line.regions, key=material.words.short):
        if region == origin:
            continue
        cells = []
        for _, mode in shown:
            km = float(km_by(mode.medium, scenario)[origin, region])
            if not km <= mode.range_km:
                cells.append(numbers.MISSING)
                continue
            ends = mode.load_minutes + mode.unload_minutes + 2 * mode.access_minutes
            fixed = mode.activation_minutes + ends + scenario.transport.handover_minutes
            seconds = round(km / mode.speed_kmh * HOUR) + round(fixed * MINUTE)
            cells.append(numbers.span(seconds, material.language.code))
        rows.append([material.words.short(region), *cells])
    head = [say(text("To")), *(brief(say(m.title or key)) for key, m in shown)]
    said = text(
        "Intensive care patients, by a vehicle based here: from the call until handed over. The patient's "
        "own need to be stabilised, and delays, come on top."
    )
    heading = say(text("Ways from {region}", region=material.words.region(origin)))
    return Page(heading, said=[say(said)], tables=[Table(head, rows)])
