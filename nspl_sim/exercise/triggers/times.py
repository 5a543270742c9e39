"""What triggers share: fixed hours, distances in time, shares, who plays."""

import numpy as np

from nspl_sim.exercise.course.timeline import Bools, Timeline
from nspl_sim.exercise.setting.roles import Roles
from nspl_sim.scenario.civil import Civil
from nspl_sim.vocabulary.patients import Ints


def at_hour(line: Timeline, hour: int) -> list[int]:
    """Return the seconds of civil *hour* on each day that is played in part."""
    civil = Civil.of(line.course.scenario)
    found = [civil.second(day, hour) for day in civil.days(line.from_s, line.to_s + 1)]
    return [t for t in found if line.from_s <= t <= line.to_s]


def playing(line: Timeline, roles: Roles) -> list[int]:
    """Return the regions that play: those of the roles, or all where the roles name nobody."""
    played = {one.region for one in roles.players.values()}
    return [r for r in line.regions if not roles.players or line.course.regions[r] in played]


def office_plays(roles: Roles) -> bool:
    """Return whether the joint office plays; where the roles name nobody it does."""
    return not roles.players or any(one.region is None for one in roles.players.values())


def last_report(line: Timeline, roles: Roles, region: int, time_s: int) -> int | None:
    """Return when *region*, if it plays, last got figures of its own for a report, up to *time_s*."""
    if "RAPPORT" in roles.without or region not in playing(line, roles):
        return None
    every = (at for hour in roles.reports.hours for at in at_hour(line, hour))
    return max((at for at in every if at <= time_s), default=None)


def spaced(line: Timeline, holds: Bools, hours: float) -> list[int]:
    """Return the quarters at which *holds*, none within so many *hours* of the one before."""
    found: list[int] = []
    for time_s in line.quarters[holds].tolist():
        if not found or time_s - found[-1] >= hours * 3600:
            found.append(time_s)
    return found


def share_free(free: Ints, staffed: Ints) -> np.ndarray:
    """Return the share of staffed beds that is free; 0 where none is staffed."""
    return np.divide(free, staffed, out=np.zeros(len(free)), where=staffed > 0)
