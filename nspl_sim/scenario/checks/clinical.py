"""Clinical options that come to nothing in this world."""

from collections.abc import Iterator

from nspl_sim.scenario.checks.case import Case
from nspl_sim.vocabulary.errors import Problem
from nspl_sim.vocabulary.text import text

WARD = "ward"


def crowding(case: Case) -> Iterator[Problem]:
    """Warn of crowded wards where nobody lies in a ward."""
    if case.scenario.ward_crowding is not None and WARD not in case.needed_kinds:
        rule = text("has no effect: no patient needs a ward bed")
        yield case.problem(rule, ("ward_crowding",), key=True, warning=True)


def harm(case: Case) -> Iterator[Problem]:
    """Warn of harm by waiting where nothing is ever put off."""
    for key, klass in case.scenario.classes.items():
        if klass.waiting_harm is not None and not (klass.priority and klass.pausable):
            rule = text("has no effect: only planned care that can be paused is put off")
            yield case.problem(rule, ("classes", key, "waiting_harm"), key=True, warning=True)


def university(case: Case) -> Iterator[Problem]:
    """Warn of a class that fares otherwise at a university hospital where no region has one."""
    if any(region.university_hospital for region in case.scenario.regions.values()):
        return
    for key, klass in case.scenario.classes.items():
        if klass.university_odds_ratio is not None:
            rule = text("has no effect: no region has university_hospital: true")
            yield case.problem(rule, ("classes", key, "university_odds_ratio"), key=True, warning=True)
