"""What only the whole scenario can show: names that lead nowhere, times outside the run, too many people.

A check is a function of a :class:`~nspl_sim.scenario.checks.case.Case` that yields problems; below is
the list of all of them, with the parts of the file that each needs to be sound.
"""

from collections.abc import Callable, Iterator
from itertools import islice

from nspl_sim.scenario.checks import distances, kinds, loads, names, sizes, streams, times
from nspl_sim.scenario.checks.case import Case
from nspl_sim.vocabulary.errors import Problem

MOST_OF_A_KIND = 100

_CHECKS: tuple[tuple[Callable[[Case], Iterator[Problem]], frozenset[str]], ...] = (
    (names.regions, frozenset()),
    (names.classes, frozenset()),
    (names.modes, frozenset()),
    (names.streams, frozenset({"streams"})),
    (kinds.needed, frozenset({"regions"})),
    (kinds.carried, frozenset({"regions", "transport"})),
    (kinds.unneeded, frozenset()),
    (names.marking, frozenset({"marking"})),
    (distances.agree, frozenset()),
    (distances.known, frozenset({"transport"})),
    (streams.places, frozenset({"regions", "transport"})),
    (streams.shares_of_intensive_care, frozenset()),
    (times.warm_up, frozenset({"warm_up_days", "horizon_days"})),
    (times.events, frozenset({"warm_up_days", "horizon_days", "cool_down_h"})),
    (times.rates, frozenset({"warm_up_days", "horizon_days", "cool_down_h"})),
    (times.patients, frozenset({"warm_up_days", "horizon_days", "cool_down_h"})),
    (sizes.events, frozenset({"regions"})),
    (sizes.everybody, frozenset({"warm_up_days", "horizon_days", "cool_down_h"})),
)


def check(case: Case) -> list[Problem]:
    """Return every problem, warnings too, that can be told from the sound parts of *case*."""
    found = [
        problem
        for one, needs in _CHECKS
        if not needs & case.unsound
        for problem in islice(one(case), MOST_OF_A_KIND)
    ]
    if not case.unsound and all(problem.warning for problem in found):
        found += loads.offered(case)
    return found
