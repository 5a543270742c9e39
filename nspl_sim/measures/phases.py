"""The wait for intensive care by phase: asking, stabilising, fetching, transport.

*Asking* goes from the need to the booking elsewhere, or to the bed at home. *Stabilising* is what is
left after the booking of the patient's own ``min_stabilise_h``; *fetching* is the rest until departure
(the vehicle drives out and loads); *transport* goes from departure to admission. A wait that did not
end in a bed counts as far as it came. The hours of all phases add up to the hours waited.
"""

from dataclasses import dataclass

import numpy as np

from nspl_sim.measures.course import ICU, Course, derived
from nspl_sim.measures.levels import Sample, over_patients
from nspl_sim.measures.means import mean, ratio
from nspl_sim.measures.measure import measure
from nspl_sim.measures.tables import Needs
from nspl_sim.measures.waiting import cohort_needs
from nspl_sim.vocabulary.care import URGENCIES
from nspl_sim.vocabulary.clock import HOUR
from nspl_sim.vocabulary.patients import Floats, Ints
from nspl_sim.vocabulary.text import text


@dataclass(frozen=True, eq=False)
class Phases:
    """The seconds of each phase of each need. Shapes: (needs,)."""

    needs: Needs
    asking: Ints
    stabilising: Ints
    fetching: Ints
    transport: Ints


@derived
def phases(course: Course) -> Phases:
    """Return the phases of the cohort's first needs of intensive care."""
    needs, demand = cohort_needs(course, ICU), course.demand
    placed = np.minimum(needs.placed_s, needs.ended_s)
    departed = np.minimum(needs.departed_s, needs.ended_s)
    steady = (demand.arrival_s + demand.min_stabilise_s)[needs.patient]
    steady = np.clip(steady, placed, departed)
    return Phases(needs, placed - needs.asked_s, steady - placed, departed - steady, needs.ended_s - departed)


def _of_moved(course: Course, seconds: Ints) -> Sample:
    needs = phases(course).needs
    return Sample(needs.patient[needs.moved], seconds[needs.moved] / HOUR)


@over_patients(
    "icu_asking_h",
    mean,
    unit="h",
    better="lower",
    title=text("Intensive care in another region: from the need to the booking, mean"),
)
@derived
def asking(course: Course) -> Sample:
    """Return the hours of asking of those who were moved."""
    return _of_moved(course, phases(course).asking)


@over_patients(
    "icu_stabilising_h",
    mean,
    unit="h",
    better="lower",
    title=text("Intensive care in another region: stabilising after the booking, mean"),
)
@derived
def stabilising(course: Course) -> Sample:
    """Return the hours for which those who were moved could not yet travel though all was booked."""
    return _of_moved(course, phases(course).stabilising)


@over_patients(
    "icu_fetching_h",
    mean,
    unit="h",
    better="lower",
    title=text("Intensive care in another region: the vehicle drives out and loads, mean"),
)
@derived
def fetching(course: Course) -> Sample:
    """Return the hours until departure for which those who were moved waited only for the vehicle."""
    return _of_moved(course, phases(course).fetching)


@over_patients(
    "icu_transport_h",
    mean,
    unit="h",
    better="lower",
    title=text("Intensive care in another region: from departure to the bed, mean"),
)
@derived
def transport(course: Course) -> Sample:
    """Return the hours from departure to admission of those who were moved."""
    return _of_moved(course, phases(course).transport)


# ---------------------------------------------------------------- shares of all hours waited


def _share(course: Course, phase: str) -> float:
    found = phases(course)
    return float(ratio(getattr(found, phase).sum(), found.needs.wait_s.sum()))


def _share_by_urgency(course: Course, phase: str) -> Floats:
    found = phases(course)
    urgency = course.demand.urgency[found.needs.patient]
    seconds, waited = (
        np.bincount(urgency, weights, URGENCIES[-1] + 1)[URGENCIES[0] :]
        for weights in (getattr(found, phase), found.needs.wait_s)
    )
    return ratio(seconds, waited)


_ASKING = text("Wait for intensive care: share of the hours until a bed is certain")
_STABILISING = text("Wait for intensive care: share of the hours that goes to stabilising before a transport")
_FETCHING = text("Wait for intensive care: share of the hours in which only the vehicle is awaited")
_TRANSPORT = text("Wait for intensive care: share of the hours that goes to transport")


@measure("icu_wait_asking_share", unit="share", better="neither", title=_ASKING)
def asking_share(course: Course) -> float:
    """Return the share of all hours waited for intensive care that was asking, or line at home."""
    return _share(course, "asking")


@measure("icu_wait_stabilising_share", unit="share", better="neither", title=_STABILISING)
def stabilising_share(course: Course) -> float:
    """Return the share that was stabilising after the booking."""
    return _share(course, "stabilising")


@measure("icu_wait_fetching_share", unit="share", better="neither", title=_FETCHING)
def fetching_share(course: Course) -> float:
    """Return the share in which patients who could travel waited for the vehicle."""
    return _share(course, "fetching")


@measure("icu_wait_transport_share", unit="share", better="neither", title=_TRANSPORT)
def transport_share(course: Course) -> float:
    """Return the share that was transport."""
    return _share(course, "transport")


@measure("icu_wait_asking_share", unit="share", better="neither", level="urgency", title=_ASKING)
def asking_share_by_urgency(course: Course) -> Floats:
    """Return the same by urgency."""
    return _share_by_urgency(course, "asking")


@measure("icu_wait_stabilising_share", unit="share", better="neither", level="urgency", title=_STABILISING)
def stabilising_share_by_urgency(course: Course) -> Floats:
    """Return the same by urgency."""
    return _share_by_urgency(course, "stabilising")


@measure("icu_wait_fetching_share", unit="share", better="neither", level="urgency", title=_FETCHING)
def fetching_share_by_urgency(course: Course) -> Floats:
    """Return the same by urgency."""
    return _share_by_urgency(course, "fetching")


@measure("icu_wait_transport_share", unit="share", better="neither", level="urgency", title=_TRANSPORT)
def transport_share_by_urgency(course: Course) -> Floats:
    """Return the same by urgency."""
    return _share_by_urgency(course, "transport")
