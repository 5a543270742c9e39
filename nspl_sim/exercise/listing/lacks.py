"""What a leader should know of a list: who has nothing to do, when nothing happens, who has too much."""

from collections import Counter
from datetime import datetime

from nspl_sim.exercise.listing.hours import hour_of, played, said
from nspl_sim.exercise.listing.inject import Inject
from nspl_sim.exercise.listing.material import Material
from nspl_sim.exercise.setting.roles import Aim
from nspl_sim.exercise.triggers.routine import FIXED
from nspl_sim.exercise.triggers.times import playing
from nspl_sim.scenario.civil import Civil
from nspl_sim.vocabulary.clock import DAY, HOUR
from nspl_sim.vocabulary.text import Text, text

_MOST_NAMED = 8


def told(material: Material) -> list[Text]:
    """Return a sentence for each thing that the list lacks."""
    limit = material.roles.limits.most_per_controller
    idle, empty, busy = nothing_to_do(material), empty_hours(material), overloaded(material)
    found = []
    if idle:
        found.append(text("No injects but reports and briefings: {who}.", who=_some(idle)))
    if empty:
        found.append(
            text("Hours in the room without injects but reports and briefings: {when}.", when=_some(empty))
        )
    if busy:
        found.append(
            text(
                "More than {limit} injects in an hour for one controller: {who}.",
                limit=limit,
                who=_some(busy),
            )
        )
    return found


def why(aim: Aim, material: Material) -> list[Text]:
    """Return of each trigger of *aim*, which practises nothing, why the list has none of it."""
    return [_why(code, material) for code in aim.triggers]


def _why(code: str, material: Material) -> Text:
    """Return why the list has nothing of a trigger: the leader's doing first, then the course's."""
    missed, clock = material.planned.missed.get(code, {}), material.clock
    if code in material.roles.without:
        return text("{code}: left out by the roles (without)", code=code)
    if any(one.code == code for one in material.told):
        return text("{code}: its rows have another aim", code=code)
    if any(one.code == code for one in material.injects):
        return text("{code}: dropped in the list", code=code)
    if "limits" in missed:
        return text("{code}: the limits of how much a receiver gets leave it out", code=code)
    if code == "ELEKT" and not _planned_care(material):
        return text("{code}: no planned admissions are due on the days after", code=code)
    if "not played" in missed:
        nearest_s = min(missed["not played"], key=lambda s: max(clock.from_s - s, s - clock.to_s))
        when = clock.said(nearest_s)
        return text(
            "{code}: comes only at times that are not played, the nearest {when}", code=code, when=when
        )
    if "no receiver" in missed:
        return text("{code}: comes only to those who do not play", code=code)
    return text("{code}: its condition is not met while it is played", code=code)


def _planned_care(material: Material) -> bool:
    """Return whether any region that plays has planned admissions on a day after a played one."""
    line, clock, civil = material.line, material.clock, Civil.of(material.scenario)
    days = {civil.day(s) for day in range(clock.days) for s in (clock.begins_s(day), clock.ends_s(day))}
    morrows = [civil.second(day, 0) + DAY for day in days]
    return any(
        line.planned("planned_due", region, first_s, first_s + DAY).value
        for region in playing(line, material.roles)
        for first_s in morrows
    )


def nothing_to_do(material: Material) -> list[str]:
    """Return the players, and the functions of the others, that get reports and briefings only."""
    real, names = _real(material), []
    for key, player in material.players.items():
        mine = [one for one in real if one.player == key]
        if not mine:
            names.append(player.name)
            continue
        idle = [
            function
            for function in dict.fromkeys(player.functions.values())
            if not any(one.to == function or one.to.startswith(f"{function}, ") for one in mine)
        ]
        names += [f"{function} ({player.name})" for function in idle]
    return names


def empty_hours(material: Material) -> list[str]:
    """Return the clock hours, but for breaks, in which nothing but reports and briefings comes."""
    there = {hour_of(one) for one in _real(material)}
    zone = material.clock.startex.tzinfo
    hours = [datetime.fromisoformat(f"{hour}:00").replace(tzinfo=zone) for hour in played(material)]
    return [
        said(hour, material)
        for hour in hours
        if f"{hour:%Y-%m-%dT%H}" not in there and _is_played(hour, material)
    ]


def overloaded(material: Material) -> list[str]:
    """Return the controllers with more injects in a clock hour than the limit, with hour and number."""
    limit = material.roles.limits.most_per_controller
    count = Counter((one.controller, hour_of(one)) for one in material.told)
    busy = sorted((hour, name, n) for (name, hour), n in count.items() if n > limit)
    return [f"{name} {said(datetime.fromisoformat(f'{hour}:00'), material)} ({n})" for hour, name, n in busy]


def _real(material: Material) -> list[Inject]:
    """Return the injects that are no report, briefing or contingency inject."""
    return [one for one in material.told if one.code not in FIXED and not one.reserve_of]


def _is_played(hour: datetime, material: Material) -> bool:
    """Return whether any of an hour is played, and not all of it a break."""
    clock = material.clock
    for day in range(clock.days):
        morning = clock.morning(day)
        first, last = morning.timestamp(), clock.evening(day).timestamp()
        begins, ends = max(hour.timestamp(), first), min(hour.timestamp() + HOUR, last)
        pauses = [(first + a, first + b) for a, b in clock.pauses(day)]
        idle = sum(max(0.0, min(b, ends) - max(a, begins)) for a, b in pauses)
        if ends - begins > idle:
            return True
    return False


def _some(names: list[str]) -> str:
    return "; ".join([*names[:_MOST_NAMED], *["…"][: len(names) > _MOST_NAMED]])
