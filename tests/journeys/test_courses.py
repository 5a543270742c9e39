"""``nspl courses``: the course of an exercise is one replication, chosen openly."""

import csv
import json
from pathlib import Path

import pytest

from tests.journeys.commands import nspl, tiny

EXAMPLE = Path(__file__).parents[2] / "results" / "example"


@pytest.fixture(scope="module")
def deaths() -> dict[int, float]:
    """Return deaths of all kinds by replication, of the first design point, from the summary."""
    with (EXAMPLE / "measures.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter=";"))
    first = (rows[0]["scenario"], rows[0]["plan"])
    return {
        int(r["replication"]): float(r["deaths_all"].replace(",", "."))
        for r in rows
        if (r["scenario"], r["plan"]) == first
    }


def test_a_condition_keeps_those_that_fulfil_it(deaths: dict[int, float]) -> None:
    found = json.loads(nspl("courses", EXAMPLE, "--where", "deaths_all > 1580", "--json").stdout)
    assert [c["replication"] for c in found["courses"]] == sorted(k for k, v in deaths.items() if v > 1580)
    assert found["measures"] == ["deaths_all"] and found["replications"] == len(deaths)
    for one in found["courses"]:
        value = one["values"][0]
        assert value == deaths[one["replication"]]
        assert one["not_higher"] == [sum(v <= value for v in deaths.values())]


def test_the_nearest_to_a_quantile_comes_first(deaths: dict[int, float]) -> None:
    found = json.loads(nspl("courses", EXAMPLE, "--near", "median:deaths_all", "--json").stdout)
    ranked = sorted(deaths.values())
    middle = (ranked[len(ranked) // 2 - 1] + ranked[len(ranked) // 2]) / 2
    wanted = sorted(deaths, key=lambda k: (abs(deaths[k] - middle), k))
    assert [c["replication"] for c in found["courses"]] == wanted[:10]


def test_a_measure_of_a_region_stands_in_quotes_and_is_told() -> None:
    result = nspl("courses", EXAMPLE, "--where", '"icu_full_hours.skane" > 1000000')
    assert result.exit_code == 0 and "Ingen av 10 körningar passar." in result.stdout


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("--near", "p90:deaths_al"), 'did you mean "deaths_all"?'),
        (("--near", "mean:deaths_all"), "write median:MEASURE, or p90:MEASURE"),
        (("--where", "nosuch > 1"), "nosuch is not a measure of these results"),
        (("--where", "1 = 1) UNION SELECT 1; DROP TABLE points --"), "SQL"),
        (("--point", "99"), "the design points are"),
    ],
)
def test_what_cannot_be_asked_is_told(asked: tuple[str, ...], told: str) -> None:
    result = nspl("--lang", "en", "courses", EXAMPLE, *asked)
    assert result.exit_code == 2 and told in result.stderr, result.output


def test_it_says_when_an_exercise_may_begin(tmp_path: Path) -> None:
    """The event is on the second day at noon, the census without one is the batch's; both are proposed."""
    world = tiny(tmp_path)
    calm, struck = tmp_path / "calm", tmp_path / "struck"
    assert nspl("run", world, "--plans", "today", "--replications", 1, "--out", calm).exit_code == 0
    told = nspl("--lang", "en", "courses", calm).stdout
    assert "most in intensive care" in told and "--from 2027-01-" in told and "are hurt" not in told
    event = "kind: mass_casualty, at_day: 1.5, size: {family: fixed, value: 12}"
    crashed = "place: {region: a}, classes: {ill: 1}"
    arrival = "arrival: {family: lognormal, median_h: 2, mean_h: 2.5}"
    crashed = f"streams:\n  crash: {{{event}, {crashed}, {arrival}}}\n"
    world = tiny(tmp_path, "struck.yaml", ("streams:\n", crashed))
    made = nspl("run", world, "--plans", "today", "--replications", 1, "--out", struck)
    assert made.exit_code == 0, made.output
    told = nspl("--lang", "en", "courses", struck).stdout
    assert "  2027-01-12T12:00 (D+1 12:00)  crash: 12 hurt, most of them in " in told
    assert "--from 2027-01-12T11:00" in told
    made = nspl("--lang", "sv", "injects", world, "--startex", "2027-03-08T08:00", "--out", tmp_path / "ut")
    assert "  2027-01-12T12:00 (D+1 12:00)  crash: 12 skadade, flest i " in made.stderr, made.output


def test_a_measure_of_a_region_needs_no_quotes_where_it_can_be_meant() -> None:
    asked = [
        json.loads(nspl("courses", EXAMPLE, "--where", where, "--json").stdout)
        for where in ('"icu_full_hours.skane" > 24', "icu_full_hours.skane > 24")
    ]
    assert asked[0] == asked[1] and asked[0]["measures"] == ["icu_full_hours.skane"]


@pytest.mark.parametrize(
    ("where", "told"),
    [
        ("icu_full_hours.skone > 24", "icu_full_hours.skone är inget mått i dessa resultat"),
        ("icu_full_hours.skone > 24", "icu_full_hours.skane"),
        ("deaths_al > 3", "deaths_al är inget mått i dessa resultat"),
    ],
)
def test_a_measure_that_is_none_is_told_in_the_users_language(where: str, told: str) -> None:
    result = nspl("--lang", "sv", "courses", EXAMPLE, "--where", where)
    assert result.exit_code == 2 and told in result.stderr and "Binder" not in result.stderr, result.output


def test_it_names_the_disruptions_as_they_were_drawn(tmp_path: Path) -> None:
    fire = (
        "{kind: beds_lost, title: Brand / fire, units: [icu], beds: 1, regions: [b], from_day: 0.5, days: 1}"
    )
    world = tiny(tmp_path, "fire.yaml", ("transport:\n", f"disruptions:\n  fire: {fire}\ntransport:\n"))
    assert (
        nspl("run", world, "--plans", "today", "--replications", 1, "--out", tmp_path / "ut").exit_code == 0
    )
    line = "  2027-01-11T12:00 (D+0 12:00)  Brand: b, till 2027-01-12T12:00 (D+1 12:00)"
    assert line in nspl("courses", tmp_path / "ut").stdout.splitlines()
    assert "Fire: b, until 2027-01-12T12:00" in nspl("--lang", "en", "courses", tmp_path / "ut").stdout
