"""For those who judge: aims against injects with the gaps, and a sheet for each aim."""

from nspl_sim.exercise.listing import hours
from nspl_sim.exercise.listing.inject import COLUMNS, Inject
from nspl_sim.exercise.listing.material import KEY, Material
from nspl_sim.exercise.papers import axis, patients
from nspl_sim.exercise.papers.overview import GAP, aims, by_aim, gaps, load, of_aim, roles
from nspl_sim.exercise.printing.pages import Document, Page, Table, in_heights, in_parts
from nspl_sim.exercise.triggers import REGISTRY
from nspl_sim.vocabulary.text import text

_ROWS, _MOST_SHOWN = 18, 12
_WIDTHS, _HIGH = (10, 16, 21, 45, 57, 20, 44, 39, 18), 138
"""Of the list in millimetres: widths of its columns, and the height of its rows on a page."""
_OF_THE_LIST = (
    "wall_clock",
    "scenario_time",
    "inject_id",
    "to",
    "delivery",
    "subject",
    "controller",
    "played_at",
)


def control(material: Material) -> Document:
    """Return what hangs on the wall of exercise control: time axis, list by time, aims, load, roles."""
    say, dates = material.say, hours.days(material)
    pages = [*axis.pages(material), *_listed(material)]
    handed = patients.to_hand_out(material)
    pages += [Page(say(text("Patient cards: when to hand out")), tables=[handed])] if handed.rows else []
    pages += [
        Page(say(text("Aims and injects")), tables=[aims(material)], landscape=True),
        Page(say(text("Aims by hour")), tables=[by_aim(material, day) for day in dates], landscape=True),
        Page(say(text("Load")), tables=[load(material, day) for day in dates], landscape=True),
    ]
    table = roles(material)
    for part in in_parts(table.rows, _ROWS):
        pages.append(Page(say(text("Roles")), tables=[Table(table.head, part)]))
    title = say(text("Exercise control: {title}", title=material.title))
    return Document(title, pages, material.sign, say(KEY), material.language)


def _listed(material: Material) -> list[Page]:
    """Return the list in order of time, a day after another, to tick off.

    Contingency injects stand at the time when they are due.
    """
    say, pages = material.say, []
    head = [say(text("Card")), *(say(COLUMNS[name]) for name in _OF_THE_LIST)]
    for day in hours.days(material):
        rows = [_line(one, material) for one in material.by_time if one.wall.date() == day]
        heading = say(text("List of injects by time, {day}", day=hours.named(day, material)))
        parts = in_heights(rows, _WIDTHS, _HIGH)
        pages += [Page(heading, tables=[Table(head, part, "", _WIDTHS)], landscape=True) for part in parts]
    return pages


def _line(one: Inject, material: Material) -> list[str]:
    """Return an inject as it stands in the list, with a cell to tick off."""
    return [
        str(material.numbers.get(one.inject_id, "")),
        f"{one.wall:%H:%M}",
        one.scenario_time,
        one.inject_id,
        one.to,
        one.delivery,
        one.subject if not one.reserve_of else f"({one.type}) {one.subject}",
        one.controller,
        "",
    ]


def sheets(material: Material) -> Document:
    """Return a sheet for each aim: what to look for, and room to write."""
    say = material.say
    pages, empty = [], gaps(material)
    for aim in material.roles.aims.values():
        mine = of_aim(aim, material)
        questions = [
            [code, say(REGISTRY[code].title), say(REGISTRY[code].wording.question)]
            for code in aim.triggers
            if any(i.code == code for i in mine)
        ]
        questions += [[i.inject_id, i.subject, _of_own(i, material)] for i in mine if i.code not in REGISTRY]
        first = sorted(mine, key=lambda i: (-i.weight, i.wall_clock))[:_MOST_SHOWN]
        due = [one for one in material.by_time if one in first]
        rows = [[hours.said(i.wall, material), i.inject_id, i.to, i.subject, ""] for i in due]
        head = [text("Time in the room"), text("No."), text("To"), text("Subject"), text("Seen")]
        looked = [say(text("Trigger")), say(text("Event")), say(text("Look for"))]
        tables = [Table(looked, questions)] if questions else []
        if rows:
            caption = text("{shown} of {count} injects, the weightiest", shown=len(rows), count=len(mine))
            caption = caption if len(rows) < len(mine) else text("All injects of this aim")
            tables.append(Table([say(h) for h in head], rows, say(caption)))
        title = aim.title.in_language(material.language.code)
        gap = [say(GAP), *empty[title]] if title in empty else []
        pages.append(Page(title, said=gap, tables=tables))
        write = [say(text("What went well")), say(text("What did not")), say(text("Proposal, who and when"))]
        pages.append(Page(say(text("{aim}: observations", aim=title)), lines=write))
    document_title = say(text("Evaluation: {title}", title=material.title))
    return Document(document_title, pages, material.sign, say(KEY), material.language)


def _of_own(one: Inject, material: Material) -> str:
    """Return what to look for in a row that a person added: what is expected, and what to judge."""
    told = ((text("Expected action"), one.expected_action), (text("To the evaluator"), one.evaluator_note))
    return " ".join(f"{material.say(name)}: {words}" for name, words in told if words)
