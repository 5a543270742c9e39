"""The table of patients: ``sample(scenario, replication)``, all that chance decides."""

from collections.abc import Iterator

import numpy as np

from nspl_sim.demand import municipal
from nspl_sim.demand.closures import closures
from nspl_sim.demand.columns import BY_STAGE, UNIFORMS, WHOLE, Columns, World
from nspl_sim.demand.counted import counted
from nspl_sim.demand.disruptions import disruptions
from nspl_sim.demand.diversion import diverted_to
from nspl_sim.demand.pathways import courses
from nspl_sim.demand.present import present
from nspl_sim.demand.rates import Window
from nspl_sim.demand.reports import report_luck
from nspl_sim.demand.streams import Arrivals, Setting, arrivals
from nspl_sim.scenario.model import Scenario
from nspl_sim.scenario.streams import TableStream
from nspl_sim.vocabulary.patients import PRESENT, Demand


def sample(scenario: Scenario, replication: int) -> Demand:
    """Return the patients of *replication*: the same whatever the plan, the batch or the machine."""
    world = World.of(scenario, replication)
    groups = [(name, group) for name in world.streams for group in _groups(world, name)]
    return _table(world, [world.columns(name, group) for name, group in groups if len(group.number)])


def _groups(world: World, name: str) -> Iterator[Arrivals]:
    """Yield everybody of one stream: those who lie there at the start, and those who come."""
    scenario = world.scenario
    if name == PRESENT:
        yield from counted(scenario, world.chance)
        return
    stream = scenario.streams[name]
    setting = Setting(scenario, name, Window.of(scenario), world.chance)
    if scenario.starts == "equilibrium" and not isinstance(stream, TableStream):
        found = courses(stream.classes, scenario.classes)
        yield from present(stream, found, setting)
        yield from municipal.ready(stream, found, setting)
    yield from arrivals(stream, setting)


def _table(world: World, parts: list[Columns]) -> Demand:
    """Return all *parts* as one table in order of (arrival, stream, origin, number)."""
    empty = _empty(world.stages)
    table = {name: np.concatenate([empty[name]] + [p.pop(name) for p in parts]) for name in empty}
    order = np.lexsort((table["number"], table["origin"], table["stream"], table["arrival_s"]))
    window = Window.of(world.scenario)
    arrives = table["arrival_s"][order]
    order = order[(arrives >= window.first_s) & (arrives < window.end_s)]
    people = {name: table.pop(name)[order] for name in empty}
    lost = disruptions(world.scenario, world.chance)
    return Demand(
        world.streams,
        world.regions,
        world.kinds,
        world.classes,
        **people,
        diverted_to=diverted_to(world.scenario, world.chance, lost, people),
        closures=closures(world.scenario, world.chance),
        disruptions=lost,
        report_luck=report_luck(world.scenario, world.chance),
    )


def _empty(stages: int) -> Columns:
    columns: Columns = {name: np.empty(0, dtype=np.int64) for name in WHOLE}
    columns |= {name: np.empty((0, stages), dtype=np.int64) for name in BY_STAGE}
    columns |= {name: np.empty(0) for name in UNIFORMS}
    return columns
