"""What the plan costs beside its reference, as visible as what it gives: planned care, who helps, who loses.

Only what differs between the two is a price: who sends many patients may do so under both.
"""

from collections.abc import Iterator

from nspl_sim.experiment.statistics import CONFIDENCE, Paired, paired
from nspl_sim.paper import numbers
from nspl_sim.paper.answer import in_words
from nspl_sim.report.material import Material
from nspl_sim.vocabulary.text import Text, text

PLANNED = "planned_postponed"
BY_REGION = "deaths_waiting"
MOST_NAMED = 1


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
    if not paired.resolved:
        return text("Planned care put off: unresolved.")
    size = in_words(paired, row, material.language)
    if paired.difference > 0:
        return text("More planned care is put off: per replication {size}.", size=size)
    return text("Less planned care is put off: per replication {size}.", size=size)


def _given(material: Material) -> Text | None:
    """Return who receives or sends more patients than under the reference, as far as it is resolved."""
    if not _by_region(material) or len(material.scenario.regions) < 2:
        return None
    received, sent = changed_moves(material)
    if all(d.ties == d.n for d in (*received.values(), *sent.values())):
        return text(
            "Every region receives and sends as many patients as with {reference}.", **_said(material)
        )
    told = []
    if regions := _more(material, received):
        told.append(text("more are received by {regions}", regions=regions))
    if regions := _more(material, sent):
        told.append(text("more are sent from {regions}", regions=regions))
    said = "; ".join(material.say(one) for one in told)
    if not said:
        return text(
            "That any region receives or sends more patients than with {reference} is not resolved.",
            **_said(material),
        )
    count = 2 * len(received)
    return text(
        "Against {reference}, {said} ({about} of {count} may be chance).",
        said=said,
        count=count,
        about=max(1, round(count * (1 - CONFIDENCE))),
        **_said(material),
    )


def changed_moves(material: Material) -> tuple[dict[str, Paired], dict[str, Paired]]:
    """Return how many more patients each region receives, and sends, than under the reference."""
    ours, theirs = (material.batch.transfers(p or 0).sum(axis=1) for p in (material.plan, material.reference))
    keys = material.scenario.region_keys
    return tuple(  # type: ignore[return-value]
        {key: paired(ours.sum(axis=side)[:, r], theirs.sum(axis=side)[:, r]) for r, key in enumerate(keys)}
        for side in (1, 2)
    )


def _more(material: Material, found: dict[str, Paired]) -> list[Text]:
    return _named(material, [k for k, d in found.items() if d.resolved and d.difference > 0], found)


def _named(material: Material, keys: list[str], found: dict[str, Paired]) -> list[Text]:
    """Return the regions of *keys* with the largest differences, each with its interval."""
    order = sorted(keys, key=lambda k: (-found[k].difference, k))
    told = []
    for key in order[:MOST_NAMED]:
        one, code = found[key], material.language.code
        digits = min(1, numbers.digits_for(one.difference, one.low, one.high))
        told.append(
            text(
                "{region} {size} ({interval})",
                region=material.region(key),
                size=numbers.signed(one.difference, digits, code),
                interval=numbers.interval(one.low, one.high, digits, code),
            )
        )
    if len(order) > MOST_NAMED:
        told.append(text("{count} more", count=len(order) - MOST_NAMED))
    return told


def _residents(material: Material) -> Text | None:
    """Return which region's residents fare worse while waiting, and how many better, if any is resolved."""
    found = {}
    for key in material.scenario.region_keys:
        flat = f"{BY_REGION}.{key}"
        if flat in material.batch.measures and _by_region(material):
            ours, theirs = (material.batch.values(p or 0, flat) for p in (material.plan, material.reference))
            found[key] = paired(ours, theirs)
    found = {k: d for k, d in found.items() if d.n}
    if not found:
        return None
    worse = [k for k, d in found.items() if d.resolved and d.difference > 0]
    better = sum(d.resolved and d.difference < 0 for d in found.values())
    if not worse:
        return None
    return text(
        "Deaths while waiting among own residents: more in {regions}; fewer in {better} of {n} regions.",
        regions=_named(material, worse, found),
        better=better,
        n=len(found),
    )


def _by_region(material: Material) -> bool:
    """Return whether each region can be set against itself, often enough to tell chance from difference."""
    replications = material.main.replications
    return (
        material.reference is not None
        and material.shares_regions
        and material.main.scenarios == 1
        and replications > 1
    )


def _said(material: Material) -> dict[str, str]:
    return {"reference": material.phrases[material.reference or 0]}


__all__ = ["changed_moves", "price"]
