"""Cards, one a page: the players' with nothing of the key, the controllers' with all that they need."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from nspl_sim.exercise.listing.inject import Card, Inject
from nspl_sim.exercise.listing.material import KEY, PLAYERS, Material
from nspl_sim.exercise.printing.pages import Document, Page, Table
from nspl_sim.paper import numbers
from nspl_sim.vocabulary.text import text

_SCENE = re.compile(r"D\+(\d+) (\d\d:\d\d)")


def cards(material: Material) -> list[tuple[int, Card]]:
    """Return each player card with its number, in order of time; no briefings or contingency injects."""
    told = (i for i in _played(material) if i.player and i.code != "GENOMG")
    return [(material.numbers[one.inject_id], Card.of(one)) for one in told]


def of_players(material: Material) -> Document:
    """Return the players' cards, in the order and with the numbers of the controllers'."""
    title = material.say(text("Player cards: {title}", title=material.title))
    pages = [page(number, card, material) for number, card in cards(material)]
    return Document(title, pages, material.sign, material.say(PLAYERS), material.language, is_edited=True)


def of_control(material: Material) -> Document:
    """Return the controllers' cards, in the order in which they are played."""
    title = material.say(text("Controllers' cards: {title}", title=material.title))
    reserves = {i.reserve_of: i for i in material.told if i.reserve_of}
    pages = [key_page(one, reserves.get(one.inject_id), material) for one in _played(material)]
    return Document(title, pages, material.sign, material.say(KEY), material.language, is_edited=True)


def _played(material: Material) -> Iterator[Inject]:
    """Yield the injects that are not dropped, without contingency injects."""
    return (i for i in material.told if not i.reserve_of)


def _attached(attachment: str, number: int, material: Material) -> str:
    """Return what is attached, with the number that stands on it: that of the card."""
    return material.say(text("{number}: {name}", number=number, name=attachment)) if attachment else ""


def _in_the_room(wall: datetime, material: Material) -> str:
    """Return a time in the room: ``måndag 8 mars kl. 08:30``."""
    day = numbers.weekday(wall, material.language.code)
    return material.say(text("{day} at {hour}", day=day, hour=f"{wall:%H:%M}"))


def _in_the_scenario(scenario_time: str, material: Material) -> str:
    """Return a time of the scenario with its date: ``D+3 kl. 21:00, lördag 16 januari``."""
    found = _SCENE.fullmatch(scenario_time)
    if found is None:
        return scenario_time
    first = material.clock.window.start
    day = numbers.weekday(first + timedelta(days=int(found[1])), material.language.code)
    return material.say(text("D+{n} at {hour}, {day}", n=found[1], hour=found[2], day=day))


def page(number: int, card: Card, material: Material) -> Page:
    """Return the page of one card."""
    say = material.say
    labels = [
        (say(text("Card")), str(number)),
        (say(text("To")), card.to),
        (say(text("From")), card.sender),
        (say(text("Channel")), card.delivery),
        (say(text("Time in the room")), _in_the_room(datetime.fromisoformat(card.wall_clock), material)),
        (say(text("Scenario time")), _in_the_scenario(card.scenario_time, material)),
        (say(text("Attachment")), _attached(card.attachment, number, material)),
    ]
    shown = [(name, value) for name, value in labels if value]
    return Page(card.subject, shown, read=card.script, lines=[say(text("Notes"))])


def _rank(one: Inject, material: Material) -> str:
    """Return in words how unusual *one* is; nothing where it is not known."""
    if not one.rank or not one.region:
        return one.rank
    where = material.words.region(material.number(one.region))
    told = text(
        "{rank}: in so many replications no more patients are in intensive care in {region} at that time",
        rank=one.rank,
        region=where,
    )
    return material.say(told)


def key_page(one: Inject, reserve: Inject | None, material: Material) -> Page:
    """Return the controllers' page of an inject, its contingency inject *reserve* on the same page."""
    say, number = material.say, material.numbers.get(one.inject_id, 0)
    labels = [
        (say(text("Card")), str(number) if number and one.player else ""),
        (say(text("To")), one.to),
        (say(text("From")), one.sender),
        (say(text("Channel")), one.delivery),
        (say(text("Time in the room")), _in_the_room(one.wall, material)),
        (say(text("Scenario time")), _in_the_scenario(one.scenario_time, material)),
        (say(text("Controller")), one.controller),
        (say(text("Attachment")), _attached(one.attachment, number, material)),
        (say(text("May be sent in the open")), one.open_channel),
        (say(text("Aim")), one.objective),
        (say(text("Note")), one.note),
    ]
    rows = [
        (text("Expected action"), one.expected_action),
        (text("What the plan did"), one.answer),
        (text("State of the simulation"), one.evidence),
        (text("How unusual"), _rank(one, material)),
        (text("To the evaluator"), one.evaluator_note),
    ]
    if reserve:
        due = text("If nothing has come of it at {time}", time=f"{reserve.wall:%H:%M}")
        rows.insert(1, (due, reserve.script))
    told = [(say(name), value) for name, value in rows if value]
    return Page(
        f"{one.inject_id}  {one.subject}",
        [(name, value) for name, value in labels if value],
        read=one.script,
        tables=[Table([say(text("What")), say(text("The key"))], told)] if told else [],
        lines=[say(text("Played at, outcome"))],
    )
