"""The page of exercise control: written anew at every act, and loaded anew by the browser by itself."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from nspl_sim.exercise.listing.inject import Inject
from nspl_sim.exercise.listing.material import KEY, Material
from nspl_sim.exercise.papers.receiving import Receiving
from nspl_sim.exercise.papers.situation import Situation
from nspl_sim.exercise.play import drawing, room
from nspl_sim.exercise.play.fan import Fan
from nspl_sim.exercise.play.in_force import listed
from nspl_sim.exercise.play.log import Line
from nspl_sim.exercise.play.session import Session
from nspl_sim.exercise.play.telling import hour_and_day, quiet, told
from nspl_sim.exercise.printing.pages import HERE as PRINTING
from nspl_sim.exercise.printing.pages import STOP, Table, environment, sheet
from nspl_sim.paper.naming import kind_name, plan_heading
from nspl_sim.vocabulary.text import text

HERE = "nspl_sim.exercise.play"
EVERY_S = 10
"""So often the browser loads the page."""
MOST_NEXT, MOST_LINES = 12, 40
WARD = "ward"
"""The kind of unit whose beds the page shows besides intensive care."""
HOW = text(
    "Those who need intensive care, in a bed, on the way or in line. The thick line is what has been, the "
    "red one staffed beds. The band holds other replications' arrivals from now on, the thin line in it the "
    "middle one. The dotted line is how this course goes on if nobody decides anything more: for exercise "
    "control only. No forecast."
)


@dataclass(frozen=True)
class Due:
    """An inject that is to be played now."""

    heading: str
    labels: list[tuple[str, str]]
    script: str


def page(session: Session, fan: Fan | None) -> bytes:
    """Return the page; it holds the key, and is for exercise control only."""
    material = session.material
    say = material.say
    due, fresh = [one for one in session.due if not one.reserve_of], session.fresh
    words = {
        "language": material.language.code,
        "every_s": EVERY_S,
        "title": say(text("Playing: {title}", title=material.title)),
        "marking": material.sign,
        "version": say(KEY),
        "stop": say(STOP),
        "clock": hour_and_day(session),
        "about": _about(session, material),
        "due": [_due(one, material, session.day) for one in due if one.inject_id in fresh],
        "older": [_due(one, material, session.day) for one in due if one.inject_id not in fresh],
        "reserves": _reserves(session, material),
        "next": _next(session, material),
        "drawing": drawing.drawn(fan, material) if fan else "",
        "fan": drawing.table(fan, material) if fan else None,
        "answers": answers(session, playing=True),
        "others": answers(session, playing=False),
        "wards": beds_of(session, WARD) if WARD in material.scenario.kinds else None,
        "decisions": _decisions(session, material),
        "log": [one for line in session.log.lines[-MOST_LINES:][::-1] for one in _line(line, material)],
        "style": Markup(sheet(PRINTING, "pages.css") + sheet(HERE, "play.css")),
        "label": {
            "due": say(text("Due now")),
            "nothing": quiet(session),
            "older": say(text("Older and not marked")),
            "reserves": say(text("Only if nothing has come of it")),
            "next": say(text("Then")),
            "expect": say(text("What to expect")),
            "how": say(HOW),
            "answers": say(text("What controllers answer now")),
            "others": say(text("Other regions and wards")),
            "decisions": say(text("What the players have decided")),
            "none": say(text("Nothing yet: the course goes as the plan says.")),
            "log": say(text("Log, the latest first")),
            "fresh": say(text("The page loads itself every {n} seconds.", n=EVERY_S)),
        },
    }
    return environment(HERE).get_template("play.html.j2").render(words).encode()


def _about(session: Session, material: Material) -> str:
    said = text(
        "{title}. Plan in the course: {plan}. Replication {number}. {n} h of the scenario in an hour.",
        title=material.title,
        plan=plan_heading(session.setup.plan, material.language),
        number=material.line.replication,
        n=float(session.clock.tempo),
    )
    return material.say(said)


def _due(one: Inject, material: Material, today: int) -> Due:
    say = material.say
    cells = (
        (text("To"), one.to),
        (text("From"), one.sender),
        (text("Channel"), one.delivery),
        (text("Controller"), one.controller),
        (text("Attachment"), one.attachment),
        (text("Expected action"), one.expected_action),
        (text("If nothing is done"), one.contingency),
        (text("In the course"), one.answer),
        (text("Note"), one.note),
    )
    when = room.hour(material.clock, one.wall, today, material.language)
    heading = f"{when}  {one.inject_id}  {one.subject}"
    return Due(heading, [(say(label), value) for label, value in cells if value], one.script)


def _reserves(session: Session, material: Material) -> Table:
    """Return the contingency injects that are due."""
    head = [text("Time in the room"), text("Inject"), text("To"), text("Text to read")]
    due = [one for one in session.due if one.reserve_of]
    rows = [[_hour(i, session), i.reserve_of, i.to, i.script] for i in due]
    return Table([material.say(h) for h in head], rows)


def _next(session: Session, material: Material) -> Table:
    say = material.say
    head = [text("Time in the room"), text("Scenario time"), text("No."), text("To"), text("Subject")]
    rows = [
        [_hour(i, session), i.scenario_time, i.inject_id, i.to, i.subject] for i in session.next[:MOST_NEXT]
    ]
    return Table([say(h) for h in head], rows)


def _hour(one: Inject, session: Session) -> str:
    return room.hour(session.clock, one.wall, session.day, session.setup.language)


def answers(session: Session, playing: bool | None = None) -> Table:
    """Return what controllers answer who are phoned now: intensive care by region, as the binder has it.

    *playing*: only of the regions that play, or only of the others.
    """
    material, now_s = session.course, session.now_s
    situation, receiving, say, line = Situation(material), Receiving(material), material.say, material.line
    play = {material.number(one.region) for one in material.players.values() if one.region}
    head = [
        text("Region"),
        text("Beds"),
        text("Free"),
        text("In line"),
        text("Can receive"),
        text("Earliest"),
    ]
    rows = []
    for region in situation.able:
        if playing in (None, region in play):
            rows.append([*_levels(session, region, line.icu), *receiving.answer(region, now_s)])
    which = text("Intensive care: regions that play") if playing else text("Intensive care: other regions")
    return Table([say(h) for h in head], rows, "" if playing is None else say(which))


def beds_of(session: Session, kind: str) -> Table:
    """Return beds, free ones and who is in line, by region that has units of *kind*."""
    material = session.course
    line, words, number = material.line, material.words, material.line.course.kind_number(kind)
    head = [text("Region"), text("Beds"), text("Free"), text("In line")]
    able = sorted((region for region in line.regions if line.has(region, number)), key=words.short)
    rows = [_levels(session, region, number) for region in able]
    title = kind_name(kind, material.language)
    return Table([material.say(h) for h in head], rows, title[:1].upper() + title[1:])


def _levels(session: Session, region: int, kind: int) -> list[str]:
    """Return a region's name, its beds, those free, and who is in line for them."""
    line, now_s = session.course.line, session.now_s
    found = (line.level(of, region, kind, now_s).value for of in ("staffed", "free", "waiting"))
    return [session.course.words.short(region), *map(str, found)]


def as_lines(table: Table) -> list[str]:
    """Return *table* as lines of text in columns."""
    rows = [list(table.head), *map(list, table.rows)]
    wide = [max(len(row[i]) for row in rows) for i in range(len(table.head))]
    return ["  ".join(cell.ljust(w) for cell, w in zip(row, wide, strict=True)).rstrip() for row in rows]


def _decisions(session: Session, material: Material) -> list[tuple[str, str]]:
    return listed(session.state.decisions, session.now_s, material)


def _line(line: Line, material: Material) -> list[tuple[str, str]]:
    zone = ZoneInfo(material.scenario.time_zone)
    stamp = f"{datetime.fromisoformat(line['stamp']).astimezone(zone):%H:%M:%S}"
    return [(stamp, said) for said in told(line, material)]
