"""How many people a scenario makes: never more than there are, and not too many to run."""

import math
from collections.abc import Iterator

from nspl_sim.reading.place import Loc
from nspl_sim.scenario.checks.case import Case, rate_of
from nspl_sim.scenario.expected import event_count, event_size, patients, size_scale
from nspl_sim.scenario.streams import CombatStream, EventStream, StrikesStream
from nspl_sim.vocabulary.errors import Problem
from nspl_sim.vocabulary.text import Text, text

MOST_PATIENTS = 20_000_000
MOST_EVENTS = 10_000
ANY_POPULATION = 100_000_000
"""As many as may live where a region does not say how many do."""

_ONE_IN_A_MILLION = 4.753424308822899
"""Standard deviations above the median that a normal draw passes one time in a million."""


def events(case: Case) -> Iterator[Problem]:
    """Yield every event with more casualties than people, and all troops that are more than that."""
    for name, stream in case.scenario.streams.items():
        if isinstance(stream, EventStream):
            yield from _event(case, stream, ("streams", name))
        if isinstance(stream, CombatStream) and (stream.troops or 0) > (people := _people(case)):
            yield case.problem(
                _too_many(people, text("are {size} troops", size=stream.troops), case),
                ("streams", name, "troops"),
            )
        if isinstance(stream, StrikesStream) and (count := event_count(stream)) > MOST_EVENTS:
            rule = text("makes {count} events; over {most} is refused", count=_shown(count), most=MOST_EVENTS)
            yield case.problem(rule, ("streams", name, "events_per_day"))


def _event(case: Case, stream: EventStream, at: Loc) -> Iterator[Problem]:
    people = _people(case)
    if (size := event_size(stream)) > people:
        told = text("makes {size} casualties", size=_shown(size))
        yield case.problem(_too_many(people, told, case), _figure(stream, at))
    elif (size := _largest(stream)) > people:
        told = text("makes up to {size} casualties (one time in a million)", size=_shown(size))
        yield case.problem(_too_many(people, told, case), (*at, "size", "sigma"))


def _too_many(people: int, told: Text, case: Case) -> Text:
    if _told_population(case) is None:
        return text(
            "{told}; over {people} is refused where a region does not say its population",
            told=told,
            people=people,
        )
    return text("{told}; that is more than live in the regions, {people}", told=told, people=people)


def _largest(stream: EventStream) -> float:
    """Return how many an event makes that one in a million is larger than."""
    size = stream.size
    if size.median is None or size.sigma is None:
        return 0.0
    exponent = size.sigma * _ONE_IN_A_MILLION
    return size.median * math.exp(exponent) * size_scale(stream) if exponent < 600 else math.inf


def _people(case: Case) -> int:
    """Return how many live in the regions, as far as they say it."""
    told = _told_population(case)
    return ANY_POPULATION if told is None else told


def _told_population(case: Case) -> int | None:
    """Return how many live in the regions; None where a region does not say it."""
    living = [region.population for region in case.scenario.regions.values()]
    told = [number for number in living if number is not None]
    return sum(told) if len(told) == len(living) else None


def _figure(stream: EventStream, at: Loc) -> Loc:
    """Return where the figure stands that says how large the event is."""
    if stream.size.value is not None:
        return (*at, "size", "value")
    return (*at, "size", "sigma" if (stream.size.sigma or 0) > 3 else "median")


def everybody(case: Case) -> Iterator[Problem]:
    """Yield the problem that the whole run would have too many patients, at the largest stream.

    Events with more casualties than people are told already and do not count.
    """
    people = _people(case)
    by_stream = {
        name: patients(stream, case.begin_day, case.end_day)
        for name, stream in case.scenario.streams.items()
        if not (isinstance(stream, EventStream) and event_size(stream) > people)
    }
    total = sum(by_stream.values())
    if total > MOST_PATIENTS:
        largest = max(by_stream, key=lambda name: by_stream[name])
        rule = text(
            "makes {own} of {total} patients in the run; over {most} is refused",
            own=_shown(by_stream[largest]),
            total=_shown(total),
            most=MOST_PATIENTS,
        )
        yield case.problem(rule, rate_of(case.scenario.streams[largest], ("streams", largest)))


def _shown(number: float) -> str:
    return f"{number:.0f}" if number < 1e15 else f"{number:.3g}" if math.isfinite(number) else "1e308"
