"""Every measure, theme by theme: importing this fills the registry, in the order of the tables."""

from nspl_sim.measures import (  # noqa: I001  (in the order of the tables)
    deaths,
    waiting,
    first_bed,
    occupancy,
    crowding,
    transport,
    elective,
    burden,
    kinds,
)

__all__ = [
    "burden",
    "crowding",
    "deaths",
    "elective",
    "first_bed",
    "kinds",
    "occupancy",
    "transport",
    "waiting",
]
