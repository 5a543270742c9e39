"""Plan files: what may be written, what is refused and how, and that a plan survives its file."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from nspl_sim.paper.language import Language
from nspl_sim.policies.catalogue import registered
from nspl_sim.policies.choosing import written
from nspl_sim.policies.elective.threshold import Threshold
from nspl_sim.policies.plan import (
    Plan,
    check_against,
    dump_plan,
    load_plan,
    plan_schema,
    shipped_plans,
)
from nspl_sim.policies.rules import FAMILIES
from nspl_sim.policies.sentences import clause
from nspl_sim.policies.support.alone import Alone
from nspl_sim.policies.support.least_loaded import LeastLoaded
from nspl_sim.policies.support.today import Today
from nspl_sim.policies.surge.at_occupancy import AtOccupancy
from nspl_sim.reading.telling import say
from nspl_sim.vocabulary.clock import HOUR
from nspl_sim.vocabulary.errors import InputRefused

START = "format: 1\nname: tried\nelective: never-pause\nsurge: never\n"


@pytest.fixture
def load(tmp_path, monkeypatch):
    """Return a function that loads the plan of a text from the folder in which it stands."""
    monkeypatch.chdir(tmp_path)

    def loaded(text):
        path = Path("plan.yaml")
        path.write_text(text, encoding="utf-8")
        return load_plan(path)

    return loaded


@pytest.fixture
def refusal(load):
    """Return a function that gives the problems of a text, in words."""

    def refused(text):
        with pytest.raises(InputRefused) as error:
            load(text)
        return [say(problem) for problem in error.value.problems]

    return refused


# --- the library ------------------------------------------------------------------------------


REFERENCE = ("alone", "coordinated", "today")


def test_the_reference_plans_come_along():
    assert set(REFERENCE) <= set(shipped_plans())
    support = {name: load_plan(name).plan.support for name in REFERENCE}
    assert support == {"alone": Alone(), "today": Today(), "coordinated": LeastLoaded()}


@pytest.mark.parametrize("name", REFERENCE)
def test_a_shipped_plan_differs_from_today_in_support_only(name):
    loaded, today = load_plan(name), load_plan("today").plan
    plan = loaded.plan
    assert plan.name == name and plan.title is not None
    assert loaded.warnings == ()
    assert [path.name for path in loaded.files] == [f"{name}.yaml"]
    for part in ("elective", "surge", "asking", "reporting", "review_every_h", "taking_part"):
        assert getattr(plan, part) == getattr(today, part)
    assert (plan.elective, plan.surge) == (Threshold(), AtOccupancy())


def test_the_defaults_of_asking_are_those_of_todays_order():
    bare = Plan.model_validate(
        {"format": 1, "name": "today", "support": "today", "elective": "threshold", "surge": "at-occupancy"}
    )
    today = load_plan("today").plan
    assert bare.model_copy(update={"title": today.title}) == today


def test_a_file_may_be_named_as_one_that_comes_along_is_not(tmp_path):
    with pytest.raises(InputRefused, match="neither a file nor a plan") as error:
        load_plan(tmp_path / "tody")
    assert error.value.problems[0].suggestion == "today"


# --- what a file says -------------------------------------------------------------------------


def test_a_rule_is_a_name_or_a_mapping(load):
    assert load(START + "support: today\n").plan.support == Today()
    assert load(START + "support: {rule: today, reserve: 2}\n").plan.support == Today(reserve=2)
    two = load(START + "support: {rule: today, kinds: [icu, ward]}\n").plan.support
    assert two == Today(kinds=("icu", "ward"))


def test_times_are_whole_seconds(load):
    plan = load(
        START + "support: today\nasking: {ask_minutes: 0.5, retry_h: 2, max_hours: 1.5}\n"
        "reporting: {every_h: 12, delay_h: 0}\nreview_every_h: 3\n"
    ).plan
    assert (plan.asking.ask_s, plan.asking.retry_s, plan.asking.max_s) == (30, 2 * HOUR, 5400)
    assert (plan.reporting.every_s, plan.reporting.delay_s, plan.review_every_s) == (12 * HOUR, 0, 3 * HOUR)
    assert load(START + "support: today\nasking: {retry_h: never}\n").plan.asking.retry_s == 0


def test_what_a_region_does_not_say_is_as_in_default(load):
    part = load(
        START + "support: today\ntaking_part:\n  default: {gives: false, from_day: 5}\n"
        "  regions: {uppsala: {receives: false}, gotland: {gives: true, from_day: 0}}\n"
    ).plan.taking_part
    uppsala, gotland, other = part.of("uppsala"), part.of("gotland"), part.of("orebro")
    assert (uppsala.gives, uppsala.receives, uppsala.from_day) == (False, False, 5)
    assert (gotland.gives, gotland.receives, gotland.from_day) == (True, True, 0)
    assert other == part.default


def test_the_fingerprint_is_of_what_is_said_and_not_of_how(load):
    one = load(START + "support: {rule: today, reserve: 1}\nasking: {parallel: 1, ask_minutes: 20}\n").plan
    other = load("surge: {rule: never}\nsupport: today\nelective: never-pause\nname: tried\nformat: 1\n").plan
    assert one == other and one.fingerprint() == other.fingerprint()
    more = load(START + "support: {rule: today, reserve: 2}\n").plan
    assert more.fingerprint() != one.fingerprint()


# --- what is refused --------------------------------------------------------------------------

ALL = ", ".join(registered("support"))


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("support: todai", f"5:10 support must be one of {ALL} (got todai); did you mean today?"),
        ("support: {rule: todai}", f"5:17 support.rule must be one of {ALL} (got todai); did you mean"),
        ("support: {rule: [x]}", f"support.rule must be one of {ALL}"),
        ("support: {reserve: 1}", f"5:1 support.rule is missing; it must be one of {ALL}"),
        ("support: 3", "5:10 support must be the name of a rule, or a mapping with the key rule (got 3)"),
        (
            "support: {rule: today, reserv: 1}",
            "5:24 support.reserv is not a key that belongs here (got 1); did you mean reserve?",
        ),
        ("support: {rule: today, 5: 1}", "5:27 support.5"),
        ("support: {rule: alone, reserve: 1}", "5:24 support.reserve is not a key that belongs here (got 1)"),
        (
            "support: {rule: today, reserve: -1}",
            "5:33 support.reserve must be a whole number from 0 to 1000 (got -1)",
        ),
        ("support: {rule: today, reserve: 1.5}", "5:33 support.reserve must be a whole number"),
        ("support: {rule: today, reserve: yes}", "support.reserve must be a whole number from 0 to 1000"),
        (
            "support: {rule: today, kinds: icu}",
            "5:31 support.kinds must be a list (got icu); did you mean [icu]?",
        ),
        ("support: {rule: today, kinds: []}", "support.kinds must hold at least 1 entries"),
        ("support: {rule: today, kinds: [ICU]}", "support.kinds.0 must be a name of a-z"),
        (
            "support: {rule: least-loaded, band: 0}",
            "5:37 support.band must be a number from 0.001 to 10 (got 0)",
        ),
        ("support: {rule: least-loaded, band: .nan}", "support.band must be a number from 0.001 to 10"),
        (
            "support: {rule: as-listed, receivers: {uppsala: orebro}}",
            "5:49 support.receivers.uppsala must be a list (got orebro); did you mean [orebro]?",
        ),
    ],
)
def test_a_rule_is_refused_with_where_what_and_what_was_meant(refusal, line, problem):
    said = refusal(f"{START}{line}\n")
    assert any(problem in each for each in said), said


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("asking: {ask_minutes: -1}", "6:23 asking.ask_minutes must be a number from 0 to 10080 (got -1)"),
        ("asking: {ask_minutes: 1e-9}", "6:23 asking.ask_minutes is less than a second; is the unit right?"),
        ("asking: {max_hours: 1e-300}", "6:21 asking.max_hours is less than a second; is the unit right?"),
        ("reporting: {delay_h: 1e-5}", "6:22 reporting.delay_h is less than a second; is the unit right?"),
        ("asking: {parallel: 0}", "6:20 asking.parallel must be a whole number from 1 to 1000 (got 0)"),
        ("asking: {retry_h: nver}", "6:19 asking.retry_h must be a number from 0.1 to 8760"),
        ("asking: {retry_h: nver}", "(got nver); did you mean never?"),
        ("asking: {retry_h: aldrig}", "(got aldrig); did you mean never?"),
        ("asking: {retry_h: .inf}", "(got .inf); did you mean never?"),
        ("asking: {retry_h: 0}", "6:19 asking.retry_h must be a number from 0.1 to 8760 (got 0)"),
        ("asking: {max_hours: 0}", "6:21 asking.max_hours must be a number > 0 and <= 8760 (got 0)"),
        ("asking: {quota: {a: -1}}", "6:21 asking.quota.a must be a whole number >= 0 (got -1)"),
        ("reporting: {every_h: 0}", "6:22 reporting.every_h must be a number from 0.1 to 8760 (got 0)"),
        ("reporting: {delay_h: -2}", "6:22 reporting.delay_h must be a number from 0 to 8760 (got -2)"),
        ("review_every_h: 0", "6:17 review_every_h must be a number from 0.1 to 8760 (got 0)"),
        ("taking_part: {default: {give: true}}", "6:25 taking_part.default.give is not a key that belongs"),
        ("taking_part: {default: {give: true}}", "(got true); did you mean gives?"),
        ("taking_part: {regions: {a: {gives: yes}}}", "taking_part.regions.a.gives must be true or false"),
        ("taking_part: {regions: {a: {from_day: -1}}}", "regions.a.from_day must be a number from 0 to 3650"),
        ("mandat: command", "6:1 mandat is not a key that belongs here"),
    ],
)
def test_the_terms_are_refused_with_where_what_and_what_was_meant(refusal, line, problem):
    said = refusal(f"{START}support: today\n{line}\n")
    assert len(said) == 1 and problem in said[0], said


@pytest.mark.parametrize(
    ("rule", "problem"),
    [
        (
            "elective: {rule: threshold, pause_at: 0.8}",
            "elective.resume_at must be below pause_at (0.85 is not below 0.8)",
        ),
        ("elective: {rule: threshold, pause_at: 1, resume_at: 1}", "elective.resume_at must be below"),
        (
            "elective: {rule: threshold, share_when_paused: 1.2}",
            "elective.share_when_paused must be a number from 0 to 1 (got 1.2)",
        ),
        ("elective: {rule: threshold, paused_priorities: [4]}", "paused_priorities.0 must be a whole"),
        (
            "surge: {rule: at-occupancy, close_at: 1.5}",
            "surge.close_at may not be above open_at (1.5 is above 1.0)",
        ),
    ],
)
def test_thresholds_that_contradict_each_other_are_refused(refusal, rule, problem):
    family = rule.split(":")[0]
    rest = "".join(line + "\n" for line in START.splitlines() if not line.startswith(family))
    said = refusal(rest + f"support: today\n{rule}\n")
    assert len(said) == 1 and problem in said[0]
    with pytest.raises(ValueError, match=r"below|above"):
        Threshold(pause_at=0.5) if family == "elective" else AtOccupancy(close_at=2.0)


def test_all_problems_are_told_at_once(refusal):
    said = refusal(
        "format: 2\nname: X Y\nsupport: todai\nelective:\n  rule: threshold\n  pause_at: 1,5\n  pause: 1\n"
    )
    places = [line.split()[1] for line in said]
    assert places == ["surge", "format", "name", "support", "elective.pause_at", "elective.pause"]


LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9)
WORDS = st.text(max_size=5) | st.integers() | st.sampled_from(["rule", "reserve", "kinds", "regions"])
ANYTHING = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner), max_leaves=6
)
PARTS = ["support", "elective", "surge", "asking", "reporting", "taking_part", "review_every_h"]


@given(ANYTHING, st.sampled_from(PARTS))
@settings(deadline=None, max_examples=150)
def test_whatever_stands_in_a_part_is_read_or_refused_with_its_name(tmp_path_factory, value, part):
    data = {"format": 1, "name": "tried", "support": "today", "elective": "threshold", "surge": "never"}
    path = tmp_path_factory.mktemp("plan") / "plan.json"
    path.write_text(json.dumps(data | {part: value}), encoding="utf-8")
    try:
        load_plan(path)
    except InputRefused as refused:
        assert refused.problems
        for problem in refused.problems:
            assert say(problem)
            assert part in problem.path or problem.path == ""


# --- against a scenario -----------------------------------------------------------------------

NAMES = START + (
    "support: {rule: as-listed, receivers: {upsala: [gotland, gotlan]}, kinds: [icu, burn]}\n"
    "asking: {quota: {gotland: 1, orebo: 2}}\n"
    "taking_part:\n  regions:\n    gotlnd: {gives: false}\n"
)


def test_regions_that_a_scenario_lacks_are_named_with_their_place(load):
    found = check_against(load(NAMES), ["gotland", "orebro", "uppsala"], ["icu", "ward"])
    assert [say(problem) for problem in found] == [
        "plan.yaml:5:40 support.receivers.upsala is not a region of the scenario (got upsala); "
        "did you mean uppsala?",
        "plan.yaml:5:58 support.receivers.upsala.1 is not a region of the scenario (got gotlan); "
        "did you mean gotland?",
        "plan.yaml:6:30 asking.quota.orebo is not a region of the scenario (got orebo); did you mean orebro?",
        "plan.yaml:9:5 taking_part.regions.gotlnd is not a region of the scenario (got gotlnd); "
        "did you mean gotland?",
        "warning: plan.yaml:5:81 support.kinds.1 is not a kind of unit in the scenario, and is ignored "
        "(got burn)",
    ]
    assert [problem.warning for problem in found] == [False] * 4 + [True]


def test_a_plan_without_a_file_can_be_checked_too(load):
    found = check_against(load(NAMES).plan, ["gotland", "orebro", "uppsala"])
    assert [problem.got for problem in found] == ["upsala", "gotlan", "orebo", "gotlnd"]
    assert {problem.place for problem in found} == {"tried"}
    assert check_against(load_plan("coordinated"), ["gotland"], ["icu", "ward"]) == []


def test_what_has_no_effect_is_warned_of(load):
    alone = load(START + "support: alone\nasking: {quota: {a: 1}}\ntaking_part: {default: {gives: false}}\n")
    assert [problem.path for problem in alone.warnings] == ["taking_part", "asking.quota"]
    own = load(START + "support: today\ntaking_part: {regions: {a: {follows_pauses: false}}}\n")
    assert [(p.path, p.warning) for p in own.warnings] == [("taking_part.regions.a.follows_pauses", True)]


def test_who_takes_part_only_after_the_end_is_told(load):
    late = load(
        START + "support: today\ntaking_part:\n  default: {from_day: 90}\n  regions: {a: {from_day: 30}}\n"
    )
    [told] = check_against(late, ["a", "b"], ["icu"], 90.0)
    assert say(told) == (
        "warning: plan.yaml:7:23 taking_part.default.from_day is after the end of the run "
        "(horizon_days 90), so it never begins (got 90)"
    )
    assert check_against(late, ["a", "b"], ["icu"], 91.0) == []


def test_a_list_of_no_receivers_is_told(load):
    [told] = load(START + "support: {rule: as-listed, receivers: {a: []}}\n").warnings
    assert say(told).endswith("support.receivers names no receiver: no region asks another")


def test_the_format_may_stand_in_quotes(load):
    plan = load(START.replace("format: 1", 'format: "1"') + "support: today\n").plan
    assert plan.format == 1


# --- there and back ---------------------------------------------------------------------------

BOTH = st.booleans()
SWITCHES = st.fixed_dictionaries(
    {},
    optional={
        "shares_picture": BOTH,
        "gives": BOTH,
        "receives": BOTH,
        "follows_pauses": BOTH,
        "from_day": st.floats(0, 3650),
    },
)
ODD_KEYS = st.sampled_from(["1", "01", "null", "no", "1e5", "true"])
KEYS = ODD_KEYS | st.from_regex(r"[a-z0-9][a-z0-9_-]{0,9}", fullmatch=True)
LINES = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=30)
SUPPORT = st.fixed_dictionaries(
    {
        "rule": st.sampled_from(["today", "nearest", "least-loaded", "civil-area-first"]),
        "reserve": st.integers(0, 1000),
    }
)
LISTED = st.fixed_dictionaries(
    {
        "rule": st.just("as-listed"),
        "receivers": st.dictionaries(KEYS, st.lists(KEYS, max_size=3), max_size=3),
    }
)
QUOTAS = st.dictionaries(KEYS, st.integers(0, 9))
PLANS = st.fixed_dictionaries(
    {
        "format": st.just(1),
        "name": KEYS,
        "support": SUPPORT | LISTED,
        "elective": st.sampled_from(["never-pause", "threshold", {"rule": "threshold", "pause_at": 1.25}]),
        "surge": st.sampled_from(["never", "at-occupancy"]),
    },
    optional={
        "title": st.fixed_dictionaries({"sv": LINES, "en": LINES}),
        "description": st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
        "asking": st.fixed_dictionaries({"retry_h": st.just("never") | st.floats(0.1, 100), "quota": QUOTAS}),
        "review_every_h": st.floats(0.1, 8760),
        "taking_part": st.fixed_dictionaries(
            {"default": SWITCHES, "regions": st.dictionaries(KEYS, SWITCHES)}
        ),
    },
)


@given(PLANS)
@settings(deadline=None)
def test_what_is_dumped_loads_as_the_same_plan(tmp_path_factory, data):
    plan = Plan.model_validate(data)
    path = tmp_path_factory.mktemp("plan") / "plan.yaml"
    path.write_text(dump_plan(plan), encoding="utf-8")
    again = load_plan(path).plan
    assert again == plan
    assert again.fingerprint() == plan.fingerprint()
    assert dump_plan(again) == dump_plan(plan)
    assert all(str(sentence) for sentence in clause(plan))


def test_a_rule_is_written_with_every_parameter():
    assert written(Today(kinds=("icu", "ward"))) == {"rule": "today", "reserve": 1, "kinds": ["icu", "ward"]}


def test_the_schema_offers_every_rule_and_its_parameters():
    schema = plan_schema()
    assert json.loads(json.dumps(schema)) == schema
    for family in FAMILIES:
        names, *rules = schema["properties"][family]["anyOf"]
        assert names == {"enum": list(registered(family))}
        assert [rule["properties"]["rule"]["const"] for rule in rules] == list(registered(family))
    place = 1 + list(registered("support")).index("least-loaded")
    band = schema["properties"]["support"]["anyOf"][place]["properties"]["band"]
    assert (band["minimum"], band["maximum"], band["default"]) == (0.001, 10, 0.1)


@pytest.mark.parametrize("name", shipped_plans())
def test_an_editor_takes_the_shipped_plans(name):
    schema, data = plan_schema(), load_plan(name).plan.written()
    Draft7Validator.check_schema(schema)
    Draft7Validator(schema).validate(data)
    assert not Draft7Validator(schema).is_valid(data | {"support": {"rule": "today", "reserve": -1}})


# --- in words ---------------------------------------------------------------------------------


def test_who_takes_part_is_said_by_name(load):
    plan = load(
        START + "support: nearest\n"
        "asking: {quota: {b: 2, a: 1}, parallel: 2, ask_minutes: 0, retry_h: never}\n"
        "taking_part: {regions: {a: {gives: false, from_day: 10}, b: {gives: true}}}\n"
    ).plan
    said = [str(sentence) for sentence in clause(plan, {"a": "Alfa", "b": "Beta"})]
    assert "2 receivers are asked at a time." in said
    assert "Between two reviews these regions take at most so many patients: Alfa 1 and Beta 2." in said
    assert (
        "Alfa shares its situation and receives support, but does not give support under the standing order: "
        "the region stands last in everybody's order and answers under today's order. "
        "This holds from day 10 on; before that, today's order holds."
    ) in said
    assert not any(sentence.startswith("Beta") for sentence in said)


def test_what_a_region_does_not_do_is_said_in_swedish(load):
    plan = load(
        START + "support: nearest\ntaking_part: {regions: {skane: {receives: false}, "
        "uppsala: {shares_picture: false, gives: false, receives: false}, "
        "dalarna: {gives: false, receives: false, shares_picture: true}}}\n"
    ).plan
    names = {"skane": "Skåne", "uppsala": "Uppsala", "dalarna": "Dalarna"}
    said = [Language("sv").say(sentence) for sentence in clause(plan, names)]
    assert (
        "Skåne delar sin lägesbild och ger stöd, men tar inte emot stöd enligt stödordningen: "
        "regionen frågar enligt dagens ordning."
    ) in said
    assert any(sentence.startswith("Uppsala deltar inte: regionen delar inte sin") for sentence in said)
    assert any(sentence.startswith("Dalarna delar sin lägesbild, men varken ger eller") for sentence in said)


def test_a_plan_in_which_nobody_takes_part_says_so(load):
    none = "{shares_picture: false, gives: false, receives: false}"
    plan = load(START + f"support: nearest\ntaking_part: {{default: {none}}}\n").plan
    assert "No region takes part." in [str(sentence) for sentence in clause(plan)]


def test_a_region_that_the_shipped_world_lacks_is_told_when_a_plan_is_checked(load):
    from nspl_sim.cli.validate import strangers

    [told] = strangers(load(START + "support: nearest\ntaking_part: {regions: {skone: {}, skane: {}}}\n"))
    assert say(told) == (
        "warning: plan.yaml:6:25 taking_part.regions.skone is no region of the world sweden, and is refused "
        "with scenarios that lack it (got skone); did you mean skane?"
    )
