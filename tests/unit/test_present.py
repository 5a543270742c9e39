"""Patients present at the start, as a user has counted them: who, where, how long, and what is refused."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nspl_sim.demand.census import mean_census
from nspl_sim.demand.sample import sample
from nspl_sim.measures.course import Course
from nspl_sim.paper.language import Language
from nspl_sim.paper.patients import patients as as_table
from nspl_sim.policies.plan import load_plan
from nspl_sim.scenario.dump import as_yaml, dump_scenario
from nspl_sim.scenario.load import load_scenario
from nspl_sim.scenario.model import Scenario
from nspl_sim.system.simulate import simulate
from nspl_sim.vocabulary.clock import DAY
from nspl_sim.vocabulary.errors import InputRefused
from nspl_sim.vocabulary.patients import FIRST_PRESENT, PRESENT, Demand
from tests.conformance.test_streams import people
from tests.laws.audit import Audit
from tests.worlds import abc, scenario

A_ICU = {"region": "a", "kind": "icu", "count": 3}
B_WARD = {"region": "b", "kind": "ward", "count": 20}
C_ILL = {"region": "c", "kind": "ward", "class": "ill", "count": 11}


def world(*present: dict[str, Any], **changes: Any) -> Scenario:
    return scenario(abc(warm_up_days=0, present=list(present), **changes))


def there(table: Demand) -> Any:
    return table.number >= FIRST_PRESENT


def test_as_many_lie_there_as_were_counted() -> None:
    one = world(A_ICU, B_WARD, C_ILL)
    table = sample(one, 0)
    rows = np.flatnonzero(there(table))
    assert len(rows) == 34
    assert {table.streams[s] for s in table.stream[rows]} == {PRESENT}
    first = [table.kinds[k] for k in table.kind[rows, 0]]
    found = [(table.regions[r], kind) for r, kind in zip(table.region[rows], first, strict=True)]
    assert {place: found.count(place) for place in found} == {
        ("a", "icu"): 3,
        ("b", "ward"): 20,
        ("c", "ward"): 11,
    }
    assert set(table.arrival_s[rows].tolist()) == {0}


def test_they_lie_there_at_once_and_are_not_of_the_cohort() -> None:
    one = world(A_ICU, B_WARD, C_ILL)
    table = sample(one, 0)
    journal = simulate(one, load_plan("today").plan, table)
    Audit(one, table, journal).walk()
    course = Course(one, table, journal)
    assert course.census("icu", DAY)[:, 0].tolist() == [3, 0, 0]
    assert course.census("ward", DAY)[:, 0].tolist() == [0, 20, 11]
    assert not course.cohort[there(table)].any()


def test_the_class_that_is_given_is_theirs() -> None:
    table = sample(world(C_ILL), 0)
    assert {table.classes[k] for k in table.klass[there(table)]} == {"ill"}


def test_without_a_class_they_are_as_in_equilibrium() -> None:
    many = sample(world(B_WARD | {"count": 40_000}), 0)
    steady = sample(scenario(abc(warm_up_days=0, starts="equilibrium")), 0)
    rows = there(many)
    share = np.bincount(many.klass[rows], minlength=4) / rows.sum()
    # a ward stay has mean 4 days in all classes, so arrivals through the ward weigh alone
    come = {"ill": 22 * 0.85 * 0.9, "critical": 22 * 0.15, "hip": 6 * 0.8, "cancer": 6 * 0.2}
    wanted = np.array([come[key] for key in many.classes]) / sum(come.values())
    assert share == pytest.approx(wanted, abs=0.01)
    in_ward = there(steady) & (steady.kind[:, 0] == steady.kinds.index("ward"))
    alike = np.bincount(steady.klass[in_ward], minlength=4) / in_ward.sum()
    assert share == pytest.approx(alike, abs=0.12)


def test_what_is_left_of_a_stay_follows_the_equilibrium_law() -> None:
    ward = sample(world(B_WARD | {"count": 40_000}), 0)
    left = ward.stay_s[there(ward), 0] / DAY
    assert left.mean() == pytest.approx(4.0, rel=0.02)  # exponential: memoryless
    icu = sample(world(A_ICU | {"count": 40_000}), 0)
    left = icu.stay_s[there(icu), 0] / DAY
    assert left.mean() == pytest.approx((2.7**2 + 3.0**2) / (2 * 2.7), rel=0.05)  # E[S²] / 2 E[S]
    assert (icu.stage_count[there(icu)] == 2).all()


def test_more_are_the_same_and_some_more() -> None:
    def lying(*entries: dict[str, Any]) -> dict[Any, Any]:
        return {name: row for name, row in people(sample(world(*entries), 0)).items() if name[0] == PRESENT}

    few, more = lying(B_WARD), lying(B_WARD | {"count": 30})
    assert len(few) == 20 and len(more) == 30 and few.items() <= more.items()
    assert few.items() <= lying(A_ICU, B_WARD, C_ILL).items()


def test_nobody_else_is_moved() -> None:
    assert people(sample(world(A_ICU, B_WARD), 0), but=PRESENT) == people(sample(world(), 0))


def test_the_exact_mean_counts_them() -> None:
    quiet = {"streams": {}, "transport": {"instant": True}}
    one = world(A_ICU | {"class": "critical"}, C_ILL, **quiet)
    census = mean_census(one, DAY)
    assert census.mean[:, :, 0].round(9).tolist() == [[3, 0], [0, 0], [0, 11]]
    assert census.mean[2, 1, 4] == pytest.approx(11 * np.exp(-1), rel=1e-3)


def test_they_are_told_by_name() -> None:
    one = world(B_WARD)
    table = as_table(one, sample(one, 0), Language("sv"))
    assert table["Patientflöde"].count("Inneliggande vid start") == 20


# ------------------------------------------------------------------ a table of them


def load(folder: Path, table: str, name: str = "present.csv", **changes: Any) -> Any:
    (folder / name).write_text(table, encoding="utf-8")
    path = folder / "top.yaml"
    path.write_text(as_yaml(abc(warm_up_days=0, **changes) | {"present": name}), encoding="utf-8")
    return load_scenario(path)


def told(folder: Path, table: str, **changes: Any) -> list[str]:
    try:
        found = load(folder, table, **changes).warnings
    except InputRefused as refusal:
        found = tuple(refusal.problems)
    return [
        f"{p.file.rpartition('/')[2]}:{p.cell or p.line} {p.path} {p.rule} ({p.suggestion})" for p in found
    ]


def test_a_table_says_the_same_as_the_file(tmp_path: Path) -> None:
    table = "region;kind;count;class;note\nA;icu;3;;\nb;ward;20;;from the register\nc;ward;11;ill;\n"
    loaded = load(tmp_path, table)
    assert loaded.scenario == world(A_ICU, B_WARD, C_ILL)
    assert [name for name, _ in loaded.files] == ["top.yaml", "present.csv"]
    path = tmp_path / "again.yaml"
    path.write_text(dump_scenario(loaded.scenario), encoding="utf-8")
    assert load_scenario(path).scenario.fingerprint() == loaded.scenario.fingerprint()


@pytest.mark.parametrize(
    ("table", "line"),
    [
        ("region,kind,count\nx,icu,3\n", "present.csv:A2 region names no region (None)"),
        ("region,kind,count\n,icu,3\n", "present.csv:B2  is in a row that names no region (None)"),
        (
            "region,kind,count\na,iva,3\n",
            "present.csv:B2 present.0.kind is a kind of unit that no region",
        ),
        ("region,kind,count\na,icu,3.5\n", "present.csv:C2 present.0.count must be a whole number"),
        ("region,kind,count\na,icu,\n", "present.csv:A2 present.0.count is missing"),
        (
            "region,kind,count,class\na,icu,3,il\n",
            "present.csv:D2 present.0.class is no patient class",
        ),
        ("region,kind,count,class\na,icu,3,ill\n", "present.csv:D2 present.0.class never needs icu (None)"),
        (
            "region,kind,count\na,icu,3\na,icu,4\n",
            "present.csv:A3 present.1.region says the same region",
        ),
        (
            "region,kind,count\na,icu,5\n",
            "present.csv:C2 present.0.count makes 5 patients in 4 staffed",
        ),
        ("region,kind,antal\na,icu,5\n", "present.csv:A1 count is missing among the headings"),
        ("region,kind,count,clas\na,icu,5,\n", "present.csv:D1 clas is no column that belongs here (class)"),
        ("region,kind,count\n", "present.csv:None  has no rows beneath its heading"),
    ],
)
def test_what_is_amiss_is_told_by_cell(table: str, line: str, tmp_path: Path) -> None:
    found = told(tmp_path, table)
    assert any(said.startswith(line) for said in found), found


def test_a_run_has_one_beginning(tmp_path: Path) -> None:
    found = told(tmp_path, "region,kind,count\na,icu,3\n", starts="equilibrium") + told(
        tmp_path, "region,kind,count\na,icu,3\n", **{}
    )
    assert any("starts must be empty where present says" in said and "(empty)" in said for said in found)
    path = tmp_path / "top.yaml"
    path.write_text(as_yaml(abc(present=[A_ICU])), encoding="utf-8")
    with pytest.raises(InputRefused) as caught:
        load_scenario(path)
    assert [p.path for p in caught.value.problems] == ["warm_up_days"]


def test_a_class_is_asked_for_where_no_stream_says_it(tmp_path: Path) -> None:
    streams = {"emergency": abc()["streams"]["emergency"] | {"regions": {"b": 1}}}
    found = told(tmp_path, "region,kind,count\na,icu,3\n", streams=streams)
    (said,) = [said for said in found if "give class" in said]
    assert said.startswith("present.csv:A2 present.0.region is a region to which no stream with a constant")
    assert said.endswith("rate brings patients of icu: give class (None)")
