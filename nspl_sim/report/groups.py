"""Does it matter whose patient one is? Waits and deaths of each group at equal urgency."""

import numpy as np

from nspl_sim.experiment.statistics import interval
from nspl_sim.measures.registry import OF_GROUP
from nspl_sim.paper import numbers
from nspl_sim.report.material import Material
from nspl_sim.report.parts import Section, Table
from nspl_sim.vocabulary.care import GROUPS
from nspl_sim.vocabulary.patients import Floats
from nspl_sim.vocabulary.text import Text, text

SIZE = "patients_arrived"
MEANS: tuple[tuple[str, Text], ...] = (
    ("wait_icu_mean_h", text("Wait for intensive care, hours")),
    ("wait_icu_p95_h", text("Not exceeded by 95 of 100, hours")),
    ("deaths_waiting", text("Deaths while waiting")),
)
DIFFERENCES: tuple[tuple[str, Text], ...] = (
    (
        "wait_icu_equal_need_difference_h",
        text("Wait at equal urgency, hours more than everybody else (95 %)"),
    ),
    (
        "died_waiting_equal_need_difference",
        text("Die waiting at equal urgency, percentage points more than everybody else (95 %)"),
    ),
)


def section(material: Material) -> Section:
    """Return the section; empty where all patients are of one group."""
    heading = material.say(text("Does it matter whose patient one is?"))
    there = [g for g in GROUPS if np.nansum(_values(material, SIZE, g)) > 0]
    if len(there) < 2:
        return Section("groups", heading)
    head = [text("Patients"), text("Number"), *(words for _, words in (*MEANS, *DIFFERENCES))]
    caption = text("Each group with {plan}, mean of {n} replications", plan=material.phrases[material.plan],
                   n=material.main.replications)  # fmt: skip
    said = text(
        "Care follows need, not whose patient one is. At equal urgency: the group less everybody else, "
        "urgency by urgency. A group that arrives where it is crowded waits longer also then; that is no "
        "rule of the plan."
    )
    rows = [_row(material, group) for group in there]
    table = Table(material.say(caption), [material.say(h) for h in head], rows)
    return Section("groups", heading, tables=[table], after=[material.say(said)])


def _values(material: Material, measure: str, group: str) -> Floats:
    return material.batch.values(material.plan, f"{measure}.group_{group}")


def _row(material: Material, group: str) -> list[str]:
    code = material.language.code
    cells = [material.say(OF_GROUP[group])]
    for measure in (SIZE, *(name for name, _ in MEANS)):
        mean = interval(_values(material, measure, group)).mean
        cells.append(numbers.decimal(mean, 0 if measure == SIZE else numbers.digits_for(mean), code))
    for measure, _ in DIFFERENCES:
        one = interval(_values(material, measure, group))
        digits = numbers.digits_for(one.mean, one.low, one.high)
        size = numbers.signed(one.mean, digits, code)
        between = numbers.interval(one.low, one.high, digits, code)
        cells.append(f"{size} ({between})" if one.n > 1 else size)
    return cells
