"""What did those lack who died and would have lived with everything given in time? A table of causes."""

import numpy as np

from nspl_sim.measures.registry import title_of
from nspl_sim.paper import numbers
from nspl_sim.report.material import Material
from nspl_sim.report.parts import Section, Table
from nspl_sim.vocabulary.text import text

TOTAL = "deaths_avoidable"
CAUSES = (
    "deaths_avoidable_decision",
    "deaths_avoidable_no_receiver",
    "deaths_avoidable_no_team",
    "deaths_avoidable_no_vehicle",
    "deaths_avoidable_no_answer",
    "deaths_avoidable_booked",
    "deaths_avoidable_on_the_way",
    "deaths_avoidable_after_refusal",
    "deaths_avoidable_in_care_wait",
    "deaths_avoidable_in_care_strain",
    "deaths_avoidable_in_care_transfer",
    "deaths_avoidable_in_care_several",
)
"""Measures that add up to the total, in the order of the way that a patient goes."""


def section(material: Material) -> Section:
    """Return the section; empty where the results do not hold the causes."""
    heading = material.say(text("What did those lack who need not have died?"))
    points = range(len(material.names))
    means = {
        flat: [float(np.nanmean(material.batch.values(point, flat))) for point in points]
        for flat in (*CAUSES, TOTAL)
        if flat in material.batch.measures
    }
    if len(means) <= len(CAUSES) or not any(means[TOTAL]):
        return Section("causes", heading)
    digits, code = numbers.digits_for(*means[TOTAL]), material.language.code
    rows = [
        [material.say(title_of(flat)), *(numbers.decimal(v, digits, code) for v in of_points)]
        for flat, of_points in means.items()
        if any(of_points)
    ]
    caption = text("Avoidable deaths by cause, mean of {n} replications", n=material.main.replications)
    said = text(
        "A death before the bed has one cause: what was lacking at the last attempt, or the decision where a "
        "bed within reach, a team and a vehicle were there through the whole last retry interval and nobody "
        "booked them. A death in care belongs to the one effect without which the patient would have lived. "
        "Deaths before the bed rest on a survival curve without a published source."
    )
    head = [material.say(text("Cause")), *material.names]
    table = Table(material.say(caption), head, rows)
    return Section("causes", heading, tables=[table], after=[material.say(said)])
