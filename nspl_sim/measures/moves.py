"""Moves of in-patients and return transfers: counted apart from those moved for want of a bed.

Counted in the window in which the patient is admitted where the move leads. Their vehicle and team
hours are in those of :mod:`.transport`, their bed-days in the ledger of :mod:`.burden`.
"""

import numpy as np

from nspl_sim.measures.course import Course, derived
from nspl_sim.measures.levels import sum_of_regions
from nspl_sim.measures.measure import measure
from nspl_sim.measures.tables import Needs
from nspl_sim.vocabulary.patients import Floats
from nspl_sim.vocabulary.text import text


@derived
def _moves(course: Course, home: bool) -> Needs:
    """Return the moves of the window that led to the patient's home region, or those that did not."""
    moves = course.moves
    in_window = (moves.admitted_s >= 0) & (moves.admitted_s < course.horizon_s)
    return moves.only(in_window & ((course.demand.region[moves.patient] == moves.receiver) == home))


@sum_of_regions(
    "inpatients_moved",
    unit="patients",
    better="neither",
    title=text("In-patients moved to another region, return transfers apart"),
)
def inpatients_moved(course: Course) -> Floats:
    """Return the moves of in-patients away from where they lay, by the region that they left."""
    return np.bincount(_moves(course, False).region, minlength=len(course.regions)).astype(float)


@measure(
    "inpatients_taken",
    unit="patients",
    better="neither",
    level="region",
    title=text("In-patients taken over from another region, return transfers apart"),
)
def inpatients_taken(course: Course) -> Floats:
    """Return the moves of in-patients, by the region that took them."""
    return np.bincount(_moves(course, False).receiver, minlength=len(course.regions)).astype(float)


@measure(
    "return_transfers",
    unit="patients",
    better="neither",
    title=text("Return transfers of in-patients to their home region"),
)
def return_transfers(course: Course) -> float:
    """Return the moves of in-patients to their home region."""
    return float(len(_moves(course, True)))


@measure(
    "return_transfers",
    unit="patients",
    better="neither",
    level="region",
    by_home=True,
    title=text("Return transfers of in-patients to their home region"),
)
def return_transfers_by_region(course: Course) -> Floats:
    """Return the return transfers, by home region."""
    return np.bincount(_moves(course, True).receiver, minlength=len(course.regions)).astype(float)
