"""Support rules by hand: whom each asks first in a picture that a person can check."""

import numpy as np
import pytest

from nspl_sim.policies.ahead import expected, load_ahead
from nspl_sim.policies.rules import UNKNOWN
from nspl_sim.policies.support.care_region_first import CareRegionFirst
from nspl_sim.policies.support.fair_share import FairShare
from nspl_sim.policies.support.forecast import Forecast
from nspl_sim.policies.support.least_loaded import LeastLoaded
from nspl_sim.policies.support.neighbours import Neighbours
from nspl_sim.policies.support.today import Today
from tests.pictures import ICU, nation, picture, walks


def test_a_border_comes_before_a_shorter_way():
    bordering = nation(neighbours=((2,), (), (0,)))
    assert walks(Neighbours(), picture(bordering)) == {"a": "cb", "b": "ac", "c": "ab"}
    assert walks(Neighbours(), picture(nation())) == {"a": "bc", "b": "ac", "c": "ba"}


def test_the_own_care_region_by_load_but_not_when_it_is_full():
    free = picture(occupied=(5, 2, 8))
    assert walks(CareRegionFirst(), free)["a"] == "cb"  # c is of a's care region, though b is emptier
    full = picture(occupied=(5, 2, 9))  # c keeps its last bed
    assert walks(CareRegionFirst(), full)["a"] == "bc"
    assert walks(Today(), full)["a"] == "cb"
    silent = picture(staffed=(10, 10, UNKNOWN), occupied=(5, 9, UNKNOWN), inbound=(0, 0, UNKNOWN))
    assert walks(CareRegionFirst(), silent)["a"] == "bc"


def test_who_has_taken_fewest_for_its_size_comes_first():
    """Of 8 taken, a and b should have 2 each and c 4: b is 1 behind, a even, c 1 ahead."""
    g = nation()
    account = picture(g, taken=(2, 1, 5))
    assert walks(FairShare(), account) == {"a": "bc", "b": "ac", "c": "ba"}
    larger = picture(g, taken=(3, 3, 2))  # c is 2 behind, the others 1 ahead
    assert walks(FairShare(), larger) == {"a": "cb", "b": "ca", "c": "ba"}
    nobody = picture(g, taken=(0, 0, 0))
    assert walks(FairShare(), nobody) == walks(Neighbours(), nobody)  # by distance


def test_an_account_within_a_band_is_even():
    account = picture(nation(), taken=(0, 1, 0))
    assert walks(FairShare(band=10.0), account)["c"] == "ba"
    assert walks(FairShare(band=0.25), account)["c"] == "ab"


def test_a_full_receiver_comes_after_one_with_room_whatever_the_account():
    account = picture(nation(), taken=(2, 0, 5), occupied=(0, 10, 0))
    assert walks(FairShare(), account)["a"] == "cb"


def test_without_populations_all_shares_are_equal():
    g = nation(population=np.zeros(3, dtype=np.int64))
    assert walks(FairShare(), picture(g, taken=(0, 3, 0)))["a"] == "cb"


def test_the_load_ahead_is_that_of_endless_beds():
    """48 h after, 1/e of ten are left, and 24 h of six needs a day come to 12 (1 - 1/e)."""
    seen = picture(occupied=(8, 0, 0), waiting=(2, 0, 0), asked_24h=(6, 0, 12))
    kept = np.exp(-1)
    assert expected(seen, ICU, 48.0) == pytest.approx([10 * kept + 12 * (1 - kept), 0, 24 * (1 - kept)])
    assert expected(seen, ICU, 0.0) == pytest.approx([10, 0, 0])
    assert expected(seen, ICU, np.array([0.0, 0.0, 48.0])) == pytest.approx([10, 0, 24 * (1 - kept)])
    assert load_ahead(seen, ICU, 0.0) == pytest.approx([1, 0, 0])


def test_beds_that_are_ordered_count_ahead():
    seen = picture(occupied=(8, 8, 8), beds_coming=(0, 6, UNKNOWN))
    assert load_ahead(seen, ICU, 0.0) == pytest.approx([0.8, 0.5, 0.8])


def test_without_a_mean_stay_nothing_changes_ahead():
    seen = picture(nation(mean_stay_h=()), occupied=(8, 0, 0), asked_24h=(6, 6, 6))
    assert expected(seen, ICU, 48.0) == pytest.approx([8, 0, 0])


def test_a_future_that_is_given_is_the_load_ahead():
    """In two hours region a will have 3 fewer than now and b 7 more; after its end it stays so."""
    future = np.full((3, 3, 2), 20, dtype=np.int64)
    future[2, :, ICU] = (17, 27, 20)
    seen = picture(occupied=(8, 0, 0))
    from nspl_sim.policies.rules import replace

    assert expected(replace(seen, future=future), ICU, 99.0) == pytest.approx([5, 7, 0])
    assert expected(replace(seen, future=future), ICU, 0.0) == pytest.approx([8, 0, 0])


def test_forecast_prefers_who_will_have_room_to_who_has_it_now():
    seen = picture(occupied=(5, 4, 6), asked_24h=(0, 20, 0))
    assert walks(LeastLoaded(), seen)["a"] == "bc"
    assert walks(Forecast(), seen)["a"] == "cb"


def test_forecast_at_no_distance_in_time_is_least_loaded():
    seen = picture(occupied=(9, 4, 6), waiting=(3, 0, 0), asked_24h=(9, 20, 1))
    assert walks(Forecast(horizon_h=0), seen) == walks(LeastLoaded(), seen)
