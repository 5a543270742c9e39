"""Bad input: for every row of the list, and its neighbours, the one line that the user must see.

In a case the changed lines hold the value at fault between « and »; where « stands is where the
message must point.
"""

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from nspl_sim.reading.showing import MOST_SOUGHT, nearest
from nspl_sim.reading.telling import say, say_all
from nspl_sim.scenario.load import Loaded, load_scenario
from nspl_sim.vocabulary.errors import EXIT_REFUSED, InputRefused

WINTER = """\
format: 1
name: winter
start: 2027-01-11
warm_up_days: 10
horizon_days: 90
seed: 1
regions:
  uppsala:
    units:
      icu:
        beds:    24
      ward: {beds: 500}
    population: 400000
  gotland:
    units:
      icu: {beds: 4}
      ward: {beds: 90}
    population: 60000
classes:
  ill:
    urgency: 3
    mortality: 0.1
    pathways:
      - share: 0.9
        stages: [{kind: ward, stay: {family: lognormal, mean_days: 5, sd_days: 4}}]
      - share: 0.1
        stages: [{kind: icu, stay: {family: gamma, mean_days: 3, sd_days: 2}}]
streams:
  emergency:
    kind: poisson
    per_day: 40
    regions: {uppsala: 0.9, gotland: 0.1}
    classes: {ill: 1}
  blast:
    kind: mass_casualty
    at_day: 30
    size: {family: fixed, value: 120}
    arrival: {family: lognormal, median_h: 1, mean_h: 1.5}
    regions: {uppsala: 1}
    classes: {ill: 1}
  front:
    kind: combat
    troops: 1000
    per_1000_per_day: {family: lognormal, mean: 3, sd: 4}
    from_day: 5
    days: 10
    regions: {gotland: 1}
    classes: {ill: 1}
"""

BEDS = "regions.uppsala.units.icu.beds"
ICU_STAY = "classes.ill.pathways.1.stages.0.stay"
WHOLE = "must be a whole number >= 0"
NUMBER = "must be a number > 0"
RATE = "must be a number >= 0"
SHARE = "must be a number from 0 to 1"
HORIZON = "must be a number > 0 and <= 3650"
LENGTH = "must be a number from 0.01 to 3650"
WARM_UP = "must be a number from 0 to 3650"
DAY = "must be a day, or a day and time, such as 2027-01-11T06:00"
NAME = "must be a name of a-z, 0-9, _ and - (at most 64 characters)"

TRUTH = "a truth value is not a number"
ONLY_WHOLE = "a point may be a decimal or a thousands sign; write"
GROUPS = "a comma may be a decimal or a thousands sign; write"
FULL_WIDTH = (
    "it holds the character U+FF15 (FULLWIDTH DIGIT FIVE); write plain digits, and a hyphen for minus"
)
PLUS = "it has a plus sign; write the digits alone"
VANISHES = "it is so small that it would be read as 0"
FINITE = "it must be finite"
ROUNDED = "nothing is rounded"
ODD = "it holds the character {} ({}); write plain digits, and a hyphen for minus"
POINT = "it has a decimal comma; write a decimal point here"
COMMA = "a comma may be a decimal or a thousands sign; write digits and a decimal point"
APART = "it has a sign between the digits; write them together"
OCTAL = "it begins with 0, which some programs read as octal"
UNIT = "there is text after the number; the key says the unit"
PLAIN = "it is not a decimal number; write plain digits"
FIXED = "for no variation write family: fixed"
ORDER = "must have median < mean, or q1 < median < q3"
IN_TIME = "must be before the end of the run (horizon_days 90)"
EARLY = "may not be before the run begins (day -10)"


@dataclass(frozen=True)
class Case:
    """One change to the good file, and the line that it must bring."""

    row: int
    old: str
    new: str
    path: str
    rule: str
    got: str | None = None
    suggestion: str | None = None

    @property
    def written(self) -> str:
        """Return the bad file."""
        assert WINTER.count(self.old) == 1, self.old
        return WINTER.replace(self.old, self.new)

    @property
    def line(self) -> str:
        """Return the line that the user must see."""
        before = self.written.split("«")[0]
        place = f"winter.yaml:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
        got = self.got if self.got is not None else self.new.partition("«")[2].partition("»")[0]
        told = f"{place} {self.path} {self.rule}" + (f" (got {got})" if got else "")
        return told + (f"; did you mean {self.suggestion}?" if self.suggestion else "")


def beds(row: int, written: str, reason: str = "", suggestion: str | None = None, rule: str = WHOLE) -> Case:
    """Return the case that the beds of Uppsala are *written* so."""
    rule = f"{rule}: {reason}" if reason else rule
    return Case(row, "beds:    24", f"beds:    «{written}»", BEDS, rule, None, suggestion)


def stay(row: int, new: str, rule: str, where: str = "", got: str | None = None) -> Case:
    """Return the case that the stay in intensive care is *new*; *where* names what of it is at fault."""
    return Case(row, "stay: {family: gamma, mean_days: 3, sd_days: 2}", new, ICU_STAY + where, rule, got)


def size(written: str, where: str, casualties: str) -> Case:
    """Return the case that the blast has the size *written*."""
    rule = f"makes {casualties} casualties; that is more than live in the regions, 460000"
    return Case(15, "{family: fixed, value: 120}", written, f"streams.blast.size.{where}", rule)


def rate(row: int, written: str, where: str, rule: str, got: str | None = None) -> Case:
    """Return the case that the rate of emergencies is *written*."""
    return Case(row, "per_day: 40", "rate: " + written, "streams.emergency.rate" + where, rule, got)


@pytest.fixture(autouse=True)
def _in_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in the folder of the files, as a user does who names them without a folder."""
    monkeypatch.chdir(tmp_path)


def load(tmp_path: Path, written: str, name: str = "winter.yaml") -> Loaded:
    (tmp_path / name).write_text(written.replace("«", "").replace("»", ""), encoding="utf-8")
    return load_scenario(name)


def refusal(tmp_path: Path, written: str, name: str = "winter.yaml") -> list[str]:
    with pytest.raises(InputRefused) as refused:
        load(tmp_path, written, name)
    assert refused.value.exit_code == EXIT_REFUSED
    return [say(problem) for problem in refused.value.problems]


CASES = [
    # 1: under the lowest value
    beds(1, "-5"),
    beds(1, "-1"),
    beds(1, "-5.0"),
    beds(1, "'-5'", suggestion=None),
    Case(1, "{beds: 500}", "{beds: «-1»}", "regions.uppsala.units.ward.beds", WHOLE),
    Case(1, "mortality: 0.1", "mortality: «-0.1»", "classes.ill.mortality", SHARE),
    Case(1, "urgency: 3", "urgency: «0»", "classes.ill.urgency", "must be a whole number from 1 to 5"),
    # 2: decimals where a whole number belongs
    beds(2, "12.5", ROUNDED),
    beds(2, "1e-3", ROUNDED),
    beds(2, "23.999999", ROUNDED),
    Case(2, "seed: 1", "seed: «1.5»", "seed", f"{WHOLE}: {ROUNDED}"),
    # 3: no number at all
    stay(3, "stay: {family: gamma, mean_days: «.nan», sd_days: 2}", f"{NUMBER}: {FINITE}", ".mean_days"),
    stay(3, "stay: {family: gamma, mean_days: «NaN», sd_days: 2}", f"{NUMBER}: {FINITE}", ".mean_days"),
    stay(3, 'stay: {family: gamma, mean_days: «"nan"», sd_days: 2}', f"{NUMBER}: {FINITE}", ".mean_days"),
    beds(3, ".nan", FINITE),
    # 4: without end
    Case(4, "per_day: 40", "per_day: «.inf»", "streams.emergency.per_day", f"{RATE}: {FINITE}"),
    Case(4, "per_day: 40", "per_day: «1e309»", "streams.emergency.per_day", f"{RATE}: {FINITE}"),
    Case(4, "per_day: 40", "per_day: «-.Inf»", "streams.emergency.per_day", f"{RATE}: {FINITE}"),
    beds(4, "1e309", FINITE),
    # 5: shares
    Case(5, "mortality: 0.1", "mortality: «1.2»", "classes.ill.mortality", SHARE),
    Case(
        5,
        "regions: {uppsala: 0.9, gotland: 0.1}",
        "«regions: {uppsala: 0.88, gotland: 0.1}",
        "streams.emergency.regions",
        "must add to 1, but adds to 0.98",
        "{uppsala: 0.88, gotland: 0.1}",
    ),
    Case(
        5,
        "regions: {uppsala: 0.9, gotland: 0.1}",
        "«regions: {uppsala: 0.900002, gotland: 0.1}",
        "streams.emergency.regions",
        "must add to 1, but adds to 1.000002",
        "{uppsala: 0.900002, gotland: 0.1}",
    ),
    Case(
        5,
        "classes: {ill: 1}\n  blast",
        "«classes: {ill: 0.5}\n  blast",
        "streams.emergency.classes",
        "must add to 1, but adds to 0.5",
        "{ill: 0.5}",
    ),
    Case(
        5,
        "pathways:\n      - share: 0.9",
        "«pathways:\n      - share: 0.8",
        "classes.ill.pathways",
        "must add to 1, but adds to 0.9",
        '[{share: 0.8, stages: [{kind: "ward", stay: {family: "logno…',
    ),
    # 6: text with more than a number ("24" itself is a number: see below)
    beds(6, '"24 st"', UNIT),
    beds(6, "24 st", UNIT),
    beds(6, "24h", UNIT),
    beds(6, "ca 24"),
    beds(6, '""', "it is empty"),
    # 7: truth values
    beds(7, "yes", TRUTH),
    beds(7, "true", TRUTH),
    beds(7, "no", TRUTH),
    beds(7, "Off", TRUTH),
    Case(7, "per_day: 40", "per_day: «yes»", "streams.emergency.per_day", f"{RATE}: {TRUTH}"),
    Case(7, "format: 1", "format: «true»", "format", f"must be 1: {TRUTH}"),
    Case(7, "format: 1", "format: «yes»", "format", f"must be 1: {TRUTH}"),
    # 8: what other readers take for something else stays text
    beds(8, "12:30"),
    beds(8, "0x1F", PLAIN),
    beds(8, "0o17", PLAIN),
    beds(8, "010", OCTAL),
    beds(8, "2027-01-11"),
    Case(8, "name: winter", "name: «NO»", "name", NAME, suggestion="no"),
    Case(8, "start: 2027-01-11", "start: «12:30»", "start", DAY),
    # 9: decimal commas and thousands
    beds(9, "7,5", ROUNDED),
    beds(9, '"7,5"', ROUNDED),
    beds(9, "48,0", POINT, "48.0"),
    beds(9, "1 234.5", APART),
    beds(9, "1 234", APART, "1234"),
    beds(9, "1,234", COMMA),
    beds(9, "1,234,567", COMMA),
    beds(9, "1_000", APART, "1000"),
    beds(9, "1'000", APART, "1000"),
    Case(
        9,
        "mortality: 0.1",
        "mortality: «0,1»",
        "classes.ill.mortality",
        f"{SHARE}: {POINT}",
        suggestion="0.1",
    ),
    # 10: characters that only look right
    beds(10, "−5", ODD.format("U+2212", "MINUS SIGN"), "-5"),
    beds(10, "–5", ODD.format("U+2013", "EN DASH"), "-5"),
    beds(10, "２４", ODD.format("U+FF12", "FULLWIDTH DIGIT TWO"), "24"),
    beds(10, "٢٤", ODD.format("U+0662", "ARABIC-INDIC DIGIT TWO"), "24"),
    replace(beds(10, "1\u00a0234", ODD.format("U+00A0", "NO-BREAK SPACE"), "1234"), got=r"1\xa0234"),
    replace(beds(10, "24\u200b", ODD.format("U+200B", "ZERO WIDTH SPACE")), got=r"24\u200b"),
    # 11: no stay, or one that should vary and does not
    stay(11, "stay: {family: gamma, mean_days: «0», sd_days: 2}", NUMBER, ".mean_days"),
    stay(11, "stay: {family: exponential, mean_h: «0»}", NUMBER, ".mean_h"),
    stay(11, "stay: {family: gamma, mean_days: 3, sd_days: «0»}", f"{NUMBER}: {FIXED}", ".sd_days"),
    stay(11, "stay: {family: lognormal, mean_h: 3, sd_h: «0.0»}", f"{NUMBER}: {FIXED}", ".sd_h"),
    stay(11, "stay: {family: lognormal, mu: 1, sigma: «0»}", f"{NUMBER}: {FIXED}", ".sigma"),
    stay(11, "stay: {family: gamma, mean_days: 3, sd_days: «-2»}", NUMBER, ".sd_days"),
    # 12: far too long
    stay(
        12,
        "«stay: {family: lognormal, mu: 12, sigma: 9}",
        "implies a mean of 6.316e+22 days and a 95 % point of 4.372e+11 days; over 365 days is refused. "
        "mu and sigma are of ln(days): were mean and sd meant?",
        got='{family: "lognormal", mu: 12, sigma: 9}',
    ),
    stay(
        12,
        "«stay: {family: weibull, shape: 0.1, scale_days: 1}",
        "has a mean of 3.629e+06 days; over 365 days is refused",
        got='{family: "weibull", shape: 0.1, scale_days: 1}',
    ),
    stay(
        12,
        "«stay: {family: fixed, value_h: 9000}",
        "has a mean of 375 days; over 365 days is refused",
        got='{family: "fixed", value_h: 9000}',
    ),
    stay(
        12,
        "«stay: {family: gamma, mean_days: 400, sd_days: 3}",
        "has a mean of 400 days; over 365 days is refused",
        got='{family: "gamma", mean_days: 400, sd_days: 3}',
    ),
    # 13: in the wrong order
    stay(
        13,
        "«stay: {family: triangular, low_h: 9, mode_h: 5, high_h: 12}",
        "must have low <= mode <= high, and low < high",
        got='{family: "triangular", low_h: 9, mode_h: 5, high_h: 12}',
    ),
    stay(
        13,
        "«stay: {family: uniform, low_h: 9, high_h: 5}",
        "must have low < high",
        got='{family: "uniform", low_h: 9, high_h: 5}',
    ),
    stay(
        13,
        "«stay: {family: lognormal, median_h: 9, mean_h: 5}",
        ORDER,
        got='{family: "lognormal", median_h: 9, mean_h: 5}',
    ),
    stay(
        13,
        "«stay: {family: lognormal, median_h: 9, q1_h: 10, q3_h: 20}",
        ORDER,
        got='{family: "lognormal", median_h: 9, q1_h: 10, q3_h: 20}',
    ),
    # 14, as far as a scenario goes: large numbers
    beds(14, "1000000000", rule="must be a whole number from 0 to 1000000"),
    beds(14, "1e19", rule="must be a whole number from 0 to 1000000"),
    beds(14, "9" * 50, rule="must be a whole number from 0 to 1000000"),
    Case(
        14,
        "per_day: 40",
        "per_day: «1e7»",
        "streams.emergency.per_day",
        "makes 1000000000 of 1000000150 patients in the run; over 20000000 is refused",
    ),
    Case(14, "    days: 10", "    days: «1e6»", "streams.front.days", "must be a number > 0 and <= 3650"),
    # 15: more casualties than people
    size("{family: fixed, value: «1e12»}", "value", "1000000000000"),
    size("{family: fixed, value: «460001»}", "value", "460001"),
    size("{family: lognormal, median: «9e5», sigma: 1}", "median", "1483849"),
    size("{family: lognormal, median: 100, sigma: «1e6»}", "sigma", "1e308"),
    # 16: the horizon
    Case(16, "horizon_days: 90", "horizon_days: «0»", "horizon_days", LENGTH),
    Case(16, "horizon_days: 90", "horizon_days: «-1»", "horizon_days", LENGTH),
    Case(16, "horizon_days: 90", "horizon_days: «1e9»", "horizon_days", LENGTH),
    Case(
        16,
        "start: 2027-01-11",
        "start: «9999-12-31»",
        "start",
        f"{DAY}: the year must be from 1900 to 2200",
    ),
    # 17: after the end of the run
    Case(17, "at_day: 30", "at_day: «95»", "streams.blast.at_day", IN_TIME),
    Case(17, "at_day: 30", "at_day: «90»", "streams.blast.at_day", IN_TIME),
    Case(17, "from_day: 5", "from_day: «90»", "streams.front.from_day", IN_TIME),
    Case(
        17,
        "at_day: 30",
        "at_day: 30\n    first_arrival_h: «1440»",
        "streams.blast.first_arrival_h",
        "lets nobody arrive before the end of the run (day 90)",
    ),
    rate(17, "{shape: steps, points: [{day: «95», per_day: 4}]}", ".points.0.day", IN_TIME),
    rate(
        17,
        "{shape: gamma, total: 90, gamma_shape: 2, scale_days: 3, from_day: «90»}",
        ".from_day",
        IN_TIME,
    ),
    # 18: before it begins, or backwards
    Case(18, "at_day: 30", "at_day: «-10.5»", "streams.blast.at_day", EARLY),
    Case(18, "from_day: 5", "from_day: «-1»", "streams.front.from_day", WARM_UP),
    Case(18, "    days: 10", "    days: «-3»", "streams.front.days", HORIZON),
    rate(
        18,
        "{shape: linear, points: [{day: -30, per_day: 4}, {day: «-10», per_day: 4}]}",
        ".points.1.day",
        EARLY,
    ),
    rate(
        18,
        "{shape: linear, «points: [{day: 9, per_day: 4}, {day: 3, per_day: 4}]}",
        ".points",
        "must be in the order of their days",
        "[{day: 9, per_day: 4}, {day: 3, per_day: 4}]",
    ),
    # 19: the warm-up
    Case(19, "warm_up_days: 10", "warm_up_days: «-1»", "warm_up_days", WARM_UP),
    Case(19, "warm_up_days: 10", "warm_up_days: «9999»", "warm_up_days", WARM_UP),
    Case(19, "warm_up_days: 10", "warm_up_days: «10 d»", "warm_up_days", f"{WARM_UP}: {UNIT}"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.row}: {case.new}")
def test_the_line_that_the_user_must_see(case: Case, tmp_path: Path) -> None:
    assert refusal(tmp_path, case.written) == [case.line]


def test_the_exact_line_of_row_1(tmp_path: Path) -> None:
    told = refusal(tmp_path, WINTER.replace("beds:    24", "beds:    -5"))
    assert told == ["winter.yaml:11:18 regions.uppsala.units.icu.beds must be a whole number >= 0 (got -5)"]


def test_the_good_file_is_good(tmp_path: Path) -> None:
    assert load(tmp_path, WINTER).warnings == ()


WARNINGS = [
    # 17: cut short
    Case(
        17,
        "    days: 10",
        "    days: «100»",
        "streams.front.days",
        "goes on after the end of the run; the last 15 days fall away",
    ),
    rate(
        17,
        "{shape: linear, points: [{day: 0, per_day: 40}, {day: «99», per_day: 40}]}",
        ".points.1.day",
        "is after the end of the run (day 90); the rate is cut there",
    ),
    # 19: longer than what is measured
    Case(
        19,
        "warm_up_days: 10",
        "warm_up_days: «1801»",
        "warm_up_days",
        "is 20.0111 times horizon_days; are the units right?",
    ),
    # 20: the rate of an hour where a day's is meant
    Case(
        20,
        "per_day: 40",
        "per_day: «900»",
        "streams.emergency.per_day",
        "gives icu in uppsala 81.1 arrivals a day x 3 days = 243 beds, 10.1 times its 24 beds "
        "(regions so crowded: 2); is the rate for a day?",
    ),
    Case(
        20,
        "per_day: 40",
        "per_year: «328500»",
        "streams.emergency.per_year",
        "gives icu in uppsala 81.1 arrivals a day x 3 days = 243 beds, 10.1 times its 24 beds "
        "(regions so crowded: 2); is the rate for a day?",
    ),
]


@pytest.mark.parametrize("case", WARNINGS, ids=lambda case: f"{case.row}: {case.new}")
def test_what_is_told_and_runs(case: Case, tmp_path: Path) -> None:
    told = [say(problem) for problem in load(tmp_path, case.written).warnings]
    assert f"warning: {case.line}" in told


ACCEPTED = [
    ("beds:    24", 'beds:    "24"'),  # 6: by the stated rule
    ("beds:    24", "beds:    24.0"),
    ("beds:    24", "beds:    2.4e1"),
    ("beds:    24", 'beds:    " 24 "'),
    ("mortality: 0.1", "mortality: .1"),
    ("start: 2027-01-11", "start: 2027-01-11T00:00"),
    ("start: 2027-01-11", 'start: "2027-01-11 00:00:00"'),
]


@pytest.mark.parametrize(("old", "new"), ACCEPTED)
def test_the_same_value_written_otherwise(old: str, new: str, tmp_path: Path) -> None:
    one, other = load(tmp_path, WINTER), load(tmp_path, WINTER.replace(old, new))
    assert one.scenario.fingerprint() == other.scenario.fingerprint()


@pytest.mark.parametrize("word", ["NO", "no", "yes", "12:30", "1e3x", "0x1F", "2027-01-11", "~x", "01"])
def test_row_8_text_stays_text(word: str, tmp_path: Path) -> None:
    scenario = load(tmp_path, WINTER.replace("seed: 1", f"marking: {word}")).scenario
    assert scenario.marking == word


UNKNOWN = [
    Case(
        0, "beds:    24", "«bedz»:    24", f"{BEDS[:-4]}bedz", "is not a key that belongs here", "24", "beds"
    ),
    Case(0, "seed: 1", "«horizon_h»: 9", "horizon_h", "is not a key that belongs here", "9", "horizon_days"),
    Case(
        0,
        "regions: {uppsala: 1}",
        "regions: {«upsala»: 1}",
        "streams.blast.regions.upsala",
        "is no region of this scenario",
        "",
        "uppsala",
    ),
    Case(
        0,
        "classes: {ill: 1}\n  front",
        "classes: {«il»: 1}\n  front",
        "streams.blast.classes.il",
        "is no patient class of this scenario",
        "",
        "ill",
    ),
    Case(
        0,
        "[{kind: icu,",
        "[{kind: «icy»,",
        f"{ICU_STAY[:-5]}.kind",
        "is a kind of unit that no region has",
        None,
        "icu",
    ),
    Case(
        0,
        "kind: combat",
        "kind: «comat»",
        "streams.front.kind",
        "must be one of poisson, planned, epidemic, combat, host_nation, mass_casualty, strikes, table",
        None,
        "combat",
    ),
    stay(
        0,
        "stay: {family: «gama», mean_days: 3, sd_days: 2}",
        "must be one of fixed, exponential, gamma, lognormal, weibull, triangular, uniform, empirical",
        ".family",
    ),
    Case(0, "seed: 1", "«extend»: sweden", "extend", "is not a key that belongs here", "sweden", "extends"),
    Case(0, "format: 1", "format: «2»", "format", "must be 1"),
    Case(0, "seed: 1", "strain_arm: «haf»", "strain_arm", "must be one of none, half, full", None, "half"),
    Case(
        0,
        "  gotland:\n    units:",
        "  «Gotland»:\n    units:",
        "regions.Gotland",
        f"is no such key: it {NAME}",
    ),
    Case(
        0,
        "    population: 60000",
        "    vehicles: {«ambulance»: 1}",
        "regions.gotland.vehicles.ambulance",
        "is no mode of transport of this scenario",
        "",
    ),
    Case(
        0,
        "seed: 1",
        "time_zone: «Europe/Stokholm»",
        "time_zone",
        "must be a time zone such as Europe/Stockholm",
    ),
]


@pytest.mark.parametrize("case", UNKNOWN, ids=lambda case: case.new)
def test_names_that_are_not_known(case: Case, tmp_path: Path) -> None:
    line = case.line.replace("(got gama)", "(got gama); did you mean gamma?")
    assert line in refusal(tmp_path, case.written)


def test_a_missing_key_is_told_at_its_parent(tmp_path: Path) -> None:
    told = refusal(tmp_path, WINTER.replace("        beds:    24\n", "        surge: []\n"))
    assert told == [f"winter.yaml:10:7 {BEDS} is missing; it must be a whole number >= 0"]


def test_nothing_is_not_shown_as_what_was_got(tmp_path: Path) -> None:
    told = refusal(tmp_path, WINTER.replace("beds:    24", "beds:"))
    assert told == [f"winter.yaml:11:9 {BEDS} must be a whole number >= 0"]


def units(written: str) -> str:
    """Return the file with more kinds of unit in Uppsala."""
    return WINTER.replace("      ward: {beds: 500}", "      ward: {beds: 500}\n" + written)


@pytest.mark.parametrize(
    ("kind", "meant"), [("iva", "icu"), ("icuu", "icu"), ("vardplatser", "ward"), ("wards", "ward")]
)
def test_a_misspelt_kind_of_unit_is_refused(kind: str, meant: str, tmp_path: Path) -> None:
    rule = f"is a kind of unit that no patient needs; did you mean {meant}?"
    told = refusal(tmp_path, units(f"      {kind}: {{beds: 9}}"))
    assert told == [f"winter.yaml:13:7 regions.uppsala.units.{kind} {rule}"]
    told = refusal(tmp_path, units(f"      {kind}: {{beds: -9}}").replace("beds:    24", "beds: -2"))
    assert len(told) == 3, "the other mistakes of the region do not hide it"
    assert told[1] == f"winter.yaml:13:7 regions.uppsala.units.{kind} {rule}"


def test_a_kind_of_unit_that_nobody_needs_is_told_once(tmp_path: Path) -> None:
    written = units("      neo: {beds: 9}").replace(
        "ward: {beds: 90}", "ward: {beds: 90}\n      neo: {beds: 1}"
    )
    assert [say(problem) for problem in load(tmp_path, written).warnings] == [
        "warning: winter.yaml:13:7 regions.uppsala.units.neo is a kind of unit that no patient needs, "
        "and has no effect"
    ]


def test_a_marking_that_is_required(tmp_path: Path) -> None:
    told = refusal(tmp_path, WINTER.replace("seed: 1", "marking_required: true\nmarking: ' '"))
    rule = "is missing, and marking_required says that there must be one"
    assert told == [f"winter.yaml:7:10 marking {rule} (got ' ')"]


def test_distances_that_nobody_gave(tmp_path: Path) -> None:
    mode = "transport: {modes: {car: {medium: road, speed_kmh: 70}}}\n"
    driven = WINTER.replace("    population: 60000", "    vehicles: {car: 1}") + mode
    rule = "has no distance to gotland: give transport.distances_km.uppsala.gotland, or the position of both"
    assert refusal(tmp_path, driven) == [f"winter.yaml:8:3 regions.uppsala {rule}"]
    assert load(tmp_path, driven.replace("{modes", "{instant: true, modes"))
    assert load(tmp_path, driven.replace("{modes", "{distances_km: {gotland: {uppsala: 248}}, modes"))
    twice = "{distances_km: {gotland: {uppsala: 248}, uppsala: {gotland: 9}}, modes"
    rule = "differs from distances_km.uppsala.gotland, which says 9"
    assert rule in refusal(tmp_path, driven.replace("{modes", twice))[0]


def test_all_problems_of_a_file_come_at_once(tmp_path: Path) -> None:
    bad = WINTER.replace("beds:    24", "beds: -5").replace("at_day: 30", "at_day: 95")
    bad = bad.replace("{uppsala: 1}", "{upsala: 1}").replace("    days: 10", "    dayz: 10")
    told = refusal(tmp_path, bad)
    assert [line.split()[1] for line in told] == [
        BEDS,
        "streams.blast.at_day",
        "streams.blast.regions.upsala",
        "streams.front.days",
        "streams.front.dayz",
    ]


def test_of_very_many_problems_twenty_are_told(tmp_path: Path) -> None:
    bad = WINTER + "".join(f"key{number}: 1\n" for number in range(50))
    with pytest.raises(InputRefused) as refused:
        load(tmp_path, bad)
    lines = say_all(refused.value.problems).splitlines()
    assert len(lines) == 21
    assert lines[-1] == "and 30 problems more"


@pytest.mark.parametrize("count", [99, 101, 5000])
def test_of_thousands_of_problems_all_are_counted(count: int, tmp_path: Path) -> None:
    bad = WINTER + "".join(f"key{number}: 1\n" for number in range(count))
    with pytest.raises(InputRefused) as refused:
        load(tmp_path, bad)
    assert len(refused.value.problems) <= 100, "the others are not looked into"
    assert say_all(refused.value.problems).splitlines()[-1] == f"and {count - 20} problems more"


def test_the_nearest_name_is_not_sought_among_thousands() -> None:
    taken: list[str] = []
    names = (taken.append(name) or name for name in (f"name{number}" for number in range(10_000)))
    assert nearest("nam7", names) is not None
    assert len(taken) == MOST_SOUGHT


def table(row: int, written: str, line: str) -> tuple[int, str, str]:
    """Return a case of a region table: its lines, and what the user must see after the file name."""
    return row, written, f"own.csv:{line}"


HEAD = "region;icu_beds;vehicles_car\n"
UPPSALA_ICU = f"{BEDS} {WHOLE}"

TABLES = [
    table(1, HEAD + "uppsala;-5;1\n", f"B2 {UPPSALA_ICU} (got -5)"),
    table(1, HEAD + "gotland;1;1\nuppsala;-5;1\n", f"B3 {UPPSALA_ICU} (got -5)"),
    table(2, HEAD + "uppsala;12,5;1\n", f"B2 {UPPSALA_ICU}: {ROUNDED} (got 12,5)"),
    table(2, "region,icu_beds\nuppsala,12.5\n", f"B2 {UPPSALA_ICU}: {ROUNDED} (got 12.5)"),
    table(3, HEAD + "uppsala;NaN;1\n", f"B2 {UPPSALA_ICU}: {FINITE} (got NaN)"),
    table(3, HEAD + "uppsala;9;nan\n", f"C2 regions.uppsala.vehicles.car {WHOLE}: {FINITE} (got nan)"),
    table(4, HEAD + "uppsala;inf;1\n", f"B2 {UPPSALA_ICU}: {FINITE} (got inf)"),
    table(4, HEAD + "uppsala;1e309;1\n", f"B2 {UPPSALA_ICU}: {FINITE} (got 1e309)"),
    table(6, HEAD + "uppsala;24 st;1\n", f"B2 {UPPSALA_ICU}: {UNIT} (got 24 st)"),
    table(7, HEAD + "uppsala;yes;1\n", f"B2 {UPPSALA_ICU}: {TRUTH} (got yes)"),
    table(7, HEAD + "uppsala;TRUE;1\n", f"B2 {UPPSALA_ICU}: {TRUTH} (got TRUE)"),
    table(8, HEAD + "uppsala;12:30;1\n", f"B2 {UPPSALA_ICU} (got 12:30)"),
    table(9, HEAD + "uppsala;1 234;1\n", f"B2 {UPPSALA_ICU}: {APART} (got 1 234); did you mean 1234?"),
    table(9, HEAD + "uppsala;1,234;1\n", f"B2 {UPPSALA_ICU}: {GROUPS} 1234 (got 1,234)"),
    table(9, HEAD + "uppsala;1,000;1\n", f"B2 {UPPSALA_ICU}: {GROUPS} 1000 (got 1,000)"),
    table(9, HEAD + "uppsala;1.000;1\n", f"B2 {UPPSALA_ICU}: {ONLY_WHOLE} 1000 (got 1.000)"),
    table(
        9, HEAD + "uppsala;1.234.567;1\n", f"B2 {UPPSALA_ICU}: {APART} (got 1.234.567); did you mean 1234567?"
    ),
    table(10, HEAD + "uppsala;５;1\n", f"B2 {UPPSALA_ICU}: {FULL_WIDTH} (got ５); did you mean 5?"),
    table(0, HEAD + "uppsala;+5;1\n", f"B2 {UPPSALA_ICU}: {PLUS} (got +5); did you mean 5?"),
    table(0, HEAD + "uppsala;1e-400;1\n", f"B2 {UPPSALA_ICU}: {VANISHES} (got 1e-400)"),
    table(0, HEAD + f"uppsala;{'9' * 5000};1\n", f"B2 {UPPSALA_ICU}: it has over 400 characters (got 999"),
    table(9, 'region,icu_beds\nuppsala,"1,234"\n', f"B2 {UPPSALA_ICU}: {COMMA} (got 1,234)"),
    table(9, 'region,icu_beds\nuppsala,"7,5"\n', f"B2 {UPPSALA_ICU}: {ROUNDED} (got 7,5)"),
    table(
        10,
        HEAD + "uppsala;−5;1\n",
        f"B2 {UPPSALA_ICU}: {ODD.format('U+2212', 'MINUS SIGN')} (got −5); did you mean -5?",
    ),
    table(0, HEAD + "upsala;5;1\n", "A2 region names no region (got upsala); did you mean uppsala?"),
    table(0, HEAD + "C;5;1\nuppsala;5;1\n", "A3 region names the region of A2 again (got uppsala)"),
    table(0, HEAD + ";5;1\n", "B2 is in a row that names no region (got 5)"),
    table(
        0, "region;icu_bedz\nuppsala;\n", "B1 icu_bedz is no column that belongs here; did you mean icu_beds?"
    ),
    table(0, "region;icu_beds;ICU beds\n", "C1 icu_beds is a heading twice; first in B1"),
    table(0, HEAD + "uppsala;1;1;9\n", "D2 has a value without a heading (got 9)"),
    table(
        0,
        HEAD + 'uppsala;"1;1\n',
        "A2 breaks the rules of CSV: a quotation mark is not closed",
    ),
]


@pytest.mark.parametrize(("row", "written", "line"), TABLES, ids=lambda value: str(value)[-40:])
def test_cells_of_a_region_table(row: int, written: str, line: str, tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text(written, encoding="utf-8-sig")
    base = WINTER.replace("    population: 400000", '    code: "03"\n    vehicles: {}')
    base += "transport: {instant: true, modes: {car: {medium: road, speed_kmh: 70}}}\n"
    (tmp_path / "base.yaml").write_text(base, encoding="utf-8")
    told = refusal(tmp_path, "format: 1\nextends: base.yaml\nregion_table: own.csv\n")
    assert len(told) == 1
    assert told[0].startswith(line)
