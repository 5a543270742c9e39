"""Deaths after the exercise: only how many they are in the nation, from five up, on page and in file."""

import csv
import io
import math
from dataclasses import replace
from functools import cache

import pytest

from nspl_sim.exercise.course.words import Words
from nspl_sim.exercise.debrief import measures
from nspl_sim.exercise.debrief.answer import Answer
from nspl_sim.exercise.debrief.courses import Branch, branches
from nspl_sim.exercise.debrief.file import Row, columns
from nspl_sim.exercise.debrief.measures import FEWER, LEAST_TOLD, is_of_deaths, is_told, of_the_nation
from nspl_sim.measures.registry import measure_of
from nspl_sim.paper.language import Language
from nspl_sim.paper.tables import csv_bytes
from nspl_sim.policies.plan import load_plan
from tests.unit.test_debrief_answer import decided
from tests.unit.test_play import usual, world

SV = Language("sv")


@cache
def compared() -> list[Branch]:
    return branches(usual(), decided(), [load_plan("coordinated").plan])


def answer(language: Language = SV) -> Answer:
    return Answer(compared(), decided(), usual().clock, Words(world(), language))


def test_no_measure_of_deaths_is_told_of_less_than_the_nation_or_as_a_share() -> None:
    """Each measure that is registered is looked at, by what its own title says."""
    words = ("death", "dead", "die", "dying")
    looked_at = 0
    for flat in compared()[0].values:
        one, title = measure_of(flat), measure_of(flat).title.template.lower()
        if any(word in title for word in words):
            looked_at += 1
            whole = one.level == "nation" and one.unit.split()[0] in ("patients", "expected")
            assert is_of_deaths(flat) and is_told(flat) == whole, flat
        else:
            assert is_told(flat), flat
    assert looked_at > 100


def test_the_file_has_deaths_only_of_the_nation_and_in_words_below_five() -> None:
    table = columns(answer())
    heads = [branch.heading for branch in compared()]
    values = compared()[0].values
    untold = 0
    for place, name in enumerate(table["Namn i filer"]):
        if "deaths" not in name and "died" not in name:
            assert not isinstance(table[heads[0]][place], str), name
            continue
        assert "." not in name.removeprefix("startex_endex."), name
        for head in heads:
            cell = table[head][place]
            assert cell == "färre än fem" or math.isnan(cell) or cell >= LEAST_TOLD, name
        for head in heads[1:]:
            pair = table[heads[0]][place], table[head][place]
            fewer, apart = "färre än fem" in pair, table[f"{heads[0]} minus {head}"][place]
            assert math.isnan(apart) if fewer or math.isnan(sum(pair)) else apart == pair[0] - pair[1], name
            untold += fewer
        if name in values:
            assert table[heads[0]][place] in (values[name], "färre än fem")
    assert untold
    rows = list(csv.reader(io.StringIO(csv_bytes(table, "sv").decode("utf-8-sig")), delimiter=";"))
    assert any("färre än fem" in row for row in rows)


@pytest.mark.parametrize("dead", [0, 4, 5])
def test_four_are_fewer_than_five_and_five_are_told(dead: int) -> None:
    row = Row("deaths_all", "", "", [float(dead), 9.0], is_of_deaths=True)
    told = dead >= LEAST_TOLD
    assert (row.cell(0) == dead) == told and (row.cell(0) is FEWER) != told
    assert row.cell(1) == 9.0 and math.isnan(row.apart(1)) != told
    assert replace(row, is_of_deaths=False).cell(0) == dead


def test_the_table_of_the_nation_says_fewer_than_five() -> None:
    few = [Branch(b.key, b.heading, b.course) for b in compared()]
    for branch, dead in zip(few, (4.0, 8.0, 3.0), strict=True):
        branch.__dict__["values"] = {**branch.values, "deaths_all": dead}
    [row] = [row for row in of_the_nation(few, usual().clock, SV).rows if row[0].startswith("Döda (")]
    assert row[1:] == ["färre än fem", "8", "färre än fem"]
    assert measures.LEAST_TOLD == 5


def test_regions_and_kinds_stand_in_the_file_with_their_names() -> None:
    table = columns(answer())
    title = dict(zip(table["Namn i filer"], table["Mått"], strict=True))
    words = Words(world(), SV)
    assert title["patients_arrived.a"].endswith(f"boende i {words.short(0)}")
    assert title["unit_occupancy.icu"].endswith("intensivvård")
