"""Sorting as one number, positive parts and chosen rows: the quick forms give what the plain ones would."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nspl_sim.demand.sample import in_order
from nspl_sim.measures.steps import Steps
from nspl_sim.measures.tables import Stays
from nspl_sim.vocabulary.patients import Ints

CHANGES = st.lists(st.tuples(st.integers(0, 2), st.integers(-20, 40), st.integers(-3, 3)), max_size=30)


def steps(changes: list[tuple[int, int, int]]) -> Steps:
    unit, time_s, change = np.array(changes, dtype=np.int64).reshape(-1, 3).T
    return Steps(np.array([1, 0, -2]), unit, time_s, change)


@given(CHANGES)
def test_what_is_above_0_second_by_second(changes: list[tuple[int, int, int]]) -> None:
    found = steps(changes)
    levels = found.at(np.arange(-5, 25))
    assert found.track(-5, 25).above_0().tolist() == np.maximum(levels, 0).sum(axis=1).tolist()


@given(CHANGES, st.lists(st.integers(-4, 4), min_size=3, max_size=3))
def test_above_a_limit_second_by_second(changes: list[tuple[int, int, int]], limit: list[int]) -> None:
    found, limits = steps(changes), np.array(limit)
    from_s, to_s = np.array([-5, 0, 3]), np.array([-1, 24, 4])
    levels = found.at(np.arange(-5, 25)) > limits[:, None]
    plain = [levels[:, a + 5 : b + 5].all(axis=1).tolist() for a, b in zip(from_s, to_s, strict=True)]
    assert found.track(-5, 25).above(limits, from_s, to_s).tolist() == plain


@given(CHANGES)
def test_apart_by_kind_as_selected(changes: list[tuple[int, int, int]]) -> None:
    found = Steps(np.arange(4), *np.array(changes, dtype=np.int64).reshape(-1, 3).T)
    for kind, one in enumerate(found.each(2)):
        plain = found.select(np.array([kind, kind + 2]))
        assert one.at(np.arange(5)).tolist() == plain.at(np.arange(5)).tolist()


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(0, 2)), max_size=40))
def test_patients_in_order(rows: list[tuple[int, int, int]]) -> None:
    arrival_s, stream, origin = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    number = np.arange(len(rows), dtype=np.int64)[::-1] % 7
    number += 7 * np.arange(len(rows))  # never twice
    table: dict[str, Ints] = {"arrival_s": arrival_s, "stream": stream, "origin": origin, "number": number}
    some = np.flatnonzero(arrival_s > 0)
    plain = some[np.lexsort(tuple(table[n][some] for n in ("number", "origin", "stream", "arrival_s")))]
    assert in_order(table, some).tolist() == plain.tolist()


def test_chosen_of_the_chosen() -> None:
    columns = np.arange(6 * 5).reshape(6, 5)
    table = Stays(*columns)
    chosen = table.only(np.array([True, False, True, True, False])).only(np.array([2, 0]))
    assert len(chosen) == 2
    assert [chosen.patient.tolist(), chosen.to_s.tolist()] == [[3, 0], [28, 25]]
    with pytest.raises(AttributeError):
        _ = chosen.nothing  # type: ignore[attr-defined]


def test_no_units_at_all() -> None:
    nothing = np.empty(0, dtype=np.int64)
    track = Steps(nothing, nothing, nothing, nothing).track(0, 10)
    assert track.lasts_s().tolist() == []
    assert track.above(nothing, np.array([0, 1]), np.array([5, 6])).shape == (2, 0)
