"""For those who judge: aims against injects with the gaps, and a sheet for each aim."""

from collections import Counter

from nspl_sim.exercise import axis
from nspl_sim.exercise.inject import COLUMNS
from nspl_sim.exercise.material import KEY, Material
from nspl_sim.exercise.overview import GAP, aims, load, of_aim, roles
from nspl_sim.exercise.pages import Document, Page, Table, in_parts
from nspl_sim.exercise.triggers import REGISTRY
from nspl_sim.paper import numbers
from nspl_sim.vocabulary.text import text

_ROWS, _MOST_SHOWN, _LISTED = 18, 12, 12
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
    say = material.say
    pages = [*axis.pages(material), *_listed(material)]
    pages += [
        Page(say(text("Aims and injects")), tables=[aims(material)], landscape=True),
        Page(say(text("Aims by hour")), tables=_day_by_day(_matrix(material), material), landscape=True),
        Page(say(text("Load")), tables=_day_by_day(load(material), material), landscape=True),
    ]
    table = roles(material)
    for part in in_parts(table.rows, _ROWS):
        pages.append(Page(say(text("Roles")), tables=[Table(table.head, part)]))
    title = say(text("Exercise control: {title}", title=material.title))
    return Document(title, pages, material.sign, say(KEY), material.language)


def _listed(material: Material) -> list[Page]:
    """Return the list in order of time, contingency injects at the time when they are due, to tick off."""
    say = material.say
    due = sorted(material.told, key=lambda i: (i.wall_clock, i.inject_id))
    rows = [
        [
            str(material.numbers.get(i.inject_id, "")),
            f"{i.wall:%m-%d %H:%M}",
            i.scenario_time,
            i.inject_id,
            i.to,
            i.delivery,
            i.subject if not i.reserve_of else f"({i.type}) {i.subject}",
            i.controller,
            "",
        ]
        for i in due
    ]
    head = [say(text("Card")), *(say(COLUMNS[name]) for name in _OF_THE_LIST)]
    heading = say(text("List of injects by time"))
    return [Page(heading, tables=[Table(head, part)], landscape=True) for part in in_parts(rows, _LISTED)]


def _matrix(material: Material) -> Table:
    """Return how many injects of each aim every hour in the room holds; a dash is a gap."""
    told = [i for i in material.told if not i.reserve_of]
    hours = sorted({i.wall_clock[:13] for i in told})
    rows = []
    for aim in material.roles.aims.values():
        count = Counter(i.wall_clock[:13] for i in of_aim(aim, material))
        title = aim.title.in_language(material.language.code)
        rows.append([title, *(str(count[hour]) if count[hour] else "–" for hour in hours)])
    head = [material.say(text("Aim, by hour in the room (– is a gap)"))]
    return Table([*head, *(f"{h[5:10]} {h[11:]}:00" for h in hours)], rows)


def _day_by_day(table: Table, material: Material) -> list[Table]:
    """Return *table*, whose columns but the first are hours such as ``03-08 09:00``, as a table a day."""
    days = {head[:5]: material.clock.startex for head in table.head[1:]}
    for day in range(material.clock.days + 1):
        morning = material.clock.morning(day)
        days |= {f"{morning:%m-%d}": morning}
    found = []
    for key, date in days.items():
        columns = [i for i, head in enumerate(table.head) if i == 0 or head.startswith(key)]
        head = [table.head[i] if i == 0 else table.head[i][6:] for i in columns]
        rows = [[row[i] for i in columns] for row in table.rows]
        if len(columns) > 1:
            found.append(Table(head, rows, numbers.date(date, material.language.code)))
    return found


def sheets(material: Material) -> Document:
    """Return a sheet for each aim: what to look for, and room to write."""
    say = material.say
    pages = []
    for aim in material.roles.aims.values():
        mine = of_aim(aim, material)
        questions = [
            [code, say(REGISTRY[code].title), say(REGISTRY[code].wording.question)]
            for code in aim.triggers
            if any(i.code == code for i in mine)
        ]
        first = sorted(mine, key=lambda i: (-i.weight, i.wall_clock))[:_MOST_SHOWN]
        due = sorted(first, key=lambda i: (i.wall_clock, i.inject_id))
        rows = [[i.wall_clock[5:16].replace("T", " "), i.inject_id, i.to, i.subject, ""] for i in due]
        head = [text("Time in the room"), text("No."), text("To"), text("Subject"), text("Seen")]
        tables = [Table([say(text("Trigger")), say(text("Event")), say(text("Look for"))], questions)]
        if rows:
            caption = text("{shown} of {count} injects, the weightiest", shown=len(rows), count=len(mine))
            tables.append(Table([say(h) for h in head], rows, say(caption)))
        title = aim.title.in_language(material.language.code)
        pages.append(Page(title, said=[] if mine else [say(GAP)], tables=tables))
        write = [say(text("What went well")), say(text("What did not")), say(text("Proposal, who and when"))]
        pages.append(Page(say(text("{aim}: observations", aim=title)), lines=write))
    document_title = say(text("Evaluation: {title}", title=material.title))
    return Document(document_title, pages, material.sign, say(KEY), material.language)
