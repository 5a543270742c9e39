"""After a decision nothing is planned into the past, what was told stays; one of nothing moves nothing."""

from dataclasses import replace
from pathlib import Path

import pytest

from nspl_sim.exercise.play.session import Setup
from nspl_sim.policies.decision import Decision, What
from nspl_sim.vocabulary.clock import HOUR
from tests.unit.test_play import session, usual


def narrow() -> Setup:
    """Return an exercise in which much has to wait for room."""
    limits = usual().roles.limits.model_copy(
        update={"most_per_hour": 2, "minutes_apart": 10, "latest_minutes": 120}
    )
    return replace(usual(), roles=usual().roles.model_copy(update={"limits": limits}))


NARROW = narrow()


WORDS = [
    What(receives=False),
    What(planned={1: 0, 2: 0, 3: 0}),
    What(surge_steps=2),
    What(asks_only=[]),
    What(lifts=["receives", "planned"]),
    What(turns_away_from=2),
    What(lifts=["asks_only", "turns_away_from"]),
    What(kind="ward", turns_away_from=2),
]


@pytest.mark.parametrize(("every_h", "first"), [(4, 2), (3, 4)])
def test_what_waits_for_room_is_not_lost_when_people_decide(tmp_path: Path, every_h: int, first: int) -> None:
    """Of each list that is planned anew what has been is what was told, at its time."""
    playing = session(tmp_path, NARROW)
    for turn in range(12):
        playing.step(min(playing.now_s + every_h * HOUR, playing.clock.to_s - HOUR))
        what = WORDS[(3 * turn + first) % len(WORDS)]
        playing.decide([Decision(playing.now_s, ("a", "b", "c", "d"), what)])
        due = playing.state.due
        for one in playing.course.injects:
            assert (one.inject_id in due) == (one.time_s <= playing.now_s)
            assert one.inject_id not in due or one.time_s == due[one.inject_id].time_s


@pytest.mark.parametrize("hours", [5, 14, 27])
def test_a_decision_of_nothing_moves_nothing(tmp_path: Path, hours: int) -> None:
    playing = session(tmp_path, NARROW)
    playing.step(playing.now_s + hours * HOUR)
    before = {one.inject_id: one.wall for one in playing.coming}
    assert not playing.decide([Decision(playing.now_s, ("d",), What(lifts=["keeps_free"]))])
    assert {one.inject_id: one.wall for one in playing.coming} == before
