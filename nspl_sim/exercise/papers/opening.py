"""What players have at STARTEX: the background, a page each, the telephone list; and for later mornings."""

from nspl_sim.exercise.listing import hours
from nspl_sim.exercise.listing.material import PLAYERS, Material
from nspl_sim.exercise.papers.background import Background
from nspl_sim.exercise.papers.situation import Situation
from nspl_sim.exercise.printing.pages import Document, Page, Table, in_parts
from nspl_sim.exercise.setting.roles import Player
from nspl_sim.exercise.triggers.routine import absent
from nspl_sim.paper import numbers
from nspl_sim.vocabulary.text import text

_ROWS = 22


def file(material: Material) -> Document:
    """Return the background and a page for each player, the telephone list, and pages for later mornings."""
    situation, clock = Situation(material), material.clock
    pages = _morning(situation, 0) + phones(material)
    for day in range(1, clock.days if clock.night == "runs" else 1):
        pages += _morning(situation, day)
    title = material.say(text("Opening pages: {title}", title=material.title))
    return Document(title, pages, material.sign, material.say(PLAYERS), material.language)


def _morning(situation: Situation, day: int) -> list[Page]:
    """Return the pages of the morning of *day*, from 0: one for all, and one for each player."""
    material, clock = situation.material, situation.material.clock
    known = Background(material, clock.from_s + day * clock.round_s)
    pages = [_page(player, situation, known, day) for player in material.players.values()]
    said, tables = known.said() if day == 0 else [], known.tables()
    if not said and not tables:
        return pages
    heading = material.say(text("Background, for all players"))
    return [Page(heading, _labels(material, day), said, tables=tables), *pages]


def _labels(material: Material, day: int) -> list[tuple[str, str]]:
    """Return when *day* begins in the room and in the scenario, and how it is played."""
    say, clock, code = material.say, material.clock, material.language.code
    now_s = clock.from_s + day * clock.round_s
    begins = text("Day {day} begins", day=day + 1) if day else text("The exercise begins")
    labels = [
        (say(begins), numbers.moment(clock.morning(day), code)),
        (say(text("Then it is in the scenario")), numbers.moment(clock.civil(now_s), code)),
        (say(text("Day D in the scenario")), numbers.date(clock.window.start, code)),
        (say(text("An hour in the room")), say(text("{n} h in the scenario", n=float(clock.tempo)))),
    ]
    last = clock.evening(clock.days - 1)
    labels.append((say(text("ENDEX in the room")), numbers.moment(last, code)))
    labels.append((say(text("ENDEX in the scenario")), numbers.moment(clock.civil(clock.to_s), code)))
    if clock.days > 1:
        labels.append((say(text("Played days")), str(clock.days)))
    briefings, breaks = hours.briefings(material), hours.breaks(material)
    if briefings:
        labels.append((say(text("Briefings")), ", ".join(briefings)))
    if breaks:
        labels.append((say(text("Breaks")), ", ".join(breaks)))
    return labels


def _page(player: Player, situation: Situation, known: Background, day: int) -> Page:
    """Return the page of *player* on the morning of *day*."""
    material, now_s = situation.material, known.time_s
    say, labels = material.say, _labels(material, day)
    own = [player.background.in_language(material.language.code)] if player.background and not day else []
    if player.region is None:
        said = [say(text("You are the joint office. You support, and each region decides for itself."))]
        line = material.line
        silent = frozenset(line.course.regions[r] for r in absent(line, material.roles, now_s))
        return Page(player.name, labels, said + own, tables=[situation.intensive_care(now_s, silent)])
    region = material.number(player.region)
    tables = [situation.of_region(region, now_s), *situation.made_of(region, now_s)]
    tables += situation.other_figures(region, now_s)
    said = [
        say(text("You lead {region}. This is your situation now.", region=material.words.region(region))),
        *own,
        *situation.crowded(region, now_s),
        *known.of_region(region),
        say(text("Free are the staffed beds that are neither occupied nor promised; never less than none.")),
        say(text("What you do not have on paper you phone for: see the telephone list.")),
    ]
    return Page(player.name, labels, said, tables=tables)


def phones(material: Material) -> list[Page]:
    """Return the telephone list: players, and exercise control for everybody else."""
    say = material.say
    rows = []
    for one in material.players.values():
        rows.append([one.name, one.phone or "", one.email or ""])
        staff = (material.words.function(one, name) for name in one.functions.values())
        rows += [[name, one.phone or "", ""] for name in dict.fromkeys(staff)]
    for controller in material.roles.controllers:
        named = [material.words.region(material.number(key)) for key in controller.regions or ()]
        played = {one.region for one in material.players.values()}
        others = [
            material.words.short(r)
            for r in material.line.regions
            if material.line.course.regions[r] not in played
        ]
        everyone = say(text("everybody who does not play"))
        rest = ", ".join(others) if 0 < len(others) <= 12 else everyone
        answers = ", ".join(named) if controller.regions else rest
        plays = say(text("{name}, answers for: {who}", name=controller.name, who=answers))
        rows.append([plays, controller.phone or "", ""])
    head = [say(text("Who")), say(text("Telephone")), say(text("E-mail"))]
    heading = say(text("Telephone list"))
    return [Page(heading, tables=[Table(head, part)]) for part in in_parts(rows, _ROWS)]
