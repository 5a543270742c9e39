"""The opening pages: the leader's words, what has happened and is going on, sums that come out."""

import re
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

import numpy as np
import pytest

from nspl_sim.exercise.course.closed import closed_by_day, closed_by_weather
from nspl_sim.exercise.listing.material import Material
from nspl_sim.exercise.papers.background import Background
from nspl_sim.exercise.papers.opening import file as opening
from nspl_sim.exercise.papers.situation import Situation
from nspl_sim.exercise.setting.roles import Player
from nspl_sim.reading.part import Bilingual
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.clock import DAY, HOUR
from nspl_sim.vocabulary.closures import ALL
from tests.exercises import Books, made, troubled

CRASH_DAY = 5


def changed(description: str | None = None) -> Scenario:
    """Return the troubled world with its air closed on the second day, grounded often, and at alert."""
    world = troubled().model_dump(mode="json", by_alias=True, exclude_none=True)
    closed = {"media": ["sea"], "regions": ["b"], "from_day": 1.0, "to_day": 2.0}
    cut = {"between": ["a", "c"], "from_day": 1.5}
    mode = sorted(key for key, one in world["transport"]["modes"].items() if one["medium"] != "sea")[0]
    world["transport"] |= {"closures": [closed, cut], "weather": {mode: {"closed_share": 0.9}}}
    world["legal_state"] = [{"from_day": 0.0, "state": "heightened"}]
    return Scenario.model_validate(world | ({"description": description} if description else {}))


@cache
def late(description: str | None = None) -> Material:
    """Return an exercise that begins when everything has begun."""
    return made(changed(description), begins="2027-01-09T08:00", tempo=1.0, days=1)


def known(material: Material) -> Background:
    return Background(material, material.clock.from_s)


def cells(material: Material) -> list[tuple[str, ...]]:
    return [one.cells for one in (*known(material).happened(), *known(material).going_on())]


def test_every_fact_of_the_opening_pages_is_what_the_journal_says() -> None:
    material = late()
    facts = list(dict.fromkeys(known(material).facts(material.line.regions)))
    assert {"injured", "arrived", "lacking", "planned_due", "postponed"} <= {f.of for f in facts}
    books = Books(material.line, facts)
    books.walk()
    assert books.wrong(facts) == []


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_number_of_the_background_is_a_fact(language: str) -> None:
    material = made(changed(), language=language, begins="2027-01-09T08:00", tempo=1.0, days=1)
    told = known(material)
    for one in (*told.happened(), *told.going_on()):
        values: dict[int, int] = {}
        for fact in one.facts:
            key = (fact.of_what[1], fact.kind) if fact.of == "lacking" else (0, 0)
            values[key] = values.get(key, 0) + fact.value  # type: ignore[index, arg-type]
        shares = {f"{fact.value // 10}" for fact in one.facts if fact.of == "lacking"}
        words = re.sub(r"D\+\d+ \d\d:\d\d", "", " ".join(one.cells))
        words = words.replace(one.cells[1], "") if "event" in words or "händelse" in words else words
        assert set(re.findall(r"\d+", words)) <= {str(n) for n in values.values()} | shares, one.cells
    for region in material.line.regions:
        for sentence in told.of_region(region):
            assert not re.search(r"[{}]|Text\(|Fact\(|None|  |\.\.", sentence), sentence


def test_events_are_told_from_their_alarm_on_and_their_number_from_when_it_is_known() -> None:
    material = late()
    [event] = material.line.casualties
    for minutes, shown in ((5, None), (11, "ännu inte känt"), (61, str(len(event.rows)))):
        rows = [t.cells for t in Background(material, event.onset_s + 60 * minutes).happened()]
        mine = [r for r in rows if r[0] == material.clock.said(event.onset_s)]
        assert [r[3] for r in mine] == ([shown] if shown else [])
        assert all(r[2] == material.words.short(event.region) for r in mine)


def test_the_wounded_are_counted_and_nobody_who_is_still_to_come() -> None:
    material = late()
    demand, now_s = material.line.course.demand, material.clock.from_s
    front = demand.streams.index("front")
    came = int(((demand.stream == front) & (demand.arrival_s >= 0) & (demand.arrival_s < now_s)).sum())
    assert came and str(came) in [row[3] for row in cells(material) if len(row) == 4]
    assert int((demand.stream == front).sum()) > came


def test_what_is_closed_is_told_with_where_and_why() -> None:
    material = late()
    scenario, demand, now_s = material.scenario, material.line.course.demand, material.clock.from_s
    sea, cut = closed_by_day(scenario)
    assert (sea.modes, sea.from_s, sea.to_s, sea.between) == (("ferry",), DAY, 2 * DAY, False)
    assert cut.between and [scenario.region_keys[r] for r in cut.regions] == ["a", "c"]
    rows = cells(material)
    assert ("D+1 00:00 – D+2 00:00", "Stängt: ferry", "b", "") in rows
    assert any(row[1:] == ("mellan a och c", "sedan D+1 12:00") for row in rows)
    assert any(row[0] == "Skärpt beredskap" and row[1] == "hela landet" for row in rows)
    by_weather = {
        (mode, region)
        for mode, region, other, vehicles, from_s, to_s in demand.closures.rows()
        if vehicles == ALL and other < 0 and from_s <= now_s < to_s
    }
    names = sorted(scenario.transport.modes)
    found = closed_by_weather(scenario, demand, now_s)
    told = {(names.index(mode), region) for o in found for mode in o.modes for region in o.regions}
    assert by_weather and told == by_weather
    assert sum("vädret" in row[-1] for row in rows) == len(found)


def test_disruptions_in_force_are_told_with_what_they_take() -> None:
    material = made(troubled(), begins="2027-01-07T10:00", tempo=1.0, days=1)
    told = {one.cells[0]: one.cells for one in known(material).going_on()}
    assert {"Sick", "Cyber"} <= set(told) and "Hit" not in told
    assert "inga vårdplatsrapporter" in told["Cyber"][2] and "färre" in told["Sick"][2]
    here = known(material).of_region(material.number("c"))
    assert sum(s.startswith("Pågår hos er: ") for s in here) == 2
    assert not any(
        s.startswith("Pågår hos er: Sick") for s in known(material).of_region(material.number("a"))
    )


def page(material: Material, heading: str) -> Any:
    return next(p for p in opening(material).pages if p.heading == heading)


def test_the_leaders_words_come_first_to_all_and_to_each() -> None:
    roles = late().roles.model_copy(
        update={
            "background": Bilingual(sv="Det har snöat.", en="It has snowed."),
            "players": {
                "a": Player(name="Stab A", region="a", background=Bilingual(sv="Bara ni vet detta.")),
                "b": Player(name="Stab B", region="b"),
            },
        }
    )
    material = made(changed("Svenska.\nEnglish."), roles=roles, begins="2027-01-09T08:00", tempo=1.0, days=1)
    assert page(material, "Bakgrund, till alla spelare").said == ["Det har snöat."]
    assert "Bara ni vet detta." in page(material, "Stab A").said
    assert "Bara ni vet detta." not in page(material, "Stab B").said
    english = replace(material, planner=replace(material.planner, language=type(material.language)("en")))
    assert known(english).said() == ["It has snowed."]


def test_the_scenarios_words_are_kept_back_while_they_may_give_something_away() -> None:
    material = late("Svenska.\nEnglish.")
    assert known(material).said() == ["Svenska."]
    early = made(changed("Svenska.\nEnglish."), begins="2027-01-05T08:00", tempo=1.0, days=1)
    assert known(early).said() == []
    assert known(late("En enda text.")).said() == ["En enda text."]


def test_nothing_that_comes_later_is_told() -> None:
    early = made(changed(), begins="2027-01-05T08:00", tempo=1.0, days=1)
    from_s = early.clock.from_s
    assert not any(e.onset_s < from_s for e in early.line.casualties)
    said = " ".join(" ".join(row) for row in cells(early))
    assert not any(word in said.casefold() for word in ("crash", "hit", "sick", "cyber", "fire"))
    assert all(f.time_s <= from_s or f.of == "planned_due" for f in known(early).facts(early.line.regions))


def test_free_beds_are_the_staffed_less_the_occupied_and_the_promised() -> None:
    material = late()
    situation = Situation(material)
    for hours in range(0, 8):
        for region in material.line.regions:
            table = situation.of_region(region, material.clock.from_s + hours * HOUR)
            for row in table.rows:
                staffed, occupied, promised, free = (int(cell) for cell in row[1:5])
                assert free == max(0, staffed - occupied - promised)
    said = page(material, next(iter(material.players.values())).name).said
    assert any(s.startswith("Lediga är de disponibla platser") for s in said)


def test_the_telephone_list_has_every_function() -> None:
    staff = {"care": "Vårdplatskoordinator", "transport": "Transportsamordnare"}
    players = {key: Player(name=f"Stab {key}", region=key, phone="7", functions=staff) for key in "ab"}
    material = made(troubled(), roles=late().roles.model_copy(update={"players": players}), days=1)
    rows = [row for p in opening(material).pages if p.heading == "Telefonlista" for row in p.tables[0].rows]
    for key in "ab":
        for name in staff.values():
            assert [f"{name}, {key}", "7", ""] in [list(row) for row in rows]


def test_planned_care_is_counted_or_said_to_be_none() -> None:
    material = late()
    region = material.number("a")
    was, put_off, comes = known(material).planned(region)
    said = known(material).of_region(region)[-1]
    if was.value or comes.value:
        assert f" {put_off.value or 'ingen'} sköts upp" in said and f"väntas {comes.value} planerad" in said
    weekend = made(troubled(), begins="2027-01-10T12:00", tempo=1.0, days=1)
    assert datetime(2027, 1, 10).weekday() == 6
    told = known(weekend).of_region(region)[-1]
    assert told.startswith("Det senaste dygnet väntades ")
    assert np.isin([f.of for f in known(weekend).planned(region)], ["planned_due", "postponed"]).all()
