"""``nspl plan``: a plan as the sentences that would stand in it."""

from nspl_sim.cli.console import Console, command
from nspl_sim.cli.inputs import PlanName
from nspl_sim.cli.words import _, argument


@command(
    "plan", _("Print a plan as sentences, a clause to put in writing. The plan is a file or a shipped name.")
)
@argument("name", type=PlanName(), metavar=_("PLAN"))
def plan(console: Console, name: str) -> None:
    """Print the plan *name* as sentences."""
    from nspl_sim.cli.inputs import both
    from nspl_sim.cli.validate import strangers
    from nspl_sim.paper.naming import plan_heading
    from nspl_sim.policies.sentences import clause
    from nspl_sim.scenario.sweden import world

    _, [loaded] = both((), [name], console)
    console.warn(strangers(loaded))
    names = {key: region["name"][console.language.code] for key, region in world()["regions"].items()}
    sentences = [console.say(sentence) for sentence in clause(loaded.plan, names)]
    console.data({"plan": loaded.plan.name, "sentences": sentences, "content": loaded.plan.written()})
    console.out(plan_heading(loaded.plan, console.language))
    for sentence in sentences:
        console.out(f"- {sentence}")
    console.then(
        f"nspl run national-surge --plans today,{name}" if name != "today" else "nspl plan coordinated"
    )
