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
from nspl_sim.vocabulary.care import NEVER
from nspl_sim.vocabulary.patients import PRESENT, Demand, Ints


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
    window = Window.of(world.scenario)
    comes = (table["arrival_s"] >= window.first_s) & (table["arrival_s"] < window.end_s)
    order = in_order(table, np.flatnonzero(comes))
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


def in_order(table: Columns, rows: Ints) -> Ints:
    """Return *rows* in order of (arrival, stream, origin, number): by one number, then those it ties."""
    key: Ints = table["arrival_s"][rows] - table["arrival_s"][rows].min(initial=NEVER)
    for name in ("stream", "origin"):
        part = table[name][rows]
        key = key * (part.max(initial=0) + 1) + part
    order = np.argsort(key)
    alike = np.flatnonzero(np.diff(key[order]) == 0)
    tied = np.union1d(alike, alike + 1)
    some = order[tied]
    order[tied] = some[np.lexsort((table["number"][rows[some]], key[some]))]
    return np.asarray(rows[order])


def _empty(stages: int) -> Columns:
    columns: Columns = {name: np.empty(0, dtype=np.int64) for name in WHOLE}
    columns |= {name: np.empty((0, stages), dtype=np.int64) for name in BY_STAGE}
    columns |= {name: np.empty(0) for name in UNIFORMS}
    return columns
