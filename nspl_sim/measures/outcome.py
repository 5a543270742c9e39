"""Death in care, settled after the run and in columns (model: the journey, 6).

The number ``u_outcome`` that a patient carries is held against the class's mortality, adjusted for
what the run did to the patient. So an uncongested run needs no second simulation: who dies here,
but not with everything given in time, died an avoidable death. Sections are those of the clinical
sources. What these numbers may not be used for: sources-clinical, section 11.
"""

from typing import Literal

import numpy as np

from nspl_sim.measures.course import ICU, WARD, Course, derived
from nspl_sim.measures.steps import Bools, Spans, totals
from nspl_sim.measures.tables import Stays
from nspl_sim.vocabulary.care import Arm, Outcome
from nspl_sim.vocabulary.clock import HOUR
from nspl_sim.vocabulary.disruptions import WHOLE, What
from nspl_sim.vocabulary.patients import Floats, Ints

Effect = Literal["wait", "strain", "transfer", "outage"]
"""What may raise mortality in care; a crowded ward is strain too."""

STRAIN_RHO = (0.85, 1.0, 1.25, 1.5, 2.0)
STRAIN_ODDS_RATIO = (1.0, 1.11, 1.24, 1.42, 1.59)
STRAIN_ODDS_RATIO_BEYOND = 2.0
"""Odds ratios of Kadri 2021 by ICU census / ICU beds before the crisis; where on that scale they
are placed is an assumption (section 5). Linear in their logarithm between; the last one above 2.0."""

SHARE_OF_STRAIN = {Arm.NONE: 0.0, Arm.HALF: 0.5, Arm.FULL: 1.0}
"""Three arms, since the Swedish registry study found no association (section 5)."""

LONGEST_COUNTED_WAIT_H = 48
"""Hours of waiting for intensive care beyond this add no hazard (section 4)."""

SMALL_MORTALITY = 0.2
"""Below it a hazard ratio is taken as an odds ratio (section 5)."""


def strain_log_odds(rho: Floats) -> Floats:
    """Return ln OR of an ICU at *rho* = census / beds before the crisis (section 5). Any shape."""
    between = np.interp(rho, STRAIN_RHO, np.log(STRAIN_ODDS_RATIO))
    return np.where(rho > STRAIN_RHO[-1], np.log(STRAIN_ODDS_RATIO_BEYOND), between)


def delayed(mortality: Floats, hazard_ratio: Floats) -> Floats:
    """Return *mortality* after a wait of *hazard_ratio* (section 5). Shape (patients,)."""
    as_odds = raised(mortality, hazard_ratio)
    as_hazard = np.where(hazard_ratio == 1, mortality, 1 - (1 - mortality) ** hazard_ratio)
    return np.where(mortality < SMALL_MORTALITY, as_odds, as_hazard)


def raised(mortality: Floats, odds_ratio: Floats) -> Floats:
    """Return logit⁻¹(logit *mortality* + ln *odds_ratio*): *mortality* itself where the ratio is 1."""
    return mortality * odds_ratio / (1 + mortality * (odds_ratio - 1))


def ended(course: Course, *outcomes: Outcome) -> Bools:
    """Return whose course ended in one of *outcomes*, as the journal has it. Shape (patients,)."""
    return np.isin(course.outcome, outcomes)


@derived
def mean_strain(course: Course) -> Floats:
    """Return ln OR_strain averaged over the time each patient lay in intensive care; else 0.

    Shape (patients,). Region by region the ICU census is a step function, and so is ln OR of it.
    """
    stays = course.stays.only(course.stays.kind == course.kind_number(ICU))
    if not len(stays):
        return np.zeros(len(course.demand))
    spans = course.of_kind(course.occupied, ICU).spans(int(stays.from_s.min()), int(stays.to_s.max()) + 1)
    beds = np.maximum(course.base_beds[:, course.kind_number(ICU)], 1e-9)
    strain = strain_log_odds(spans.level / beds[spans.unit])
    return mean_over_stays(course, stays, spans, strain)


def mean_over_stays(course: Course, stays: Stays, spans: Spans, value: Floats) -> Floats:
    """Return *value*, one a span of a region, averaged over each patient's *stays*; 0 without a stay.

    Shape (patients,).
    """
    mean = np.zeros(len(course.demand))
    over = spans.integral(value, stays.region, stays.to_s) - spans.integral(value, stays.region, stays.from_s)
    suffered = np.bincount(stays.patient, over, len(mean))
    lain = totals(stays.patient, stays.to_s - stays.from_s, len(mean))
    return np.divide(suffered, lain, out=mean, where=lain > 0)


@derived
def wait_for_icu_h(course: Course) -> Floats:
    """Return the hours that each patient waited for intensive care, all stages of it added up."""
    needs = course.needs.only(course.needs.kind == course.kind_number(ICU))
    return totals(needs.patient, needs.wait_s, len(course.demand)) / HOUR


@derived
def capacity_transferred(course: Course) -> Bools:
    """Return who was taken to another region, before or after admission, and got there. Shape (patients,).

    Moves of in-patients and return transfers carry the same risk of the journey as a capacity transfer.
    """
    moved = np.zeros(len(course.demand), dtype=bool)
    moved[course.all_trips.patient[course.all_trips.moved]] = True
    return moved


@derived
def crowded_ward_risk(course: Course) -> Floats:
    """Return the relative risk of lying in a crowded ward (section 5). Shape (patients,).

    Off unless the scenario says ``ward_crowding``; the excess risk in proportion to the share of the
    time in wards that was crowded. Not for those who lay in intensive care: strain is theirs, never both.
    """
    rule, ward = course.scenario.ward_crowding, course.kind_number(WARD)
    stays = course.stays.only(course.stays.kind == ward)
    if rule is None or not len(stays):
        return np.ones(len(course.demand))
    over = course.of_kind(course.occupied, WARD) * 1000
    over = over - course.of_kind(course.beds, WARD) * round(1000 * rule.from_occupancy)
    spans = over.spans(int(stays.from_s.min()), int(stays.to_s.max()) + 1)
    crowded = mean_over_stays(course, stays, spans, (spans.level >= 0).astype(float))
    crowded[course.stays.patient[course.stays.kind == course.kind_number(ICU)]] = 0
    return 1 + (rule.relative_risk - 1) * crowded


@derived
def place_odds_ratio(course: Course) -> Floats:
    """Return the class's ``university_odds_ratio`` to the power of the share of time in such a region.

    Shape (patients,); 1 for all but classes and regions that the scenario marks (section 5).
    """
    there = np.array([bool(course.scenario.regions[r].university_hospital) for r in course.regions])
    stays, patients = course.stays, len(course.demand)
    lain = totals(stays.patient, stays.to_s - stays.from_s, patients)
    so = totals(stays.patient, (stays.to_s - stays.from_s) * there[stays.region], patients)
    share = np.divide(so, lain, out=np.zeros(patients), where=lain > 0)
    return np.asarray(_of_class(course, "university_odds_ratio", 1.0) ** share)


@derived
def mortality(course: Course) -> Floats:
    """Return the mortality in care with everything given in time. Shape (patients,)."""
    return _of_class(course, "mortality", 0.0)


@derived
def outage_risk(course: Course) -> Floats:
    """Return the relative risk of death in care by outages of systems. Shape (patients,).

    It is that of who lies in the region's beds when an outage begins; those of several are multiplied.
    """
    risk = np.ones(len(course.demand))
    stays = course.stays
    begins: dict[tuple[int, int, int], int] = {}
    for row in course.demand.disruptions:
        if row.what == What.MORTALITY:
            place = (row.name, row.region, row.from_s)
            begins[place] = begins.get(place, 0) + row.amount
    for (_, region, from_s), more in begins.items():
        there = (stays.region == region) & (stays.from_s <= from_s) & (from_s < stays.to_s)
        risk[stays.patient[there]] *= 1 + more / WHOLE
    return risk


def mortality_in_care(course: Course, arm: Arm, without: Effect | None = None) -> Floats:
    """Return mortality in care after wait, outage, strain and transfer, under the class's ceiling.

    Shape (patients,). logit m' = logit m + ln OR_delay + ln OR_strain + ln OR_transfer + ln OR_place
    (section 5). OR_delay is ``wait_hazard_per_h`` to the power of the hours waited; OR_transfer and
    OR_place are the class's. The relative risk of an outage multiplies m before them, that of a
    crowded ward what comes of them. The effect *without* is taken to do nothing.
    """
    who = touched(course)
    none = np.ones(len(who))
    hours = np.minimum(wait_for_icu_h(course)[who], LONGEST_COUNTED_WAIT_H)
    hours = hours if without != "wait" else 0 * hours
    late = delayed(mortality(course)[who], _of_class(course, "wait_hazard_per_h", 1.0, who) ** hours)
    if without != "outage":
        late = np.minimum(late * outage_risk(course)[who], 1.0)
    strain = np.exp(SHARE_OF_STRAIN[arm] * mean_strain(course)[who]) if without != "strain" else none
    moved = capacity_transferred(course)[who] & (without != "transfer")
    transfer = np.where(moved, _of_class(course, "transfer_odds_ratio", 1.0, who), 1.0)
    crowded = crowded_ward_risk(course)[who] if without != "strain" else none
    found = mortality(course).copy()
    found[who] = crowded * raised(late, strain * transfer * place_odds_ratio(course)[who])
    return np.asarray(np.minimum(found, _of_class(course, "mortality_if_denied", 1.0)))


@derived
def touched(course: Course) -> Ints:
    """Return whose mortality anything has changed (rows of Demand): for all others every factor is 1."""
    changed = (wait_for_icu_h(course) > 0) | (mean_strain(course) != 0) | capacity_transferred(course)
    for factor in (outage_risk, place_odds_ratio, crowded_ward_risk):
        changed |= factor(course) != 1
    return np.flatnonzero(changed)


@derived
def died_in_care(course: Course, arm: Arm) -> Bools:
    """Return who died in care. Shape (patients,).

    Those who still lie in a bed when the run ends are settled too: whether they live is known from
    ``u_outcome``, and leaving them out would make a longer stay look like a life saved. So are those who
    left for their home country, or sending them sooner would look like that.
    """
    in_care = ended(course, Outcome.DISCHARGED, Outcome.LEFT) | lies_in_bed(course)
    return in_care & (course.demand.u_outcome < mortality_in_care(course, arm))


@derived
def lies_in_bed(course: Course) -> Bools:
    """Return who lies in a bed when the run ends. Shape (patients,)."""
    stays = course.stays
    there = np.zeros(len(course.demand), dtype=bool)
    there[stays.patient[stays.to_s >= course.end_s]] = True
    return there & ended(course, Outcome.PRESENT)


@derived
def died_waiting(course: Course) -> Bools:
    """Return who died before the bed: in line or on the way. Shape (patients,)."""
    return ended(course, Outcome.DIED_WAITING, Outcome.DIED_ON_THE_WAY)


@derived
def died_after_refusal(course: Course) -> Bools:
    """Return who was turned away and died of it, where the class says how many do. Shape (patients,)."""
    refused = ended(course, Outcome.REFUSED)
    return refused & (course.demand.u_outcome < _of_class(course, "refused_mortality", 0.0))


@derived
def died(course: Course, arm: Arm) -> Bools:
    """Return who died at all. Shape (patients,)."""
    return np.asarray(died_waiting(course) | died_in_care(course, arm) | died_after_refusal(course))


@derived
def died_avoidably(course: Course, arm: Arm) -> Bools:
    """Return who died but would have lived with everything given in time. Shape (patients,)."""
    return died(course, arm) & (course.demand.u_outcome >= mortality(course))


def settled(course: Course, arm: Arm) -> Ints:
    """Return each patient's ``Outcome`` with death in care settled. Shape (patients,)."""
    return np.where(died_in_care(course, arm), Outcome.DIED_IN_CARE, course.outcome)


def _of_class(course: Course, name: str, otherwise: float, who: Ints | None = None) -> Floats:
    """Return the class's *name* for each patient (or *who*), *otherwise* where the class has none."""
    values = [getattr(course.scenario.classes[c], name) for c in course.demand.classes]
    klass = course.demand.klass if who is None else course.demand.klass[who]
    return np.array([otherwise if v is None else v for v in values], dtype=float)[klass]
