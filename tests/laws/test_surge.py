"""Surge steps: ordered, due, open, over; each on a world that a person can follow by hand."""

import pytest

from nspl_sim.demand.sample import sample
from nspl_sim.policies.plan import Plan
from nspl_sim.vocabulary.care import Event
from nspl_sim.vocabulary.clock import HOUR
from tests.oracles.both import by_both as simulate
from tests.worlds import scenario

PLAN = Plan.model_validate(
    {
        "format": 1,
        "name": "surge",
        "support": "alone",
        "elective": "never-pause",
        "surge": {"rule": "at-occupancy", "kinds": ["icu"]},
    }
)


def happenings(steps: list[dict], people: int = 40, days: int = 30) -> list[tuple[float, str, int]]:
    """Return (hour, what, step) of a unit of 10 beds that *people* fill from hour 0 on and never leave."""
    stay = {"family": "fixed", "value_days": 100}
    world = scenario(
        {
            "format": 1,
            "name": "surge",
            "start": "2027-01-04T00:00",
            "horizon_days": days,
            "regions": {"a": {"units": {"icu": {"beds": 10, "surge": steps}}}},
            "classes": {
                "ill": {"urgency": 1, "pathways": [{"share": 1, "stages": [{"kind": "icu", "stay": stay}]}]}
            },
            "streams": {
                "given": {
                    "kind": "table",
                    "patients": [{"arrival_h": 0, "region": "a", "class": "ill"}] * people,
                }
            },
        }
    )
    journal = simulate(world, PLAN, sample(world, 0))
    told = {Event.ORDERED: "ordered", Event.OPENED: "opened", Event.CLOSED: "closed"}
    return [
        (time_s / HOUR, told[Event(event)], step)
        for time_s, event, _, _, _, step in journal.rows()
        if event in told
    ]


def test_a_slow_second_step_outlives_a_short_first_one() -> None:
    """As shipped: step 1 lasts 72 h, step 2 takes 168 h, ordered at the review after (6 h).

    Step 1 closes at 84 h, is ordered anew, and is over again at 168 h; step 2, due at 174 h, waits for
    it to open once more at 180 h. From then on step 1 stays, for the next is open.
    """
    seen = happenings([{"beds": 2, "lead_h": 12, "lasts_h": 72}, {"beds": 4, "lead_h": 168}])
    assert (0.0, "ordered", 1) in seen and (12.0, "opened", 1) in seen
    assert (84.0, "closed", 1) in seen
    opened_2 = [hour for hour, what, step in seen if (what, step) == ("opened", 2)]
    assert opened_2 == [180.0]
    assert [e for e in seen if e[0] > 180] == []
    assert [e for e in seen if e[1:] == ("closed", 2)] == []


def test_a_step_is_held_until_the_one_below_is_open() -> None:
    seen = happenings([{"beds": 2, "lead_h": 24}, {"beds": 2, "lead_h": 6}])
    assert seen == [(0.0, "ordered", 1), (6.0, "ordered", 2), (24.0, "opened", 1), (24.0, "opened", 2)]


@pytest.mark.parametrize("lead_h", [78, 72])
def test_what_opens_at_the_second_when_another_is_over_comes_first(lead_h: float) -> None:
    """Step 1 opens at 12 h and is over at 84 h; step 2, ordered at 6 h or 12 h, is due at that very hour."""
    first = {"beds": 2, "lead_h": 12, "lasts_h": 72}
    people = 40 if lead_h == 78 else 11
    seen = happenings([first, {"beds": 2, "lead_h": lead_h}], people)
    if lead_h == 78:
        assert (84.0, "opened", 2) in seen
        assert not [e for e in seen if e[1] == "closed"]
