"""Two engines of one model: SimPy, which people read, and the compiled loop, which batches run.

Their journals are equal in every field (tests: engines); which one made a number is seen by its time alone.
"""

from collections.abc import Callable, Iterable, Sequence
from math import inf
from typing import Literal, Unpack, get_args

from nspl_sim.engine.ready import is_made, opened, prepare
from nspl_sim.engine.supports import NotCompiled, unsupported
from nspl_sim.experiment.memory import keep_memory
from nspl_sim.experiment.point import Point
from nspl_sim.journal import Journal
from nspl_sim.policies.besides import Besides
from nspl_sim.policies.plan import Plan
from nspl_sim.scenario.model import Scenario
from nspl_sim.system.simulate import simulate
from nspl_sim.vocabulary.patients import Demand
from nspl_sim.vocabulary.text import Text, text

Engine = Literal["auto", "compiled", "simpy"]
ENGINES: tuple[Engine, ...] = get_args(Engine)


def simulated(
    scenario: Scenario, plan: Plan, demand: Demand, engine: Engine = "simpy", **besides: Unpack[Besides]
) -> Journal:
    """Return what happens, by *engine*; ``auto`` is the compiled one wherever it holds what is asked."""
    former = besides.get("former")
    plans = (former.plan, plan) if former else (plan,)
    if engine == "simpy" or (engine == "auto" and any(unsupported(scenario, one) for one in plans)):
        return simulate(scenario, plan, demand, **besides)
    try:
        return compiled(scenario, plan, demand, **besides)
    except NotCompiled:
        if engine == "compiled":
            raise
        return simulate(scenario, plan, demand, **besides)


def compiled(scenario: Scenario, plan: Plan, demand: Demand, **besides: Unpack[Besides]) -> Journal:
    """Return what happens, by the compiled loop."""
    opened()
    from nspl_sim.engine import simulate as loop

    return loop.simulate(scenario, plan, demand, **besides)


def load(engine: Engine, points: Sequence[Point]) -> None:
    """Load the compiled loop where *engine* lets it run any of *points*; one process compiles for all."""
    keep_memory()
    if engine == "simpy" or all(unsupported(point.scenario, point.plan) for point in points):
        return
    if prepare(lambda _: None) is None:
        from nspl_sim.engine.warm import warm

        warm()


LITTLE_S, MUCH_S = 5.0, 60.0
"""Work of SimPy that is not worth the loading of compiled code, nor the compiling of it."""


def chosen(
    asked: Engine, points: Sequence[Point], tell: Callable[[Text], None], simpy_s: float = inf
) -> Engine:
    """Return the engine for a batch of *points*, ready to run; *tell* hears which, and why not the other.

    *simpy_s* is about what SimPy would take: what is little is not compiled for, unless that is asked for.
    Raises NotCompiled where the compiled one is asked for and cannot be had.
    """
    if asked == "simpy" or is_little(asked, simpy_s):
        return "simpy"
    each = [unsupported(point.scenario, point.plan) for point in points]
    why = listed(reason for reasons in each for reason in reasons) if any(each) else None
    if any(each) and asked == "compiled":
        raise NotCompiled(text("the compiled engine does not hold {reasons}", reasons=why))
    if all(each):
        tell(
            text(
                "SimPy runs this, many times slower: the compiled engine does not hold {reasons}.",
                reasons=why,
            )
        )
        return "simpy"
    if wrong := prepare(tell):
        if asked == "compiled":
            raise NotCompiled(text("there is no compiled engine: {reason}", reason=wrong))
        tell(text("SimPy runs this, many times slower: there is no compiled engine, {reason}.", reason=wrong))
        return "simpy"
    if any(each):
        tell(
            text(
                "SimPy runs {some} of {all} design points, many times slower: the compiled engine does not "
                "hold {reasons}.",
                some=sum(map(bool, each)),
                all=len(points),
                reasons=why,
            )
        )
    else:
        tell(text("The compiled engine runs this; its journals are those of SimPy."))
    return asked


def is_little(asked: Engine, simpy_s: float) -> bool:
    """Return whether so much work of SimPy is left to it, because loading or compiling would take longer."""
    return asked == "auto" and simpy_s < (LITTLE_S if is_made() else MUCH_S)


def listed(reasons: Iterable[Text]) -> Text:
    """Return each of the *reasons* once, with commas between."""
    first, *others = {str(reason): reason for reason in reasons}.values()
    for reason in others:
        first = text("{first}, {rest}", first=first, rest=reason)
    return first
