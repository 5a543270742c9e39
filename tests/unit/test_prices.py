"""Money only from prices that the user enters: reading them, and what regions owe each other."""

from pathlib import Path

import pytest

from nspl_sim.paper.comparison import Comparison, compare
from nspl_sim.paper.language import Language
from nspl_sim.paper.prices import Prices, load_prices
from nspl_sim.paper.settlement import aligned, as_data, owed, settlements, unmeasured
from nspl_sim.report import report
from nspl_sim.vocabulary.errors import InputRefused
from tests.unit.paper_batches import Values, batch, world
from tests.unit.report_batches import made, plan, points

EN, SV = Language("en"), Language("sv")
HEAD = "format: 1\ncurrency: kr\n"


def written(folder: Path, text: str) -> Path:
    file = folder / "prices.yaml"
    file.write_text(HEAD + text, encoding="utf-8")
    return file


def problems(folder: Path, text: str) -> list[tuple[str, int | None, str, str | None]]:
    with pytest.raises(InputRefused) as refused:
        load_prices(written(folder, text))
    return [(p.path, p.line, str(p.rule), p.suggestion) for p in refused.value.problems]


def found() -> Comparison:
    values: list[Values] = [
        {
            "vehicle_hours": [10.0 + plan, 12.0 + plan],
            **{f"icu_bed_days_given.{r}": [n, n] for r, n in (("a", 0.0), ("b", 4.0), ("c", 2.0))},
            **{f"icu_bed_days_received.{r}": [n, n] for r, n in (("a", 6.0), ("b", 0.0), ("c", 0.0))},
        }
        for plan in (0, 5)
    ]
    return compare(batch([world()], ["today", "coordinated"], values), ("vehicle_hours",))


def test_what_is_owed_sums_to_nothing() -> None:
    prices = Prices(format=1, currency="kr", icu_bed_day=1000.0)
    of_regions = owed(found(), 0, prices)
    assert of_regions == {"a": (0, 6000), "b": (4000, 0), "c": (2000, 0)}
    assert sum(given - received for given, received in of_regions.values()) == 0


def test_the_table_in_words() -> None:
    prices = Prices(format=1, currency="kr", source="avtal", icu_bed_day=1000.0, each={"vehicle_hours": 10.0})
    today, _, nation = settlements(found(), prices, EN)
    assert today.rows[0] == ["a", "0", "6,000", "−6,000"] and today.rows[1][3] == "+4,000"
    assert "source: avtal" in today.caption and "today's order" in today.caption.lower()
    assert nation.rows == [
        ["Vehicle hours for patients moved for want of a bed", "110", "160", "+50 (+50 to +50)"]
    ]
    assert aligned(today)[1].split() == ["Region", "Value", "given", "Value", "received", "Owed", "to", "the",
                                         "region"]  # fmt: skip
    assert as_data(found(), prices)["nation"][1]["amount"] == 160


def test_nothing_is_priced_that_has_no_price() -> None:
    only = Prices(format=1, currency="kr", each={"vehicle_hours": 10.0, "transport_km": 1.0})
    assert owed(found(), 0, only) == {} and len(settlements(found(), only, SV)) == 1
    assert unmeasured(found(), only) == ["transport_km"]


def test_a_file_of_prices_is_read(tmp_path: Path) -> None:
    prices = load_prices(written(tmp_path, "icu_bed_day: 45000.5\neach: {vehicle_hours.mode_aircraft: 3}\n"))
    assert prices.icu_bed_day == 45000.5 and prices.each == {"vehicle_hours.mode_aircraft": 3}


@pytest.mark.parametrize(
    ("text", "path", "suggestion"),
    [
        ("icu_bed_dag: 1", "icu_bed_dag", "icu_bed_day"),
        ("icu_bed_day: -1", "icu_bed_day", None),
        ("icu_bed_day: 45 000", "icu_bed_day", "45000"),
        ("each: {vehicle_hour: 1}", "each.vehicle_hour", "vehicle_hours"),
        ("each: {icu_occupancy: 1}", "each.icu_occupancy", None),
        ("each: {planned_harm_lost_qaly: 1}", "each.planned_harm_lost_qaly", None),
        ("each: {team_hours.skane: 1}", "each.team_hours.skane", "team_hours"),
        ("", "", None),
    ],
)
def test_bad_prices_are_refused_with_their_place(
    tmp_path: Path, text: str, path: str, suggestion: str | None
) -> None:
    [(where, line, rule, meant)] = problems(tmp_path, text)
    assert (where, meant) == (path, suggestion) and rule
    assert line == (3 if text else 1)


def test_money_is_in_the_report_only_with_prices() -> None:
    one = compare(made(points([world()], [plan("today"), plan("coordinated")]), lambda p: 0.1 * p))
    prices = Prices(format=1, currency="kronor", icu_bed_day=1.0)
    without, with_prices = (report(one, {}, SV, p)["report.html"].decode() for p in (None, prices))
    assert "kronor" not in without and 'id="money"' not in without
    assert "kronor" in with_prices and 'id="money"' in with_prices
