"""What goes along with injects: METHANE forms, the report of intensive care, casualties for control."""

from dataclasses import replace

from nspl_sim.exercise.course.facts import COLOURS
from nspl_sim.exercise.course.happened import Casualties
from nspl_sim.exercise.course.words import in_one_language
from nspl_sim.exercise.listing import scenes
from nspl_sim.exercise.listing.inject import Inject
from nspl_sim.exercise.listing.material import KEY, PLAYERS, Material
from nspl_sim.exercise.papers import patients
from nspl_sim.exercise.papers.situation import Situation
from nspl_sim.exercise.printing.pages import Document, Page, Table, in_parts
from nspl_sim.exercise.triggers.casualties import GREEN, RED, YELLOW
from nspl_sim.exercise.triggers.routine import absent, belated
from nspl_sim.reading.part import Bilingual
from nspl_sim.vocabulary.clock import HOUR
from nspl_sim.vocabulary.text import Text, text

UNKNOWN = text("not known")
ARRIVALS = text(
    "Who comes where and when is the scenario's: its share of the injured for each region, and one curve of "
    "arrivals for the whole event. The way from the scene is not in it: where the way is long, let them come "
    "later."
)
_ROWS = 24


def attachments(material: Material) -> Document:
    """Return the players' attachments, in the order in which their injects come."""
    pages = [
        _titled(page, inject, material) for inject in material.told for page in pages_of(inject, material)
    ]
    title = material.say(text("Attachments: {title}", title=material.title))
    return Document(title, pages, material.sign, material.say(PLAYERS), material.language)


def pages_of(inject: Inject, material: Material) -> list[Page]:
    """Return the pages that go along with *inject*."""
    match inject.form:
        case "methane":
            return [methane(inject, material)]
        case "icu-report":
            return reports(inject, material)
        case "icu-late":
            return late_reports(inject, material)
        case "region-report":
            return [own_report(inject, material)]
    return []


def _titled(page: Page, inject: Inject, material: Material) -> Page:
    """Return *page* under the title by which the card calls it."""
    number = material.numbers[inject.inject_id]
    heading = text("Attachment {number}: {name}", number=number, name=inject.attachment)
    to = {material.say(text("To")): inject.to}
    labels = [(material.say(text("What")), page.heading), *({**to, **dict(page.labels)}).items()]
    return replace(page, heading=material.say(heading), labels=labels)


def methane(inject: Inject, material: Material) -> Page:
    """Return the form of an event: what the model knows, and ``not known`` for the rest."""
    say, line = material.say, material.line
    event = line.casualties[inject.number]
    key = line.course.demand.streams[event.stream]
    named = material.scenario.streams[key].title
    scene = scenes.of(event, material)
    is_first = inject.code == "MASS"
    region = material.words.region(event.region)
    place = say(text("{region}; exact place not known", region=region))
    if scene.place:
        place = f"{region}; {_said(scene.place, material)}"
    what = in_one_language(named, material.language.code) if named else UNKNOWN
    values: list[tuple[Text, Text | str]] = [
        (text("M  Major incident"), text("suspected") if is_first else text("confirmed")),
        (text("E  Exact location"), place),
        (text("T  Type of incident"), _said(scene.what, material) if scene.what else what),
        (text("H  Hazards, present and potential"), _said(scene.hazards, material)),
        (text("A  Access, rendezvous point"), _said(scene.access, material)),
        (text("N  Number of casualties"), UNKNOWN if is_first else _numbers(inject, material)),
        (text("E  Emergency services, on site and needed"), _said(scene.units, material)),
    ]
    rows = [[say(k), say(v) if isinstance(v, Text) else v] for k, v in values]
    return Page(
        say(text("METHANE: {number}", number=material.words.region(event.region))),
        [
            (say(text("From")), inject.sender),
            (say(text("To")), inject.to),
            (say(text("Scenario time")), inject.scenario_time),
        ],
        tables=[Table([say(text("Letter")), say(text("Report"))], rows)],
    )


def _said(words: Bilingual | None, material: Material) -> str:
    return words.in_language(material.language.code) if words else material.say(UNKNOWN)


def _numbers(inject: Inject, material: Material) -> str:
    """Return the numbers by priority, as the inject says them."""
    line = material.line
    event = line.casualties[inject.number]
    red, yellow, green = (line.injured(event, inject.time_s, of).value for of in (RED, YELLOW, GREEN))
    whole = line.injured(event, inject.time_s).value
    told = text(
        "{whole} taken to hospitals: red {red}, yellow {yellow}, green {green}, expectant {rest}. Unhurt and "
        "dead on site: not known.",
        whole=whole,
        red=red,
        yellow=yellow,
        green=green,
        rest=whole - red - yellow - green,
    )
    return material.say(told)


def reports(inject: Inject, material: Material) -> list[Page]:
    """Return the report of intensive care and the regions' reports, as the joint office gets them."""
    say, situation, line = material.say, Situation(material), material.line
    hidden = frozenset(line.course.regions[r] for r in absent(line, material.roles, inject.time_s))
    note = text(
        "1: occupied, and free beds that can be staffed within two hours; beds that take longer to open are "
        "not counted. 4: not occupied nor promised to anybody on the way. Which beds have a respirator is "
        "not in the model; nor is ECMO (5)."
    )
    players = frozenset(one.region for one in material.players.values() if one.region)
    return [
        Page(
            say(text("Report of intensive care {time}", time=inject.scenario_time)),
            said=[say(note)],
            tables=[situation.intensive_care(inject.time_s, hidden)],
        ),
        Page(
            say(text("Situation reports of the regions {time}", time=inject.scenario_time)),
            tables=[situation.regional(inject.time_s, hidden, players)],
        ),
    ]


def late_reports(inject: Inject, material: Material) -> list[Page]:
    """Return the reports that came an hour late, with the figures of the hour at which they were due."""
    say, situation, due_s = material.say, Situation(material), inject.time_s - HOUR
    line = material.line
    late = frozenset(line.course.regions[r] for r in belated(line, material.roles, due_s))
    others = frozenset(material.line.course.regions) - late
    due = material.clock.said(due_s)
    heading = text("Late reports {time}; the figures are those of {due}", time=inject.scenario_time, due=due)
    players = frozenset(one.region for one in material.players.values() if one.region)
    tables = [situation.intensive_care(due_s, others), situation.regional(due_s, others, players & late)]
    came = {material.words.short(material.number(key)) for key in late}
    shown = [Table(one.head, [row for row in one.rows if row[0] in came]) for one in tables]
    return [Page(say(heading), tables=[one for one in shown if one.rows])]


def own_report(inject: Inject, material: Material) -> Page:
    """Return the figures that a region has for its own report."""
    say, situation, time_s = material.say, Situation(material), inject.time_s
    region = material.number(inject.region)
    told = text("Figures of {region} {time}", region=material.words.region(region), time=inject.scenario_time)
    lines = [say(text("Decisions made")), say(text("Needs: number, urgency, until when"))]
    lines.append(say(text("How we judge the next day")))
    tables = [situation.of_region(region, time_s), *situation.made_of(region, time_s)]
    tables += situation.other_figures(region, time_s)
    crowded = situation.crowded(region, time_s)
    return Page(say(told), [(say(text("To")), inject.to)], crowded, tables=tables, lines=lines)


def casualties(material: Material) -> Document:
    """Return the list of casualties of each event that is played, for control: who comes where and when."""
    pages = []
    for number, event in patients.played(material):
        for part in in_parts(_people(number, event, material), _ROWS):
            when = material.clock.said(event.onset_s)
            heading = text("Casualties of event {number}, {time}", number=number, time=when)
            called = text("Its name in the roles: {name}", name=scenes.name(event, material))
            told, tables = [material.say(ARRIVALS), material.say(called)], [Table(_heads(material), part)]
            pages.append(Page(material.say(heading), said=told, tables=tables))
    title = material.say(text("Casualties: {title}", title=material.title))
    return Document(title, pages, material.sign, material.say(KEY), material.language)


def _heads(material: Material) -> list[str]:
    heads = (
        text("No."),
        text("Triage"),
        text("Injury group"),
        text("Comes to"),
        text("Arrives"),
        text("If untreated"),
    )
    return [material.say(h) for h in heads]


def _people(number: int, event: Casualties, material: Material) -> list[list[str]]:
    """Return a row a casualty, in order of arrival, with the number of the patient's card."""
    demand, say = material.line.course.demand, material.say
    cards = {row: place for place, row in enumerate(patients.by_triage(event, material), start=1)}
    return [
        [
            f"{number}-{cards[row]:03}",
            say(COLOURS[int(demand.urgency[row])]),
            patients.injury(row, event, material),
            material.words.short(int(demand.region[row])),
            material.clock.said(int(demand.arrival_s[row])),
            patients.untreated(row, material),
        ]
        for row in patients.in_order(event, material)
    ]
