"""Player cards: one a page, with what the player is told and nothing of the key."""

from nspl_sim.exercise.inject import Card
from nspl_sim.exercise.material import PLAYERS, Material
from nspl_sim.exercise.pages import Page, document
from nspl_sim.vocabulary.text import text


def cards(material: Material) -> list[tuple[str, Card]]:
    """Return each player's key and card, by player and then by time; contingency injects are not cards."""
    order = list(material.players)
    told = [i for i in material.injects if i.player and not i.reserve_of]
    told.sort(key=lambda i: (order.index(i.player), i.wall_clock, i.inject_id))
    return [(one.player, Card.of(one)) for one in told]


def page(card: Card, material: Material) -> Page:
    """Return the page of one card."""
    say = material.say
    labels = [
        (say(text("To")), card.to),
        (say(text("From")), card.sender),
        (say(text("Channel")), card.delivery),
        (say(text("Scenario time")), card.scenario_time),
    ]
    if card.attachment:
        labels.append((say(text("Attachment")), card.attachment))
    return Page(card.subject, labels, read=card.script, lines=[say(text("Notes"))])


def file(material: Material) -> bytes:
    """Return the cards for print."""
    title = material.say(text("Player cards: {title}", title=material.title))
    pages = [page(card, material) for _, card in cards(material)]
    return document(title, pages, material.sign, material.say(PLAYERS), material.language)
