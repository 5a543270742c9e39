"""What only the whole scenario can show: names that lead nowhere, times outside the run, too many people.

A check is a function of a :class:`~nspl_sim.scenario.checks.case.Case` that yields problems; below is
the list of all of them, with the parts of the file that each needs to be sound.
"""

from collections.abc import Callable, Iterator
from itertools import islice

from nspl_sim.scenario.checks import (
    clinical,
    displaced,
    disruptions,
    distances,
    kinds,
    loads,
    municipal,
    names,
    present,
    referrals,
    sizes,
    streams,
    supplies,
    times,
    transport,
)
from nspl_sim.scenario.checks.case import Case
from nspl_sim.vocabulary.errors import Problem

MOST_OF_A_KIND = 100

_CHECKS: tuple[tuple[Callable[[Case], Iterator[Problem]], frozenset[str]], ...] = (
    (names.regions, frozenset()),
    (names.classes, frozenset()),
    (names.modes, frozenset()),
    (names.civil_areas, frozenset({"regions"})),
    (names.streams, frozenset({"streams"})),
    (kinds.needed, frozenset({"regions"})),
    (kinds.carried, frozenset({"regions", "transport"})),
    (kinds.unneeded, frozenset()),
    (referrals.described, frozenset({"regions", "unit_kinds"})),
    (referrals.lead_somewhere, frozenset({"regions", "unit_kinds"})),
    (referrals.stranded, frozenset({"regions", "classes", "streams", "unit_kinds"})),
    (municipal.never_both, frozenset({"regions", "classes"})),
    (municipal.used, frozenset({"regions", "classes"})),
    (municipal.enough, frozenset({"regions", "classes", "streams"})),
    (names.marking, frozenset({"marking"})),
    (clinical.crowding, frozenset()),
    (clinical.harm, frozenset({"classes"})),
    (clinical.university, frozenset({"regions"})),
    (distances.agree, frozenset()),
    (distances.known, frozenset({"transport"})),
    (transport.closures, frozenset({"warm_up_days", "horizon_days", "cool_down_h"})),
    (transport.instant, frozenset()),
    (transport.carry_nobody, frozenset({"regions", "transport"})),
    (streams.places, frozenset({"regions", "transport"})),
    (streams.shares_of_intensive_care, frozenset()),
    (times.warm_up, frozenset({"warm_up_days", "horizon_days"})),
    (times.events, frozenset({"warm_up_days", "horizon_days", "cool_down_h"})),
    (times.rates, frozenset({"warm_up_days", "horizon_days", "cool_down_h"})),
    (times.patients, frozenset({"warm_up_days", "horizon_days", "cool_down_h"})),
    (times.legal_states, frozenset({"horizon_days", "legal_state"})),
    (disruptions.names, frozenset({"regions"})),
    (disruptions.times, frozenset({"warm_up_days", "horizon_days", "cool_down_h"})),
    (disruptions.effects, frozenset({"regions", "disruptions"})),
    (present.beginning, frozenset({"warm_up_days", "starts", "present"})),
    (present.entries, frozenset({"regions", "classes", "streams", "present"})),
    (present.beds, frozenset({"regions", "present"})),
    (displaced.within_the_run, frozenset({"warm_up_days", "horizon_days", "displaced"})),
    (displaced.once, frozenset({"displaced"})),
    (displaced.anybody, frozenset({"streams", "displaced"})),
    (supplies.consumed, frozenset({"regions"})),
    (supplies.unused, frozenset({"classes"})),
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
