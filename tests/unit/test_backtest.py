"""The back-test: equal to the exact mean, right by hand, scored as stated, strict with tables."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nspl_sim.demand.census import mean_census
from nspl_sim.experiment.backtest import Question, Series, as_rates, backtest, census, world_of
from nspl_sim.experiment.scores import lag, scores
from nspl_sim.scenario.daily_table import Admissions, Observed, Target, read_rows
from nspl_sim.scenario.load import load_shipped
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.errors import InputRefused
from tests.worlds import abc, scenario

DAY = 86400


def world(stay: dict[str, Any] | None = None) -> Scenario:
    content = abc()
    if stay:
        stages = [{"kind": "icu", "stay": stay}]
        content["classes"]["critical"]["pathways"] = [{"share": 1, "stages": stages}]
    return scenario(content)


def rows(figures: dict[str, list[int]]) -> list[Admissions]:
    return [
        Admissions(day=float(day), region=region, admissions=count)
        for region, counts in figures.items()
        for day, count in enumerate(counts)
    ]


WAVE = {"a": [0, 3, 9, 14, 9, 4, 1, 0, 0, 0, 0, 0], "b": [5] * 12}
SEEN = [Observed(day=float(day), region=region, census=1.0) for region in "ab" for day in range(12)]


@pytest.mark.parametrize("kind", ["icu", "ward"])
def test_the_mean_is_the_exact_one(kind: str) -> None:
    """Ordinary classes, intensive care and then a ward: 60 runs against the formula for the same rates."""
    question, admitted = Question(world(), "critical", kind), rows(WAVE)
    found = backtest(question, admitted, SEEN, 60)
    exact = mean_census(as_rates(question, found.world, admitted), step_s=1800)
    at = [round((day + 0.5) * DAY) for day in found.series.days]
    wanted = exact.mean[:, exact.kinds.index(kind)][:, np.searchsorted(exact.at_s, at)]
    simulated = found.series.simulated[:, 1:]
    error = simulated.std(axis=0, ddof=1) / np.sqrt(len(simulated))
    assert (np.abs(simulated.mean(axis=0) - wanted) <= 4 * error + 0.02).all()


def test_a_fixed_stay_by_hand() -> None:
    """Ten on day 0 stay two days: all there at the end of days 0 and 1, some on day 2, nobody on day 3."""
    question = Question(world({"family": "fixed", "value_days": 2}), "critical", "icu", hour=24)
    found = backtest(question, rows({"a": [10]}), [Observed(day=float(d), census=0) for d in range(4)], 3)
    assert found.series.places == ("",)
    assert (found.series.simulated[:, 0, :2] == 10).all()
    assert (found.series.simulated[:, 0, 2:] == 0).all()


def test_the_same_luck_whatever_is_asked_beside() -> None:
    """A replication alone is the one in the batch, and another region moves nobody."""
    question = Question(world(), "critical", "icu")
    both = backtest(question, rows(WAVE), SEEN, 3)
    only = rows({"a": WAVE["a"]})
    at_s = np.array([round((day + 0.5) * DAY) for day in range(12)])
    alone = census(question, world_of(question, only, SEEN[:12]), only, 2, at_s)
    assert (alone[0] == both.series.simulated[2, 1]).all()


def test_an_uncertain_stay_widens_the_band_and_keeps_within_its_bounds() -> None:
    stay = {"family": "fixed", "value_days": 2}
    admitted = rows({"a": [10] * 30})
    late = [Observed(day=25.0, census=20)]
    one, uncertain = (Question(world(stay), "critical", "icu", 12, b) for b in (None, (1.0, 3.0)))
    sure, wide = (backtest(q, admitted, late, 25).series.simulated for q in (one, uncertain))
    assert sure.std() < 3 < wide.std()
    assert 5 <= wide.min() < 15 and 25 < wide.max() <= 35
    assert wide.mean() == pytest.approx(20, abs=4)


def test_scores_by_hand() -> None:
    days = np.arange(40.0)
    observed = 100 * np.exp(-((days - 15) ** 2) / 50)
    late = 110 * np.exp(-((days - 18) ** 2) / 50)
    simulated = np.stack([late * factor for factor in (0.5, 1.0, 1.5)])[:, None]
    [score] = scores(Series(("",), days, observed[None], simulated))
    assert score.peak_day_error == score.lag_days == 3
    assert score.peak_error == pytest.approx(0.1)
    assert score.bias == pytest.approx(0.1, abs=1e-3)
    assert score.wape == pytest.approx(np.abs(late - observed).sum() / observed.sum())
    inside = (late * 0.6 <= observed) & (observed <= late * 1.4)
    assert score.held_80 == pytest.approx(inside.mean())
    assert score.held_95 >= score.held_80


def test_a_course_without_any_change_has_no_lag() -> None:
    days = np.arange(30.0)
    assert np.isnan(lag(days, np.ones(30), days))
    assert lag(days, np.sin(days / 5), np.sin(days / 5)) == 0


BAD = [
    ("day,region,admissions\n0,Skane,3\n1,Skone,4\n", "A3", "names no region"),
    ("day,region,admissions\n0,skane,-3\n", "C2", "must be a whole number"),
    ("day,region,admissions\n0,skane,3.5\n", "C2", "nothing is rounded"),
    ("day,region,admissions\n0,skane,3\n0,Skåne,4\n", "A3", "says the same as the row of A2 again"),
    ("day,region,admisions\n0,skane,3\n", "C1", "is no column that belongs here"),
    ("region,admissions\nskane,3\n", "A1", "is missing among the headings"),
    ("date,region,admissions\n2020-02-30,skane,3\n", "A2", "there is no such day or time"),
    ("day,region,admissions,class\n0,skane,3,pan_covid_ic\n", "D2", "is no class of the scenario"),
    ("day,region,admissions,colour\n0,skane,3,red\n", "D1", "is no column that belongs here"),
    ("day,date,region,admissions\n0,2020-01-01,skane,3\n", "A2", "must have only one of"),
    ("day,region,admissions\n", "", "has no rows beneath its heading"),
]


@pytest.mark.parametrize(("content", "cell", "rule"), BAD)
def test_bad_tables_are_refused_with_their_cell(content: str, cell: str, rule: str, tmp_path: Path) -> None:
    path = tmp_path / "admissions.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputRefused) as refused:
        read_rows(path, Admissions, load_shipped("ordinary-week").scenario)
    told = [(p.cell or "", str(p.rule)) for p in refused.value.problems]
    assert any(rule in words for _, words in told), told
    assert cell[1:] in [at.lstrip("ABCDEFGH") for at, words in told if rule in words], told


def test_a_near_region_is_suggested(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("region;kind;census\nSkåne län;IVA;40,5\nSkone;icu;3\nUppsala;icuu;3\n", encoding="utf-8")
    ordinary = load_shipped("ordinary-week").scenario
    with pytest.raises(InputRefused) as refused:
        read_rows(path, Target, ordinary)
    assert {p.suggestion for p in refused.value.problems} == {"skane", "icu"}
    path.write_text("region;kind;census\nSkåne län;IVA;40,5\n", encoding="utf-8")
    [(_, row)] = read_rows(path, Target, ordinary)
    assert (row.region, row.kind, row.census) == ("skane", "icu", 40.5)
