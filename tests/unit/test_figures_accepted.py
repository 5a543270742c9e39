"""What is accepted as an answer: the figure of the moment, and that of the region's own latest report."""

from nspl_sim.exercise.papers.situation import Situation
from nspl_sim.exercise.triggers import REGISTRY
from tests.exercises import made, troubled


def test_the_figure_of_the_own_latest_report_is_accepted_with_its_hour() -> None:
    material = made(troubled(), "coordinated", "en")
    situation, both = Situation(material), 0
    reports = [i for i in material.injects if i.code == "RAPPORT" and not i.reserve_of]
    asked = [i for i in material.injects if i.code == "POLITIK" and "elsewhere" in i.evidence]
    assert asked
    for one in asked:
        known = [i for i in reports if i.region == one.region and i.time_s <= one.time_s]
        assert one.answer == "" and f"Right is {one.facts[0].value}" in one.expected_action
        if not known:
            continue
        report = max(known, key=lambda i: i.time_s)
        rows = dict(situation.other_figures(material.number(one.region), report.time_s)[0].rows)
        told = rows["In intensive care elsewhere"]
        if int(told) != one.facts[0].value:
            hour = f"{material.clock.civil(report.time_s):%H:%M}"
            assert f"right too is {told}, as the region's own report of {hour} says" in one.expected_action
            both += 1
    assert both


def test_without_own_reports_only_the_figure_of_the_moment_is_right() -> None:
    plain = made(troubled(), "coordinated", "en")
    roles = plain.roles.model_copy(update={"without": ["RAPPORT"]})
    moments = list(REGISTRY["POLITIK"].moments(plain.line, roles))
    assert moments and all(len(m.facts) == 1 and m.answer is None for m in moments)


def test_more_beds_are_told_the_same_whoever_decided_them() -> None:
    for language, words in (("sv", "om ni vill"), ("en", "if you want")):
        told = [i for i in made(troubled(), "today", language).injects if i.code == "OPPNAT"]
        assert told and not any(words in i.script for i in told)
