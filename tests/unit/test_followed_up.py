"""Questions about decisions: one for a region and an hour, none about what was replaced or is long ago."""

from functools import cache
from itertools import pairwise

import pytest

from nspl_sim.exercise.course.words import Words
from nspl_sim.exercise.listing.inject import Inject
from nspl_sim.exercise.listing.material import Material
from nspl_sim.exercise.play.decision_words import clauses
from nspl_sim.exercise.play.following import APART, followed_up
from nspl_sim.paper.language import Language
from nspl_sim.policies.decision import Decision, What
from nspl_sim.vocabulary.clock import DAY, HOUR, MINUTE
from tests.exercises import made, troubled


@cache
def material() -> Material:
    return made(troubled(), tempo=3.0)


def asked(*decisions: tuple[int, str, dict[str, object]]) -> list[Inject]:
    begins = material().clock.from_s
    held = [Decision(begins + s, tuple(r.split(",")), What.model_validate(what)) for s, r, what in decisions]
    return [one for one in followed_up(material(), held).injects if one.code == "FOLJ"]


PAUSE = {"planned": {1: 0, 2: 0, 3: 0}}


def test_one_line_with_three_decisions_gives_one_question_that_says_them_all() -> None:
    found = asked((0, "a", PAUSE), (0, "a", {"keeps_free": 2}), (0, "a", {"receives": False}))
    [one] = found
    assert (
        "gäller detta. Ingen planerad vård genomförs. Regionen tar inte emot andras patienter i "
        in one.script
    )
    assert "Regionen håller 2 vårdplatser i intensivvård fria från andras patienter. Vad har" in one.script
    assert "a: " not in one.script and "sedan kl. 08:00 i dag gäller detta." in one.script


def test_the_same_decided_again_gives_no_more_questions() -> None:
    once = asked((0, "a", PAUSE))
    again = asked((0, "a", PAUSE), (2 * HOUR, "a", PAUSE), (9 * HOUR, "a", PAUSE))
    assert [one.inject_id for one in once] == [one.inject_id for one in again] == ["FOLJ-A-01"]


def test_what_was_replaced_within_minutes_is_not_asked_about() -> None:
    gone = asked((0, "a", {"keeps_free": 7}), (6 * HOUR, "a", {"keeps_free": 2}))
    assert all("7 vårdplatser" not in one.script or one.time_s < gone[-1].time_s for one in gone)
    found = asked((0, "a", {"keeps_free": 7}), (5 * MINUTE, "a", {"keeps_free": 2}))
    [one] = found
    assert "håller 2 vårdplatser" in one.script and "håller 7" not in one.script


def test_nobody_is_asked_days_later_or_twice_within_an_hour() -> None:
    every = [(hour * 3 * HOUR, region, {"keeps_free": hour}) for hour in range(1, 20) for region in "abc"]
    found = asked(*every)
    begins = material().clock.from_s
    assert len(found) > 3
    for one in found:
        decided = begins + every[int(one.inject_id[-2:]) - 1][0]
        assert decided < one.time_s <= decided + DAY
    for region in "abc":
        walls = [one.wall for one in found if one.region == region]
        apart = [b - a for a, b in pairwise(walls)]
        assert all(gap >= APART for gap in apart), apart


@pytest.mark.parametrize("code", ["sv", "en"])
def test_every_clause_is_a_sentence_of_its_own(code: str) -> None:
    words = Words(troubled(), Language(code))
    what = {"receives": True, "planned": {1: 0.5, 2: 0.5, 3: 0.5}, "lifts": ["fetches"]}
    said = clauses(Decision(0, ("a",), What.model_validate(what)), words)
    assert all((one[0].isupper() or one[0].isdigit()) and one.endswith(".") for one in said)
