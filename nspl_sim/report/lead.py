"""What a reader must know before the answer: the scenario, what the plan does otherwise, what went in."""

from nspl_sim.paper import numbers
from nspl_sim.paper.naming import scenario_heading
from nspl_sim.policies.plan import Plan
from nspl_sim.policies.support.alone import Alone
from nspl_sim.policies.support.as_listed import AsListed
from nspl_sim.policies.support.care_region_first import CareRegionFirst
from nspl_sim.policies.support.civil_area_first import CivilAreaFirst
from nspl_sim.policies.support.fair_share import FairShare
from nspl_sim.policies.support.forecast import Forecast
from nspl_sim.policies.support.full_knowledge import FullKnowledge
from nspl_sim.policies.support.least_loaded import LeastLoaded
from nspl_sim.policies.support.nearest import Nearest
from nspl_sim.policies.support.neighbours import Neighbours
from nspl_sim.policies.support.optimised import Optimised
from nspl_sim.policies.support.pooled import Pooled
from nspl_sim.policies.support.today import Today
from nspl_sim.report.basis import counted, only_in, stream_name
from nspl_sim.report.material import Material
from nspl_sim.scenario.expected import patients
from nspl_sim.scenario.streams import (
    CombatStream,
    EpidemicStream,
    HostNationStream,
    MassCasualtyStream,
    StrikesStream,
)
from nspl_sim.vocabulary.text import Text, text

MOST_STREAMS = 3

_EVENTS = (CombatStream, EpidemicStream, HostNationStream, MassCasualtyStream, StrikesStream)
"""What a scenario brings beside the ordinary patients."""

MOST_LETTERS = 110
"""Of what is said of one plan on page one."""

SHORT: dict[type, Text] = {
    Alone: text("no region asks another for a bed"),
    AsListed: text("each region asks the regions listed for it"),
    CareRegionFirst: text("those least loaded in the own care region are asked first"),
    CivilAreaFirst: text("the own civil area is asked first"),
    FairShare: text("those who have taken fewest patients for their population are asked first"),
    Forecast: text("the regions with the least expected load are asked first"),
    FullKnowledge: text("a yardstick and no plan: the office knows what is to come"),
    LeastLoaded: text("the regions least loaded by report are asked first"),
    Nearest: text("the nearest regions are asked first"),
    Neighbours: text("bordering regions are asked first"),
    Optimised: text("the office reckons which regions are to be asked first"),
    Pooled: text("a yardstick and no plan: all beds in the nation are one unit"),
    Today: text("the own care region is asked first"),
}
"""Whom a region asks, in a few words; the plan's own sentences stand further down."""


def the_scenario(material: Material) -> str:
    """Return what the scenario is, and whom it brings beside the ordinary patients."""
    scenario = material.scenario
    heading = scenario_heading(scenario, material.language)
    events = [s for s in scenario.streams.values() if s.title and isinstance(s, _EVENTS)]
    if not events:
        return material.say(text("{scenario}.", scenario=heading))
    days = scenario.horizon_days
    told = [
        text(
            "{stream} (about {count})",
            stream=stream_name(material, stream).partition(" (")[0],
            count=_about(patients(stream, 0.0, days), material.language.code),
        )
        for stream in events[:MOST_STREAMS]
    ]
    if len(events) > MOST_STREAMS:
        told.append(text("{count} more", count=len(events) - MOST_STREAMS))
    return material.say(text("{scenario}: {streams}.", scenario=heading, streams=told))


def _about(count: float, code: str) -> str:
    """Return *count* with two figures that count."""
    size = 10 ** max(0, len(str(int(count))) - 2)
    return numbers.decimal(round(count / size) * size, 0, code)


def the_plan(material: Material) -> str:
    """Return what the plan does otherwise than the reference, in at most two short sentences."""
    if material.reference is None:
        return ""
    plan, reference = (material.batch.points[p].plan for p in (material.plan, material.reference))
    ours, theirs = only_in(material, plan, [reference]), only_in(material, reference, [plan])
    if not ours and not theirs:
        return material.say(text("Both plans have the same rules, and meet the same patients."))
    told = "; ".join(
        material.say(text("{plan}: {rule}", plan=material.phrases[point], rule=rule))
        for point, rule in (
            (material.plan, _told(plan, reference, ours)),
            (material.reference, _told(reference, plan, theirs)),
        )
        if rule
    )
    told = told[:1].upper() + told[1:] + ("" if told.endswith("…") else ".")
    if _differ_in_support_only(material, plan, reference):
        return f"{told} {material.say(text('All else is the same, and so are the patients.'))}"
    return f"{told} {material.say(text('The same patients meet both.'))}"


def _told(plan: Plan, other: Plan, own: list[str]) -> Text | str:
    """Return in a few words whom a region asks; where that is not the difference, the first that is."""
    if type(plan.support) is not type(other.support) and type(plan.support) in SHORT:
        return SHORT[type(plan.support)]
    return _cut(own[0]) if own else ""


def _differ_in_support_only(material: Material, plan: Plan, other: Plan) -> bool:
    same = plan.model_copy(update={"support": other.support})
    alike = all(
        getattr(plan.support, name, None) == getattr(other.support, name, None)
        for name in ("reserve", "kinds")
    )
    return alike and not only_in(material, same, [other]) and not only_in(material, other, [same])


def _cut(sentence: str) -> str:
    """Return the first sentence of a clause, cut at a joint where it is long, to stand after a colon."""
    first = sentence.partition(". ")[0].removesuffix(".")
    if len(first) > MOST_LETTERS:
        joint = max(first.rfind(mark, 0, MOST_LETTERS) for mark in ("; ", ", ", ": ", " "))
        first = first[: max(joint, 0)].rstrip(",;:") + " …" if joint > 0 else first
    return first[:1].lower() + first[1:]


def how_known(material: Material) -> Text:
    """Return which share of the figures somebody has published, and which are no more than reckoned."""
    found, code = counted(material.scenario), material.language.code
    total = sum(found.values())
    if not total:
        return text("The scenario does not say what its figures are based on.")
    published = found["published"] / total
    return text(
        "Inputs: {published} published, {rest} recalled, estimated or assumed.",
        published=numbers.share(published, 0, code),
        rest=numbers.share(1 - published, 0, code),
    )
