"""How long and how large: what is beyond reason is refused, and all that is accepted can be drawn."""

import json
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from nspl_sim.demand import quantiles
from nspl_sim.demand.sample import sample
from nspl_sim.reading.place import Loc
from nspl_sim.reading.telling import say
from nspl_sim.scenario.expected import patients
from nspl_sim.scenario.load import Loaded, load_scenario
from nspl_sim.scenario.stays import Duration
from nspl_sim.scenario.streams import DayRate
from nspl_sim.vocabulary.errors import InputRefused
from tests.unit.test_fuzz import LEAVES, MUTATIONS, mutated
from tests.worlds import abc

LEAST, MOST = 2.0**-53, 1 - 2.0**-53
EDGES = np.array([LEAST, 1e-9, 1e-3, 0.25, 0.5, 0.75, 1 - 1e-3, 1 - 1e-9, MOST])

numbers = (
    st.floats(1e-3, 1e3)
    | st.floats(0, 1e12)
    | st.sampled_from([0.0, 5e-324, 1e-300, 1e-9, 1.0, 8759.0, 1e12])
    | st.integers(0, 40).map(lambda n: 10.0 ** (n / 4 - 4))
)
reals = numbers | numbers.map(lambda x: -x)


def timed(family: str, *names: str, **others: Any) -> st.SearchStrategy[dict[str, Any]]:
    """Return a strategy for *family* with the times *names*, each in hours or in days."""
    keys = [st.sampled_from([name + "_h", name + "_days"]) for name in names]
    times = st.tuples(*keys).flatmap(lambda found: st.fixed_dictionaries(dict.fromkeys(found, numbers)))
    rest = st.fixed_dictionaries({"family": st.just(family), **others})
    return st.tuples(rest, times).map(lambda pair: pair[0] | pair[1])


lists = st.lists(numbers, min_size=1, max_size=4)
stays = st.one_of(
    timed("fixed", "value"),
    timed("exponential", "mean"),
    timed("gamma", "mean", "sd"),
    timed("lognormal", "mean", "sd"),
    timed("lognormal", "median", "mean"),
    timed("lognormal", "median", "q1", "q3"),
    timed("lognormal", mu=reals, sigma=numbers),
    timed("weibull", "scale", shape=numbers),
    timed("triangular", "low", "mode", "high"),
    timed("uniform", "low", "high"),
    st.fixed_dictionaries({"family": st.just("empirical"), "values_h": lists}),
    lists.flatmap(
        lambda values: st.fixed_dictionaries(
            {
                "family": st.just("empirical"),
                "values_days": st.just(values),
                "weights": st.lists(numbers, min_size=len(values), max_size=len(values)),
            }
        )
    ),
)


@settings(deadline=None, max_examples=600)
@given(stays)
def test_every_accepted_time_can_be_drawn(content: dict[str, Any]) -> None:
    try:
        stay = TypeAdapter(Duration).validate_python(content)
    except ValidationError:
        return
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert 0 <= stay.mean_s() <= 365 * 86400
        drawn = quantiles.duration(stay, EDGES)
        assert (drawn >= 0).all() and (np.diff(drawn) >= 0).all()
        assert np.isfinite(quantiles._quantile(stay, EDGES)).all()
        if stay.mean_s() > 0:
            assert np.isfinite(quantiles.length_biased(stay, EDGES)).all()


def test_a_stay_met_under_way_is_as_likely_as_it_is_long_and_common() -> None:
    """Of 63 stays of nothing and one of a day all that are met are the day; 1 h x 3 against 3 h x 1: half."""
    rare = TypeAdapter(Duration).validate_python(
        {"family": "empirical", "values_days": [0, 1], "weights": [63, 0.015625]}
    )
    assert (quantiles.length_biased(rare, EDGES) == 86400).all()
    even = TypeAdapter(Duration).validate_python(
        {"family": "empirical", "values_h": [1, 3], "weights": [3, 1]}
    )
    assert quantiles.length_biased(even, np.array([0.49, 0.51])).tolist() == [3600, 10800]


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(["lognormal", "exponential", "fixed"]), numbers, numbers)
def test_every_accepted_rate_of_a_day_can_be_drawn(family: str, mean: float, sd: float) -> None:
    content = {"family": family, "mean": mean} | ({"sd": sd} if family == "lognormal" else {})
    try:
        rate = DayRate.model_validate(content)
    except ValidationError:
        return
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = quantiles.day_rates(rate, EDGES)
    assert np.isfinite(found).all() and (found >= 0).all()
    assert found.max() <= 1000, "nobody is wounded twice on a day"


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(LEAVES), st.sampled_from(MUTATIONS))
def test_whatever_is_accepted_with_one_changed_leaf_can_be_drawn(
    tmp_path_factory: pytest.TempPathFactory, loc: Loc, change: Any
) -> None:
    file = tmp_path_factory.mktemp("mutated") / "world.json"
    file.write_text(json.dumps(mutated(loc, change)[0]), encoding="utf-8")
    try:
        world = load_scenario(file).scenario
    except InputRefused:
        return
    end = world.horizon_days + world.cool_down_h / 24
    if sum(patients(one, -world.warm_up_days, end) for one in world.streams.values()) < 20_000:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            drawn = sample(world, 0)
        assert (drawn.stay_s[drawn.kind >= 0] >= 0).all() and (np.diff(drawn.arrival_s) >= 0).all()


def changed(path: str, value: Any, folder: Path) -> Loaded:
    """Return the world with one value changed."""
    content: Any = abc()
    part, keys = content, path.split(".")
    for key in keys[:-1]:
        part = part[int(key)] if isinstance(part, list) else part[key]
    part[keys[-1]] = value
    file = folder / "world.json"
    file.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return load_scenario(file)


def refusal(path: str, value: Any, folder: Path) -> list[str]:
    with pytest.raises(InputRefused) as refused:
        changed(path, value, folder)
    return [say(problem).partition(" ")[2] for problem in refused.value.problems]


STAY = "classes.critical.pathways.0.stages.0.stay"
SHORT = "is less than a second; is the unit right?"
FORMS = (
    "must have mean and sd, median and mean, median with q1 and q3, or mu and sigma of ln(days); "
    "each time once, with its unit"
)


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        (STAY, {"family": "lognormal", "median_h": 5e-324, "mean_h": 1}, f"{STAY}.median_h {SHORT}"),
        (STAY, {"family": "lognormal", "mean_h": 1e-300, "sd_h": 1}, f"{STAY}.mean_h {SHORT}"),
        (STAY, {"family": "gamma", "mean_h": 1, "sd_h": 1e-300}, f"{STAY}.sd_h {SHORT}"),
        (STAY, {"family": "gamma", "mean_h": 1e-300, "sd_h": 100}, f"{STAY}.mean_h {SHORT}"),
        (
            STAY,
            {"family": "gamma", "mean_h": 1, "sd_h": 101},
            f"{STAY}.sd_h must be from a thousandth of the mean to a hundred times the mean",
        ),
        (STAY, {"family": "empirical", "values_h": [1, 1e-9]}, f"{STAY}.values_h.1 {SHORT}"),
        (STAY, {"family": "lognormal", "mu": -20, "sigma": 1}, f"{STAY} implies a median of 2.061e-09 days"),
        ("classes.critical.dies_waiting.tau_h", 1e-300, f"classes.critical.dies_waiting.tau_h {SHORT}"),
        (
            STAY,
            {"family": "gamma", "mean_h": 3, "shape": 2},
            f"{STAY}.shape is no key of family: gamma, which takes mean, sd (a time",
        ),
        (
            "transport.distances_km.a",
            {"a": 5, "b": 60, "c": 200},
            "transport.distances_km.a.a is the way from a region to itself, which is 0 (got 5)",
        ),
        ("catch_up", 5e-324, "catch_up must be 0, or at least 0.001 (got 5e-324)"),
        ("horizon_days", 1e-9, "horizon_days must be a number from 0.01 to 3650 (got 1e-09)"),
        (
            "streams.crash.size",
            {"family": "fixed", "value": 2.5},
            "streams.crash.size.value must be a whole number >= 1: nothing is rounded (got 2.5)",
        ),
        ("streams.crash.size.value", 0.2, "streams.crash.size.value must be a whole number >= 1"),
        ("regions.a.icu_teams", 2.5, "regions.a.icu_teams must be a whole number >= 0: nothing is rounded"),
        (
            "streams.front.troops",
            10**9,
            "streams.front.troops are 1000000000 troops; that is more than live in the regions, 300000",
        ),
        (
            "streams.crash.size",
            {"family": "lognormal", "median": 1000, "sigma": 2},
            "streams.crash.size.sigma makes up to 13451537 casualties (one time in a million)",
        ),
        (
            "streams.crash",
            {
                "kind": "table",
                "patients": [
                    {
                        "arrival_h": 1,
                        "region": "a",
                        "class": "ill",
                        "stages": [{"kind": "icu", "stay_h": 1e12}],
                    }
                ],
            },
            "streams.crash.patients.0.stages.0.stay_h must be a number from 0 to 87600",
        ),
        (
            "streams.crash",
            {"kind": "table", "patients": []},
            "streams.crash.patients must hold at least 1 entries",
        ),
        ("transport.modes.helicopter.kinds", [], "transport.modes.helicopter.kinds must hold at least 1"),
        ("regions", {}, "regions must hold at least 1 entries"),
        (
            STAY,
            {"family": "lognormal", "mean_h": 3, "sigma": 1},
            f"{STAY} {FORMS}: mean, sigma do not go together; sigma goes with mu, the ln of the median",
        ),
        (
            STAY,
            {"family": "lognormal", "median_h": 3},
            f"{STAY} {FORMS}: beside median is missing mean | q1, q3",
        ),
        (
            STAY,
            {"family": "lognormal", "median_h": 3, "median_days": 2, "mean_h": 4},
            f"{STAY}.median_days has median in two units; give one of them",
        ),
        (
            "streams.emergency.profile",
            {"weekday": [1e-300] * 7},
            "streams.emergency.profile.weekday must have some weight of at least 0.001",
        ),
        (
            "transport.team_kinds",
            ["ivu"],
            'transport.team_kinds.0 is a kind of unit that no region has (got "ivu"); did you mean icu?',
        ),
        (
            "transport.modes.helicopter.kinds",
            ["iva"],
            'transport.modes.helicopter.kinds.0 is a kind of unit that no region has (got "iva"); did you',
        ),
    ],
)
def test_what_is_beyond_reason_is_refused_by_name(path: str, value: Any, told: str, tmp_path: Path) -> None:
    assert any(line.startswith(told) for line in refusal(path, value, tmp_path)), refusal(
        path, value, tmp_path
    )


def test_an_absolute_limit_is_said_where_nobody_told_how_many_live_there(tmp_path: Path) -> None:
    regions = {key: region | {"population": None} for key, region in abc()["regions"].items()}
    content = abc(regions=regions)
    content["streams"]["front"]["troops"] = 10**9
    (tmp_path / "world.json").write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InputRefused) as refused:
        load_scenario(tmp_path / "world.json")
    [problem] = refused.value.problems
    assert "over 100000000 is refused where a region does not say its population" in say(problem)


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("streams", {}, "streams is empty: nobody arrives"),
        (
            "transport.team_kinds",
            ["icu", "paediatric"],
            "transport.team_kinds.1 is a kind of unit that no region has, and has no effect",
        ),
    ],
)
def test_what_has_no_effect_is_told_and_runs(path: str, value: Any, told: str, tmp_path: Path) -> None:
    found = changed(path, value, tmp_path)
    assert any(
        say(problem).partition("world.json:")[2].partition(" ")[2].startswith(told)
        for problem in found.warnings
    )
    assert len(sample(found.scenario, 0)) >= 0


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in an empty folder."""
    monkeypatch.chdir(tmp_path)


def extended(written: str) -> list[str]:
    """Return what is told of a file that changes the shipped winter."""
    file = Path("mine.yaml")
    file.write_text("format: 1\nname: mine\nextends: national-surge\n" + written, encoding="utf-8")
    try:
        return [say(problem) for problem in load_scenario(file).warnings]
    except InputRefused as refused:
        return [say(problem) for problem in refused.problems]


def test_a_region_that_is_taken_away_is_one_mistake(here: None) -> None:
    [told] = extended("regions: {skane: null}\n")
    assert told.startswith(
        "mine.yaml:4:18 regions.skane is taken away, but still stands in 20 places, which must change too: "
        "streams.emergency.regions.skane, "
    )


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("transport: null", "mine.yaml:4:12 transport is taken away, but still stands in 84 places, which"),
        (
            "transport: {modes: {ambulance: null}}",
            "mine.yaml:4:32 transport.modes.ambulance is taken away, but still stands in 21 places, which",
        ),
        (
            "streams: null",
            "mine.yaml:4:10 streams is missing; it must be a mapping of keys and values (got null)",
        ),
        (
            "horizon_days: null",
            "mine.yaml:4:15 horizon_days is missing; it must be a number from 0.01 to 3650",
        ),
    ],
)
def test_what_is_taken_away_is_told_where_it_is(written: str, told: str, here: None) -> None:
    [line] = extended(written + "\n")
    assert line.startswith(told)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("extends: national-surge.yaml", "(got national-surge.yaml); did you mean national-surge?"),
        ("extends: nationl-surge.yaml", "(got nationl-surge.yaml); did you mean national-surge?"),
    ],
)
def test_a_shipped_name_with_an_ending_is_known(written: str, told: str, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(f"format: 1\nname: mine\n{written}\n", encoding="utf-8")
    with pytest.raises(InputRefused) as refused:
        load_scenario(file)
    assert told in say(refused.value.problems[0])


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("regions.a.units.icu.beds", "obegränsat", "did you mean unlimited?"),
        ("regions.a.units.icu.beds", ".inf", "did you mean unlimited?"),
        ("streams.emergency.kind", "massskada", "did you mean mass_casualty?"),
        ("streams.emergency.kind", "planerad", "did you mean planned?"),
        (
            "streams.emergency.file",
            "own.csv",
            "streams.emergency.file belongs only to a stream of kind: table",
        ),
        ("streams.emergency.classes", {"Critcal": 0.5, "ill": 0.5}, "did you mean critical?"),
        ("streams.emergency.regions", {"A": 0.5, "b": 0.5}, "(got A); did you mean a?"),
    ],
)
def test_what_was_meant_is_said(path: str, value: Any, told: str, tmp_path: Path) -> None:
    [line] = refusal(path, value, tmp_path)
    assert told in line


def test_a_load_is_told_where_it_can_be_mended(tmp_path: Path, here: None) -> None:
    [told] = extended("regions: {skane: {units: {icu: {beds: 4}}}}\n")
    assert told.startswith("warning: mine.yaml:4:39 regions.skane.units.icu.beds gives icu in skane ")
    content = abc()
    for region in content["regions"].values():
        region["units"]["icu"] = {"beds": 0}
    (tmp_path / "world.json").write_text(json.dumps(content), encoding="utf-8")
    [lacks, told] = [say(problem) for problem in load_scenario(tmp_path / "world.json").warnings]
    assert "regions.a has no icu, which its patients need" in lacks
    assert "beds, but no region has any: nobody gets one (regions so crowded: 3) (got 22)" in told
    [lacks] = changed("regions.a.units.icu", {"beds": 0}, tmp_path).warnings
    assert lacks.path == "regions.a", "one region without beds sends its patients to the others"
