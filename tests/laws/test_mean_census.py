"""The exact mean census of unlimited beds: closed forms, quadrature, shipped tables, the simulator."""

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydantic import TypeAdapter
from scipy import integrate

from nspl_sim.demand import quantiles
from nspl_sim.demand.census import mean_census
from nspl_sim.demand.limited import within
from nspl_sim.demand.sample import sample
from nspl_sim.measures.course import Course
from nspl_sim.policies.plan import load_plan
from nspl_sim.scenario.load import load_scenario, load_shipped
from nspl_sim.scenario.stays import Duration
from tests.oracles.both import by_both as simulate
from tests.worlds import abc, scenario

TESTS = Path(__file__).parents[1]
DAY = 86400

FAMILIES: list[dict[str, Any]] = [
    {"family": "fixed", "value_h": 30},
    {"family": "exponential", "mean_days": 2.5},
    {"family": "gamma", "mean_days": 4, "sd_days": 6},
    {"family": "lognormal", "mean_days": 2.7, "sd_days": 4.4},
    {"family": "weibull", "shape": 1.096, "scale_days": 16.77},
    {"family": "triangular", "low_days": 1, "mode_days": 2, "high_days": 5},
    {"family": "triangular", "low_days": 0, "mode_days": 0, "high_days": 3},
    {"family": "uniform", "low_days": 1, "high_days": 4},
    {"family": "empirical", "values_days": [1, 3, 9], "weights": [5, 3, 2]},
]


@pytest.mark.parametrize("given", FAMILIES, ids=lambda g: str(g["family"]))
def test_what_lies_within_x_is_the_mean_of_the_lesser(given: dict[str, Any]) -> None:
    """E[min(S, x)] by two million quantiles; the law at infinity is the mean."""
    stay: Any = TypeAdapter(Duration).validate_python(given)
    drawn = quantiles.duration(stay, (np.arange(2_000_000) + 0.5) / 2_000_000)
    at = np.array([0.0, 600.0, 0.5 * DAY, 1.7 * DAY, 2.5 * DAY, 4.0 * DAY, 30.0 * DAY])
    wanted = [np.minimum(drawn, x).mean() for x in at]
    assert within(stay, at) == pytest.approx(wanted, rel=1e-4, abs=1)
    assert within(stay, np.array([1e12])) == pytest.approx(stay.mean_s(), rel=1e-9)


def tandem(rate: dict[str, Any], stays: list[dict[str, Any]], **changes: Any) -> Any:
    stages = [{"kind": kind, "stay": stay} for kind, stay in zip(("icu", "ward"), stays, strict=False)]
    units = {kind: {"beds": "unlimited"} for kind in ("icu", "ward")}
    world = {
        "format": 1,
        "name": "tandem",
        "start": "2027-01-04T00:00",
        "horizon_days": 71,
        "regions": {"a": {"units": units}},
        "classes": {"ill": {"urgency": 3, "pathways": [{"share": 1, "stages": stages}]}},
        "streams": {"s": {"kind": "poisson", **rate, "regions": {"a": 1}, "classes": {"ill": 1}}},
    }
    return scenario(world | changes)


A, B = {"family": "exponential", "mean_days": 3}, {"family": "exponential", "mean_days": 5}


def test_two_exponential_stages_from_an_empty_start() -> None:
    """m₁ = λa(1 − e^(−t/a)); m₂ by the ordinary differential equation m₂' = m₁/a − m₂/b, solved by hand."""
    found = mean_census(tandem({"per_day": 4}, [A, B]))
    t = found.at_s / DAY
    a, b, rate = 3.0, 5.0, 4.0
    first = rate * a * (1 - np.exp(-t / a))
    k = 1 / b - 1 / a
    second = rate * b * (1 - np.exp(-t / b)) - rate * (np.exp(-t / a) - np.exp(-t / b)) / k
    assert found.of("icu") == pytest.approx(first, rel=1e-9, abs=1e-9)
    assert found.of("ward") == pytest.approx(second, rel=1e-4, abs=1e-4)


def test_an_equilibrium_stays_one() -> None:
    """Those who lie there at the start and those who come make rate x mean stay at every hour."""
    stays = [
        {"family": "lognormal", "mean_days": 2.7, "sd_days": 4.4},
        {"family": "fixed", "value_days": 6.3},
    ]
    found = mean_census(tandem({"per_day": 4}, stays, starts="equilibrium", warm_up_days=3))
    assert found.of("icu") == pytest.approx(4 * 2.7, rel=1e-9)
    assert found.of("ward") == pytest.approx(4 * 6.3, rel=1e-5)
    assert found.time_mean()[0] == pytest.approx([4 * 2.7, 4 * 6.3], rel=1e-5)


@pytest.mark.parametrize(
    "stay", [f for f in FAMILIES if f["family"] not in ("empirical", "uniform")], ids=str
)
def test_a_wave_by_quadrature(stay: dict[str, Any]) -> None:
    """The wave of theory.csv with every family of stay, against adaptive quadrature of ∫ λ(u) S(t − u) du."""
    wave = {"shape": "gaussian", "peak_per_day": 12, "centre_day": 40, "sd_days": 12, "from_day": 0}
    found = mean_census(tandem({"rate": wave}, [stay]))
    family: Any = TypeAdapter(Duration).validate_python(stay)

    def here(day: float) -> float:
        """By parts, since quadrature knows no density: G(t) λ(0) + ∫ G(t − u) λ'(u) du."""

        def rate(u: float) -> float:
            return float(12 * np.exp(-((u - 40) ** 2) / 288))

        def inside(x: float) -> float:
            return float(within(family, np.array([x * DAY]))[0]) / DAY

        changed = integrate.quad(lambda u: inside(day - u) * rate(u) * (40 - u) / 144, 0, day, limit=400)
        return inside(day) * rate(0) + float(changed[0])

    for day in (10, 30, 47, 70):
        assert found.of("icu")[day * 24] == pytest.approx(here(day), rel=2e-4)


def test_the_oracle_of_the_wave() -> None:
    world = load_scenario(TESTS / "oracles" / "mtg_wave_exponential.yaml").scenario
    found = mean_census(world).of("bed")
    with (TESTS / "oracles" / "theory.csv").open(newline="") as file:
        rows = [r for r in csv.DictReader(file) if r["case_id"] == "MTG_wave_exponential"]
    assert len(rows) == 4
    for row in rows:
        day = int(row["quantity"][2:-1])
        assert found[24 * day] == pytest.approx(float(row["value"]), rel=2e-5)


def test_the_shipped_state_lies_where_the_tables_put_it() -> None:
    """Load by region as in the reference table; its ward loads leave out what icu_factor moves."""
    found = mean_census(load_shipped("ordinary-week").scenario).time_mean()
    with (TESTS / "unit" / "ordinary_state_expected.csv").open(newline="") as file:
        rows = {r["region"]: r for r in csv.DictReader(file)}
    regions = sorted(rows)
    icu, ward = (np.array([float(rows[r][f"{kind}_load"]) for r in regions]) for kind in ("icu", "ward"))
    assert found[:, 0] == pytest.approx(icu, rel=0.003)
    assert found[:, 1] == pytest.approx(ward, rel=0.007)
    assert found[:, 1].sum() == pytest.approx(ward.sum(), rel=0.001)


def test_the_simulator_lies_round_it() -> None:
    """All kinds of stream, three regions, two stages, unlimited beds: 40 runs against the formula."""
    world = abc(starts="equilibrium", transport={"instant": True})
    for region in world["regions"].values():
        region["units"] = {kind: {"beds": "unlimited"} for kind in ("icu", "ward")}
    table = [{"arrival_h": 30 + h, "region": "a", "class": "critical"} for h in range(20)]
    world["streams"]["named"] = {"kind": "table", "patients": table}
    one = scenario(world)
    exact, plan, runs = mean_census(one), load_plan("alone").plan, 40
    days = np.array([-3, 1, 4, 6, 9, 13])
    seen = np.zeros((runs, 3, 2, len(days)))
    for k in range(runs):
        demand = sample(one, k)
        seen[k] = levels(one, demand, simulate(one, plan, demand), days * DAY)
    wanted = exact.mean[:, :, np.searchsorted(exact.at_s, days * DAY)]
    error = seen.std(axis=0, ddof=1) / np.sqrt(runs)
    assert (np.abs(seen.mean(axis=0) - wanted) <= 4 * error + 0.02).all()


def levels(one: Any, demand: Any, journal: Any, at_s: Any) -> Any:
    """Return the census (regions, kinds, times) by adding up admissions and what ends them."""
    stays = Course(one, demand, journal).stays
    found = np.zeros((len(one.regions), len(one.kinds), len(at_s)))
    for number, at in enumerate(at_s):
        here = (stays.from_s <= at) & (at < stays.to_s)
        np.add.at(found[:, :, number], (stays.region[here], stays.kind[here]), 1)
    return found
