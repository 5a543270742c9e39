"""Who sends injects: always somebody simulated, as the column *From* and as the text names them.

A sender who has a function that the receiving staff plays is replaced: nobody phones themselves.
"""

from collections.abc import Collection
from dataclasses import dataclass

from nspl_sim.exercise.course.words import Named
from nspl_sim.exercise.setting.roles import Function
from nspl_sim.vocabulary.text import Text, text


@dataclass(frozen=True)
class Sender:
    """One who sends injects."""

    name: Text
    """As it stands in a column: ``bed coordinator``."""
    caller: Text
    """As a sentence names it: ``the bed coordinator``."""
    plays: Function | None = None
    """The function of a staff that this is."""
    instead: "Sender | None" = None
    """Who sends where the receiving staff plays that function."""

    def beside(self, played: Collection[Function]) -> "Sender":
        """Return the first, from this one on, who has none of the functions *played*."""
        if self.instead is not None and self.plays in played:
            return self.instead.beside(played)
        return self


CONSULTANT = Sender(
    text("consultant on call, intensive care"), text("the consultant on call for intensive care")
)
EMERGENCY = Sender(text("emergency department"), text("the emergency department"))
EMERGENCY_PHYSICIAN = Sender(
    text("physician in charge, emergency department"),
    text("the physician in charge of the emergency department"),
)
BED_COORDINATOR = Sender(
    text("bed coordinator"), text("the bed coordinator"), plays="care", instead=EMERGENCY_PHYSICIAN
)
BED_UNIT = Sender(text("bed unit"), text("the bed unit"))
REPORTER_OF_BEDS = Sender(BED_COORDINATOR.name, BED_COORDINATOR.caller, plays="care", instead=BED_UNIT)
DISCHARGES = Sender(text("discharge coordinator"), text("the discharge coordinator"))
LOCAL_COMMAND = Sender(text("local special medical command"), text("the local special medical command"))
ON_SITE = Sender(text("medical commander on site"), text("the medical commander on site"))
FORCES = Sender(text("liaison officer of the Armed Forces"), text("the liaison officer of the Armed Forces"))
ALLIES = Sender(text("allied liaison officer"), text("the allied liaison officer"))
DIRECTOR = Sender(text("regional director"), text("the regional director"))
DISPATCH = Sender(text("ambulance dispatch"), text("ambulance dispatch"))
TRANSPORT = Sender(
    text("transport coordination"), text("transport coordination"), plays="transport", instead=DISPATCH
)
BEDSIDE = Sender(TRANSPORT.name, TRANSPORT.caller, plays="transport", instead=CONSULTANT)
"""Of a patient who waits for a transport."""
PLANNER = Sender(text("planner of operations"), text("the planner of operations"))
HEAD_OF_SURGERY = Sender(
    text("head of surgery"), text("the head of surgery"), plays="elective", instead=PLANNER
)
HEAD_OF_DEPARTMENT = Sender(text("head of department"), text("the head of department"))
HEAD_OF_HOSPITAL = Sender(text("head of the hospital"), text("the head of the hospital"))
HEAD_OF_IT = Sender(text("head of IT"), text("the head of IT"))
HEAD_OF_SUPPLIES = Sender(text("head of supplies"), text("the head of supplies"))
NEWS_DESK = Sender(text("news desk"), text("the news desk"))
REPORTER = Sender(text("reporter"), text("the reporter"))
CHAIR = Sender(
    text("chair of the regional executive board"), text("the chair of the regional executive board")
)
RELATIVE = Sender(text("relative"), text("a relative"))
OFFICER = Sender(text("officer on duty"), text("the officer on duty"))
REGISTRY = Sender(text("registry of intensive care"), text("the registry of intensive care"))
CONTROL = Sender(text("exercise control"), text("exercise control"))


def named(name: str) -> Sender:
    """Return the sender that somebody has given the *name* of."""
    return Sender(Text("{name}", {"name": name}), Text("{name}", {"name": name}))


def officer(region: Named) -> Sender:
    """Return the officer on duty of *region*."""
    name = text("officer on duty, {region}", region=region)
    return Sender(name, text("the officer on duty of {region}", region=region))
