"""Cards, one a page: the players' with nothing of the key, the controllers' with all that they need."""

from collections.abc import Iterator
from datetime import datetime

from nspl_sim.exercise.listing.inject import Card, Inject
from nspl_sim.exercise.listing.material import KEY, PLAYERS, Material
from nspl_sim.exercise.printing.pages import Document, Page, Table
from nspl_sim.vocabulary.text import text


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


def page(number: int, card: Card, material: Material) -> Page:
    """Return the page of one card."""
    say = material.say
    labels = [
        (say(text("Card")), str(number)),
        (say(text("To")), card.to),
        (say(text("From")), card.sender),
        (say(text("Channel")), card.delivery),
        (say(text("Time in the room")), f"{datetime.fromisoformat(card.wall_clock):%Y-%m-%d %H:%M}"),
        (say(text("Scenario time")), card.scenario_time),
        (say(text("Attachment")), _attached(card.attachment, number, material)),
    ]
    shown = [(name, value) for name, value in labels if value]
    return Page(card.subject, shown, read=card.script, lines=[say(text("Notes"))])


def key_page(one: Inject, reserve: Inject | None, material: Material) -> Page:
    """Return the controllers' page of an inject, its contingency inject *reserve* on the same page."""
    say, number = material.say, material.numbers[one.inject_id]
    labels = [
        (say(text("Card")), str(number) if one.player and one.code != "GENOMG" else ""),
        (say(text("To")), one.to),
        (say(text("From")), one.sender),
        (say(text("Channel")), one.delivery),
        (say(text("Time in the room")), f"{one.wall:%Y-%m-%d %H:%M}"),
        (say(text("Scenario time")), one.scenario_time),
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
        (text("How unusual"), one.rank),
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
