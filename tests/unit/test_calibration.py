"""Does the ordinary state fit: the shipped one by its tables, another by the factors that are named."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from pydantic import TypeAdapter

from nspl_sim.demand.census import steady
from nspl_sim.demand.quantiles import duration
from nspl_sim.experiment.calibration import calibrate, uncalibrated
from nspl_sim.experiment.stretched import longer, stretched
from nspl_sim.scenario.load import load_shipped
from nspl_sim.scenario.stays import Duration
from tests.laws.test_mean_census import FAMILIES
from tests.worlds import abc, scenario


def test_the_shipped_state_before_and_after() -> None:
    """As in the reference: 17 507 on wards before the factor, 13 388 after; 44 711 ICU episodes a year."""
    found = calibrate(load_shipped("national-surge").scenario)
    icu, ward = (found.scenario.kinds.index(kind) for kind in ("icu", "ward"))
    assert found.before.lying[:, ward].sum() == pytest.approx(17_506.6, rel=0.001)
    assert found.now.lying[:, ward].sum() == pytest.approx(13_388.4, rel=0.001)
    assert found.now.lying[:, icu].sum() == pytest.approx(335, rel=0.003)
    assert found.now.entered_per_day[:, icu].sum() * 365 == pytest.approx(44_711, rel=0.001)
    assert found.now.entered_per_day[:, ward].sum() * 365 == pytest.approx(1_379_000, rel=1e-6)
    assert np.nanmax(np.abs(found.factor()[:, icu] - 1)) < 0.02
    assert np.nanmax(np.abs(found.factor()[:, ward] - 1)) < 0.06


def test_the_named_icu_factor_hits_the_target() -> None:
    one = load_shipped("ordinary-week").scenario
    wanted = {("skane", "icu"): 50.0, ("gotland", "icu"): 1.5}
    found = calibrate(one, wanted)
    named = dict(zip(one.region_keys, found.icu_factor().tolist(), strict=True))
    changed = {
        name: stream.model_copy(
            update={"icu_factor": {**stream.icu_factor, **{r: named[r] for r, _ in wanted}}}
        )
        for name, stream in one.streams.items()
        if hasattr(stream, "icu_factor")
    }
    again = steady(one.model_copy(update={"streams": changed}))
    for (region, kind), target in wanted.items():
        at = one.region_keys.index(region), one.kinds.index(kind)
        assert again.lying[at] == pytest.approx(target, rel=1e-9)


def test_the_named_stay_factor_hits_the_target() -> None:
    one = scenario(abc())
    found = calibrate(one, {("a", "ward"): 10.0})
    factor = float(found.factor()[0, one.kinds.index("ward")])
    classes = {key: longer(c, "ward", factor) for key, c in one.classes.items()}
    again = steady(found.scenario.model_copy(update={"classes": classes}))
    assert again.lying[0, one.kinds.index("ward")] == pytest.approx(10.0, rel=1e-9)


def test_a_surge_is_no_part_of_the_ordinary_state() -> None:
    surge, ordinary = (calibrate(load_shipped(n).scenario) for n in ("national-surge", "ordinary-week"))
    assert (surge.now.lying == ordinary.now.lying).all()


def test_simulated_occupancy_lies_near_the_expected() -> None:
    """In a world with room enough the simulator gives rate x mean stay over beds."""
    world = abc(horizon_days=200, starts="equilibrium")
    for region in world["regions"].values():
        region["units"] = {"icu": {"beds": 60}, "ward": {"beds": 200}}
    found = calibrate(scenario(world), replications=2)
    assert found.simulated == pytest.approx(found.occupancy(), rel=0.2)


def test_own_classes_keep_their_stays() -> None:
    one = scenario(abc())
    assert uncalibrated(one).classes == one.classes


@pytest.mark.parametrize("given", FAMILIES, ids=lambda g: str(g["family"]))
def test_every_quantile_is_stretched(given: dict[str, Any]) -> None:
    stay: Any = TypeAdapter(Duration).validate_python(given)
    u = np.array([0.01, 0.3, 0.5, 0.9, 0.999])
    assert stretched(stay, 1.7).mean_s() == pytest.approx(1.7 * stay.mean_s(), rel=1e-9)
    assert duration(stretched(stay, 1.7), u) == pytest.approx(1.7 * duration(stay, u), rel=1e-3, abs=2)


def test_unlimited_beds_are_never_full() -> None:
    world = abc()
    world["regions"]["a"]["units"]["icu"] = {"beds": "unlimited"}
    found = calibrate(scenario(world))
    assert found.occupancy()[0, 0] == 0
    assert replace(found, target=found.now.lying).factor()[0, 0] == pytest.approx(1)
