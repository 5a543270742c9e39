"""What exercise control sees at a glance: roles, aims against injects, load, how it was made."""

from collections import Counter
from datetime import date

from nspl_sim import MODEL_VERSION, __version__
from nspl_sim.exercise.course.counted import counted
from nspl_sim.exercise.listing import hours, lacks
from nspl_sim.exercise.listing.inject import Inject
from nspl_sim.exercise.listing.material import Material
from nspl_sim.exercise.printing.pages import STOP, Table
from nspl_sim.exercise.setting.roles import Aim
from nspl_sim.paper.naming import plan_heading
from nspl_sim.vocabulary.text import text

GAP = text("none: a gap")
REASONS = {
    "not played": text("their time is not played"),
    "no receiver": text("nobody plays the receiver"),
    "enough of one kind": text("the receiver has had enough of one kind"),
    "enough in the hour": text("the receiver has enough in the hour"),
}
"""Why a moment is not in the list."""


def roles(material: Material) -> Table:
    """Return who plays and who plays the others."""
    say = material.say
    head = [text("Who"), text("Role"), text("Region"), text("Telephone"), text("Injects")]
    rows = []
    for key, one in material.players.items():
        where = material.words.region(material.number(one.region)) if one.region else say(text("the nation"))
        count = sum(i.player == key for i in material.told)
        rows.append([one.name, say(text("player")), where, one.phone or "", str(count)])
    for controller in material.roles.controllers:
        named = [material.words.region(material.number(key)) for key in controller.regions or ()]
        where = ", ".join(named) or say(text("all others"))
        count = sum(i.controller == controller.name for i in material.told)
        role = text("local exercise leader") if controller.local else text("controller")
        rows.append([controller.name, say(role), where, controller.phone or "", str(count)])
    return Table([say(h) for h in head], rows)


def of_aim(aim: Aim, material: Material) -> list[Inject]:
    """Return the injects that practise *aim*: those in whose column *Aim* it stands, own rows too."""
    title = aim.title.in_language(material.language.code)
    own = [one.strip().casefold() for one in title.split(";")]
    found = []
    for one in material.told:
        said = [part.strip().casefold() for part in one.objective.split(";")]
        if not one.reserve_of and all(part in said for part in own):
            found.append(one)
    return found


def gaps(material: Material) -> dict[str, list[str]]:
    """Return the titles of the aims that no inject practises, and of each trigger why."""
    say, empty = material.say, (one for one in material.roles.aims.values() if not of_aim(one, material))
    return {
        aim.title.in_language(material.language.code): [say(one) for one in lacks.why(aim, material)]
        for aim in empty
    }


def aims(material: Material) -> Table:
    """Return each aim, how many injects practise it, which, and for whom there is none."""
    say, plays = material.say, material.players
    head = [text("Aim"), text("Injects"), text("Triggers"), text("Players without any")]
    rows, empty = [], gaps(material)
    for aim in material.roles.aims.values():
        mine = of_aim(aim, material)
        by_code = Counter(i.code for i in mine)
        shown = [f"{code} {by_code[code] or '–'}" for code in aim.triggers]
        own = sum(count for code, count in by_code.items() if code not in aim.triggers)
        shown += [say(text("others {count}", count=own))] if own else []
        without = [plays[key].name for key in plays if not any(i.player == key for i in mine)]
        title = aim.title.in_language(material.language.code)
        missing = say(text("{n} of {all}", n=len(without), all=len(plays)))
        told = "; ".join(without) if len(without) <= 5 else missing
        count = str(len(mine)) if mine else say(GAP)
        rows.append([title, count, "; ".join(empty.get(title, [", ".join(shown)])), told])
    return Table([say(h) for h in head], rows)


def load(material: Material, day: date | None = None) -> Table:
    """Return injects by controller and hour in the room, of one *day* or all; more than the limit is told."""
    say, limit = material.say, material.roles.limits.most_per_controller
    columns = hours.played(material, day)
    rows = []
    for controller in material.roles.controllers:
        count = Counter(hours.hour_of(i) for i in material.told if i.controller == controller.name)
        cells = [f"{count[h]}{' !' if count[h] > limit else ''}" for h in columns]
        rows.append([controller.name, *cells])
    head = [say(text("Controller (! more than {limit} in the hour)", limit=limit))]
    return Table([*head, *(hours.head(h, material, day) for h in columns)], rows, _dated(day, material))


def _dated(day: date | None, material: Material) -> str:
    return hours.named(day, material) if day else ""


def by_aim(material: Material, day: date) -> Table:
    """Return how many injects of each aim every hour in the room of *day* holds; a dash is a gap."""
    columns, rows = hours.played(material, day), []
    for aim in material.roles.aims.values():
        count = Counter(hours.hour_of(i) for i in of_aim(aim, material))
        title = aim.title.in_language(material.language.code)
        rows.append([title, *(str(count[hour]) if count[hour] else "–" for hour in columns)])
    head = [material.say(text("Aim, by hour in the room (– is a gap)"))]
    return Table([*head, *(hours.head(h, material, day) for h in columns)], rows, _dated(day, material))


def read_me(material: Material) -> Table:
    """Return how the list was made, and what it is not."""
    say, clock, line = material.say, material.clock, material.line
    left, breaks = material.planned.left_out, hours.breaks(material)
    rows = [
        [say(text("Exercise")), material.title],
        [say(text("Marking")), material.sign],
        [say(text("Stop phrase")), say(STOP)],
        [say(text("STARTEX in the room")), clock.startex.isoformat(timespec="minutes")],
        [say(text("STARTEX in the scenario")), f"{clock.civil(clock.from_s):%Y-%m-%d %H:%M}"],
        [say(text("ENDEX in the scenario")), f"{clock.civil(clock.to_s):%Y-%m-%d %H:%M}"],
        [say(text("Hours of the scenario in an hour")), f"{clock.tempo:g}"],
        [say(text("Played days")), str(clock.days)],
        *([[say(text("Breaks")), ", ".join(breaks)]] if breaks else []),
        [
            say(text("Over night")),
            say(
                text("the scenario stands still") if clock.night == "stands" else text("the scenario goes on")
            ),
        ],
        [say(text("Course")), say(text("One replication: {number}", number=line.replication))],
        [say(text("Scenario")), f"{material.scenario.name} {material.scenario.fingerprint()}"],
        [say(text("Plan in the course")), _plan(material)],
        [say(text("Journal")), line.course.journal.fingerprint()],
        [say(text("Program")), f"nspl_sim {__version__}, {say(text('model'))} {MODEL_VERSION}"],
        *(
            [
                say(text("Left out")),
                say(text("{moments}: {why}", moments=counted(left[key], "moments"), why=why)),
            ]
            for key, why in REASONS.items()
            if left[key]
        ),
        [
            say(text("What this is not")),
            say(
                text(
                    "No forecast and no official planning figures. The tool never declares a level of "
                    "preparedness; it suggests a moment to ask."
                )
            ),
        ],
    ]
    return Table([say(text("What")), say(text("How it is"))], rows)


def _plan(material: Material) -> str:
    """Return the plan's title with its name, ``Today's order (today)``."""
    plan, name = material.line.course.plan, material.planner.plan_name
    return f"{plan_heading(plan, material.language)} ({name})" if plan else name
