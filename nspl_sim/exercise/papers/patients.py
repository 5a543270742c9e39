"""Patient cards of mass-casualty events: a small card each, eight a page, to be cut apart.

A card is a row of the table of patients, whose course untreated chance decided before anything happened.
What is needed first is on the players' cards, for them to set priorities by. Where and when each comes is in
the key only: to share out the injured is the players' to decide.
"""

from collections.abc import Iterator
from itertools import groupby

import numpy as np

from nspl_sim.exercise.course import people
from nspl_sim.exercise.course.facts import COLOURS
from nspl_sim.exercise.course.happened import Casualties
from nspl_sim.exercise.listing import hours, scenes
from nspl_sim.exercise.listing.material import KEY, PLAYERS, Material
from nspl_sim.exercise.printing.pages import Document, Page, Slip, Table
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
    pages = [
        page for number, event in played(material) for page in _pages(number, event, material, with_key=True)
    ]
    return Document(title, pages, material.sign, material.say(KEY), material.language)


def of_players(material: Material) -> dict[int, Document]:
    """Return each event's cards as players have them, by its number: triage, injury and what is needed first.

    There is room for where they send each. How many there are is not on them.
    """
    found = {}
    for number, event in played(material):
        title = material.say(text("Patient cards, event {n}: {title}", n=number, title=material.title))
        pages = _pages(number, event, material, with_key=False)
        found[number] = Document(title, pages, material.sign, material.say(PLAYERS), material.language)
    return found


def file_of(number: int, material: Material) -> str:
    """Return the name of the file of an event's cards for players."""
    return f"{material.say(text('players-patients'))}-{number}"


def to_hand_out(material: Material) -> Table:
    """Return when each event's cards may be handed out: when the number of injured is told."""
    say, rows = material.say, []
    for number, event in played(material):
        place = material.line.casualties.index(event)
        told = [i for i in material.told if i.code == "UPPD" and i.number == place and not i.reserve_of]
        when = say(text("when you have told how many they are"))
        if told:
            card = material.numbers[told[0].inject_id]
            when = say(text("with card {n}, {time}", n=card, time=hours.said(told[0].wall, material)))
        happened = f"{material.clock.said(event.onset_s)}, {material.words.short(event.region)}"
        rows.append([file_of(number, material), happened, when])
    head = (text("File"), text("Event"), text("Not before"))
    return Table([say(h) for h in head], rows)


def played(material: Material) -> Iterator[tuple[int, Casualties]]:
    """Yield the events that happen while the exercise is played, numbered from 1."""
    return enumerate(material.planner.events, start=1)


def in_order(event: Casualties, material: Material) -> list[int]:
    """Return the patients of *event* in the order in which they arrive."""
    arrival_s = material.line.course.demand.arrival_s[event.rows]
    found: list[int] = event.rows[np.argsort(arrival_s, kind="stable")].tolist()
    return found


def by_triage(event: Casualties, material: Material) -> list[int]:
    """Return the patients of *event* in the order of their cards."""
    return people.by_triage(event, material.line.course.demand)


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


def needed_first(row: int, material: Material) -> str:
    """Return what the patient needs first, as it is judged on site: ``intensivvård``."""
    demand = material.line.course.demand
    if not demand.stage_count[row]:
        return material.say(text("emergency department"))
    return kind_name(demand.kinds[int(demand.kind[row, 0])], material.language)


def _pages(number: int, event: Casualties, material: Material, with_key: bool) -> list[Page]:
    pages, colours = [], material.line.course.demand.urgency
    rows = list(enumerate(by_triage(event, material), start=1))
    for colour, group in groupby(rows, key=lambda one: COLOURS[int(colours[one[1]])]):
        slips = [_slip(f"{number}-{place:03}", event, row, material, with_key) for place, row in group]
        heading = material.say(text("Patients of event {number}: {colour}", number=number, colour=colour))
        parts = [slips[i : i + _A_PAGE] for i in range(0, len(slips), _A_PAGE)]
        pages += [Page(heading, slips=part) for part in parts]
    return pages


def _slip(number: str, event: Casualties, row: int, material: Material, with_key: bool) -> Slip:
    say, demand = material.say, material.line.course.demand
    labels = [(say(text("Injury group")), injury(row, event, material))]
    heading = say(text("Patient {number}", number=number))
    if with_key:
        heading = say(text("Patient {number} of {all}", number=number, all=len(event.rows)))
        labels.append((say(text("Comes to")), material.words.short(int(demand.region[row]))))
        labels.append((say(text("Arrives")), material.clock.said(int(demand.arrival_s[row]))))
        labels.append((say(text("Needs")), pathway(row, material)))
        labels.append((say(text("If untreated")), untreated(row, material)))
    else:
        labels.append((say(text("Needs first")), needed_first(row, material)))
        labels += [(say(name), _TO_FILL) for name in (text("Sent to"), text("Received at"))]
    urgency = int(demand.urgency[row])
    return Slip(heading, say(COLOURS[urgency]), _INKS[urgency], labels)
