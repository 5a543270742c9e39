"""A seminar: a few time jumps, each one picture and at most four questions; what control has beside it."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from html import escape

import numpy as np

from nspl_sim.exercise.listing import hours
from nspl_sim.exercise.listing.hand import is_untouched
from nspl_sim.exercise.listing.inject import Inject
from nspl_sim.exercise.listing.later import is_counted_anew
from nspl_sim.exercise.listing.material import KEY, PLAYERS, Material
from nspl_sim.exercise.papers.background import COUNTED_S
from nspl_sim.exercise.papers.forms import pages_of
from nspl_sim.exercise.papers.situation import Situation
from nspl_sim.exercise.printing.pages import Document, Page, Table
from nspl_sim.exercise.triggers.routine import FIXED, absent
from nspl_sim.vocabulary.clock import HOUR
from nspl_sim.vocabulary.text import text

JUMPS, QUESTIONS = 4, 4
NEAR = 2 * HOUR
"""What is no longer ago than this may stand beside a picture."""
_OF_AN_EVENT = ("MASS", "UPPD", "INKOM")
"""Codes of what is told of one event, in the order of time: the later makes the earlier old."""
_LEFT, _WIDTH, _ROW = 170, 900, 19


def jumps(material: Material) -> list[tuple[int, tuple[Inject, ...]]]:
    """Return each jump's second, and the weightiest injects until the next, first one of each trigger.

    The second is that of the last of the weightiest, at a whole hour where there is one. What can be counted
    anew is told as it is then, what is no question any more is left out, and what is long past gives way:
    picture and questions are of one hour.
    """
    clock, whole_hours = material.clock, material.clock.hours()
    places = [whole_hours[i * len(whole_hours) // JUMPS] for i in range(min(JUMPS, len(whole_hours)))]
    found: list[tuple[int, tuple[Inject, ...]]] = []
    for number, time_s in enumerate(places):
        until = places[number + 1] if number + 1 < len(places) else clock.to_s + 1
        used = {i.inject_id for _, earlier in found for i in earlier}
        due = [i for i in material.told if not i.reserve_of and time_s - HOUR < i.time_s < until]
        due = [i for i in due if i.code != "GENOMG" and i.inject_id not in used]
        due.sort(key=lambda i: (i.code in FIXED, -i.weight, i.time_s, i.inject_id))
        first = _one_of_each(due)
        ranked = [*first, *(i for i in due if i not in first)]
        last = max([time_s, *(i.time_s for i in ranked[:QUESTIONS])])
        whole = next((t for t in whole_hours if last <= t <= until), last)
        old = _made_old(whole, material)
        asked = (_at(i, whole, material) for i in ranked if i.time_s <= whole and i.inject_id not in old)
        told = [one for one in asked if one is not None]
        told.sort(key=lambda i: whole - i.time_s > NEAR)
        chosen = sorted(told[:QUESTIONS], key=lambda i: (i.time_s, i.inject_id))
        found.append((whole, tuple(chosen)))
    return found


def _at(one: Inject, time_s: int, material: Material) -> Inject | None:
    """Return *one* as it is told at *time_s*, None: it is not so then.

    A person's words, and what is told of one moment only, are unchanged.
    """
    again = material.planned.later.get(one.inject_id)
    if again is None or one.time_s == time_s or not is_untouched(one) or not is_counted_anew(one.code):
        return one
    return again(time_s)


def _made_old(time_s: int, material: Material) -> set[str]:
    """Return the numbers of what newer has been told of by *time_s*: of each event all but the newest.

    An alarm that says the number of injured is not known yet is old once it is.
    """
    newest: dict[tuple[int, ...], Inject] = {}
    by_now = [i for i in material.told if i.code in _OF_AN_EVENT and i.time_s <= time_s and not i.reserve_of]
    for one in sorted(by_now, key=_age):
        newest[_event(one)] = one
    asked = {
        one.inject_id
        for (_, onset_s, *_), one in newest.items()
        if one.code != "MASS" or time_s < onset_s + COUNTED_S
    }
    return {one.inject_id for one in by_now} - asked


def _event(one: Inject) -> tuple[int, ...]:
    """Return the stream and the second of the event that *one* tells of."""
    return one.facts[0].of_what[:2]


def _age(one: Inject) -> tuple[int, ...]:
    """Return how new *one* is: by what it tells, by its hour; of one hour the one that tells of more."""
    hour_s = one.time_s if one.code == "INKOM" else 0
    return _OF_AN_EVENT.index(one.code), hour_s, one.facts[0].value, -one.time_s


def _heading(number: int, time_s: int, material: Material) -> str:
    """Return what a time jump is called, with its time in the scenario and in the room."""
    wall = material.clock.wall(time_s)
    told = {"number": number, "when": material.clock.said(time_s)}
    room = hours.said(wall, material) if wall else ""
    return material.say(text("Time jump {number}: {when} (in the room {room})", room=room, **told))


def _one_of_each(injects: Sequence[Inject]) -> list[Inject]:
    """Return the first of each trigger."""
    first: dict[str, Inject] = {}
    for one in injects:
        first.setdefault(one.code, one)
    return list(first.values())


def players(material: Material) -> Document:
    """Return for each jump the picture, the questions, and what goes along with them."""
    situation, say = Situation(material), material.say
    pages = []
    for number, (time_s, injects) in enumerate(jumps(material), start=1):
        heading = _heading(number, time_s, material)
        caption = say(text("Occupied intensive care beds of those with staff"))
        silent = frozenset(absent(material.line, material.roles, time_s))
        drawn = _said(material, situation.able, time_s, silent)
        picture = _picture(situation, time_s, silent)
        pages.append(Page(heading, said=[caption], drawing=picture, drawn=drawn))
        asked = [_question(place, one, material) for place, one in enumerate(injects, start=1)]
        pages.append(Page(say(text("Time jump {number}: questions", number=number)), said=asked))
        pages += [
            replace(page, heading=_attached(number, place, one, material))
            for place, one in enumerate(injects, start=1)
            for page in pages_of(one, material)
        ]
    title = say(text("Seminar: {title}", title=material.title))
    return Document(title, pages, material.sign, say(PLAYERS), material.language)


def _question(place: int, one: Inject, material: Material) -> str:
    """Return a question, and where what goes along with it is to be found."""
    asked = f"{place}. {one.to}. {one.script}"
    return f"{asked} {material.say(text('(Attached on the pages that follow.)'))}" if one.form else asked


def _attached(number: int, place: int, one: Inject, material: Material) -> str:
    told = {"number": number, "place": place, "name": one.attachment}
    return material.say(text("Time jump {number}, to question {place}: {name}", **told))


def control(material: Material) -> Document:
    """Return what control has beside it, a table a question: what to look for, and what the plan did."""
    say = material.say
    pages = []
    for number, (time_s, injects) in enumerate(jumps(material), start=1):
        tables = [_key(place, one, material) for place, one in enumerate(injects, start=1)]
        pages.append(Page(_heading(number, time_s, material), tables=tables))
    title = say(text("Seminar: {title}", title=material.title))
    return Document(title, pages, material.sign, say(KEY), material.language)


def _key(place: int, one: Inject, material: Material) -> Table:
    """Return the key of a question; a row without words is left out."""
    say = material.say
    rows = [
        (text("Expected action"), one.expected_action),
        (text("To the evaluator"), one.evaluator_note),
        (text("What the plan did"), one.answer),
        (text("State of the simulation"), one.evidence),
    ]
    told = [(say(name), words) for name, words in rows if words]
    head = [say(text("What")), say(text("The key"))]
    return Table(head, told, f"{place}. {one.inject_id} {one.subject} ({one.to})")


def _picture(situation: Situation, time_s: int, silent: Collection[int]) -> str:
    """Return bars of occupancy by region as SVG, numbers beside them; none for those that are *silent*."""
    material, at = situation.material, np.array([time_s])
    line, rows = material.line, situation.able
    height = _ROW * len(rows) + 10
    parts = [_open(height, _said(material, rows, time_s, silent))]
    for place, region in enumerate(rows):
        if region in silent:
            y, missing = _ROW * place + 4, material.say(text("no report"))
            parts.append(f'<text x="0" y="{y + 11}">{escape(material.words.short(region))}</text>')
            parts.append(f'<text x="{_LEFT}" y="{y + 11}">{escape(missing)}</text>')
            continue
        occupied, staffed = (int(level(region, line.icu, at)[0]) for level in (line.occupied, line.staffed))
        y, share = _ROW * place + 4, min(occupied / max(staffed, 1), 1.25)
        full = (_WIDTH - _LEFT - 150) / 1.25
        fill = "#00466e" if occupied < staffed else "#8a1c1c"
        parts.append(f'<text x="0" y="{y + 11}">{escape(material.words.short(region))}</text>')
        parts.append(f'<rect x="{_LEFT}" y="{y}" width="{full:.1f}" height="14" fill="#e6eaec"/>')
        parts.append(f'<rect x="{_LEFT}" y="{y}" width="{full * share:.1f}" height="14" fill="{fill}"/>')
        said = material.say(text("{occupied} of {staffed}", occupied=occupied, staffed=staffed))
        waiting = int(line.waiting(region, line.icu, at)[0])
        said += material.say(text(", {n} in line", n=waiting)) if waiting else ""
        x = _LEFT + full * max(share, 1) + 8
        parts.append(f'<text x="{x:.1f}" y="{y + 11}">{escape(said)}</text>')
    return "".join(parts) + "</svg>"


def _said(material: Material, rows: Sequence[int], time_s: int, silent: Collection[int]) -> str:
    """Return what the picture shows: of those that have reported, how many are full."""
    line, at = material.line, np.array([time_s])
    known = [r for r in rows if r not in silent]
    full = sum(int(line.free(r, line.icu, at)[0]) == 0 for r in known)
    return material.say(
        text("{full} of {all} regions have no free intensive care bed", full=full, all=len(known))
    )


def _open(height: int, said: str) -> str:
    return (
        f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{escape(said, quote=True)}" '
        'xmlns="http://www.w3.org/2000/svg" font-family="system-ui, sans-serif" font-size="12">'
    )
