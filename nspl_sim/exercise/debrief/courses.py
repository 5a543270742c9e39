"""The courses that are set side by side: the players', their plan without their decisions, and others'."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from nspl_sim.exercise.play.session import Setup
from nspl_sim.experiment.foresight import happened
from nspl_sim.measures.course import Course
from nspl_sim.measures.registry import evaluate
from nspl_sim.paper.naming import plan_heading
from nspl_sim.policies.besides import Former
from nspl_sim.policies.decision import LASTING, Decision, What
from nspl_sim.policies.plan import Plan
from nspl_sim.vocabulary.text import text

PLAYERS = text("The players")


@dataclass(frozen=True, eq=False)
class Branch:
    """One course of the same patients."""

    key: str
    """In files: ``players``, else the name of the plan."""
    heading: str
    course: Course

    @cached_property
    def values(self) -> dict[str, float]:
        """Return every measure by flat name."""
        return evaluate(self.course)


def until_endex(decisions: Sequence[Decision], to_s: int) -> list[Decision]:
    """Return *decisions* made before second *to_s*, ENDEX, at which all that lasts of them is lifted."""
    made = [one for one in decisions if one.time_s < to_s]
    lasting = [one for one in made if set(one.what.said()) & set(LASTING)]
    units = sorted({(region, one.what.kind) for one in lasting for region in one.regions})
    every = list(LASTING)
    lifts = [
        Decision(to_s, (region,), What.model_validate({"kind": k, "lifts": every})) for region, k in units
    ]
    return [*made, *lifts]


def branches(setup: Setup, decisions: Sequence[Decision], plans: Sequence[Plan]) -> list[Branch]:
    """Return the players' course first, then that of the plan without them, then that of each of *plans*.

    Up to STARTEX all are the exercise's plan's; then each of *plans* takes over in its own.

    What players decided holds until ENDEX; from then on their course goes as the plan says.
    """
    own = Branch(setup.plan.name, plan_heading(setup.plan, setup.language), _course(setup, setup.plan, None))
    return [_players(setup, decisions), own, *_others(setup, [plan for plan in plans if plan != setup.plan])]


def _players(setup: Setup, decisions: Sequence[Decision]) -> Branch:
    until = until_endex(decisions, setup.clock.to_s)
    journal = happened(setup.scenario, setup.plan, setup.demand, setup.engine, decisions=until)
    heading = setup.language.say(PLAYERS)
    return Branch("players", heading, Course(setup.scenario, setup.demand, journal, setup.plan))


def _others(setup: Setup, plans: Sequence[Plan]) -> Iterator[Branch]:
    former = Former(setup.plan, setup.clock.from_s)
    for plan in plans:
        yield Branch(plan.name, plan_heading(plan, setup.language), _course(setup, plan, former))


def _course(setup: Setup, plan: Plan, former: Former | None) -> Course:
    journal = happened(setup.scenario, plan, setup.demand, setup.engine, former=former)
    return Course(setup.scenario, setup.demand, journal, plan)
