"""The exercise clock: compression, nights, several days, summer time; and roles that are refused."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from nspl_sim.exercise.course.counted import NOUNS, counted
from nspl_sim.exercise.setting.clock import BadClock, ExerciseClock
from nspl_sim.exercise.setting.load import load_roles
from nspl_sim.exercise.triggers import codes
from nspl_sim.paper.language import Language
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.care import NEVER
from nspl_sim.vocabulary.errors import InputRefused
from tests.worlds import abc

H = 3600


def clock(**changes: Any) -> ExerciseClock:
    scenario = Scenario.model_validate(abc())
    given = {
        "startex": datetime(2027, 3, 8, 8),
        "begins": datetime(2027, 1, 5, 6),
        "tempo": 4.0,
        "played_h": 8.0,
        "days": 2,
        "night": "stands",
    } | changes
    return ExerciseClock.of(scenario, **given)  # type: ignore[arg-type]


def said(when: datetime | None) -> str:
    return when.isoformat(timespec="minutes") if when else "never"


def test_four_hours_are_played_in_one_and_the_night_stands_still() -> None:
    one = clock()
    assert one.from_s == 30 * H and one.to_s == 30 * H + 64 * H
    assert said(one.wall(30 * H)) == "2027-03-08T08:00+01:00"
    assert said(one.wall(34 * H)) == "2027-03-08T09:00+01:00"
    assert said(one.wall(62 * H)) == "2027-03-09T08:00+01:00"  # where the first day ended
    assert said(one.wall(66 * H)) == "2027-03-09T09:00+01:00"
    assert said(one.wall(95 * H)) == said(one.wall(29 * H)) == "never"
    assert one.said(34 * H) == "D+1 10:00" and one.offset(one.morning(1)) == "T+24:00:00"


def test_a_night_that_runs_is_not_told() -> None:
    one = clock(night="runs")
    assert one.to_s == 30 * H + (32 + 16 + 32) * H
    assert said(one.wall(62 * H)) == "2027-03-08T16:00+01:00"
    assert one.wall(62 * H + 1) is None and one.wall(78 * H - 1) is None
    assert said(one.wall(78 * H)) == "2027-03-09T08:00+01:00"


def test_there_and_back() -> None:
    one = clock(night="runs")
    for time_s in one.hours():
        wall = one.wall(time_s)
        assert wall is not None and abs(one.scenario(wall) - time_s) < 60 * one.tempo
    assert one.scenario(datetime(2027, 3, 8, 20).replace(tzinfo=one.startex.tzinfo)) == NEVER


def test_summer_time_comes_in_the_room() -> None:
    one = clock(startex=datetime(2027, 3, 27, 22), played_h=8.0, tempo=1.0, days=1)
    assert said(one.wall(one.from_s + 4 * H)) == "2027-03-28T02:00+01:00".replace(
        "02:00+01:00", "03:00+02:00"
    )
    assert said(one.evening(0)) == "2027-03-28T07:00+02:00"


@pytest.mark.parametrize("changes", [{"days": 30}, {"begins": datetime(2027, 1, 3)}, {"tempo": 48.0}])
def test_what_the_scenario_has_no_time_for_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(BadClock, match="but the scenario is 2027-01-04T00:00 to 2027-01-18T00:00"):
        clock(**changes)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_nouns_have_their_forms(language: str) -> None:
    say = Language(language).say
    for noun in NOUNS:
        one, two, five = (say(counted(n, noun)) for n in (1, 2, 5))
        assert two.replace("2", "5") == five and one.startswith("1 ")
        assert one.replace("1", "2") != two or (language, noun) == ("sv", "teams")


ROLES = """\
format: 1
players:
  a: {name: A, region: a}
controllers:
  - {name: B}
"""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("region: a}", "region: aa}", "players.a.region: is not a region of the scenario"),
        ("- {name: B}", "- {name: B, regions: [a]}", "must have one entry without regions"),
        ("format: 1", "format: 1\nwithout: [BELAGGG]", "is not the code of a trigger"),
        ("format: 1", "format: 1\nbriefings: ['25:00']", "briefings"),
        ("name: A,", "nome: A,", "is not a key that belongs here"),
    ],
)
def test_roles_that_cannot_be_are_refused(tmp_path: Path, old: str, new: str, told: str) -> None:
    scenario, path = Scenario.model_validate(abc()), tmp_path / "roles.yaml"
    path.write_text(ROLES, encoding="utf-8")
    assert load_roles(path, scenario, codes()).players["a"].region == "a"
    path.write_text(ROLES.replace(old, new), encoding="utf-8")
    with pytest.raises(InputRefused) as refused:
        load_roles(path, scenario, codes())
    assert told in str(refused.value)
