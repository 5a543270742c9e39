"""What the two sides of a contrast are called inside a sentence: *with* this plan, *against* that one."""

from nspl_sim.paper.comparison import Comparison
from nspl_sim.paper.language import Language
from nspl_sim.paper.naming import plan_phrases, world_name
from nspl_sim.vocabulary.text import text


def sides(found: Comparison, contrast: int, language: Language) -> tuple[str, str]:
    """Return the plan and its reference; worlds are named where there are several."""
    phrases = plan_phrases(found.batch.points, language)
    plan, against = (phrases[i] for i in found.contrasts[contrast])
    ours, theirs = (world_name(found.batch.points[i], language) for i in found.contrasts[contrast])
    if found.scenarios > 1:
        plan = language.say(text("{plan} in the scenario “{scenario}”", plan=plan, scenario=ours))
    if found.crosses(contrast):
        against = language.say(text("the scenario “{scenario}”", scenario=theirs))
    return plan, against
