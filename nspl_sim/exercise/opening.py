"""What players have at STARTEX: a page each, the telephone list; and pages for mornings after a night."""

from nspl_sim.exercise.material import PLAYERS, Material
from nspl_sim.exercise.pages import Document, Page, Table, in_parts
from nspl_sim.exercise.roles import Player
from nspl_sim.exercise.situation import Situation
from nspl_sim.exercise.words import Listed, in_one_language
from nspl_sim.paper import numbers
from nspl_sim.vocabulary.text import text

_ROWS = 22


def file(material: Material) -> Document:
    """Return a page for each player, then the telephone list, then pages for later mornings."""
    situation, clock = Situation(material), material.clock
    pages = [_page(player, situation, 0) for player in material.players.values()]
    pages += phones(material)
    for day in range(1, clock.days if clock.night == "runs" else 1):
        pages += [_page(player, situation, day) for player in material.players.values()]
    title = material.say(text("Opening pages: {title}", title=material.title))
    return Document(title, pages, material.sign, material.say(PLAYERS), material.language)


def _page(player: Player, situation: Situation, day: int) -> Page:
    """Return the page of *player* on the morning of *day*, from 0."""
    material = situation.material
    say, clock, code = material.say, material.clock, material.language.code
    now_s = clock.from_s + day * clock.round_s
    begins = text("Day {day} begins", day=day + 1) if day else text("The exercise begins")
    labels = [
        (say(begins), numbers.moment(clock.morning(day), code)),
        (say(text("Then it is in the scenario")), numbers.moment(clock.civil(now_s), code)),
        (say(text("Day D in the scenario")), numbers.date(clock.window.start, code)),
        (say(text("An hour in the room")), say(text("{n} h in the scenario", n=float(clock.tempo)))),
    ]
    if clock.days > 1:
        labels.append((say(text("Played days")), str(clock.days)))
    if material.roles.briefings:
        labels.append((say(text("Briefings")), ", ".join(material.roles.briefings)))
    if material.roles.breaks:
        labels.append((say(text("Breaks")), ", ".join(material.roles.breaks)))
    if player.region is None:
        said = [say(text("You are the joint office. You support, and each region decides for itself."))]
        said += troubles(material, now_s, None)
        return Page(player.name, labels, said, tables=[situation.intensive_care(now_s)])
    region = material.number(player.region)
    tables = [situation.of_region(region, now_s), *situation.other_figures(region, now_s)]
    said = [
        say(text("You lead {region}. This is your situation now.", region=material.words.region(region))),
        say(text("What you do not have on paper you phone for: see the telephone list.")),
        *situation.teams_away(region, now_s),
        *troubles(material, now_s, region),
    ]
    return Page(player.name, labels, said, tables=tables)


def troubles(material: Material, time_s: int, region: int | None) -> list[str]:
    """Return a sentence for each disruption in force; None: with the regions that each hits."""
    names, code = sorted(material.scenario.disruptions), material.language.code
    found = []
    for number, hit in material.line.troubles(time_s).items():
        title = in_one_language(material.scenario.disruptions[names[number]].title or names[number], code)
        where = Listed([r for r in hit if r >= 0])
        if region in hit:
            found.append(text("Going on: {title}.", title=title))
        elif region is None:
            told = text("Going on: {title} ({where}).", title=title, where=where)
            found.append(told if where.regions else text("Going on: {title}.", title=title))
    return [material.words.filled(one, {}) for one in found]


def phones(material: Material) -> list[Page]:
    """Return the telephone list: players, and exercise control for everybody else."""
    say = material.say
    rows = [[one.name, one.phone or "", one.email or ""] for one in material.players.values()]
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
