"""The numbers as a file: STARTEX to ENDEX, which page one tells, and then the whole scenario."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from nspl_sim.exercise.course.words import Words
from nspl_sim.exercise.debrief.answer import Answer
from nspl_sim.exercise.debrief.courses import Branch
from nspl_sim.exercise.debrief.effects import Beside
from nspl_sim.exercise.debrief.measures import FEWER, LEAST_TOLD, is_of_deaths, is_told, whole_scenario
from nspl_sim.exercise.debrief.quantities import NO_KIND, PATIENTS, QUANTITIES, kinds_of, short_kind, value
from nspl_sim.measures.registry import UNITS, measure_of, title_of
from nspl_sim.paper.naming import kind_words
from nspl_sim.vocabulary.text import Text, text

FRONT = "startex_endex"
"""Before the names of what is counted from STARTEX to ENDEX."""


@dataclass(frozen=True)
class Row:
    """One number in every course; NaN where it is not known, or not told."""

    name: str
    title: str
    unit: str
    values: Sequence[float]
    is_of_deaths: bool = False
    """Told in words where fewer than five."""

    def cell(self, place: int) -> float | Text:
        """Return what stands in the column of one course."""
        return self.values[place] if self._is_told(place) else FEWER

    def apart(self, place: int) -> float:
        """Return the players' difference from one course; NaN where one of the two is not told."""
        told = self._is_told(0) and self._is_told(place)
        return self.values[0] - self.values[place] if told else math.nan

    def _is_told(self, place: int) -> bool:
        return not (self.is_of_deaths and self.values[place] < LEAST_TOLD)


def columns(answer: Answer) -> dict[str, list[Any]]:
    """Return every number of every course, and the players' difference from each."""
    say, branches, clock = answer.words.language.say, answer.branches, answer.clock
    front = [*_of_regions(answer), *_of_the_nation(answer)]
    played = text(
        "STARTEX to ENDEX, {first}–{last}", first=clock.said(clock.from_s), last=clock.said(clock.to_s)
    )
    whole = text("the whole scenario, {period}", period=whole_scenario(clock, answer.words.scenario))
    rows = [*front, *_of_the_scenario(answer)]
    periods = [say(played)] * len(front) + [say(whole)] * (len(rows) - len(front))
    table: dict[str, list[Any]] = {
        say(text("Name in files")): [row.name for row in rows],
        say(text("Measure")): [row.title for row in rows],
        say(text("Unit")): [row.unit for row in rows],
        say(text("Period")): periods,
    }
    heads = headings(branches)
    for place, head in enumerate(heads):
        table[head] = [say(c) if isinstance(c := row.cell(place), Text) else c for row in rows]
    for place, head in enumerate(heads[1:], 1):
        title = say(text("{one} minus {other}", one=heads[0], other=head))
        table[title] = [row.apart(place) for row in rows]
    return table


def headings(branches: Sequence[Branch]) -> list[str]:
    """Return what each course is called, no two the same."""
    often = Counter(branch.heading for branch in branches)
    return [b.heading if often[b.heading] == 1 else f"{b.heading} ({b.key})" for b in branches]


def _of_regions(answer: Answer) -> Iterator[Row]:
    """Yield what is counted by region, and added up in the nation."""
    say, scenario, played = answer.words.language.say, answer.words.scenario, answer.played
    for quantity in QUANTITIES:
        for kind in kinds_of(quantity, played[0]):
            of_kind = None if kind == NO_KIND else scenario.kinds[kind]
            title, unit = say(quantity.titled(of_kind)), say(quantity.unit)
            name = ".".join(part for part in (FRONT, quantity.name, of_kind) if part)
            of_all = []
            for region, key in enumerate(scenario.region_keys):
                found = [value(quantity, one, region, kind) for one in played]
                of_all.append([math.nan if n is None else n for n in found])
                yield Row(f"{name}.{key}", f"{answer.words.short(region)}: {title}", unit, of_all[-1])
            total = np.sum(np.array(of_all, dtype=float), axis=0).tolist()
            yield Row(name, f"{say(text('the whole nation'))}: {title}", unit, total)


def _of_the_nation(answer: Answer) -> Iterator[Row]:
    """Yield what page one tells of the nation; deaths from five up."""
    say, played = answer.words.language.say, answer.played
    nation = say(text("the whole nation"))

    def row(name: str, title: Text, values: Sequence[float]) -> Row:
        return Row(f"{FRONT}.{name}", f"{nation}: {say(title)}", say(PATIENTS), values)

    for kind, key in enumerate(answer.words.scenario.kinds):
        pairs = [Beside(played[0], other).otherwise(-1, kind) for other in played[1:]]
        longer = text(
            "waited at least half an hour longer with the players than in that course ({kind})",
            kind=short_kind(key),
        )
        less = text(
            "waited at least half an hour less with the players than in that course ({kind})",
            kind=short_kind(key),
        )
        yield row(f"waited_longer.{key}", longer, [math.nan, *(float(one[0]) for one in pairs)])
        yield row(f"waited_less.{key}", less, [math.nan, *(float(one[1]) for one in pairs)])
    waiting = row(
        "died_waiting", text("died waiting or on the way"), [float(p.died_waiting()) for p in played]
    )
    title = text("avoidable deaths among all who were in care or came, whenever they died")
    avoidably = row("died_avoidably", title, [float(p.died_avoidably()) for p in played])
    yield from (replace(one, is_of_deaths=True) for one in (waiting, avoidably))


def _of_the_scenario(answer: Answer) -> Iterator[Row]:
    """Yield every measure of the whole scenario; deaths only as totals of the nation."""
    say, branches = answer.words.language.say, answer.branches
    for name in branches[0].values:
        if not is_told(name):
            continue
        values = [float(branch.values.get(name, math.nan)) for branch in branches]
        yield Row(
            name, _title(name, answer.words), say(UNITS[measure_of(name).unit]), values, is_of_deaths(name)
        )


def _title(name: str, words: Words) -> str:
    """Return the title of a measure, with region and kind of unit as people call them."""
    of, part = measure_of(name), name.partition(".")[2]
    keys = words.scenario.region_keys
    region = words.short(keys.index(part)) if of.level == "region" and part in keys else None
    title = title_of(name, region)
    if of.level == "kind":
        title = Text(title.template, {**title.values, "kind": kind_words(part)})
    return words.language.say(title)
