"""Whole seconds, and the order of what falls on the same second."""

from enum import IntEnum

MINUTE = 60
HOUR = 3600
DAY = 86400
WEEK = 7 * DAY


class Rank(IntEnum):
    """At one second, what has the lower rank comes first (model: The clock)."""

    STAY_ENDS = 1
    TRIP_ARRIVES = 2
    VEHICLE_BACK = 3
    CAPACITY_CHANGES = 4
    DEATH_WAITING = 5
    ARRIVAL = 6
    RELEASE = 7
    ANSWER = 8
    RETRY = 9
    REPORT = 10
    REVIEW = 11


def hours(value_h: float) -> int:
    """Return *value_h* hours in whole seconds, half to even."""
    return round(value_h * HOUR)


def minutes(value: float) -> int:
    """Return *value* minutes in whole seconds, half to even."""
    return round(value * MINUTE)


def days(value: float) -> int:
    """Return *value* days in whole seconds, half to even."""
    return round(value * DAY)
