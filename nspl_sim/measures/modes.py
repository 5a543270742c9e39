"""What each mode of transport does: patients, kilometres, vehicle hours, shared rounds, hours closed.

Every trip counts: for want of a bed, as a referral, of in-patients. A round is one vehicle's way from
its base and back; one with places takes several patients.
"""

import numpy as np

from nspl_sim.measures.capacity import not_to_be_had
from nspl_sim.measures.course import Course, derived
from nspl_sim.measures.means import ratio
from nspl_sim.measures.measure import measure
from nspl_sim.measures.tables import Needs
from nspl_sim.measures.transport import km_of
from nspl_sim.vocabulary.care import Event
from nspl_sim.vocabulary.clock import HOUR
from nspl_sim.vocabulary.patients import Floats, Ints
from nspl_sim.vocabulary.text import text

ALONE = -1
"""The round of a patient who shares none."""


def _modes(course: Course) -> int:
    return len(course.scenario.transport.modes)


@derived
def _departed(course: Course) -> Needs:
    """Return the trips by a mode that departed in the window."""
    trips = course.all_trips
    gone = (trips.departed_s >= 0) & (trips.departed_s < course.horizon_s)
    return trips.only(gone & (trips.mode >= 0))


@derived
def _round(course: Course) -> Ints:
    """Return the number of the shared round that each departed trip belongs to, else ``ALONE``."""
    trips, rows = _departed(course), course.journal.where(Event.SEATED)
    if not len(rows):
        return np.full(len(trips), ALONE, dtype=np.int64)
    booked = (course.journal.patient[rows] << 34) + course.journal.time_s[rows]
    order = np.argsort(booked, kind="stable")
    own = (trips.patient << 34) + trips.placed_s
    place = np.minimum(np.searchsorted(booked[order], own), len(rows) - 1)
    return np.where(booked[order][place] == own, course.journal.detail[rows][order][place], ALONE)


@derived
def _leaders(course: Course) -> Needs:
    """Return one departed trip for each vehicle: those alone, and the first of every shared round."""
    number = _round(course)
    first = np.zeros(len(number), dtype=bool)
    first[np.unique(number, return_index=True)[1]] = True
    return _departed(course).only(first | (number == ALONE))


@measure(
    "patients_moved",
    unit="patients",
    better="neither",
    level="mode",
    title=text("Patients taken to another region"),
)
def patients_moved(course: Course) -> Floats:
    """Return the patients who departed in the window, for whatever reason."""
    return np.bincount(_departed(course).mode, minlength=_modes(course)).astype(float)


@measure(
    "loaded_km",
    unit="km",
    better="neither",
    level="mode",
    title=text("Kilometres of vehicles with patients on board"),
)
def loaded_km(course: Course) -> Floats:
    """Return the kilometres of rounds that departed in the window, of a shared one once."""
    trips = _leaders(course)
    return np.bincount(trips.mode, km_of(course, trips), minlength=_modes(course)).astype(float)


@measure(
    "vehicle_hours",
    unit="h",
    better="neither",
    level="mode",
    title=text("Vehicle hours for patients moved to another region"),
)
def vehicle_hours(course: Course) -> Floats:
    """Return the hours of the window in which vehicles are away, from the yes until back at base."""
    return np.asarray(course.vehicles_away.integral(0, course.horizon_s)[:-1] / HOUR)


@measure(
    "shared_rounds",
    unit="rounds",
    better="neither",
    level="mode",
    title=text("Rounds of vehicles that collect patients"),
)
def shared_rounds(course: Course) -> Floats:
    """Return the vehicles with places that departed with somebody in the window."""
    trips, number = _departed(course), _round(course)
    first = np.unique(number[number != ALONE], return_index=True)[1]
    return np.bincount(trips.mode[number != ALONE][first], minlength=_modes(course)).astype(float)


@measure(
    "patients_per_round",
    unit="patients per round",
    better="neither",
    level="mode",
    title=text("Patients in a vehicle that collects, mean"),
)
def patients_per_round(course: Course) -> Floats:
    """Return the patients of the shared rounds over the rounds: a mean of rounds, not of patients."""
    shared = _departed(course).mode[_round(course) != ALONE]
    return ratio(np.bincount(shared, minlength=_modes(course)).astype(float), shared_rounds(course))


@measure(
    "closed_vehicle_hours",
    unit="h",
    better="lower",
    level="mode",
    title=text("Vehicle hours lost at base to weather, closed airspace and vehicles out of service"),
)
def closed_vehicle_hours(course: Course) -> Floats:
    """Return the hours of the window in which vehicles could not have left their base, by the table."""
    regions = [course.scenario.regions[key] for key in course.regions]
    modes = sorted(course.scenario.transport.modes)
    owned = np.array([[r.vehicles.get(mode, 0) for r in regions] for mode in modes], dtype=np.int64)
    lost = not_to_be_had(course.demand, len(modes), owned.ravel())
    spans = lost.spans(0, course.horizon_s)
    seconds = np.minimum(spans.level, owned.ravel()[spans.unit]) * (spans.to_s - spans.from_s)
    by_base = np.bincount(spans.unit, seconds, minlength=len(modes) * len(regions))
    return np.asarray(by_base.reshape(len(modes), len(regions)).sum(axis=1) / HOUR)
