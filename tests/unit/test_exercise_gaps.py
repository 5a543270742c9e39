"""What papers and terminal say of aims without injects, and of times: what is so, and why."""

from dataclasses import replace
from functools import cache

from nspl_sim.exercise.listing import hours, lacks
from nspl_sim.exercise.listing.material import Material
from nspl_sim.exercise.papers import evaluation, opening, overview, seminar
from nspl_sim.exercise.papers.cards import cards, key_page, page
from nspl_sim.exercise.printing.pages import Page, in_heights, in_parts
from nspl_sim.exercise.setting.clock import ExerciseClock
from nspl_sim.exercise.setting.roles import Aim, Player, Roles
from nspl_sim.exercise.triggers import REGISTRY
from nspl_sim.vocabulary.care import NEVER
from nspl_sim.vocabulary.clock import HOUR
from tests.exercises import made, troubled

CHAIN = ("MASS", "UPPD", "INKOM")


@cache
def ordinary() -> Material:
    return made(troubled())


def roles(**changes: object) -> Roles:
    return ordinary().roles.model_copy(update=changes)


def aim(*triggers: str) -> Aim:
    return Aim.model_validate({"title": {"sv": "Mål", "en": "Aim"}, "triggers": list(triggers)})


def why(material: Material, *codes: str) -> list[str]:
    return [material.say(one) for one in lacks.why(aim(*codes), material)]


# ------------------------------------------------------------ aims without injects


def test_a_gap_says_why() -> None:
    only_b = {"b": Player(name="Stab B", region="b")}
    few = made(troubled(), roles=roles(players=only_b, without=["KO"]), days=1, tempo=0.5)
    assert why(few, "KO", "DYGN") == [
        "KO: utesluten i rollerna (without)",
        "DYGN: villkoret uppfylls inte medan övningen spelas",
    ]
    long = made(troubled(), roles=few.roles)
    assert why(long, "DYGN") == ["DYGN: gäller bara dem som inte spelar"]
    trigger, clock = REGISTRY["SKULD"], few.clock
    own = [m.time_s for m in trigger.moments(few.line, few.roles) if m.region == 1]
    assert own and all(not clock.from_s <= second <= clock.to_s for second in own)
    nearest = min(own, key=lambda s: clock.from_s - s if s < clock.from_s else s - clock.to_s)
    assert why(few, "SKULD") == [f"SKULD: inträffar bara när det inte spelas, närmast {clock.said(nearest)}"]


def test_a_condition_that_is_not_met_is_told() -> None:
    world = troubled(supplies={})
    for one in world.classes.values():
        one.consumes.clear()
    assert why(made(world, days=1), "FORSORJ") == ["FORSORJ: villkoret uppfylls inte medan övningen spelas"]


def test_what_the_limits_leave_out_is_told() -> None:
    limits = ordinary().roles.limits.model_copy(update={"most_per_hour": 1, "latest_minutes": 0})
    tight = made(troubled(), roles=roles(limits=limits))
    there = {one.code for one in tight.injects}
    gone = sorted({one.code for one in ordinary().injects} - there)
    assert gone
    for code in gone:
        assert why(tight, code) == [f"{code}: bortvalt av gränserna för hur mycket en mottagare får"]


def test_no_planned_care_is_said_to_be_the_reason() -> None:
    world = troubled()
    streams = {key: one for key, one in world.model_dump()["streams"].items() if key != "planned"}
    assert why(made(troubled(streams=streams), days=1), "ELEKT") == [
        "ELEKT: inga planerade inläggningar väntas dagen efter"
    ]


def test_reasons_stand_in_the_table_of_aims_and_on_the_sheet() -> None:
    empty = made(troubled(), roles=roles(aims={"one": aim("KO")}, without=["KO"]))
    [row] = overview.aims(empty).rows
    assert row[2] == "KO: utesluten i rollerna (without)"
    assert evaluation.sheets(empty).pages[0].said[1:] == [row[2]]
    dropped = [replace(one, status="utgår") for one in ordinary().injects]
    none = replace(ordinary(), planned=replace(ordinary().planned, injects=tuple(dropped)))
    assert why(none, "BELAGG") == ["BELAGG: utgår i listan"]


# ------------------------------------------------------------ times


def test_a_contingency_row_has_the_scenario_time_of_its_own_time_in_the_room() -> None:
    for material in (ordinary(), made(troubled(), tempo=2.0, breaks=("11:45-12:30",))):
        reserves = [one for one in material.injects if one.reserve_of]
        assert reserves
        for one in reserves:
            due_s = material.clock.scenario(one.wall)
            assert due_s != NEVER and one.scenario_time == material.clock.said(due_s)
            assert one.move == material.planner.move(due_s) or one.wall.hour == 16


def test_the_second_half_begins_after_lunch() -> None:
    material = made(troubled(), breaks=("09:30-09:45", "12:15-13:00"))
    clock, move = material.clock, material.planner.move
    for day in range(2):
        morning = clock.morning(day)
        before, after = (clock.scenario(morning.replace(hour=h, minute=m)) for h, m in ((12, 14), (13, 0)))
        assert move(before).endswith("första halvan") and move(after).endswith("andra halvan")
        assert move(before).startswith(f"Dag {day + 1},") and move(after).startswith(f"Dag {day + 1},")
    plain = ordinary()
    noon = plain.clock.morning(0).replace(hour=12)
    assert plain.planner.move(plain.clock.scenario(noon)).endswith("andra halvan")
    assert plain.planner.move(plain.clock.scenario(noon) - 1).endswith("första halvan")


def test_what_is_not_played_is_on_no_opening_page() -> None:
    known = roles(briefings=["07:00", "09:30", "15:30"], breaks=["06:00-06:30", "11:45-12:30", "15:45-16:30"])
    breaks = tuple(known.breaks)
    material = made(troubled(), roles=known, breaks=breaks)
    assert hours.briefings(material) == ["09:30", "15:30"]
    assert hours.breaks(material) == ["11:45-12:30", "15:45-16:00"]
    [labels] = {tuple(page.labels) for page in opening.file(material).pages if page.labels}
    assert dict(labels)["Genomgångar"] == "09:30, 15:30"
    assert dict(labels)["Pauser"] == "11:45-12:30, 15:45-16:00"
    assert ["Pauser", "11:45-12:30, 15:45-16:00"] in overview.read_me(material).rows
    bare = made(troubled(), roles=roles(briefings=["07:00"], breaks=["06:00-06:30"]))
    assert not {"Genomgångar", "Pauser"} & {
        name for page in opening.file(bare).pages for name, _ in page.labels
    }


def test_the_opening_pages_say_when_it_ends() -> None:
    material = ordinary()
    clock: ExerciseClock = material.clock
    labels = dict(opening.file(material).pages[0].labels)
    assert "10 mars" in labels["ENDEX i rummet"] and "16:00" in labels["ENDEX i rummet"]
    ends = clock.civil(clock.to_s)
    assert (
        f"{ends.day} januari" in labels["ENDEX i scenariot"]
        and f"{ends:%H:%M}" in labels["ENDEX i scenariot"]
    )


def test_the_offices_first_table_hides_who_never_reports() -> None:
    reports = ordinary().roles.reports.model_copy(update={"missing": ["a"], "late": ["d"]})
    material = made(troubled(), roles=roles(reports=reports))
    office = next(page for page in opening.file(material).pages if page.heading == "Gemensamma kansliet")
    cells = {row[0]: row[1] for row in office.tables[0].rows}
    assert cells["a"] == cells["d"] == "rapport saknas"
    assert cells["b"].isdigit() and cells["c"].isdigit()


# ------------------------------------------------------------ the seminar


def test_a_time_jump_asks_of_an_event_only_what_is_still_a_question() -> None:
    asked = set()
    crash = ordinary().line.casualties[0].onset_s
    for before_s in (0, HOUR // 2, 2 * HOUR):
        begins = ordinary().clock.civil(crash - before_s).replace(tzinfo=None).isoformat()
        for tempo in (0.5, 1.0, 8.0):
            material = made(troubled(), "today", "sv", "seminar", begins=begins, tempo=tempo, days=1)
            for time_s, injects in seminar.jumps(material):
                of = [(one.facts[0].of_what[:2], one) for one in injects if one.code in CHAIN]
                assert len({event for event, _ in of}) == len(of)
                for (_, onset_s), one in of:
                    asked.add(one.code)
                    assert one.code != "MASS" or time_s < onset_s + HOUR
                    newer = CHAIN[CHAIN.index(one.code) + 1 :]
                    told = [i for i in material.told if i.code in newer and i.time_s <= time_s]
                    assert not [i for i in told if i.facts[0].of_what[:2] == one.facts[0].of_what[:2]]
    assert len(asked) > 1


def test_a_question_that_is_none_any_more_is_not_asked() -> None:
    material = made(troubled(), "today", "sv", "seminar")
    for time_s, injects in seminar.jumps(material):
        for one in injects:
            if one.time_s != time_s:
                again = material.planned.later[one.inject_id](time_s)
                assert again is None


def test_a_time_jump_says_its_time_in_the_room() -> None:
    material = made(troubled(), "today", "sv", "seminar", days=1)
    times = [material.clock.wall(time_s) for time_s, _ in seminar.jumps(material)]
    heads = [page.heading for page in seminar.players(material).pages if page.drawing]
    assert [head.partition(" (")[2] for head in heads] == [f"i rummet {wall:%H:%M})" for wall in times]
    assert heads == [page.heading for page in seminar.control(material).pages]


# ------------------------------------------------------------ rows, pages and cards


def test_rows_of_one_minute_stand_in_the_order_of_their_cards() -> None:
    material = made(troubled(), roles=roles(briefings=["09:30"]))
    numbers = [int(row[0]) for page in evaluation.control(material).pages for row in _listed(page) if row[0]]
    assert numbers == sorted(numbers) == list(range(1, len(numbers) + 1))
    briefings = [one for one in material.told if one.code == "GENOMG"]
    assert briefings and not any(one.inject_id in material.numbers for one in briefings)
    printed = [one.inject_id for one in material.by_time if one.inject_id in material.numbers]
    assert printed == list(material.numbers)


def _listed(page: Page) -> list[list[str]]:
    is_list = page.heading.startswith("Inspel i tidsordning")
    return [list(row) for row in page.tables[0].rows] if is_list else []


def test_no_page_has_a_row_alone() -> None:
    for count, most in ((23, 22), (45, 22), (7, 22), (0, 22)):
        parts = in_parts([[str(n)] for n in range(count)], most)
        assert sum(map(len, parts)) == count and len(parts) == max(1, -(-count // most))
        assert max(map(len, parts)) - min(map(len, parts)) <= len(parts)
    rows = [["ord " * (1 + n % 3)] for n in range(29)]
    room = 4 * (3.2 + 1.6) * 6
    parts = in_heights(rows, (60,), room)
    assert [row for part in parts for row in part] == rows and len(parts) == 2
    assert min(map(len, parts)) > 10
    assert in_heights([], (60,), room) == [[]]


def test_cards_say_day_and_clock_of_both_times() -> None:
    material = ordinary()
    number, card = next((n, c) for n, c in cards(material) if c.scenario_time.startswith("D+1 "))
    labels = dict(page(number, card, material).labels)
    day = material.clock.window.start.day + 1
    hour = card.scenario_time.partition(" ")[2]
    assert labels["Speltid"].startswith(f"D+1 kl. {hour}, ") and f" {day} " in labels["Speltid"]
    assert labels["Klockslag"].startswith("måndag 8 mars kl. ")


def test_how_unusual_is_said_in_words() -> None:
    one = next(one for one in ordinary().told if one.region == "b" and not one.reserve_of)
    [told] = [
        row[1]
        for row in key_page(replace(one, rank="18 av 20"), None, ordinary()).tables[0].rows
        if row[0] == "Ovanlighet"
    ]
    assert told.startswith("18 av 20: i så många körningar ligger inte fler patienter i intensivvård i ")


def test_the_sheet_of_an_aim_with_own_rows_only_says_what_they_expect() -> None:
    own = replace(
        next(one for one in ordinary().told if not one.reserve_of),
        inject_id="EGET-1",
        code="",
        objective="Mål",
        expected_action="Ring regionerna.",
        evaluator_note="",
    )
    material = made(troubled(), roles=roles(aims={"one": aim("FORSORJ")}, without=["FORSORJ"]))
    material = replace(material, planned=replace(material.planned, injects=(own,)))
    sheet = evaluation.sheets(material).pages[0]
    assert [list(row) for row in sheet.tables[0].rows] == [
        ["EGET-1", own.subject, "Förväntad åtgärd: Ring regionerna."]
    ]
    assert sheet.tables[1].caption == "Alla inspel för målet"
