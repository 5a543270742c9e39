"""Transfers and what they take: where, how many, how far; vehicles, teams and the telephone.

A capacity transfer is a patient taken to another region for want of a bed, before or after
admission (words); it is counted in the window in which the patient is admitted there.
"""

import numpy as np

from nspl_sim.measures.course import ICU, Course, derived
from nspl_sim.measures.levels import sum_of_regions
from nspl_sim.measures.means import ratio
from nspl_sim.measures.measure import measure
from nspl_sim.measures.steps import Bools
from nspl_sim.measures.tables import Needs
from nspl_sim.scenario.distances import distances_km, km_by
from nspl_sim.vocabulary.care import Answer, Event
from nspl_sim.vocabulary.clock import HOUR
from nspl_sim.vocabulary.patients import Floats, Ints
from nspl_sim.vocabulary.text import text


def _in_window(course: Course, time_s: Ints) -> Bools:
    return (time_s >= 0) & (time_s < course.horizon_s)


@derived
def transfers(course: Course, kind: str | None = None) -> Needs:
    """Return the capacity transfers, of all kinds or of *kind*, admitted in the window."""
    trips = course.trips.only(course.trips.moved & _in_window(course, course.trips.admitted_s))
    return trips if kind is None else trips.only(trips.kind == course.kind_number(kind))


def _by_region(course: Course, region: Ints) -> Floats:
    return np.bincount(region, minlength=len(course.regions)).astype(float)


@measure(
    "capacity_transfers",
    unit="patients",
    better="neither",
    title=text("Patients moved to another region for want of a bed"),
)
def capacity_transfers(course: Course) -> float:
    """Return the capacity transfers of all kinds."""
    return float(len(transfers(course)))


@measure(
    "capacity_transfers_icu",
    unit="patients",
    better="neither",
    title=text("Intensive care patients moved to another region for want of a bed"),
)
def capacity_transfers_icu(course: Course) -> float:
    """Return the capacity transfers to intensive care."""
    return float(len(transfers(course, ICU)))


@measure(
    "capacity_transfer_share",
    unit="share",
    better="neither",
    title=text("Share of admissions to intensive care that come from another region for want of a bed"),
)
def capacity_transfer_share(course: Course) -> float:
    """Return capacity transfers over all ICU admissions of the window (1-2 % in an ordinary year)."""
    begun = course.stays.from_s[course.stays.kind == course.kind_number(ICU)]
    return float(ratio(len(transfers(course, ICU)), np.count_nonzero(_in_window(course, begun))))


@measure(
    "icu_transfers_sent",
    unit="patients",
    better="neither",
    level="region",
    title=text("Intensive care patients sent to another region for want of a bed"),
)
def icu_transfers_sent(course: Course) -> Floats:
    """Return ICU capacity transfers by the region that lacked the bed."""
    return _by_region(course, transfers(course, ICU).region)


@measure(
    "icu_transfers_received",
    unit="patients",
    better="neither",
    level="region",
    title=text("Intensive care patients received from a region that lacked a bed"),
)
def icu_transfers_received(course: Course) -> Floats:
    """Return ICU capacity transfers by the region that had the bed."""
    return _by_region(course, transfers(course, ICU).receiver)


# ---------------------------------------------------------------- the telephone


def _count(course: Course, chosen: Ints) -> float:
    return float(np.count_nonzero(_in_window(course, course.journal.time_s[chosen])))


@measure(
    "requests", unit="requests", better="neither", title=text("Requests for a bed put to another region")
)
def requests(course: Course) -> float:
    """Return the questions of the window: one need put to one region."""
    return _count(course, course.journal.where(Event.REQUESTED))


def _answers(course: Course, *answers: Answer) -> float:
    answered = course.journal.where(Event.ANSWERED)
    return _count(course, answered[np.isin(course.journal.detail[answered], answers)])


@measure(
    "refusals",
    unit="requests",
    better="neither",
    title=text("Requests that a region refused: no bed to give, or too far"),
)
def refusals(course: Course) -> float:
    """Return the answers of the window that were no."""
    return _answers(course, Answer.NO_BED, Answer.NO_QUOTA, Answer.TOO_FAR)


@measure(
    "yes_without_team",
    unit="requests",
    better="neither",
    title=text("Requests granted in vain: the sender has no team to send along"),
)
def yes_without_team(course: Course) -> float:
    """Return the yeses of the window that ran into the lack of a team."""
    return _answers(course, Answer.NO_TEAM)


@measure(
    "yes_without_vehicle",
    unit="requests",
    better="neither",
    title=text("Requests granted in vain: no vehicle is free"),
)
def yes_without_vehicle(course: Course) -> float:
    """Return the yeses of the window that ran into the lack of a vehicle."""
    return _answers(course, Answer.NO_VEHICLE)


@measure(
    "yes_while_closed",
    unit="requests",
    better="neither",
    title=text("Requests granted in vain: weather or closed airspace keeps the vehicles at their bases"),
)
def yes_while_closed(course: Course) -> float:
    """Return the yeses of the window for which there were vehicles, of modes that were closed."""
    return _answers(course, Answer.GROUNDED)


# ---------------------------------------------------------------- kilometres and hours


@derived
def trip_km(course: Course) -> Floats:
    """Return how far each capacity transfer of the window went with the patient on board.

    Shape (transfers,). By road or through the air as its mode does; an instant one as orders are sorted.
    """
    return km_of(course, transfers(course))


def km_of(course: Course, trips: Needs) -> Floats:
    """Return how far each of *trips* goes by the medium of its mode. Shape (trips,)."""
    modes = course.scenario.transport.modes
    km = np.empty(len(trips))
    for number in np.unique(trips.mode).tolist():
        medium = None if number < 0 else modes[sorted(modes)[number]].medium
        table = km_by(medium, course.scenario) if medium else distances_km(course.scenario)
        with_it = trips.mode == number
        km[with_it] = table[trips.region[with_it], trips.receiver[with_it]]
    return km


@measure(
    "transport_km",
    unit="km",
    better="neither",
    title=text("Distance that patients are moved for want of a bed"),
)
def transport_km(course: Course) -> float:
    """Return the kilometres with patients on board; drives out and home are not counted."""
    return float(trip_km(course).sum())


@measure(
    "vehicle_hours",
    unit="h",
    better="neither",
    title=text("Vehicle hours for patients moved for want of a bed"),
)
def vehicle_hours(course: Course) -> float:
    """Return the hours of the window in which vehicles are away, from the yes until back at base."""
    return float(course.vehicles_away.integral(0, course.horizon_s).sum() / HOUR)


@sum_of_regions(
    "team_hours", unit="h", better="neither", title=text("Team hours for patients moved for want of a bed")
)
def team_hours(course: Course) -> Floats:
    """Return the hours of the window in which the senders' teams are away, from the yes until back."""
    by_unit = course.teams_away.integral(0, course.horizon_s)
    return np.asarray(by_unit.reshape(len(course.regions), len(course.kinds)).sum(axis=1) / HOUR)
