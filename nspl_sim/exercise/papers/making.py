"""All files of an exercise, by name: the key and the players' papers are never in one file."""

from collections.abc import Collection, Mapping

from nspl_sim.exercise.edited.changes import as_table
from nspl_sim.exercise.edited.returning import merged
from nspl_sim.exercise.listing.hand import Row
from nspl_sim.exercise.listing.inject import COLUMNS
from nspl_sim.exercise.listing.material import Material
from nspl_sim.exercise.papers import (
    binder,
    cards,
    evaluation,
    events,
    exchange,
    forms,
    opening,
    patients,
    seminar,
)
from nspl_sim.exercise.papers.calendar import calendar
from nspl_sim.exercise.papers.workbook import workbook
from nspl_sim.exercise.printing.pages import Document, Table, html
from nspl_sim.exercise.printing.printed import pdf
from nspl_sim.exercise.printing.word import word
from nspl_sim.paper.tables import csv_bytes
from nspl_sim.reading.showing import slug
from nspl_sim.vocabulary.text import text

WRITERS = {"html": html, "pdf": pdf, "docx": word}
"""How pages are written, by the end of a file's name."""


def files(
    material: Material, edited: Mapping[str, Row] | None = None, ends: Collection[str] = tuple(WRITERS)
) -> dict[str, bytes]:
    """Return every file of the exercise by name; with what people wrote in an *edited* list.

    Pages are written in the formats of *ends* only.
    """
    kept, changes = (material, None) if edited is None else merged(material, edited)
    told = None if changes is None else as_table(changes, kept)
    pages = _pages(of_control(kept) | of_players(kept), ends)
    return {**lists(kept, told), **pages}


def lists(material: Material, changes: Table | None = None) -> dict[str, bytes]:
    """Return the files of exercise control that are no pages."""
    name = material.say(text("key-injects"))
    found = {
        f"{name}.xlsx": workbook(material, changes),
        f"{name}.csv": table(material),
        f"{name}.ics": calendar(material),
        f"{name}.json": exchange.as_json(material),
        f"{name}.schema.json": exchange.schema(),
        f"{material.say(text('key-events'))}.csv": events.table(material),
    }
    return found | by_leader(material) if material.form == "joint" else found


def of_control(material: Material) -> dict[str, Document]:
    """Return the pages of exercise control, with the key, by the name of their file."""
    say = material.say
    made = {
        say(text("key-cards")): cards.of_control(material),
        say(text("key-binder")): binder.file(material),
        say(text("key-control")): evaluation.control(material),
        say(text("key-evaluation")): evaluation.sheets(material),
        say(text("key-casualties")): forms.casualties(material),
        say(text("key-patients")): patients.of_control(material),
    }
    if material.form == "seminar":
        made[say(text("key-seminar"))] = seminar.control(material)
    return made


def of_players(material: Material) -> dict[str, Document]:
    """Return the pages that are handed out, by the name of their file."""
    say = material.say
    made = {
        say(text("players-cards")): cards.of_players(material),
        say(text("players-opening")): opening.file(material),
        say(text("players-attachments")): forms.attachments(material),
    }
    made |= {patients.file_of(n, material): found for n, found in patients.of_players(material).items()}
    if material.form == "seminar":
        made[say(text("players-seminar"))] = seminar.players(material)
    return made


def _pages(documents: Mapping[str, Document], ends: Collection[str]) -> dict[str, bytes]:
    """Return each document that has pages in each format of *ends*; in Word only cards to be worked on."""
    return {
        f"{name}.{end}": write(document)
        for name, document in documents.items()
        for end, write in WRITERS.items()
        if document.pages and end in ends and (end != "docx" or document.is_edited)
    }


def by_leader(material: Material) -> dict[str, bytes]:
    """Return a workbook for each local exercise leader: only their own injects, none to be played early.

    Its other sheets are the whole exercise's, and say so.
    """
    found = {}
    for controller in material.roles.controllers:
        mine = tuple(i for i in material.injects if i.controller == controller.name)
        if controller.local:
            name = f"{material.say(text('key-injects'))}-{slug(controller.name).replace('_', '-')}.xlsx"
            found[name] = workbook(material, only=(controller.name, mine))
    return found


def table(material: Material) -> bytes:
    """Return the list as CSV: ISO times with the zone, a byte order mark for Excel."""
    rows = [inject.row() for inject in material.injects]
    columns = {material.say(title): [row[name] for row in rows] for name, title in COLUMNS.items()}
    return csv_bytes(columns, material.language.code)
