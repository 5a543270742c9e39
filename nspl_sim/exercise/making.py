"""All files of an exercise, by name: the key and the players' papers are never in one file."""

from collections.abc import Mapping
from dataclasses import replace

from nspl_sim.exercise import binder, cards, evaluation, events, exchange, forms, opening, seminar
from nspl_sim.exercise.calendar import calendar
from nspl_sim.exercise.inject import COLUMNS
from nspl_sim.exercise.material import Material
from nspl_sim.exercise.pages import Table
from nspl_sim.exercise.returning import Row, as_table, merged
from nspl_sim.exercise.workbook import workbook
from nspl_sim.paper.tables import csv_bytes
from nspl_sim.reading.showing import slug
from nspl_sim.vocabulary.text import text


def files(material: Material, edited: Mapping[str, Row] | None = None) -> dict[str, bytes]:
    """Return every file of the exercise by name; with what people wrote in an *edited* list."""
    if edited is None:
        return {**of_control(material), **of_players(material)}
    kept, changes = merged(material, edited)
    return {**of_control(kept, as_table(changes, kept)), **of_players(kept)}


def of_control(material: Material, changes: Table | None = None) -> dict[str, bytes]:
    """Return the files of exercise control, with the key."""
    say = material.say
    found = {
        f"{say(text('key-injects'))}.xlsx": workbook(material, changes),
        f"{say(text('key-injects'))}.csv": table(material),
        f"{say(text('key-injects'))}.ics": calendar(material),
        f"{say(text('key-injects'))}.json": exchange.as_json(material),
        f"{say(text('key-injects'))}.schema.json": exchange.schema(),
        f"{say(text('key-binder'))}.html": binder.file(material),
        f"{say(text('key-control'))}.html": evaluation.control(material),
        f"{say(text('key-evaluation'))}.html": evaluation.sheets(material),
        f"{say(text('key-casualties'))}.html": forms.casualties(material),
        f"{say(text('key-events'))}.csv": events.table(material),
    }
    if material.form == "seminar":
        found[f"{say(text('key-seminar'))}.html"] = seminar.control(material)
    if material.form == "joint":
        found |= by_leader(material)
    return found


def of_players(material: Material) -> dict[str, bytes]:
    """Return the files that are handed out."""
    say = material.say
    found = {
        f"{say(text('players-cards'))}.html": cards.file(material),
        f"{say(text('players-opening'))}.html": opening.file(material),
        f"{say(text('players-attachments'))}.html": forms.attachments(material),
    }
    if material.form == "seminar":
        found[f"{say(text('players-seminar'))}.html"] = seminar.players(material)
    return found


def by_leader(material: Material) -> dict[str, bytes]:
    """Return a workbook for each local exercise leader: only their own injects, none to be played early."""
    found = {}
    for controller in material.roles.controllers:
        mine = tuple(i for i in material.injects if i.controller == controller.name)
        if controller.local:
            own = replace(material, planned=replace(material.planned, injects=mine))
            name = f"{material.say(text('key-injects'))}-{slug(controller.name).replace('_', '-')}.xlsx"
            found[name] = workbook(own)
    return found


def table(material: Material) -> bytes:
    """Return the list as CSV: ISO times with the zone, a byte order mark for Excel."""
    rows = [inject.row() for inject in material.injects]
    columns = {material.say(title): [row[name] for row in rows] for name, title in COLUMNS.items()}
    return csv_bytes(columns, material.language.code)
