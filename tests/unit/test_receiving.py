"""What a region answers on the telephone: true in the course, and as its players have decided."""

from functools import cache

import numpy as np

from nspl_sim.exercise.listing.material import Material
from nspl_sim.exercise.papers import binder
from nspl_sim.exercise.papers.receiving import Receiving
from nspl_sim.exercise.papers.situation import Situation
from nspl_sim.exercise.play.page import answers
from nspl_sim.exercise.play.session import Session
from nspl_sim.policies.decision import Decision, What
from nspl_sim.vocabulary.care import Answer
from nspl_sim.vocabulary.clock import HOUR
from tests.unit.test_play import session, usual


def free(material: Material, region: int, time_s: int) -> int:
    return int(material.line.free(region, material.line.icu, np.array([time_s]))[0])


@cache
def played(*decided: tuple[int, str, str]) -> Material:
    """Return the course in which, at each second after STARTEX, a region decided this of intensive care."""
    begins = usual().clock.from_s
    said = [
        Decision(begins + after_s, (region,), What.model_validate_json(what))
        for after_s, region, what in decided
    ]
    return usual().material(said)


def hours(material: Material) -> list[int]:
    return material.clock.hours()


def test_the_answer_is_the_one_that_the_course_gave() -> None:
    """Who said yes in the course could receive the second before; who had no bed could not."""
    material = played()
    receiving, told, line = Receiving(material), material.line.answers, material.line
    asked = np.flatnonzero((told.kind == line.icu) & (told.time_s > line.from_s) & (told.time_s < line.to_s))
    together = np.diff(told.time_s[asked], prepend=-1, append=-1) == 0
    alone = asked[~(together[1:] | together[:-1])]
    seen = {Answer.YES: 0, Answer.NO_BED: 0}
    for row in alone.tolist():
        answer, could = Answer(int(told.answer[row])), receiving.can(told.receiver[row], told.time_s[row] - 1)
        if answer in seen:
            seen[answer] += 1
            assert (could > 0) == (answer is Answer.YES), material.clock.said(told.time_s[row])
    assert all(seen.values())


def test_what_is_kept_free_is_not_given_away() -> None:
    material = played((0, "d", '{"keeps_free": 20}'))
    receiving, region = Receiving(material), material.number("d")
    some = [receiving.can(region, t) for t in hours(material)]
    assert some == [max(0, free(material, region, t) - 20) for t in hours(material)]
    assert max(free(material, region, t) for t in hours(material)) > 20 > 0


def test_who_does_not_receive_says_so_until_it_is_lifted() -> None:
    later_s = 10 * HOUR
    material = played((0, "d", '{"receives": false}'), (later_s, "d", '{"lifts": ["receives"]}'))
    receiving, region, begins = Receiving(material), material.number("d"), material.clock.from_s
    assert free(material, region, begins + HOUR) > 5
    assert receiving.answer(region, begins + HOUR) == ("no, has decided so", "")
    assert receiving.earliest(region, begins + HOUR) == begins + later_s
    assert receiving.can(region, begins + later_s) == free(material, region, begins + later_s) - 1


def test_a_share_that_is_taken_begins_anew_at_the_next_review() -> None:
    material = played((0, "d", '{"receives_at_most": 1}'))
    receiving, region, told = Receiving(material), material.number("d"), material.line.answers
    yes = (told.receiver == region) & (told.answer == Answer.YES) & (told.kind == material.line.icu)
    [at_s, *_] = told.time_s[yes & (told.time_s > material.clock.from_s)].tolist()
    assert receiving.can(region, at_s) == 1 and receiving.can(region, at_s + 1) == 0
    every_s = usual().plan.review_every_s
    assert receiving.earliest(region, at_s + 1) == (at_s // every_s + 1) * every_s


def test_the_binder_and_the_telephone_list_say_the_same(tmp_path: object) -> None:
    playing: Session = session(tmp_path, usual())  # type: ignore[arg-type]
    playing.decide([Decision(playing.now_s, ("d",), What(receives=False))])
    playing.decide([Decision(playing.now_s, ("b",), What(keeps_free=3))])
    page = binder.file(playing.material).pages[0]
    assert page.said[-1] == "What players have decided up to this hour is counted in."
    phoned = [row[-2:] for row in answers(playing).rows]
    assert [row[2:4] for row in page.tables[0].rows] == phoned and ["no, has decided so", ""] in phoned


def test_staffed_beds_are_the_sum_of_what_made_them() -> None:
    material = played((0, "b", '{"surge_steps": 1}'))
    situation, line, seen = Situation(material), material.line, set[str]()
    kinds = [line.icu, line.course.kind_number("ward")]
    for region in situation.able:
        for time_s in hours(material)[::3]:
            [table] = situation.made_of(region, time_s)
            assert table.head[1:] == ["Intensive care", "Ward care"]
            rows = {name: cells for name, *cells in table.rows}
            soon = rows.pop("Can be staffed within two hours: this is what is reported")
            assert soon == [str(line.staffed_soon(region, line.icu, time_s)), "–"]
            now = [int(n) for n in rows.pop("Staffed now")]
            at = np.array([time_s])
            assert now == [int(line.staffed(region, kind, at)[0]) for kind in kinds]
            parts = [[int(n.replace("−", "-")) for n in cells] for cells in rows.values()]
            assert [sum(column) for column in zip(*parts, strict=True)] == now
            seen |= rows.keys()
    assert {"Lost or lent by events and decisions", "Staff of teams on transfers"} <= seen


def test_overcrowding_is_a_column_and_said() -> None:
    material = played()
    situation, line, crowded = Situation(material), material.line, 0
    for region in situation.able:
        for time_s in hours(material)[::3]:
            table = situation.of_region(region, time_s)
            told = [line.occupied(region, k, np.array([time_s]))[0] for k in range(len(line.course.kinds))]
            beds = [line.staffed(region, k, np.array([time_s]))[0] for k in range(len(line.course.kinds))]
            over = any(a > b for a, b in zip(told, beds, strict=True))
            assert bool(situation.crowded(region, time_s)) == over == (table.head[-1] == "Beyond the staffed")
            crowded += over
            for row in table.rows if over else ():
                assert int(row[-1]) == max(0, int(row[2]) - int(row[1]))
    assert crowded
