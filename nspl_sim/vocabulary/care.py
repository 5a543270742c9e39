"""What can happen to a patient, in words of one meaning each (design: words)."""

from enum import IntEnum, StrEnum

URGENCIES = (1, 2, 3, 4, 5)
"""1 is the most urgent. T1 red = 1, T2 yellow = 2, T3 green = 4, expectant = 5."""

PRIORITIES = (1, 2, 3)
"""Of planned care; 0 stands for care that is not planned."""


GROUPS = ("own", "other", "military", "allied")
"""Whose patients: the region's own, those of other regions, the forces', and allies'."""


class Event(IntEnum):
    """The past-tense verbs of the journal. Numbers are part of the file format: only ever add."""

    ARRIVED = 1
    ASKED = 2
    REQUESTED = 3
    ANSWERED = 4
    PLACED = 5
    DEPARTED = 6
    ADMITTED = 7
    BOARDED = 8
    POSTPONED = 9
    RELEASED = 10
    READY = 11
    DISCHARGED = 12
    REFUSED = 13
    LEFT = 14
    DIED_WAITING = 15
    DIED_ON_THE_WAY = 16
    RETURNED = 17
    ORDERED = 18
    OPENED = 19
    CLOSED = 20
    DIRECTED = 21
    CHANGED = 22
    SEATED = 30
    SENT = 31
    FETCHED = 32
    HIT = 40
    RESTORED = 41
    MOVED = 50
    BROUGHT = 51
    LENT = 52
    RECALLED = 53


class Answer(IntEnum):
    """What a receiver answers, or what a yes ran into (`detail` of ``answered``)."""

    YES = 0
    TOO_FAR = 1
    NO_BED = 2
    NO_QUOTA = 3
    NO_TEAM = 4
    NO_VEHICLE = 5
    GROUNDED = 6


class Office(IntEnum):
    """What the joint office makes of a need that is brought to it (`detail` of ``brought``)."""

    TAKEN_ON = 0
    TOO_MANY = 1
    """It has taken on as many as it can in this clock hour."""
    NOT_STAFFED = 2
    OUT = 3


class LegalState(IntEnum):
    """What the law makes of the situation, in rising order."""

    NORMAL = 0
    EXTRAORDINARY_EVENT = 1
    HEIGHTENED = 2
    HIGHEST = 3


class Outcome(IntEnum):
    """How a patient's course ended, or that it had not ended when the run did."""

    PRESENT = 0
    DISCHARGED = 1
    DIED_IN_CARE = 2
    DIED_WAITING = 3
    DIED_ON_THE_WAY = 4
    REFUSED = 5
    LEFT = 6


class NoBed(StrEnum):
    """What a patient does when every attempt was in vain."""

    WAIT = "wait"
    LEAVE = "leave"
    DIE_WAITING = "die_waiting"


class Arm(StrEnum):
    """How much a crowded intensive care unit is taken to harm (sources-clinical, section 5)."""

    NONE = "none"
    HALF = "half"
    FULL = "full"


UNLIMITED = 10**9
"""Beds of a unit that is never full."""

NEVER = 2**62
"""A time that does not come."""
