"""All files of an exercise, by name: the key and the players' papers are never in one file."""

from nspl_sim.exercise import binder, cards, evaluation, exchange, forms, opening
from nspl_sim.exercise.calendar import calendar
from nspl_sim.exercise.inject import COLUMNS
from nspl_sim.exercise.material import Material
from nspl_sim.exercise.workbook import workbook
from nspl_sim.paper.tables import csv_bytes
from nspl_sim.vocabulary.text import text


def files(material: Material) -> dict[str, bytes]:
    """Return every file of the exercise by name."""
    say = material.say
    return {
        f"{say(text('key-injects'))}.xlsx": workbook(material),
        f"{say(text('key-injects'))}.csv": table(material),
        f"{say(text('key-injects'))}.ics": calendar(material),
        f"{say(text('key-injects'))}.json": exchange.as_json(material),
        f"{say(text('key-injects'))}.schema.json": exchange.schema(),
        f"{say(text('key-binder'))}.html": binder.file(material),
        f"{say(text('key-control'))}.html": evaluation.control(material),
        f"{say(text('key-evaluation'))}.html": evaluation.sheets(material),
        f"{say(text('key-casualties'))}.html": forms.casualties(material),
        f"{say(text('players-cards'))}.html": cards.file(material),
        f"{say(text('players-opening'))}.html": opening.file(material),
        f"{say(text('players-attachments'))}.html": forms.attachments(material),
    }


def table(material: Material) -> bytes:
    """Return the list as CSV: ISO times with the zone, a byte order mark for Excel."""
    rows = [inject.row() for inject in material.injects]
    columns = {material.say(title): [row[name] for row in rows] for name, title in COLUMNS.items()}
    return csv_bytes(columns, material.language.code)
