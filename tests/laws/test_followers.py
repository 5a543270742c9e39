"""Who follows the pauses that the office calls for, and who pauses planned care by a rule of its own."""

from nspl_sim.policies.directing import Director, empty
from nspl_sim.policies.plan import Plan, load_plan
from nspl_sim.policies.rules import replace
from nspl_sim.policies.sentences import clause
from nspl_sim.system.simulate import geography
from tests.worlds import abc, scenario

GOES, PAUSED = (1.0, 1.0, 1.0), (1.0, 1.0, 0.0)


def plan(**changes) -> Plan:
    said = load_plan("coordinated").plan.written() | {"name": "tried", "elective": "national"}
    return Plan.model_validate(said | changes)


def shares(tried: Plan, reported=(0, 0, 0), current=(0, 0, 0), day=1.0, works=True):
    """Return who goes ahead when so many of 4, 6 and 8 beds are said to be taken, and are."""
    here = geography(scenario(abc()))

    def picture(occupied):
        base = empty(here, round(day * 86400))
        taken = base.occupied.copy()
        taken[:, 0] = occupied
        return replace(base, occupied=taken)

    director = Director(tried, here)
    return director.directive(picture(reported), picture(current), works).elective_share


FULL = (4, 6, 8)


def test_the_office_pauses_by_what_is_reported_and_everybody_follows():
    assert all(share[2] < 1 for share in shares(plan(), reported=FULL))
    assert shares(plan(), current=FULL) == (GOES, GOES, GOES), "nothing of it has been reported yet"


def test_who_does_not_follow_pauses_by_its_own_figures():
    apart = plan(taking_part={"regions": {"b": {"follows_pauses": False}}})
    said = shares(apart, reported=FULL)
    assert said[1] == GOES and said[0][2] < 1 and said[2][2] < 1
    assert shares(apart, current=FULL) == (GOES, PAUSED, GOES)


def test_nobody_follows_before_joining():
    later = plan(taking_part={"default": {"from_day": 5}})
    assert shares(later, reported=FULL, day=4) == (GOES, GOES, GOES)
    assert all(share[2] < 1 for share in shares(later, reported=FULL, day=5))


def test_nobody_follows_an_office_that_only_knows():
    assert shares(plan(mandate="picture"), reported=FULL) == (GOES, GOES, GOES)
    assert shares(plan(mandate="picture"), current=FULL) == (PAUSED, PAUSED, PAUSED)


def test_while_the_office_is_out_its_pauses_stay():
    assert shares(plan(), reported=FULL, works=False) == (GOES, GOES, GOES)


def test_a_rule_of_the_regions_own_is_everybodys():
    own = load_plan("coordinated").plan.written() | {"taking_part": {"default": {"follows_pauses": False}}}
    assert shares(Plan.model_validate(own), current=FULL) == (PAUSED, PAUSED, PAUSED)


def test_it_is_said():
    def said(**changes):
        return " ".join(str(s) for s in clause(plan(**changes), {"b": "Beta"}))

    apart = {"regions": {"b": {"follows_pauses": False}}}
    assert "pause by a rule of their own: Beta." in said(taking_part=apart)
    only = {"default": {"follows_pauses": False}, "regions": {"b": {"follows_pauses": True}}}
    assert "Only these regions follow the pauses" in said(taking_part=only)
    assert "No region follows the pauses" in said(mandate="picture")
    assert "follow the pauses" not in said()
