"""Municipal care: places or drawn days, never both; who must wait has something to wait for."""

from collections.abc import Iterator

from nspl_sim.scenario.checks.case import Case
from nspl_sim.scenario.ready import ready_per_day
from nspl_sim.vocabulary.errors import Problem
from nspl_sim.vocabulary.text import text


def never_both(case: Case) -> Iterator[Problem]:
    """Yield each class with drawn days where some region has places."""
    world = case.scenario
    with_places = [key for key in world.regions if _has_places(case, key)]
    for key, one in world.classes.items():
        if one.municipal_wait is not None and with_places:
            rule = text(
                "does not go with places_per_day in {region}: either places or drawn days, never both",
                region=with_places[0],
            )
            yield case.problem(rule, ("classes", key, "municipal_wait"), key=True)


def used(case: Case) -> Iterator[Problem]:
    """Warn of what has no effect: waits without end or beginning, receptions that nobody needs."""
    world = case.scenario
    places = any(_has_places(case, key) for key in world.regions)
    shares = any(one.municipal_share for one in world.classes.values())
    for key, one in world.classes.items():
        if one.municipal_wait is not None and not one.municipal_share:
            rule = text("has no effect without municipal_share")
            yield case.problem(rule, ("classes", key, "municipal_wait"), key=True, warning=True)
    if shares and not places:
        for key, one in world.classes.items():
            if one.municipal_share and one.municipal_wait is None:
                rule = text("has no effect: there are neither places in any region nor municipal_wait here")
                yield case.problem(rule, ("classes", key, "municipal_share"), warning=True)
                return
    for key, region in world.regions.items():
        if region.municipal is not None and not shares:
            rule = text("has no effect: no patient class has municipal_share")
            yield case.problem(rule, ("regions", key, "municipal"), key=True, warning=True)
            return


def _has_places(case: Case, region: str) -> bool:
    own = case.scenario.regions[region].municipal
    return own is not None and own.places_per_day is not None


def enough(case: Case) -> Iterator[Problem]:
    """Warn of the region whose municipalities receive least of what is ready, where the queue has no end."""
    worst: tuple[float, str, float] | None = None
    for key, ready in ready_per_day(case.scenario).items():
        own = case.scenario.regions[key].municipal
        if own is None or own.places_per_day in (None, "unlimited") or not ready:
            continue
        share = float(own.places_per_day or 0) / ready
        if share < 1 and (worst is None or share < worst[0]):
            worst = (share, key, ready)
    if worst is not None:
        _, key, ready = worst
        rule = text(
            "is less than the {ready} patients a day who will be ready and wait: the queue grows without end",
            ready=float(f"{ready:.3g}"),
        )
        yield case.problem(rule, ("regions", key, "municipal", "places_per_day"), warning=True)
