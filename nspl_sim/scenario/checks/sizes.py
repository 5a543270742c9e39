"""How many people a scenario makes: never more in one event than there are, and not too many to run."""

import math
from collections.abc import Iterator

from nspl_sim.reading.place import Loc
from nspl_sim.scenario.checks.case import Case, rate_of
from nspl_sim.scenario.expected import event_size, patients
from nspl_sim.scenario.streams import MassCasualtyStream
from nspl_sim.vocabulary.errors import Problem
from nspl_sim.vocabulary.text import text

MOST_PATIENTS = 20_000_000
ANY_POPULATION = 100_000_000
"""Where a region does not say how many live there."""


def events(case: Case) -> Iterator[Problem]:
    """Yield every event with more casualties than there are people in the regions."""
    people = _people(case)
    for name, stream in case.scenario.streams.items():
        if not isinstance(stream, MassCasualtyStream):
            continue
        size = event_size(stream)
        if size > people:
            rule = text(
                "makes {size} casualties; that is more than live in the regions, {people}",
                size=_shown(size),
                people=people,
            )
            yield case.problem(rule, _figure(stream, ("streams", name)))


def _people(case: Case) -> int:
    """Return how many live in the regions, as far as they say it."""
    living = [region.population for region in case.scenario.regions.values()]
    told = [number for number in living if number is not None]
    return sum(told) if len(told) == len(living) else ANY_POPULATION


def _figure(stream: MassCasualtyStream, at: Loc) -> Loc:
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
        if not (isinstance(stream, MassCasualtyStream) and event_size(stream) > people)
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
