"""Bad input: for every row of the list, and its neighbours, the one line that the user must see.

In a case the changed lines hold the value at fault between « and »; where « stands is where the
message must point.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest

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

BEDS = ("beds:    24", "regions.uppsala.units.icu.beds")
WARD = ("{family: lognormal, mean_days: 5, sd_days: 4}", "classes.ill.pathways.0.stages.0.stay")
ICU = ("{family: gamma, mean_days: 3, sd_days: 2}", "classes.ill.pathways.1.stages.0.stay")
WHOLE = "must be a whole number >= 0"
NUMBER = "must be a number > 0"


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
    return Case(row, BEDS[0], f"beds:    «{written}»", BEDS[1], rule, None, suggestion)


def stay(row: int, new: str, rule: str, where: str = "", got: str | None = None) -> Case:
    """Return the case that the stay in intensive care is *new*; *where* names what of it is at fault."""
    return Case(row, ICU[0], new, ICU[1] + where, rule, got)


def load(tmp_path: Path, written: str, name: str = "winter.yaml") -> Loaded:
    path = tmp_path / name
    path.write_text(written.replace("«", "").replace("»", ""), encoding="utf-8")
    return load_scenario(path)


def refusal(tmp_path: Path, written: str, name: str = "winter.yaml") -> list[str]:
    with pytest.raises(InputRefused) as refused:
        load(tmp_path, written, name)
    assert refused.value.exit_code == EXIT_REFUSED
    return [say(problem) for problem in refused.value.problems]


TRUTH = "a truth value is not a number"
FINITE = "it must be finite"
ODD = "it holds the character {} ({}); write plain digits, and a hyphen for minus"
COMMA = "a comma may be a decimal or a thousands sign; write digits and a decimal point"
APART = "it has a sign between the digits; write them together"
OCTAL = "it begins with 0, which some programs read as octal"
UNIT = "there is text after the number; the key says the unit"
LARGE = "must be a whole number from 0 to 1000000"
IN_TIME = "must be before the end of the run (horizon_days 90)"
EARLY = "may not be before the run begins (day -10)"
FIXED = "for no variation write family: fixed"
NAME = "must be a name of a-z, 0-9, _ and - (at most 64 characters)"
STREAM = "    regions: {uppsala: 0.9, gotland: 0.1}\n    classes: {ill: 1}"
AT_DAY = ("at_day: 30", "streams.blast.at_day")
SIZE = ("{family: fixed, value: 120}", "streams.blast.size")

CASES = [
    # 1: under the lowest value
    beds(1, "-5"),
    beds(1, "-1"),
    beds(1, "'-5'", got) if (got := None) else beds(1, "-5.0"),
    Case(1, "mortality: 0.1", "mortality: «-0.1»", "classes.ill.mortality", "must be a number from 0 to 1"),
    Case(1, "{beds: 500}", "{beds: «-1»}", "regions.uppsala.units.ward.beds", WHOLE),
    Case(1, "urgency: 3", "urgency: «0»", "classes.ill.urgency", "must be a whole number from 1 to 5"),
    Case(1, "seed: 1", "seed: «-1»", "seed", WHOLE),
    # 2: decimals where a whole number belongs
    beds(2, "12.5", "nothing is rounded"),
    beds(2, "1e-3", "nothing is rounded"),
    beds(2, "23.999999", "nothing is rounded"),
    Case(
        2,
        "urgency: 3",
        "urgency: «2.5»",
        "classes.ill.urgency",
        "must be a whole number from 1 to 5: nothing is rounded",
    ),
    # 3: not a number
    beds(3, ".nan", FINITE),
    stay(3, "{family: gamma, mean_days: «.nan», sd_days: 2}", f"{NUMBER}: {FINITE}", ".mean_days"),
    stay(3, "{family: gamma, mean_days: «NaN», sd_days: 2}", f"{NUMBER}: {FINITE}", ".mean_days"),
    stay(3, '{family: gamma, mean_days: «"nan"», sd_days: 2}', f"{NUMBER}: {FINITE}", ".mean_days"),
    # 4: not finite
    beds(4, ".inf", FINITE),
    beds(4, "1e309", FINITE),
    Case(4, "per_day: 40", "per_day: «.inf»", "streams.emergency.per_day", f"must be a number >= 0: {FINITE}"),
    Case(4, "per_day: 40", "per_day: «-.Inf»", "streams.emergency.per_day", f"must be a number >= 0: {FINITE}"),
    Case(4, "per_day: 40", "per_day: «1e309»", "streams.emergency.per_day", f"must be a number >= 0: {FINITE}"),
    # 5: shares
    Case(5, "mortality: 0.1", "mortality: «1.2»", "classes.ill.mortality", "must be a number from 0 to 1"),
    Case(
        5,
        "    regions: {uppsala: 0.9, gotland: 0.1}",
        "    «regions: {uppsala: 0.88, gotland: 0.1}",
        "streams.emergency.regions",
        "must add to 1, but adds to 0.98",
        "{uppsala: 0.88, gotland: 0.1}",
    ),
    Case(
        5,
        "    regions: {uppsala: 0.9, gotland: 0.1}",
        "    «regions: {uppsala: 0.90001, gotland: 0.1}",
        "streams.emergency.regions",
        "must add to 1, but adds to 1.00001",
        "{uppsala: 0.90001, gotland: 0.1}",
    ),
    Case(
        5,
        STREAM,
        STREAM.replace("    classes: {ill: 1}", "    «classes: {ill: 0.5}"),
        "streams.emergency.classes",
        "must add to 1, but adds to 0.5",
        "{ill: 0.5}",
    ),
    Case(
        5,
        "    pathways:\n      - share: 0.9",
        "    «pathways:\n      - share: 0.8",
        "classes.ill.pathways",
        "must add to 1, but adds to 0.9",
        '[{share: 0.8, stages: [{kind: "ward", stay: {family: "lognorm…',
    ),
    # 6: text in place of a number ("24" itself is accepted, see below)
    beds(6, '"24 st"', UNIT),
    beds(6, "24 st", UNIT),
    beds(6, "ca 24"),
    beds(6, '""', "it is empty"),
    beds(6, "24h", UNIT),
    # 7: truth values
    beds(7, "yes", TRUTH),
    beds(7, "true", TRUTH),
    beds(7, "no", TRUTH),
    beds(7, "Off", TRUTH),
    Case(7, "per_day: 40", "per_day: «yes»", "streams.emergency.per_day", f"must be a number >= 0: {TRUTH}"),
    # 8: text that other readers take for something else stays text
    beds(8, "12:30"),
    beds(8, "0x1F", "it is not a decimal number; write plain digits"),
    beds(8, "0o17", "it is not a decimal number; write plain digits"),
    beds(8, "010", OCTAL),
    beds(8, "2027-01-11"),
    Case(8, "marking_off", "", "", "") if False else Case(
        8, "name: winter", "name: «NO»", "name", NAME, None, "no"
    ),
    Case(
        8,
        "start: 2027-01-11",
        "start: «12:30»",
        "start",
        "must be a day, or a day and time, such as 2027-01-11T06:00",
    ),
    # 9: decimal commas and thousands
    beds(9, '"7,5"', "it has a decimal comma; write a decimal point here", "7.5"),
    beds(9, "7,5", "it has a decimal comma; write a decimal point here", "7.5"),
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
        "must be a number from 0 to 1: it has a decimal comma; write a decimal point here",
        None,
        "0.1",
    ),
    # 10: characters that only look right
    beds(10, "−5", ODD.format("U+2212", "MINUS SIGN"), "-5"),
    beds(10, "２４", ODD.format("U+FF12", "FULLWIDTH DIGIT TWO"), "24"),
    Case(
        10,
        BEDS[0],
        "beds:    «1\u00a0234»",
        BEDS[1],
        f"{WHOLE}: {ODD.format('U+00A0', 'NO-BREAK SPACE')}",
        r"1\xa0234",
        "1234",
    ),
    Case(
        10,
        BEDS[0],
        "beds:    «24\u200b»",
        BEDS[1],
        f"{WHOLE}: {ODD.format('U+200B', 'ZERO WIDTH SPACE')}",
        r"24\u200b",
    ),
    beds(10, "٢٤", ODD.format("U+0662", "ARABIC-INDIC DIGIT TWO"), "24"),
    beds(10, "–5", ODD.format("U+2013", "EN DASH"), "-5"),
    # 11: no stay at all, no variation at all
    stay(11, "{family: gamma, mean_days: «0», sd_days: 2}", NUMBER, ".mean_days"),
    stay(11, "{family: gamma, mean_days: 3, sd_days: «0»}", f"{NUMBER}: {FIXED}", ".sd_days"),
    stay(11, "{family: lognormal, mean_h: 3, sd_h: «0.0»}", f"{NUMBER}: {FIXED}", ".sd_h"),
    stay(11, "{family: lognormal, mu: 1, sigma: «0»}", f"{NUMBER}: {FIXED}", ".sigma"),
    stay(11, "{family: exponential, mean_h: «0»}", NUMBER, ".mean_h"),
    stay(11, "{family: gamma, mean_days: 3, sd_days: «-2»}", NUMBER, ".sd_days"),
    # 13: values in the wrong order
    stay(
        13,
        "{family: triangular, low_h: 9, mode_h: 5, high_h: 12}",
        "must have low <= mode <= high, and low < high",
        got='{family: "triangular", low_h: 9, mode_h: 5, high_h: 12}',
    ),
    stay(
        13,
        "{family: uniform, low_h: 9, high_h: 5}",
        "must have low < high",
        got='{family: "uniform", low_h: 9, high_h: 5}',
    ),
    stay(
        13,
        "{family: lognormal, median_h: 9, mean_h: 5}",
        "must have median < mean, or q1 < median < q3",
        got='{family: "lognormal", median_h: 9, mean_h: 5}',
    ),
    stay(
        13,
        "{family: lognormal, median_h: 9, q1_h: 10, q3_h: 20}",
        "must have median < mean, or q1 < median < q3",
        got='{family: "lognormal", median_h: 9, q1_h: 10, q3_h: 20}',
    ),
    # 14 and 15: more than there can be
    beds(14, "1000000000", rule=LARGE),
    beds(14, "1e19", rule=LARGE),
    Case(
        15,
        SIZE[0],
        "{family: fixed, value: «1e12»}",
        f"{SIZE[1]}.value",
        "makes 1000000000000 casualties; that is more than live in the regions, 460000",
    ),
    Case(
        15,
        SIZE[0],
        "{family: fixed, value: «460001»}",
        f"{SIZE[1]}.value",
        "makes 460001 casualties; that is more than live in the regions, 460000",
    ),
    Case(
        15,
        SIZE[0],
        "{family: lognormal, median: «9e5», sigma: 1}",
        f"{SIZE[1]}.median",
        "makes 1483849 casualties; that is more than live in the regions, 460000",
    ),
    Case(
        15,
        SIZE[0],
        "{family: lognormal, median: 100, sigma: «1e6»}",
        f"{SIZE[1]}.sigma",
        "makes 1e308 casualties; that is more than live in the regions, 460000",
    ),
    Case(
        15,
        "  emergency:\n    kind: poisson\n    per_day: 40",
        "  «emergency:\n    kind: poisson\n    per_day: 1e7",
        "streams.emergency",
        "makes 1000000000 of 1000000150 patients in the run; over 20000000 is refused",
        "",
    ),
    # 16: the horizon
    Case(16, "horizon_days: 90", "horizon_days: «0»", "horizon_days", "must be a number > 0 and <= 3650"),
    Case(16, "horizon_days: 90", "horizon_days: «-1»", "horizon_days", "must be a number > 0 and <= 3650"),
    Case(16, "horizon_days: 90", "horizon_days: «1e9»", "horizon_days", "must be a number > 0 and <= 3650"),
    Case(
        16,
        "start: 2027-01-11",
        "start: «9999-12-31»",
        "start",
        "must be a day, or a day and time, such as 2027-01-11T06:00: the year must be from 1900 to 2200",
    ),
    # 17: after the end of the run
    Case(17, AT_DAY[0], "at_day: «95»", AT_DAY[1], IN_TIME),
    Case(17, AT_DAY[0], "at_day: «90»", AT_DAY[1], IN_TIME),
    Case(17, "from_day: 5", "from_day: «90»", "streams.front.from_day", IN_TIME),
    Case(
        17,
        "    arrival: {family: lognormal",
        "    first_arrival_h: «1440»\n    arrival: {family: lognormal",
        "streams.blast.first_arrival_h",
        "lets nobody arrive before the end of the run (day 90)",
    ),
    Case(
        17,
        "per_day: 40",
        "rate: {shape: steps, points: [{day: «95», per_day: 4}]}",
        "streams.emergency.rate.points.0.day",
        IN_TIME,
    ),
    Case(
        17,
        "per_day: 40",
        "rate: {shape: gamma, total: 90, gamma_shape: 2, scale_days: 3, from_day: «90»}",
        "streams.emergency.rate.from_day",
        IN_TIME,
    ),
    # 18: before it begins, or backwards
    Case(18, AT_DAY[0], "at_day: «-10.5»", AT_DAY[1], EARLY),
    Case(18, "from_day: 5", "from_day: «-1»", "streams.front.from_day", "must be a number >= 0"),
    Case(18, "    days: 10", "    days: «-3»", "streams.front.days", NUMBER),
    Case(
        18,
        "per_day: 40",
        "rate: {shape: linear, points: [{day: -30, per_day: 4}, {day: «-10», per_day: 4}]}",
        "streams.emergency.rate.points.1.day",
        EARLY,
    ),
    Case(
        18,
        "per_day: 40",
        "rate: {shape: linear, «points: [{day: 9, per_day: 4}, {day: 3, per_day: 4}]}",
        "streams.emergency.rate.points",
        "must be in the order of their days",
        "[{day: 9, per_day: 4}, {day: 3, per_day: 4}]",
    ),
    # 19: the warm-up
    Case(
        19,
        "warm_up_days: 10",
        "warm_up_days: «-1»",
        "warm_up_days",
        "must be a number from 0 to 3650",
    ),
    Case(19, "warm_up_days: 10", "warm_up_days: «9999»", "warm_up_days", "must be a number from 0 to 3650"),
    Case(19, "warm_up_days: 10", "warm_up_days: «10 d»", "warm_up_days", f"must be a number from 0 to 3650: {UNIT}"),
]
