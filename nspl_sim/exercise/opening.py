"""What players have at STARTEX: one page each, and the telephone list."""

from nspl_sim.exercise.material import PLAYERS, Material
from nspl_sim.exercise.pages import Page, Table, document, in_parts
from nspl_sim.exercise.roles import Player
from nspl_sim.exercise.situation import Situation
from nspl_sim.paper import numbers
from nspl_sim.vocabulary.text import text

_ROWS = 22


def file(material: Material) -> bytes:
    """Return a page for each player, then the telephone list."""
    situation = Situation(material)
    pages = [_page(player, situation) for player in material.players.values()]
    title = material.say(text("Opening pages: {title}", title=material.title))
    pages += phones(material)
    return document(title, pages, material.sign, material.say(PLAYERS), material.language)


def _page(player: Player, situation: Situation) -> Page:
    material = situation.material
    say, clock, code = material.say, material.clock, material.language.code
    begins = clock.civil(clock.from_s)
    labels = [
        (say(text("The exercise begins")), numbers.moment(clock.startex, code)),
        (say(text("Then it is in the scenario")), numbers.moment(begins, code)),
        (say(text("An hour in the room")), say(text("{n} h in the scenario", n=float(clock.tempo)))),
    ]
    if clock.days > 1:
        labels.append((say(text("Played days")), str(clock.days)))
    if material.roles.briefings:
        labels.append((say(text("Briefings")), ", ".join(material.roles.briefings)))
    if player.region is None:
        said = [say(text("You are the joint office. You support, and each region decides for itself."))]
        return Page(player.name, labels, said, tables=[situation.intensive_care(clock.from_s)])
    region = material.number(player.region)
    parked = situation.vehicles(region, clock.from_s)
    vehicles = [[name, str(there)] for name, there in zip(situation.modes, parked, strict=True) if there]
    tables = [situation.of_region(region, clock.from_s)]
    if vehicles:
        tables.append(Table([say(text("Vehicles at base")), say(text("Number"))], vehicles))
    said = [
        say(text("You lead {region}. This is your situation now.", region=material.words.region(region))),
        say(text("What you do not have on paper you phone for: see the telephone list.")),
    ]
    return Page(player.name, labels, said, tables=tables)


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
