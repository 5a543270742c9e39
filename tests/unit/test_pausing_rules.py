"""Rules on planned care and on surge steps by hand: what each says to a picture that a person can check."""

import numpy as np
import pytest
from pydantic import ValidationError

from nspl_sim.policies.directing import Director
from nspl_sim.policies.elective.always_pause import AlwaysPause
from nspl_sim.policies.elective.civil_area import CivilArea
from nspl_sim.policies.elective.forecast import Forecast
from nspl_sim.policies.elective.national import National
from nspl_sim.policies.elective.staged import Staged
from nspl_sim.policies.plan import Plan
from nspl_sim.policies.rules import UNKNOWN
from nspl_sim.policies.surge.anticipatory import Anticipatory
from nspl_sim.policies.surge.at_occupancy import AtOccupancy
from tests.pictures import ICU, nation, picture

ALL, NO_3 = [1.0, 1.0, 1.0], [1.0, 1.0, 0.0]


def said(rule, situation):
    return rule.shares(situation).tolist()


def test_always_is_everywhere_and_only_what_it_says():
    assert said(AlwaysPause((2, 3), 0.25), picture()) == [[1.0, 0.25, 0.25]] * 3


def test_the_ladder_climbs_and_comes_down_step_by_step():
    rule = Staged(pause_3_at=0.9, pause_2_at=1.1, resume_below=0.2)
    assert said(rule, picture(occupied=(8, 9, 11))) == [ALL, NO_3, [1.0, 0.0, 0.0]]
    coming_down = picture(occupied=(9, 8, 6), elective_share=[1.0, 0.0, 0.0])
    assert said(rule, coming_down) == [[1.0, 0.0, 0.0], NO_3, ALL]


def test_a_ladder_keeps_its_order():
    with pytest.raises(Exception, match=r"may not be|must be above"):
        Staged(pause_3_at=1.2, pause_2_at=1.0)
    with pytest.raises(Exception, match=r"may not be|must be above"):
        Staged(resume_below=0.0)


def test_a_civil_area_pauses_together_by_what_is_free_in_it():
    """East (b and c) has 20 beds, of which 1 is free: 5 %; west has 3 of 10."""
    crowded = picture(occupied=(7, 10, 9))
    assert said(CivilArea(), crowded) == [ALL, NO_3, NO_3]
    assert said(CivilArea(free_under=0.05), crowded) == [ALL, ALL, ALL]  # under, not at


def test_a_crowded_region_does_not_hide_the_free_beds_of_another():
    assert said(CivilArea(), picture(occupied=(0, 14, 7))) == [ALL, ALL, ALL]


def test_a_civil_area_resumes_at_the_higher_share_and_stays_as_it_is_unknown():
    paused = [1.0, 1.0, 0.0]
    assert said(CivilArea(), picture(occupied=(0, 8, 9), elective_share=paused)) == [ALL, NO_3, NO_3]
    assert said(CivilArea(), picture(occupied=(0, 8, 8), elective_share=paused)) == [ALL, ALL, ALL]
    silent = picture(staffed=(10, UNKNOWN, UNKNOWN), elective_share=[ALL, ALL, NO_3])
    assert said(CivilArea(), silent) == [ALL, ALL, NO_3]


def test_the_nation_cuts_also_where_pressure_is_low():
    """30 beds: with 6 free it is 20 %, and nothing is done; with 5 it is under."""
    assert said(National(), picture(occupied=(10, 10, 4))) == [ALL] * 3
    assert said(National(), picture(occupied=(10, 10, 5))) == [[1.0, 1.0, 0.5]] * 3
    assert said(National(), picture(occupied=(10, 10, 8))) == [[1.0, 0.5, 0.0]] * 3


def test_a_national_stage_ends_a_margin_above_where_it_began():
    first, second = [1.0, 1.0, 0.5], [1.0, 0.5, 0.0]
    rule = National()
    assert said(rule, picture(occupied=(10, 10, 6), elective_share=second)) == [second] * 3  # 13 %
    assert said(rule, picture(occupied=(10, 10, 5), elective_share=second)) == [first] * 3  # 17 %
    assert said(rule, picture(occupied=(10, 10, 3), elective_share=first)) == [first] * 3  # 23 %
    assert said(rule, picture(occupied=(10, 10, 2), elective_share=first)) == [ALL] * 3  # 27 %


def test_the_nation_counts_those_that_report():
    silent = picture(staffed=(10, UNKNOWN, UNKNOWN), occupied=(9, UNKNOWN, UNKNOWN))
    assert said(National(), silent) == [[1.0, 1.0, 0.5]] * 3


def test_national_stages_come_in_order():
    for wrong in ({"stage_2_under": 0.3}, {"stage_1_share_3": 0.2, "stage_2_share_3": 0.4}):
        with pytest.raises(Exception, match=r"may not be|must be above"):
            National(**wrong)


def test_forecast_pauses_before_the_beds_are_full():
    rising = picture(occupied=(8, 8, 12), asked_24h=(9, 1, 0))
    assert said(Forecast(), rising) == [NO_3, ALL, ALL]


def test_a_step_is_ordered_in_time_and_closed_only_when_it_will_not_be_missed():
    g = nation(
        surge_beds={(r, ICU): (5,) for r in range(3)}, surge_lead_h={(r, ICU): (48.0,) for r in range(3)}
    )
    rising = picture(g, occupied=(8, 8, 8), asked_24h=(9, 1, 4))
    assert Anticipatory().steps(rising)[:, ICU].tolist() == [1, 0, 0]
    assert AtOccupancy().steps(rising)[:, ICU].tolist() == [0, 0, 0]
    opened = picture(g, staffed=(15, 15, 15), occupied=(7, 7, 8), asked_24h=(9, 1, 1), steps_open=(1, 1, 1))
    assert Anticipatory().steps(opened)[:, ICU].tolist() == [1, 0, 1]
    assert AtOccupancy().steps(opened)[:, ICU].tolist() == [0, 0, 1]


def test_anticipatory_refuses_to_open_again_what_it_closed():
    with pytest.raises(Exception, match=r"may not be|must be above"):
        Anticipatory(open_at=0.8, close_at=0.9)


def a_plan(**changes):
    data = {"format": 1, "name": "tried", "support": "today", "elective": "national", "surge": "never"}
    return Plan.model_validate(data | changes)


def test_the_office_sees_what_is_reported_and_a_region_what_is():
    calm, crowded = picture(occupied=(2, 2, 2)), picture(occupied=(10, 10, 10))
    g = crowded.geography
    assert Director(a_plan(), g).directive(calm, crowded).elective_share == ((1.0, 1.0, 1.0),) * 3
    assert Director(a_plan(), g).directive(crowded, calm).elective_share == ((1.0, 0.5, 0.0),) * 3
    own = a_plan(elective="staged")
    assert Director(own, g).directive(calm, crowded).elective_share == ((1.0, 1.0, 0.0),) * 3


def test_the_office_remembers_what_it_said_last_though_the_picture_is_older():
    """The picture says 23 % free and nothing cut; since then the first stage has begun, and it goes on."""
    older = picture(occupied=(10, 10, 3))
    now = picture(occupied=(0, 0, 0), elective_share=[1.0, 1.0, 0.5])
    share = Director(a_plan(), now.geography).directive(older, now).elective_share
    assert share == ((1.0, 1.0, 0.5),) * 3


def test_a_rule_with_thresholds_in_the_wrong_order_is_refused_in_a_plan():
    with pytest.raises(ValidationError, match="stage_2_under"):
        a_plan(elective={"rule": "national", "stage_2_under": 0.5})


def test_rules_say_what_they_see():
    assert [rule.sees for rule in (National, CivilArea, Staged, Forecast, Anticipatory)] == [
        "reported",
        "reported",
        "current",
        "current",
        "current",
    ]
    assert np.all(AlwaysPause().shares(picture())[:, :2] == 1)
