"""What goes along with injects: METHANE forms, the report of intensive care, casualties for control."""

import numpy as np

from nspl_sim.exercise.inject import Inject
from nspl_sim.exercise.material import KEY, PLAYERS, Material
from nspl_sim.exercise.pages import Page, Table, document, in_parts
from nspl_sim.exercise.situation import Situation
from nspl_sim.exercise.triggers.casualties import GREEN, RED, YELLOW
from nspl_sim.paper import numbers
from nspl_sim.paper.patients import class_name
from nspl_sim.vocabulary.care import NEVER
from nspl_sim.vocabulary.clock import HOUR
from nspl_sim.vocabulary.text import Text, text

UNKNOWN = text("not known")
COLOURS = {1: text("red"), 2: text("yellow"), 3: text("green"), 4: text("green"), 5: text("expectant")}
_ROWS = 17


def attachments(material: Material) -> bytes:
    """Return the players' attachments, in the order in which their injects come."""
    pages: list[Page] = []
    for inject in material.injects:
        if inject.form == "methane":
            pages.append(methane(inject, material))
        elif inject.form == "icu-report":
            pages += reports(inject, material)
    title = material.say(text("Attachments: {title}", title=material.title))
    return document(title, pages, material.sign, material.say(PLAYERS), material.language)


def methane(inject: Inject, material: Material) -> Page:
    """Return the form of an event: what the model knows, and ``not known`` for the rest."""
    say, line = material.say, material.line
    event = line.casualties[inject.number]
    named = material.scenario.streams[line.course.demand.streams[event.stream]].title
    is_first = inject.code == "MASS"
    place = say(text("{region}; exact place not known", region=material.words.region(event.region)))
    values: list[tuple[Text, Text | str]] = [
        (text("M  Major incident"), text("suspected") if is_first else text("confirmed")),
        (text("E  Exact location"), place),
        (text("T  Type of incident"), Text(named) if named else UNKNOWN),
        (text("H  Hazards, present and potential"), UNKNOWN),
        (text("A  Access, rendezvous point"), UNKNOWN),
        (text("N  Number of casualties"), UNKNOWN if is_first else _numbers(inject, material)),
        (text("E  Emergency services, on site and needed"), UNKNOWN),
    ]
    rows = [[say(k), say(v) if isinstance(v, Text) else v] for k, v in values]
    return Page(
        say(text("METHANE: {number}", number=material.words.region(event.region))),
        [(say(text("Scenario time")), inject.scenario_time), (say(text("To")), inject.to)],
        tables=[Table([say(text("Letter")), say(text("Report"))], rows)],
    )


def _numbers(inject: Inject, material: Material) -> str:
    """Return the numbers by priority, as the inject says them."""
    line = material.line
    event = line.casualties[inject.number]
    red, yellow, green = (line.injured(event, inject.time_s, of).value for of in (RED, YELLOW, GREEN))
    whole = line.injured(event, inject.time_s).value
    told = text(
        "{whole} taken to hospitals: {red} red, {yellow} yellow, {green} green, {rest} expectant. Unhurt and "
        "dead on site: not known.",
        whole=whole,
        red=red,
        yellow=yellow,
        green=green,
        rest=whole - red - yellow - green,
    )
    return material.say(told)


def reports(inject: Inject, material: Material) -> list[Page]:
    """Return the report of intensive care as players get it; those that came late an hour later."""
    say, roles = material.say, material.roles.reports
    situation = Situation(material)
    absent = frozenset((*roles.missing, *roles.late))
    note = say(
        text(
            "Beds that can be staffed: occupied and free beds that can be staffed within two hours; beds "
            "that take longer to open are not counted. Respirator places and ECMO are not in the model."
        )
    )
    first = Page(
        say(text("Report of intensive care {time}", time=inject.scenario_time)),
        said=[note],
        tables=[situation.intensive_care(inject.time_s, absent)],
    )
    if not roles.late:
        return [first]
    whole = situation.intensive_care(inject.time_s)
    came = {material.words.short(material.number(key)) for key in roles.late}
    late = Page(
        say(text("Report of intensive care {time}, sent an hour late", time=inject.scenario_time)),
        said=[say(text("Hand out an hour later in the scenario; the figures are an hour old by then."))],
        tables=[Table(whole.head, [row for row in whole.rows if row[0] in came])],
    )
    return [first, late]


def casualties(material: Material) -> bytes:
    """Return the list of casualties of each event that is played, for control: who comes where and when."""
    pages = []
    for event in material.line.casualties:
        if material.clock.day_of(event.onset_s) < 0:
            continue
        for part in in_parts(_people(event.rows, material), _ROWS):
            heading = text("Casualties, {time}", time=material.clock.said(event.onset_s))
            pages.append(Page(material.say(heading), tables=[Table(_heads(material), part)]))
    title = material.say(text("Casualties: {title}", title=material.title))
    return document(title, pages, material.sign, material.say(KEY), material.language)


def _heads(material: Material) -> list[str]:
    heads = (
        text("No."),
        text("Triage"),
        text("Injury group"),
        text("Comes to"),
        text("Arrives"),
        text("If untreated, dies after (h)"),
    )
    return [material.say(h) for h in heads]


def _people(rows: np.ndarray, material: Material) -> list[list[str]]:
    """Return a row a casualty, in order of arrival."""
    demand, say = material.line.course.demand, material.say
    found = []
    for number, row in enumerate(rows[np.argsort(demand.arrival_s[rows], kind="stable")].tolist(), start=1):
        dies_s = int(demand.dies_waiting_s[row, 0])
        key = demand.classes[int(demand.klass[row])]
        found.append(
            [
                str(number),
                say(COLOURS[int(demand.urgency[row])]),
                class_name(material.scenario, key, material.language),
                material.words.short(int(demand.region[row])),
                material.clock.said(int(demand.arrival_s[row])),
                numbers.decimal(dies_s / HOUR, 1, material.language.code)
                if 0 <= dies_s < NEVER
                else say(text("survives the wait")),
            ]
        )
    return found
