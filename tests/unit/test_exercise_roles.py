"""Roles that do not hold together are told by line; scenes are of a stream or of one event of it."""

from pathlib import Path

import pytest

from nspl_sim.exercise.listing import scenes
from nspl_sim.exercise.papers.forms import methane
from nspl_sim.exercise.setting.agreeing import doubts
from nspl_sim.exercise.setting.load import load_roles
from nspl_sim.exercise.setting.roles import Roles, Scene
from nspl_sim.exercise.triggers import codes
from nspl_sim.reading.part import Bilingual
from nspl_sim.scenario.load import load_shipped
from nspl_sim.vocabulary.errors import InputRefused
from tests.exercises import made, troubled

PLAYERS = """players:
  k: {name: Stab Kalmar, region: kalmar, functions: {care: Vårdplats}}
"""


def read(tmp_path: Path, more: str, players: str = PLAYERS) -> tuple[Roles, Path]:
    path = tmp_path / "roles.yaml"
    path.write_text(f"format: 1\n{players}{more}", encoding="utf-8")
    if "controllers" not in more:
        path.write_text(f"format: 1\ncontrollers: [{{name: M}}]\n{players}{more}", encoding="utf-8")
    return load_roles(path, load_shipped("armed-attack-southeast").scenario, codes()), path


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("reports: {missing: [kalmar]}", r":5:21 .*plays, and reports by itself"),
        ("reports: {late: [kalmar]}", r"plays, and reports by itself"),
        ("reports: {missing: [halland], late: [halland]}", r"cannot be late too"),
        ("  l: {name: Annan stab, region: kalmar}", r"is led by k already"),
        ("  l: {name: Ett kansli}\n  m: {name: Två kansli}", r"has no region, nor has l"),
        ("  l: {name: STAB kalmar, region: blekinge}", r"is the name of players.k already"),
        ("  l: {name: Vårdplats, region: blekinge}", r"is the name of players.l already"),
        ("  l: {name: ' ', region: blekinge}", r"players.l.name: must not be empty"),
        ("  l: {name: Stab, region: blekinge, functions: {care: ''}}", r"functions.care: must not be empty"),
        ("controllers: [{name: Övn 1}, {name: Ovn 1, regions: [kalmar]}]", r"is the name of controllers.0"),
        ("controllers: [{name: M}, {name: m, regions: [kalmar]}]", r"is the name of controllers.0 already"),
        (
            "controllers: [{name: M}, {name: N, regions: [kalmar]}, {name: O, regions: [kalmar]}]",
            r"has a controller already: N",
        ),
        (
            "aims: {a: {title: {sv: X}, triggers: [MASS]}, b: {title: {sv: X}, triggers: [MASS]}}",
            r"is the title of aims.a already",
        ),
        ("scenes: {'strikes@6:07': {}}", r"one event of it by its time: strikes@D\+6 06:07"),
    ],
)
def test_what_does_not_hold_together_is_refused(tmp_path: Path, more: str, told: str) -> None:
    with pytest.raises(InputRefused, match=told):
        read(tmp_path, more)


@pytest.mark.parametrize(
    ("more", "players", "told"),
    [
        ("reports: {missing: [kalmar]}", "", ["plays, as every region does"]),
        (
            "controllers: [{name: M}, {name: N, regions: [skane]}, {name: O}]",
            PLAYERS,
            ["does not play", "has no regions, as M has none"],
        ),
        ("  l: {name: Stab Region Blekinge, region: gotland}", PLAYERS, ["is the region of a player called"]),
        ("  l: {name: 'Stab, Region Blekinge', region: blekinge}\n  o: {name: Kansliet}", PLAYERS, []),
    ],
)
def test_what_is_hardly_meant_is_warned_of(tmp_path: Path, more: str, players: str, told: list[str]) -> None:
    roles, path = read(tmp_path, more, players)
    found = doubts(path, roles, load_shipped("armed-attack-southeast").scenario)
    assert [any(str(one.rule).startswith(rule) for rule in told) for one in found] == [True] * len(told)
    assert all(one.warning and one.line for one in found)


def said(word: str) -> Bilingual:
    return Bilingual(sv=word)


def test_the_place_of_a_stream_is_the_first_events_and_others_have_their_own() -> None:
    world = troubled()
    crash = world.streams["crash"].model_dump(mode="json")
    streams = {key: one.model_dump(mode="json") for key, one in world.streams.items()}
    later = {**crash, "at_day": crash["at_day"] + 0.25}
    world = troubled(streams=streams | {"later": later})
    plain = made(world)
    first, second = plain.line.casualties
    name = scenes.name(second, plain)
    assert name == f"later@{plain.clock.said(second.onset_s)}"
    same = scenes.Casualties(first.stream, second.onset_s, second.region, second.rows)

    def of(event: scenes.Casualties, **given: Scene) -> Scene:
        roles = plain.roles.model_copy(update={"scenes": {k.replace("AT", "@"): v for k, v in given.items()}})
        material = made(world, roles=roles)
        material.line.__dict__["casualties"] = (first, same)
        return scenes.of(event, material)

    general = Scene(what=said("Tåg"), place=said("Bron"), units=said("Två"))
    assert of(first, crash=general) == general
    assert of(same, crash=general) == Scene(what=said("Tåg")).model_copy()
    own = {f"crash@{plain.clock.said(same.onset_s)}": Scene(place=said("Hamnen"))}
    found = of(same, crash=general, **own)
    assert (found.what, found.place, found.units) == (said("Tåg"), said("Hamnen"), None)


def test_an_event_without_a_place_is_told_and_one_that_is_none_refused(tmp_path: Path) -> None:
    plain = made(troubled(), tempo=2.0, begins="2027-01-07T08:00")
    [mass] = [i for i in plain.injects if i.code == "MASS" and not i.reserve_of][:1]
    name = scenes.name(plain.line.casualties[mass.number], plain)
    assert name in str(scenes.not_placed(plain))
    placed = plain.roles.model_copy(update={"scenes": {name: Scene(place=said("Hamnen"))}})
    told = made(troubled(), tempo=2.0, begins="2027-01-07T08:00", roles=placed)
    assert scenes.not_placed(told) is None
    rows = {row[0][:1]: row[1] for row in methane(mass, told).tables[0].rows}
    assert rows["H"] == told.say("not known")
    assert any("Hamnen" in row[1] for row in methane(mass, told).tables[0].rows)
    path = tmp_path / "roles.yaml"
    stream, _, when = name.partition("@")
    path.write_text(
        f"format: 1\ncontrollers: [{{name: M}}]\nscenes:\n  {stream}@{when[:-2]}59: {{}}\n", encoding="utf-8"
    )
    roles = load_roles(path, plain.scenario, codes())
    with pytest.raises(InputRefused, match="is not an event of this course") as refusal:
        scenes.check_scenes(path, roles, plain.scenario, plain.line.course.demand, plain.clock)
    assert refusal.value.problems[0].suggestion == name and refusal.value.problems[0].line == 4
