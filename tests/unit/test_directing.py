"""Three regions by hand: what each rule says of them, and what each switch of taking part changes.

a - b 50 km, b - c 80 km, a - c 100 km; a and c are one care region, b and c one civil area.
"""

import numpy as np
import pytest

from nspl_sim.policies.directing import Director, empty, nothing_reported
from nspl_sim.policies.elective.never_pause import NeverPause
from nspl_sim.policies.elective.threshold import Threshold
from nspl_sim.policies.plan import Plan, load_plan
from nspl_sim.policies.rules import Geography, Situation, replace
from nspl_sim.policies.support.alone import Alone
from nspl_sim.policies.support.as_listed import AsListed
from nspl_sim.policies.support.civil_area_first import CivilAreaFirst
from nspl_sim.policies.support.least_loaded import LeastLoaded
from nspl_sim.policies.support.nearest import Nearest
from nspl_sim.policies.support.today import Today
from nspl_sim.policies.surge.at_occupancy import AtOccupancy
from nspl_sim.policies.surge.never import Never
from nspl_sim.vocabulary.care import UNLIMITED
from nspl_sim.vocabulary.clock import DAY, HOUR

A, B, C = range(3)
KEYS = ("a", "b", "c")
ICU, WARD = range(2)


def nation(icu=(10, 10, 10), surge=None) -> Geography:
    return Geography(
        regions=KEYS,
        kinds=("icu", "ward"),
        names=KEYS,
        civil_area=("west", "east", "east"),
        care_region=("north", "south", "north"),
        km=np.array([[0, 50, 100], [50, 0, 80], [100, 80, 0]], dtype=float),
        population=np.array([1000, 1000, 1000]),
        base_beds=np.array([[beds, 100] for beds in icu]),
        surge_beds=surge or {},
    )


def picture(g: Geography, occupied=(0, 0, 0), time_s=0, **figures) -> Situation:
    """Return a picture of intensive care; *figures* are by region, of intensive care too."""
    seen = empty(g, time_s)
    changed = {"occupied": icu(seen.occupied, occupied)}
    for name, values in figures.items():
        changed[name] = np.array(values) if name == "elective_share" else icu(getattr(seen, name), values)
    return replace(seen, **changed)


def icu(array, values):
    array = array.copy()
    array[:, ICU] = values
    return array


def walks(rule, situation):
    """Return whom each region asks for intensive care, as text: ``{"a": "bc", ...}``."""
    return named(rule.orders(situation))


def named(orders):
    (order,) = [o for o in orders if o.kind == ICU]
    return {KEYS[s]: "".join(KEYS[r] for r in walk) for s, walk in enumerate(order.receivers)}


def plan(support="today", **more) -> Plan:
    data = {"format": 1, "name": "tried", "support": support, "elective": "never-pause", "surge": "never"}
    return Plan.model_validate(data | more)


def directed(tried: Plan, seen: Situation):
    return Director(tried, seen.geography).directive(seen, seen)


# --- support ----------------------------------------------------------------------------------


def test_the_rules_that_look_at_no_picture():
    assert Alone().orders(picture(nation())) == ()
    assert walks(Nearest(), picture(nation())) == {"a": "bc", "b": "ac", "c": "ba"}
    assert walks(Today(), picture(nation())) == {"a": "cb", "b": "ac", "c": "ab"}
    assert walks(CivilAreaFirst(), picture(nation())) == {"a": "bc", "b": "ca", "c": "ba"}


def test_regions_without_an_area_are_not_of_one_area():
    g = replace(nation(), care_region=("", "", ""))
    assert walks(Today(), picture(g)) == walks(Nearest(), picture(g))


def test_as_listed_asks_those_listed_and_nobody_else():
    rule = AsListed(receivers={"a": ("c", "a", "c", "elsewhere", "b"), "b": ("c",)})
    assert walks(rule, picture(nation())) == {"a": "cb", "b": "c", "c": ""}


@pytest.mark.parametrize("rule", [Nearest(), Today(), CivilAreaFirst(), LeastLoaded()], ids=lambda r: r.name)
def test_who_never_has_such_beds_is_not_asked_but_asks(rule):
    g = nation(icu=(10, 0, 10))
    asked = walks(rule, picture(g))
    assert (asked["a"], sorted(asked["b"]), asked["c"]) == ("c", ["a", "c"], "a")
    with_surge = nation(icu=(10, 0, 10), surge={(B, ICU): (2,)})
    assert sorted(walks(rule, picture(with_surge))["a"]) == ["b", "c"]


@pytest.mark.parametrize("rule", [Nearest, Today, CivilAreaFirst, LeastLoaded, AsListed])
def test_kinds_are_taken_in_alphabetical_order_and_unknown_ones_ignored(rule):
    orders = rule(kinds=("ward", "burn", "icu"), reserve=2).orders(picture(nation()))
    assert [o.kind for o in orders] == [ICU, WARD]
    assert [o.reserve for o in orders] == [(2, 2, 2)] * 2
    assert [o.quota for o in orders] == [(-1, -1, -1)] * 2
    assert rule(kinds=("burn",)).orders(picture(nation())) == ()


def test_least_loaded_and_among_equals_the_nearest():
    assert walks(LeastLoaded(), picture(nation(), (5, 5, 7))) == {"a": "bc", "b": "ac", "c": "ba"}
    assert walks(LeastLoaded(), picture(nation(), (5, 7, 4))) == {"a": "cb", "b": "ca", "c": "ab"}
    on_the_edge = picture(nation(icu=(10, 100, 10)), (0, 39, 3))
    assert walks(LeastLoaded(), on_the_edge)["a"] == "bc", "0.3 is in the step from 0.3 to 0.4"


def test_least_loaded_does_not_fly_for_a_few_per_cent():
    seen = picture(nation(icu=(100, 100, 100)), (0, 58, 51))
    assert walks(LeastLoaded(), seen)["a"] == "bc"
    assert walks(LeastLoaded(band=0.01), seen)["a"] == "cb"


def test_least_loaded_asks_those_with_room_before_the_full_and_the_unknown_last():
    g = nation(icu=(10, 5, 100))
    small_is_full = picture(g, (0, 4, 85))
    assert walks(LeastLoaded(), small_is_full)["a"] == "cb", "one free bed is what b keeps"
    assert walks(LeastLoaded(reserve=0), small_is_full)["a"] == "bc"
    full = picture(g, (0, 5, 100))
    unknown_c = replace(full, staffed=icu(full.staffed, (10, 5, -1)))
    unknown_b = replace(full, staffed=icu(full.staffed, (10, -1, 100)))
    assert walks(LeastLoaded(), unknown_c)["a"] == "bc"
    assert walks(LeastLoaded(), unknown_b)["a"] == "cb"


def test_least_loaded_counts_those_on_the_way_and_in_line():
    seen = picture(nation(), (3, 3, 3), inbound=(0, 2, 0), waiting=(0, 0, 3))
    assert walks(LeastLoaded(), seen)["a"] == "bc"
    assert walks(LeastLoaded(), picture(nation(), (3, 3, 3), inbound=(0, 3, 0)))["a"] == "cb"


def test_least_loaded_without_any_picture_goes_by_distance():
    g = nation()
    assert walks(LeastLoaded(), nothing_reported(g, 0)) == walks(Nearest(), picture(g))


# --- elective ---------------------------------------------------------------------------------


def going(rule, seen):
    """Return the share of priority 3 that goes ahead, by region."""
    return rule.shares(seen)[:, 2].tolist()


def test_never_pause():
    assert NeverPause().shares(picture(nation(), (99, 99, 99))).tolist() == [[1.0, 1.0, 1.0]] * 3


def test_threshold_pauses_at_one_load_and_resumes_below_another():
    g = nation(icu=(100, 100, 100))
    in_force = [[1, 1, 1], [1, 1, 0], [1, 1, 0]]
    assert going(Threshold(), picture(g, (100, 100, 100), elective_share=in_force)) == [0, 0, 0]
    assert going(Threshold(), picture(g, (99, 99, 85), elective_share=in_force)) == [1, 0, 0]
    assert going(Threshold(), picture(g, (0, 84, 0), elective_share=in_force)) == [1, 1, 1]


def test_threshold_pauses_the_priorities_it_is_told_to_the_share_it_is_told():
    rule = Threshold(paused_priorities=(3, 2), share_when_paused=0.25)
    assert rule.shares(picture(nation(), (10, 0, 0))).tolist() == [[1, 0.25, 0.25], [1, 1, 1], [1, 1, 1]]
    paused = picture(nation(), (9, 0, 0), elective_share=rule.shares(picture(nation(), (10, 0, 0))))
    assert rule.shares(paused)[A].tolist() == [1, 0.25, 0.25]


def test_threshold_counts_those_on_the_way_and_in_line():
    assert going(Threshold(), picture(nation(), (9, 9, 9), inbound=(1, 0, 0), waiting=(0, 1, 0))) == [0, 0, 1]


def test_threshold_of_beds_that_are_not_there_are_unlimited_or_unknown():
    g = nation(icu=(0, UNLIMITED, 10))
    assert going(Threshold(), picture(g, (3, 10**6, 5))) == [1, 1, 1], "no bed: nothing would be freed"
    lost = picture(nation(), (1, 0, 0), staffed=(0, 0, 10))
    assert going(Threshold(), lost) == [0, 1, 1], "all beds lost: someone, or nobody, needs one"
    unknown = picture(nation(), staffed=(-1, -1, -1), elective_share=[[1, 1, 0], [1, 1, 1], [-1, -1, -1]])
    assert going(Threshold(), unknown) == [0, 1, 1], "unknown: as it was"
    assert going(Threshold(kind="burn"), picture(nation(), (99, 99, 99))) == [1, 1, 1]


# --- surge ------------------------------------------------------------------------------------

STEPS = {(A, ICU): (2, 3), (B, ICU): (2, 3), (C, ICU): (2, 3)}


def wanted(rule, seen):
    steps = rule.steps(seen)
    assert not steps[:, WARD].any()
    return steps[:, ICU].tolist()


def test_never_opens_nothing():
    assert wanted(Never(), picture(nation(surge=STEPS), (99, 99, 99))) == [0, 0, 0]


def test_at_occupancy_opens_one_step_when_full_and_counts_the_beds_of_steps_that_are_ordered():
    assert wanted(AtOccupancy(), picture(nation(surge=STEPS), (9, 10, 99))) == [0, 1, 1]
    ordered = {"steps_open": (1, 1, 2), "staffed": (10, 10, 12), "beds_coming": (2, 2, 3)}
    assert wanted(AtOccupancy(), picture(nation(surge=STEPS), (11, 12, 14), **ordered)) == [1, 2, 2]


def test_at_occupancy_closes_when_the_remaining_beds_suffice():
    there = {"steps_open": (1, 1, 2), "staffed": (12, 12, 15)}
    assert wanted(AtOccupancy(), picture(nation(surge=STEPS), (7, 8, 8), **there)) == [0, 1, 1]


def test_at_occupancy_opens_no_more_than_there_is():
    g = nation(surge={(A, ICU): (2, 3)})
    there = {"steps_open": (2, 2, 9), "staffed": (15, 15, 15)}
    assert wanted(AtOccupancy(), picture(g, (99, 99, 99), **there)) == [2, 0, 0]


def test_at_occupancy_of_beds_that_are_not_there_are_unlimited_or_unknown():
    g = nation(icu=(0, UNLIMITED, 10), surge=STEPS)
    assert wanted(AtOccupancy(), picture(g, (1, 10**6, 0), waiting=(0, 0, 10))) == [1, 0, 1]
    assert wanted(AtOccupancy(), picture(g)) == [0, 0, 0], "nobody needs the beds that are not there"
    unknown = picture(g, (-1, -1, 5), staffed=(-1, 5, -1), steps_open=(1, 2, -1))
    assert wanted(AtOccupancy(), unknown) == [1, 2, 0]


# --- directing: what reaches whom -------------------------------------------------------------


def test_support_sees_the_report_and_the_rest_the_present():
    g = nation(surge={(A, ICU): (2,)})
    tried = plan("least-loaded", elective="threshold", surge="at-occupancy")
    made = Director(tried, g).directive(picture(g, (0, 7, 1)), picture(g, (10, 0, 9)))
    assert named(made.orders)["a"] == "cb"
    assert made.elective_share == ((1.0, 1.0, 0.0), (1.0, 1.0, 1.0), (1.0, 1.0, 1.0))
    assert made.surge_steps == ((A, ICU, 1),)


def test_the_terms_of_asking_are_whole_seconds():
    asking = {"ask_minutes": 7.5, "parallel": 2, "retry_h": 0.5, "max_hours": 4, "quota": {"b": 3}}
    made = directed(plan("nearest", asking=asking), picture(nation()))
    assert made.ask_s == (450,) * 3
    assert made.parallel == (2,) * 3
    assert made.max_s == (4 * HOUR,) * 3
    assert made.retry_s == (HOUR // 2,) * 3
    assert made.helps == (True,) * 3
    assert made.orders[0].quota == (-1, 3, -1)
    assert directed(plan(asking={"retry_h": "never"}), picture(nation())).retry_s == (0,) * 3


# --- directing: taking part -------------------------------------------------------------------

COORDINATED = {"rule": "least-loaded", "reserve": 2}
ASKING = {"ask_minutes": 10, "parallel": 3, "max_hours": 9, "quota": {"c": 4}}
SEEN = (5, 5, 3)
"""c is the least loaded; by today's order b asks a first, and a asks c."""


def taking_part(region=None, **switches):
    parts = {"regions": {region: switches}} if region else {"default": switches}
    return plan(COORDINATED, asking=ASKING, taking_part=parts)


def test_all_take_part_when_nothing_is_said():
    made = directed(taking_part("a"), picture(nation(), SEEN))
    assert named(made.orders) == {"a": "cb", "b": "ca", "c": "ba"}
    assert made.orders[0].reserve == (2, 2, 2)
    assert made.orders[0].quota == (-1, -1, 4)
    assert (made.ask_s, made.parallel, made.max_s) == ((600,) * 3, (3,) * 3, (9 * HOUR,) * 3)


def test_who_does_not_give_stands_last_and_answers_as_today():
    made = directed(taking_part("c", gives=False), picture(nation(), SEEN))
    assert named(made.orders) == {"a": "bc", "b": "ac", "c": "ba"}
    assert made.orders[0].reserve == (2, 2, 1)
    assert made.orders[0].quota == (-1, -1, -1)
    assert made.ask_s == (600, 600, 1200)
    assert (made.parallel, made.max_s) == ((3,) * 3, (9 * HOUR,) * 3)


def test_several_who_do_not_give_stand_last_by_distance():
    parts = {"regions": {"b": {"gives": False}, "c": {"gives": False}}}
    made = directed(plan(COORDINATED, taking_part=parts), picture(nation(), SEEN))
    assert named(made.orders) == {"a": "bc", "b": "ac", "c": "ab"}


def test_who_does_not_receive_asks_in_todays_order():
    seen = picture(nation(), (5, 3, 5))
    assert named(directed(taking_part(), seen).orders) == {"a": "bc", "b": "ac", "c": "ba"}
    made = directed(taking_part("a", receives=False), seen)
    assert named(made.orders) == {"a": "cb", "b": "ac", "c": "ba"}
    assert (made.parallel, made.max_s) == ((1, 3, 3), (6 * HOUR, 9 * HOUR, 9 * HOUR))
    assert made.ask_s == (600,) * 3
    assert made.orders[0].reserve == (2, 2, 2)


def test_who_does_not_receive_walks_todays_order_in_full_also_past_those_who_do_not_give():
    parts = {"regions": {"a": {"receives": False}, "c": {"gives": False}}}
    made = directed(plan(COORDINATED, taking_part=parts), picture(nation(), SEEN))
    assert named(made.orders) == {"a": "cb", "b": "ac", "c": "ba"}


def test_who_does_not_share_is_unknown():
    seen = picture(nation(), SEEN)
    tried = taking_part("c", shares_picture=False)
    assert named(directed(tried, seen).orders) == {"a": "bc", "b": "ac", "c": "ba"}
    masked = Director(tried, seen.geography).mask(seen)
    assert masked.known.tolist() == [True, True, False]
    assert (masked.taken_s[C], masked.backlog[C], masked.elective_share[C, 0]) == (-(2**62), -1, -1)
    assert masked.staffed[A].tolist() == seen.staffed[A].tolist()


def test_nothing_of_who_does_not_share_can_be_seen():
    """Two pictures that differ in the hidden region only are masked to the same."""
    g = nation(surge={(C, ICU): (2,)})
    director = Director(taking_part("c", shares_picture=False), g)
    own = plan(elective="threshold", surge="at-occupancy")
    masked = []
    for occupied in ((5, 5, 3), (5, 5, 10)):
        seen = picture(g, occupied)
        before = replace(seen, directive=directed(own, seen), elective_share=NeverPause().shares(seen) / 2)
        masked.append(director.mask(before))
    one, other = masked
    assert one.directive == other.directive
    assert one.occupied.tolist() == other.occupied.tolist()


def test_a_region_sees_its_own_figures_though_it_does_not_share_them():
    hides = {"taking_part": {"default": {"shares_picture": False}}}
    tried = plan(COORDINATED, elective="threshold", surge="at-occupancy", **hides)
    made = directed(tried, picture(nation(surge={(C, ICU): (2,)}), (0, 0, 10)))
    assert made.elective_share[C] == (1.0, 1.0, 0.0)
    assert made.surge_steps == ((C, ICU, 1),)


def test_the_switch_for_pauses_waits_for_a_rule_of_the_office():
    seen = picture(nation(), (10, 10, 10))
    for elective in ("threshold", "never-pause"):
        here = plan(elective=elective, taking_part={"default": {"follows_pauses": False}})
        assert directed(here, seen) == directed(plan(elective=elective), seen)


def test_before_its_day_a_region_takes_no_part():
    tried = taking_part("c", from_day=10)
    director = Director(tried, nation())
    for time_s, share in ((-DAY, False), (0, False), (10 * DAY - 1, False), (10 * DAY, True)):
        seen = picture(director.geography, SEEN, time_s)
        assert director.mask(seen).known[C] == share
        made = director.directive(seen, seen)
        assert made.orders[0].reserve[C] == (2 if share else 1)
        assert made.parallel[C] == (3 if share else 1)
        assert time_s < 0 or named(made.orders)["a"] == ("cb" if share else "bc")


def test_who_joins_at_a_review_brings_its_newest_picture():
    director = Director(taking_part("c", from_day=10), nation())
    g = director.geography
    reported, current = picture(g, SEEN, 10 * DAY - HOUR), picture(g, SEEN, 10 * DAY)
    assert named(director.directive(reported, current).orders)["a"] == "cb"


def test_when_nobody_takes_part_it_is_todays_order():
    nobody = {"shares_picture": False, "gives": False, "receives": False}
    seen = picture(nation(), SEEN)
    retry = {"asking": {"ask_minutes": 5, "parallel": 9, "max_hours": 2, "quota": {"a": 0}}}
    outside = plan(COORDINATED, taking_part={"default": nobody}, **retry)
    assert directed(outside, seen) == directed(plan("today"), seen)


def test_who_lives_under_today_is_never_at_zero_where_the_rule_is_silent():
    parts = {"regions": {"a": {"receives": False}}}
    made = directed(plan({"rule": "nearest", "kinds": ["ward"]}, taking_part=parts), picture(nation()))
    assert [o.kind for o in made.orders] == [ICU, WARD]
    assert named(made.orders) == {"a": "cb", "b": "", "c": ""}
    assert made.orders[1].receivers == ((), (A, C), (B, A)), "today's order asks nobody for ward beds"


def test_no_switch_adds_an_order_under_alone():
    seen = picture(nation(), SEEN)
    made = directed(plan("alone"), seen)
    assert made.orders == ()
    assert made.helps == (False,) * 3
    nobody = {"gives": False, "receives": False, "shares_picture": False, "from_day": 3}
    assert directed(plan("alone", taking_part={"default": nobody}), seen) == made
    assert Director(plan("alone"), seen.geography).at_start(-DAY) == made


def test_the_start_of_the_warm_up_is_todays_order_of_an_empty_nation():
    g = nation()
    today = load_plan("today").plan
    start = Director(today, g).at_start(-60 * DAY)
    assert named(start.orders) == walks(Today(), picture(g))
    assert start.surge_steps == ()
    assert start == Director(today, g).directive(nothing_reported(g, 0), picture(g))
