"""The core process: one patient from arrival to exit. Read this first.

Nothing is drawn here and nothing is decided by luck: stays, tolerance and quantiles travel with
the patient, so that two plans meet the same person. Every ``yield`` is a wait that the patient
would recognise. What the care does meanwhile is in the neighbouring files: ``beds`` (lines and
boarding), ``inpatients`` (stays), ``requests`` (asking other regions), ``moves`` (of those who lie
in a bed), ``discharge`` (municipal care), ``transport`` (trips), ``waiting_list`` (planned care),
``capacity`` (staffed beds) and ``coordinator`` (reviews).
"""

from collections.abc import Generator
from typing import TYPE_CHECKING

from nspl_sim.system.clock import Moment
from nspl_sim.vocabulary.patients import Patient

if TYPE_CHECKING:
    from nspl_sim.system.care import Care


def journey(patient: Patient, care: "Care") -> Generator[Moment, None, None]:
    """Follow one patient; each stage is a need, perhaps a trip, a bed and a stay."""
    bed = None  # the bed that the patient lies in, if any
    care.arrived(patient)
    if patient.is_planned and not care.goes_ahead(patient):
        yield care.waiting_list(patient)  # until the home region lets it through
    for stage in patient.stages:  # such as intensive care, then the ward
        need = care.seek(patient, stage, bed)  # the bed left behind is kept till then: boarding
        yield need.settled  # a bed here, a bed there, refused, or death while waiting
        if need.trip:
            yield need.trip.ended  # admitted there, or death on the way
        if need.bed is None:
            return
        yield from care.stay(patient, stage, need)  # a move to another region may come in between
        bed = need.bed
    if bed and patient.municipal_wait_s:  # ready for discharge: keeps the bed until received
        yield from care.municipal_care(patient, need)
        bed = need.bed
    care.leave(patient, bed)  # death in care is settled after the run, in columns
