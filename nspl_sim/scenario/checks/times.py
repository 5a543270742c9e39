"""Times: what lies outside the run would be dropped in silence, so it is refused or told."""

from collections.abc import Iterator

from nspl_sim.reading.place import Loc
from nspl_sim.scenario.checks.case import Case
from nspl_sim.scenario.streams import (
    CombatStream,
    EpidemicStream,
    GammaRate,
    GaussianRate,
    HostNationStream,
    LinearRate,
    MassCasualtyStream,
    PoissonStream,
    StepRate,
    StrikesStream,
    TableStream,
)
from nspl_sim.vocabulary.clock import DAY, HOUR
from nspl_sim.vocabulary.errors import Problem
from nspl_sim.vocabulary.text import Text, text

LONG_WARM_UP = 20
"""A warm-up of more than so many times the horizon is told."""


def warm_up(case: Case) -> Iterator[Problem]:
    """Warn of a warm-up that dwarfs what is measured."""
    if case.scenario.warm_up_days > LONG_WARM_UP * case.scenario.horizon_days:
        times = _shown(case.scenario.warm_up_days / case.scenario.horizon_days)
        rule = text("is {times} times horizon_days; are the units right?", times=times)
        yield case.problem(rule, ("warm_up_days",), warning=True)


def before_the_end(case: Case) -> Text:
    """Return the rule that something must begin within the horizon."""
    return text("must be before the end of the run (horizon_days {day})", day=_shown(case.horizon_day))


def not_before_the_run(case: Case) -> Text:
    """Return the rule that something may not lie before the run."""
    return text("may not be before the run begins (day {day})", day=_shown(case.begin_day))


def _shown(figure: float) -> int | float:
    """Return *figure* with six figures; a number, so that it is written as in the language."""
    found = float(f"{figure + 0.0:.6g}")
    return int(found) if found.is_integer() else found


def events(case: Case) -> Iterator[Problem]:
    """Yield events, fighting and flows outside the run; warn of what is cut short."""
    for name, stream in case.scenario.streams.items():
        if isinstance(stream, MassCasualtyStream):
            yield from _event(case, stream, ("streams", name))
        if isinstance(stream, CombatStream | HostNationStream | StrikesStream):
            yield from _fighting(case, stream, ("streams", name))


def legal_states(case: Case) -> Iterator[Problem]:
    """Yield changes of the legal state that would come after the end."""
    for number, change in enumerate(case.scenario.legal_state):
        if change.from_day >= case.horizon_day:
            yield case.problem(before_the_end(case), ("legal_state", number, "from_day"))


def _event(case: Case, stream: MassCasualtyStream, at: Loc) -> Iterator[Problem]:
    if stream.at_day >= case.horizon_day:
        yield case.problem(before_the_end(case), (*at, "at_day"))
    elif stream.at_day < case.begin_day:
        yield case.problem(not_before_the_run(case), (*at, "at_day"))
    elif stream.at_day + stream.first_arrival_h * HOUR / DAY >= case.end_day:
        rule = text("lets nobody arrive before the end of the run (day {day})", day=_shown(case.end_day))
        yield case.problem(rule, (*at, "first_arrival_h"))


def _fighting(
    case: Case, stream: CombatStream | HostNationStream | StrikesStream, at: Loc
) -> Iterator[Problem]:
    if stream.from_day >= case.horizon_day:
        yield case.problem(before_the_end(case), (*at, "from_day"))
    elif (over := stream.from_day + stream.days - case.end_day) > 0:
        rule = text("goes on after the end of the run; the last {days} days fall away", days=_shown(over))
        yield case.problem(rule, (*at, "days"), warning=True)


def rates(case: Case) -> Iterator[Problem]:
    """Yield rates that begin after the run or end before it; warn of points that are never reached."""
    for name, stream in case.scenario.streams.items():
        rate = stream.rate if isinstance(stream, PoissonStream) else None
        at: Loc = ("streams", name, "rate")
        if isinstance(stream, EpidemicStream) and stream.from_day >= case.horizon_day:
            yield case.problem(before_the_end(case), ("streams", name, "from_day"))
        if isinstance(rate, LinearRate | StepRate):
            yield from _points(case, rate, at)
        if isinstance(rate, GaussianRate | GammaRate) and rate.from_day >= case.horizon_day:
            yield case.problem(before_the_end(case), (*at, "from_day"))


def _points(case: Case, rate: LinearRate | StepRate, at: Loc) -> Iterator[Problem]:
    last = len(rate.points) - 1
    if rate.points[0].day >= case.horizon_day:
        yield case.problem(before_the_end(case), (*at, "points", 0, "day"))
    elif isinstance(rate, LinearRate) and rate.points[last].day <= case.begin_day:
        yield case.problem(not_before_the_run(case), (*at, "points", last, "day"))
    elif rate.points[last].day > case.end_day:
        rule = text(
            "is after the end of the run (day {day}); the rate is cut there", day=_shown(case.end_day)
        )
        yield case.problem(rule, (*at, "points", last, "day"), warning=True)


def patients(case: Case) -> Iterator[Problem]:
    """Yield patients of a table who arrive outside the run."""
    begin_h, end_h = case.begin_day * DAY / HOUR, case.end_day * DAY / HOUR
    late = text("must be before the end of the run (hour {hour})", hour=_shown(end_h))
    early = text("may not be before the run begins (hour {hour})", hour=_shown(begin_h))
    for name, stream in case.scenario.streams.items():
        for number, patient in enumerate(stream.patients if isinstance(stream, TableStream) else ()):
            if not begin_h <= patient.arrival_h < end_h:
                at: Loc = ("streams", name, "patients", number, "arrival_h")
                yield case.problem(late if patient.arrival_h >= end_h else early, at)
