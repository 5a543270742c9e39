"""What the plan costs, as visible as what it gives: planned care, who gives, whose residents lose."""

from collections.abc import Iterator

import numpy as np

from nspl_sim.paper import numbers
from nspl_sim.paper.answer import in_words
from nspl_sim.report.flows import moves
from nspl_sim.report.material import Material
from nspl_sim.vocabulary.text import Text, text

PLANNED = "planned_postponed"
BY_REGION = "deaths_waiting"


def price(material: Material) -> Iterator[str]:
    """Yield the sentences of the price; nothing where no plan is compared."""
    for sentence in (_planned(material), _given(material), _residents(material)):
        if sentence is not None:
            yield material.say(sentence)


def _planned(material: Material) -> Text | None:
    row = material.main.row(PLANNED)
    paired = material.difference(row)
    if row is None or paired is None:
        return None
    if paired.ties == paired.n:
        return text("Just as much planned care is put off.")
    size = in_words(paired, row, material.language)
    if not paired.resolved:
        return text(
            "It is unresolved whether more planned care is put off: per replication {size}.", size=size
        )
    if paired.difference > 0:
        return text("More planned care is put off: per replication {size}.", size=size)
    return text("Less planned care is put off: per replication {size}.", size=size)


def _given(material: Material) -> Text | None:
    """Return which region gives most and which gets most, where patients are moved."""
    found = moves(material)
    if found is None or material.main.scenarios > 1:
        return None
    if found.is_empty:
        return text("No patients are moved between regions.")
    if not found.net.any():
        return text("Every region receives as many patients as it sends.")
    gives, gets = int(found.net.argmax()), int(found.net.argmin())
    code = material.language.code
    return text(
        "{giver} gives most (net {gave} patients received per replication), {getter} gets most (net {got} "
        "sent).",
        giver=material.region(found.keys[gives]),
        gave=numbers.decimal(float(found.net[gives]), numbers.digits_for(float(found.net[gives])), code),
        getter=material.region(found.keys[gets]),
        got=numbers.decimal(-float(found.net[gets]), numbers.digits_for(float(found.net[gets])), code),
    )


def _residents(material: Material) -> Text | None:
    """Return in how many replications no region's residents fare worse while waiting."""
    keys = [k for k in material.scenario.region_keys if f"{BY_REGION}.{k}" in material.batch.measures]
    if (
        not keys
        or material.reference is None
        or not material.shares_regions
        or material.main.replications < 2
    ):
        return None
    worse = np.array(
        [
            material.batch.values(material.plan, f"{BY_REGION}.{k}")
            > material.batch.values(material.reference, f"{BY_REGION}.{k}")
            for k in keys
        ]
    )
    none = int((~worse.any(axis=0)).sum())
    often = worse.mean(axis=1)
    most = int(often.argmax())
    said = {
        "k": none,
        "n": worse.shape[1],
        "reference": material.phrases[material.reference],
        "region": material.region(keys[most]),
        "times": int(worse[most].sum()),
    }
    if not said["times"]:
        return text(
            "In no replication do more residents of any region die while waiting than with {reference}.",
            reference=said["reference"],
        )
    if not none:
        return text(
            "In every replication some region has more deaths while waiting among its residents than with "
            "{reference}; most often {region} has ({times} of {n}).",
            **{name: value for name, value in said.items() if name != "k"},
        )
    return text(
        "In {k} of {n} replications no region has more deaths while waiting among its residents than with "
        "{reference}; most often {region} has ({times} of {n}).",
        **said,
    )
