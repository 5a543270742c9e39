"""What is typed at once: several injects marked, all that are due, every region that plays."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest

from nspl_sim.exercise.listing.inject import Inject
from nspl_sim.exercise.play import room
from nspl_sim.exercise.play.beginning import begun
from nspl_sim.exercise.play.desk import Desk
from nspl_sim.exercise.play.orders import take
from nspl_sim.exercise.play.page import page
from nspl_sim.exercise.play.session import Session, Setup
from nspl_sim.exercise.play.telling import has_calmed, quiet
from nspl_sim.exercise.setting.clock import ExerciseClock
from nspl_sim.exercise.setting.load import load_roles
from nspl_sim.exercise.setting.roles import Player
from nspl_sim.exercise.triggers import codes
from nspl_sim.paper.language import Language
from nspl_sim.policies.plan import load_plan
from nspl_sim.vocabulary.care import Event
from tests.exercises import troubled


@cache
def setup(language: str = "sv") -> Setup:
    """Return an exercise in which a and b play, and c and d do not."""
    world = troubled()
    clock = ExerciseClock.of(world, datetime(2027, 3, 8, 8), datetime(2027, 1, 5, 8), 8.0, 8, 2, "stands")
    roles = load_roles(None, world, codes())
    players = {key: Player(name=f"Region {key}", region=key) for key in "ab"}
    roles = roles.model_copy(update={"players": players})
    return Setup(world, load_plan("today").plan, 0, roles, clock, "staff", Language(language), "simpy")


Opened = tuple[Session, Callable[..., list[str]]]


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    playing = begun(setup(), tmp_path / "log.jsonl", {"scenario": "x", "plan": "today"})[0]
    said: list[str] = []
    desk = Desk(playing, said.append, lambda ends: [])

    def typed(*lines: str) -> list[str]:
        said.clear()
        for line in lines:
            take(desk, line)
        return said.copy()

    return playing, typed


def status(playing: Session) -> dict[str, tuple[str, str]]:
    return {number: (mark.status, mark.outcome) for number, mark in playing.state.marks.items()}


# ------------------------------------------------------------ marks


@pytest.mark.parametrize("between", [" ", ", ", ","])
def test_several_are_marked_on_a_line_and_taken_back_together(opened: Opened, between: str) -> None:
    playing, typed = opened
    while sum(not i.reserve_of for i in playing.due) < 2:
        typed("+60")
    one, other = (i.inject_id for i in [i for i in playing.due if not i.reserve_of][:2])
    before = playing.state.due.copy()
    if between == ",":
        one, between = f"{one},", " "
        said = typed(f"utspelad {one} {other} Staben – larmad, 3 kom")
        one = one.rstrip(",")
    else:
        said = typed(f"utspelad {one}{between}{other} Staben – larmad, 3 kom")
    assert status(playing) == dict.fromkeys((one, other), ("played", "Staben – larmad, 3 kom"))
    assert said[-1] == "Så många: 2."
    assert any(one in line and other not in line for line in said)
    typed("ångra")
    assert status(playing) == {} and playing.state.due == before


def test_words_behind_a_number_are_no_injects_unless_all_of_them_are(opened: Opened) -> None:
    playing, typed = opened
    while not any(not i.reserve_of for i in playing.due):
        typed("+60")
    one = next(i for i in playing.due if not i.reserve_of).inject_id
    code = playing.coming[-1].code.lower()
    typed(f"utspelad {one}, {code} inkallad")
    assert status(playing) == {one: ("played", f"{code} inkallad")}
    assert "finns inget inspel XX-B-01" in typed(f"utspelad {one}, XX-B-01")[0]


def test_all_that_is_due_is_played_and_counted_but_contingency_injects_are_not(opened: Opened) -> None:
    playing, typed = opened
    while not any(i.reserve_of for i in playing.due):
        typed("+30")
    due = [i.inject_id for i in playing.due if not i.reserve_of]
    reserves = [i.inject_id for i in playing.due if i.reserve_of]
    said = typed("utspelad alla")
    assert status(playing) == dict.fromkeys(due, ("played", ""))
    assert f"märkt som utspelat: {len(due)}." in said[-2]
    assert f"omärkta: {len(reserves)} (" in said[-1]
    assert typed("utspelad alla") == ["det finns inget omärkt att spela ut nu"]
    typed("ångra")
    assert status(playing) == {} and [i.inject_id for i in playing.due if not i.reserve_of] == due


def test_a_beginning_is_the_only_one_of_it_that_is_due(opened: Opened) -> None:
    playing, typed = opened

    def alike(injects: list[Inject], due: set[str]) -> str:
        by: dict[str, list[str]] = {}
        for one in injects:
            if not one.reserve_of:
                by.setdefault(one.inject_id.rpartition("-")[0], []).append(one.inject_id)
        return next((b for b, n in by.items() if len(n) > 1 and len(due & set(n)) == 1), "")

    while not (begins := alike(playing.injects, {i.inject_id for i in playing.due})):
        typed("+15")
    [due] = [i.inject_id for i in playing.due if i.inject_id.startswith(begins) and not i.reserve_of]
    typed(f"utspelad {begins}")
    assert status(playing) == {due: ("played", "")}
    typed(f"utfall {begins} Stab")
    assert status(playing) == {due: ("played", "Stab")}


# ------------------------------------------------------------ decisions


def test_all_are_those_that_play_and_the_nation_is_asked_about(opened: Opened) -> None:
    playing, typed = opened
    said = typed("beslut alla planerat 50 %")
    assert [one.regions for one in playing.state.decisions] == [("a", "b")]
    assert not any("Ersatt" in line for line in said)
    said = typed("+5", "beslut landet planerat 0 %")
    assert len(playing.state.decisions) == 1
    assert any("inte övar: 2." in line for line in said)
    ended = [line for line in said if "ersätter" in line]
    assert len(ended) == 2 and all("50 procent av planerad vård" in line for line in ended)
    assert typed("nej") == ["Ingenting gjordes."] and len(playing.state.decisions) == 1
    assert "inget kommando" in typed("ja")[0]
    typed("beslut hela landet planerat 0 %", "platser")
    assert "inget kommando" in typed("ja")[0]
    said = typed("beslut nation planned 0 %", "ja")
    assert playing.state.decisions[-1].regions == ("a", "b", "c", "d")
    assert sum("Ersatt" in line for line in said) == 2


def test_what_is_decided_for_all_is_said_in_help_and_words(opened: Opened) -> None:
    _, typed = opened
    assert any("alla: de regioner som övar" in line for line in typed("hjälp"))
    assert any("alla: de regioner som övar; landet:" in line for line in typed("ord"))


def test_loans_of_one_second_are_all_in_force_and_on_the_list(opened: Opened) -> None:
    _, typed = opened
    typed("+5", "beslut d lånar-ut a 2; lånar-ut b 3", "beslut d flyttar a 1; flyttar b 2")
    [held] = [line for line in typed("beslut") if line.startswith("  d, sedan")]
    for words in ("2 vårdplatser i intensivvård till a", "3 vårdplatser i intensivvård till b"):
        assert f"lånar ut personal för {words}" in held
    assert "högst 1 patient" in held and "högst 2 patienter" in held


def test_a_step_that_opens_anyway_is_told_as_such(opened: Opened) -> None:
    playing, typed = opened

    def first() -> dict[int, int]:
        journal = playing.course.line.course.journal
        rows = [int(row) for row in journal.where(Event.OPENED) if journal.region[row] == 0]
        rows = [row for row in rows if journal.time_s[row] >= playing.now_s]
        return {int(journal.detail[row]): int(journal.time_s[row]) for row in reversed(rows)}

    alone = first()
    said = [line for line in typed("beslut a planerat 0 %; utökningssteg 2") if "öppnar" in line]
    now, same, other = first(), "utan beslutet detsamma.", "; utan beslutet D+"
    assert len(said) == len(now) == 2
    for step, line in zip(sorted(now), said, strict=True):
        assert line.endswith(same) == (alone.get(step) == now[step])
        assert (other in line) == (step in alone and alone[step] != now[step])
    again = [line for line in typed("+5", "beslut a utökningssteg 2") if "öppnar" in line]
    assert again and all(line.endswith(same) for line in again)


# ------------------------------------------------------------ contingency, going back, the reason


def test_a_contingency_inject_of_what_has_been_decided_since_is_not_told(opened: Opened) -> None:
    playing, typed = opened
    while not any(i.code == "ELEKT" and not i.reserve_of for i in playing.due):
        typed("nästa")
    one = next(i for i in playing.due if i.code == "ELEKT" and not i.reserve_of)
    reserve = f"{one.inject_id}-R"
    assert reserve in {i.inject_id for i in playing.next}
    typed(f"beslut {one.region} planerat 0 %")
    assert reserve not in {i.inject_id for i in playing.next}
    typed("+45")
    assert reserve not in {i.inject_id for i in playing.due}
    typed("ångra")
    assert reserve in {i.inject_id for i in playing.due}


def test_to_go_back_over_what_is_due_asks_and_a_bare_yes_answers(opened: Opened) -> None:
    playing, typed = opened
    while not any(i.time_s > playing.clock.from_s and not i.reserve_of for i in playing.due):
        typed("+60")
    here, due = playing.now_s, [i for i in playing.due if i.time_s > playing.clock.from_s]
    said = typed("bakåt 08:00")
    assert due and playing.now_s == here and f"kommer en gång till: {len(due)} (" in said[-2]
    assert "bakåt 08:00 ja" in said[-1]
    typed("ja")
    assert playing.now_s < here


def test_the_course_has_calmed_only_where_fewer_wait_and_no_region_is_full(opened: Opened) -> None:
    playing, typed = opened
    typed("beslut a,b,c planerat 0 %")
    line, seen = playing.course.line, set()
    able = [r for r in line.regions if line.has(r, line.icu)]
    since_s = playing.state.decisions[0].time_s
    while not playing.is_over:
        typed("+60")
        line = playing.course.line

        def of(what: str, at_s: int) -> list[int]:
            return [line.level(what, r, line.icu, at_s).value for r in able]  # noqa: B023

        calm = sum(of("waiting", playing.now_s)) < sum(of("waiting", since_s))
        calm = calm and min(of("free", playing.now_s)) > 0
        assert has_calmed(playing) == calm
        assert calm or "lugnat sig" not in quiet(playing)
        seen.add(calm)
    assert False in seen


# ------------------------------------------------------------ beds, papers


@pytest.mark.parametrize("written", ["vård", "avdelningsvård", "ward", "vårdplatser"])
def test_ward_beds_are_told_as_the_course_has_them(opened: Opened, written: str) -> None:
    playing, typed = opened
    typed("+60")
    line = playing.course.line
    ward = line.course.kind_number("ward")
    able = [region for region in line.regions if line.has(region, ward)]
    head, *rows = (row.split() for row in typed(f"platser {written}"))
    assert head == ["Region", "Platser", "Lediga", "I", "kö"] and len(rows) == len(able) > 2
    for name, *told in rows:
        region = playing.course.number(name)
        levels = (line.level(of, region, ward, playing.now_s) for of in ("staffed", "free", "waiting"))
        assert [int(cell) for cell in told] == [level.value for level in levels]
    assert typed("platser iva") == typed("platser") != typed(f"platser {written}")
    assert "inget slag av enhet" in typed("platser cykel")[0]


def test_the_page_has_who_plays_first_then_what_is_due_then_the_rest_on_a_narrow_screen(
    opened: Opened,
) -> None:
    playing, typed = opened
    typed("+60")
    shown = page(playing, None).decode()
    places = [shown.index(words) for words in ("regioner som övar<", "övriga regioner<", "Avdelningsvård<")]
    assert places == sorted(places)
    first = shown[places[0] : places[1]]
    rows = re.findall(r'<th scope="row">(.*?)</th>', first)
    assert rows == ["a", "b"]
    assert shown.index('<section class="rest" id="others">') < places[1]
    assert "Plan i förloppet: today" not in shown


@pytest.mark.parametrize(
    ("there", "typed_forms", "written", "older"),
    [
        ((), "", ["html"], None),
        (("pdf", "docx"), "", ["pdf", "docx"], None),
        (("html", "pdf", "docx"), "pdf", ["pdf"], "html, docx"),
    ],
)
def test_papers_are_written_in_every_format_that_is_there_or_said_to_be_older(
    tmp_path: Path, there: tuple[str, ...], typed_forms: str, written: list[str], older: str | None
) -> None:
    playing = begun(setup(), tmp_path / "log.jsonl", {"scenario": "x", "plan": "today"})[0]
    (tmp_path / "facit-spel.html").write_text("x")
    for end in there:
        (tmp_path / f"facit-motspelskort.{end}").write_text("x")
    asked: list[list[str]] = []
    said: list[str] = []

    def papers(ends: Sequence[str]) -> list[Path]:
        asked.append(list(ends))
        return []

    take(Desk(playing, said.append, papers), f"papper {typed_forms}")
    assert asked == [written]
    assert said == ([f"Inte skrivna på nytt och därför äldre: {older}."] if older else [])


def test_one_bed_is_kept_free_and_several_are_in_good_swedish(opened: Opened) -> None:
    _, typed = opened
    assert any(
        "håller 1 vårdplats i intensivvård fri från" in line for line in typed("beslut a håller-fria 1")
    )
    assert any("håller 2 vårdplatser i intensivvård fria" in line for line in typed("beslut b håller-fria 2"))
    assert any(
        "tar hem sina invånare i intensivvård och håller 1 vårdplats fri." in line
        for line in typed("beslut a tar-hem 1")
    )


# ------------------------------------------------------------ hours and names


@pytest.mark.parametrize(
    "written", ["10.15 imorgon", "imorgon 10:15", "i morgon kl. 10:15", "10:15 i morgon", "tomorrow 10.15"]
)
def test_tomorrow_is_the_next_day(opened: Opened, written: str) -> None:
    playing, typed = opened
    typed(f"till {written}")
    assert playing.now_s == playing.clock.begins_s(1)  # over the evening it stops in the morning
    assert room.typed(written, 0) == room.Typed(2, 10, 15)


def test_a_name_with_letters_left_out_is_suggested_where_it_is_one_regions() -> None:
    from nspl_sim.exercise.course.words import Words
    from nspl_sim.exercise.play.decision_words import BadEntry
    from nspl_sim.exercise.play.names import Names
    from nspl_sim.scenario.load import load_shipped

    names = Names.of(Words(load_shipped("national-surge").scenario, Language("sv")))
    with pytest.raises(BadEntry, match="Stockholm"):
        names.region("Sthlm")
    with pytest.raises(BadEntry) as caught:
        names.region("Vllnd")
    assert "menade" not in str(caught.value)
