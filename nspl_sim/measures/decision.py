"""The cause *decision*: all that was needed was there, and yet nobody booked it.

Settled after the run for those who died in line. Through the whole last retry interval before the
death there was another region within reach with a bed of the kind beyond what it keeps, a team with
the sender (where the kind needs one) and a vehicle at a base that could take the patient there. Then
no lack explains the death but what was decided: whom the order names, in which order, for which
kinds, and how long asking takes. It holds whatever lack the last answer gave.

What is approximated: reserve, longest time and retry interval are those of the plan's rule where it
has them, else of today's order (a rule's orders, quotas and the switches of taking part are not looked
at); vehicles are counted by base and need not be the same one all through; who had waited for less
than the interval is not counted.
"""

import numpy as np

from nspl_sim.measures.capacity import vehicles_at_base
from nspl_sim.measures.course import Course, derived
from nspl_sim.measures.steps import Bools, Steps
from nspl_sim.policies.asking import Asking
from nspl_sim.policies.support.today import Today
from nspl_sim.scenario.distances import km_by
from nspl_sim.vocabulary.care import URGENCIES, Answer, Event
from nspl_sim.vocabulary.clock import HOUR, minutes
from nspl_sim.vocabulary.patients import Floats, Ints


@derived
def by_decision(course: Course) -> Bools:
    """Return who died in line though bed, team and vehicle were there all through. Shape (patients,)."""
    chosen = np.zeros(len(course.demand), dtype=bool)
    rows = course.journal.where(Event.DIED_WAITING)
    rows = rows[course.journal.detail[rows] != Answer.YES]
    patient, sender = course.journal.patient[rows], course.journal.region[rows]
    kind, until = course.journal.unit[rows], course.journal.time_s[rows]
    since = until - (_asking(course).retry_s or HOUR)
    long_enough = _asked_s(course)[patient] <= since
    patient, sender, kind, since, until = (
        column[long_enough] for column in (patient, sender, kind, since, until)
    )
    there = _reached(course, sender, kind, since, until)
    there &= np.arange(len(course.regions)) != sender[:, None]
    there &= _teams(course, sender, kind, since, until)[:, None]
    for number in np.unique(kind).tolist():
        here = kind == number
        free = _free(course, course.kinds[number]).track(int(since[here].min()), int(until[here].max()) + 1)
        kept, alike = np.unique(_kept(course, course.kinds[number]), axis=0, return_inverse=True)
        of = alike.ravel()[course.demand.urgency[patient] - URGENCIES[0]]
        for those, beds in enumerate(kept):
            these = here & (of == those)
            there[these] &= free.above(beds, since[these], until[these])
    chosen[patient] = there.any(axis=1)
    return chosen


def _asking(course: Course) -> Asking:
    return course.plan.asking if course.plan else Asking()


def _asked_s(course: Course) -> Ints:
    """Return when each patient's last need arose. Shape (patients,)."""
    asked = np.zeros(len(course.demand), dtype=np.int64)
    asked[course.needs.patient] = course.needs.asked_s
    return asked


def _free(course: Course, kind: str) -> Steps:
    """Return the free beds of *kind* by region."""
    beds, taken, coming = (
        course.of_kind(steps, kind) for steps in (course.beds, course.occupied, course.inbound)
    )
    return beds - taken - coming


def _kept(course: Course, kind: str) -> Ints:
    """Return the beds of *kind* that each region keeps free or in reserve. Shape (urgencies, regions)."""
    reserve = getattr(course.plan.support if course.plan else Today(), "reserve", Today().reserve)
    given = (course.scenario.regions[r].units.get(kind) for r in course.regions)
    kept = [unit.kept() if unit else (0,) * len(URGENCIES) for unit in given]
    return np.maximum(np.array(kept, dtype=np.int64).T, reserve)


def _teams(course: Course, sender: Ints, kind: Ints, since: Ints, until: Ints) -> Bools:
    """Return whether the sender had a team, or none was needed. Shape (deaths,)."""
    transport, away = course.scenario.transport, course.teams_away
    needs_team = np.array([k in transport.team_kinds and not transport.instant for k in course.kinds])
    teams = np.array([course.scenario.regions[r].icu_teams for r in course.regions])
    at_home = Steps(teams, away.unit // len(course.kinds), away.time_s, -away.change)
    there = at_home.lasts(since, until)[np.arange(len(sender)), sender]
    return np.asarray(there | ~needs_team[kind])


def _reached(course: Course, sender: Ints, kind: Ints, since: Ints, until: Ints) -> Bools:
    """Return which receivers a vehicle there all through reaches in time. Shape (deaths, regions)."""
    scenario, modes = course.scenario, sorted(course.scenario.transport.modes.items())
    reached = np.zeros((len(sender), len(course.regions)), dtype=bool)
    if scenario.transport.instant:
        return ~reached
    at_base = vehicles_at_base(scenario, course.demand, course.journal, course.all_trips)
    there = at_base.lasts(since, until).reshape(len(sender), len(modes), len(course.regions))
    for number, (_, mode) in enumerate(modes):
        km = km_by(mode.medium, scenario)
        way = np.where(km <= mode.range_km, km, np.inf)
        ends = mode.unload_minutes + scenario.transport.handover_minutes + mode.access_minutes
        unload_s = minutes(ends)
        in_time = _seconds(way, mode.speed_kmh) + unload_s <= _asking(course).max_s
        carried = np.array([scenario.transport.carries(mode, k) for k in course.kinds])
        if mode.medium != "road":
            comes = (there[:, number] & np.isfinite(way).T[sender]).any(axis=1)
        else:
            comes = there[np.arange(len(sender)), number, sender]
        reached |= in_time[sender] & (comes & carried[kind])[:, None]
    return reached


def _seconds(km: Floats, kmh: float) -> Floats:
    return np.rint(km / kmh * HOUR)
