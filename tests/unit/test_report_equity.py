"""What the report says of groups, causes of death and each region's standing."""

import re
from dataclasses import replace
from html import unescape

from nspl_sim.experiment.batch import InMemory
from nspl_sim.paper.comparison import compare
from nspl_sim.paper.language import Language
from nspl_sim.report import report
from nspl_sim.report.causes import CAUSES, TOTAL
from tests.unit.paper_batches import world
from tests.unit.report_batches import made, plan, points

EN = Language("en")


def page(**values: tuple[float, float]) -> str:
    """Return the text of a report in which measures have *values*, under today's order and the plan."""
    one = made(points([world()], [plan("today"), plan("coordinated")]), lambda p: 0.1 * p)
    results = [
        [replace(r, values=r.values | {n: v[p] + 0.01 * k for n, v in values.items()})
         for k, r in enumerate(of_point)]
        for p, of_point in enumerate(one.results)
    ]  # fmt: skip
    found = compare(InMemory(one.points, one.replications, 1.0, results))
    written = report(found, {}, EN)["report.html"].decode()
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", written)).split())


def test_nothing_is_said_of_what_is_not_there() -> None:
    said = page()
    assert "whose patient one is" not in said and "need not have died" not in said
    assert "Worse off?" in said, "deaths of residents are there"


def test_groups_are_told_where_there_are_two() -> None:
    one = {"patients_arrived.group_own": (900.0, 900.0), "wait_icu_mean_h.group_own": (1.0, 1.5)}
    assert "whose patient one is" not in page(**one)
    two = one | {
        "patients_arrived.group_military": (80.0, 80.0),
        "wait_icu_mean_h.group_military": (3.0, 4.0),
        "wait_icu_equal_need_difference_h.group_military": (2.0, 2.5),
    }
    said = page(**two)
    assert "Does it matter whose patient one is?" in said
    assert "military patients 80 4.1" in said and "+2.6 (+2.5 to +2.6)" in said
    assert "allied patients" not in said


def test_causes_add_up_to_the_total_shown() -> None:
    values = {name: (2.0, 1.0) if name.endswith(("decision", "wait")) else (0.0, 0.0) for name in CAUSES}
    said = page(**values, **{TOTAL: (4.0, 2.0)})
    assert "What did those lack who need not have died?" in said
    assert "all was there, and nobody booked it 2.1 1.1" in said
    assert "What did those lack" not in page(**{TOTAL: (4.0, 2.0)})


def test_the_standing_of_each_region() -> None:
    waits = {f"wait_icu_mean_h.{r}": (1.0, 1.0 + more) for r, more in (("a", 0.0), ("b", 0.7), ("c", 0.2))}
    given = {f"icu_bed_days_given.{r}": (1.0, 20.0) for r in "abc"}
    said = page(**waits, **given)
    assert "Each region gives and receives with a shared standing order" in said
    rows = {r: re.search(rf" {r} 20 .*?(?= [abc] 20 |$)", said) for r in "abc"}
    flags = {
        r: re.findall("slightly worse|no worse|worse off|unresolved", m[0])[1] for r, m in rows.items() if m
    }
    assert flags == {"a": "no worse", "b": "worse off", "c": "slightly worse"}
