"""Patient cards of mass-casualty events: a small card each, eight a page, to be cut apart.

A card is a row of the table of patients, whose course untreated chance decided before anything happened.
Where and when each comes is in the key only: to share out the injured is the players' to decide.
"""

from collections.abc import Iterator
from itertools import groupby

import numpy as np

from nspl_sim.exercise import scenes
from nspl_sim.exercise.facts import COLOURS
from nspl_sim.exercise.happened import Casualties
from nspl_sim.exercise.material import KEY, PLAYERS, Material
from nspl_sim.exercise.pages import Document, Page, Slip
from nspl_sim.paper import numbers
from nspl_sim.paper.naming import kind_name
from nspl_sim.paper.patients import class_name
from nspl_sim.vocabulary.care import NEVER
from nspl_sim.vocabulary.clock import DAY, MINUTE
from nspl_sim.vocabulary.text import text

_INKS = {1: "#b3261e", 2: "#b58900", 3: "#2e7d32", 4: "#2e7d32", 5: "#4d565c"}
_A_PAGE = 8
_TO_FILL = "________________"
WEEK = 7 * DAY


def of_control(material: Material) -> Document:
    """Return the cards with the course untreated."""
    title = material.say(text("Patient cards with the key: {title}", title=material.title))
    return Document(title, _pages(material, True), material.sign, material.say(KEY), material.language)


def of_players(material: Material) -> Document:
    """Return the cards as players have them: triage and injury, with room for where they send each."""
    title = material.say(text("Patient cards: {title}", title=material.title))
    return Document(title, _pages(material, False), material.sign, material.say(PLAYERS), material.language)


def played(material: Material) -> Iterator[tuple[int, Casualties]]:
    """Yield the events that happen while the exercise is played, numbered from 1."""
    told = (e for e in material.line.casualties if material.clock.day_of(e.onset_s) >= 0)
    return enumerate(told, start=1)


def in_order(event: Casualties, material: Material) -> list[int]:
    """Return the patients of *event* in the order in which they arrive."""
    arrival_s = material.line.course.demand.arrival_s[event.rows]
    found: list[int] = event.rows[np.argsort(arrival_s, kind="stable")].tolist()
    return found


def by_triage(event: Casualties, material: Material) -> list[int]:
    """Return the patients of *event* in the order of their cards: by triage, then by injury group."""
    demand = material.line.course.demand
    rows = event.rows
    found: list[int] = rows[np.lexsort((rows, demand.klass[rows], demand.urgency[rows]))].tolist()
    return found


def injury(row: int, event: Casualties, material: Material) -> str:
    """Return what the injury group of a patient of *event* is called: in the roles, or by its class."""
    demand = material.line.course.demand
    key = demand.classes[int(demand.klass[row])]
    injuries = scenes.of(event, material).injuries
    if key in injuries:
        return injuries[key].in_language(material.language.code)
    return class_name(material.scenario, key, material.language)


def untreated(row: int, material: Material) -> str:
    """Return what becomes of the patient without care: ``dies after 3 tim 30 min``."""
    demand = material.line.course.demand
    dies_s = int(demand.dies_waiting_s[row, 0])
    if not 0 <= dies_s < NEVER:
        return material.say(text("survives the wait"))
    if dies_s > WEEK:
        return material.say(text("survives more than a week"))
    time = numbers.span(dies_s // MINUTE * MINUTE, material.language.code)
    return material.say(text("dies after {time}", time=time))


def pathway(row: int, material: Material) -> str:
    """Return what care the patient needs, in order: ``operation, intensivvård, vårdavdelning``."""
    demand = material.line.course.demand
    kinds = demand.kind[row, : demand.stage_count[row]].tolist()
    if not kinds:
        return material.say(text("emergency department, then home"))
    return ", ".join(kind_name(demand.kinds[kind], material.language) for kind in kinds)


def _pages(material: Material, with_key: bool) -> list[Page]:
    pages = []
    colours = material.line.course.demand.urgency
    for number, event in played(material):
        rows = list(enumerate(by_triage(event, material), start=1))
        for colour, group in groupby(rows, key=lambda one: COLOURS[int(colours[one[1]])]):
            slips = [
                _slip(f"{number}-{place:03}", len(rows), injury(r, event, material), r, material, with_key)
                for place, r in group
            ]
            heading = material.say(text("Patients of event {number}: {colour}", number=number, colour=colour))
            parts = [slips[i : i + _A_PAGE] for i in range(0, len(slips), _A_PAGE)]
            pages += [Page(heading, slips=part) for part in parts]
    return pages


def _slip(number: str, of: int, injured: str, row: int, material: Material, with_key: bool) -> Slip:
    say, demand = material.say, material.line.course.demand
    labels = [(say(text("Injury group")), injured)]
    if with_key:
        labels.append((say(text("Comes to")), material.words.short(int(demand.region[row]))))
        labels.append((say(text("Arrives")), material.clock.said(int(demand.arrival_s[row]))))
        labels.append((say(text("Needs")), pathway(row, material)))
        labels.append((say(text("If untreated")), untreated(row, material)))
    else:
        labels += [(say(name), _TO_FILL) for name in (text("Sent to"), text("Received at"))]
    urgency = int(demand.urgency[row])
    heading = say(text("Patient {number} of {all}", number=number, all=of))
    return Slip(heading, say(COLOURS[urgency]), _INKS[urgency], labels)
