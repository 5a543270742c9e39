"""The log in words: a sentence or more for each line that is worth one."""

from collections.abc import Sequence
from datetime import datetime

from nspl_sim.exercise.material import Material
from nspl_sim.exercise.play.decision_words import sentences
from nspl_sim.exercise.play.log import Line
from nspl_sim.exercise.play.session import Replanned, Session
from nspl_sim.policies.decision import Decision, What
from nspl_sim.vocabulary.text import Text, text

MOST_NAMED = 8


def told(line: Line, material: Material) -> list[str]:
    """Return what a line of the log says; nothing for lines that say nothing to people."""
    say, clock = material.say, material.clock
    match line["do"]:
        case "begin":
            return [say(text("The exercise was prepared."))]
        case "step":
            when, n = clock.said(line["now_s"]), len(line["due"])
            return [say(text("The clock goes to {when}; injects that come due: {n}.", when=when, n=n))]
        case "mark":
            return [say(_marked(line))]
        case "decide":
            decision = Decision(line["at_s"], tuple(line["regions"]), What.model_validate(line["what"]))
            when = clock.said(decision.time_s)
            said = sentences(decision, material.words)
            return [say(text("Decision, from {when}. {what}", when=when, what=one)) for one in said]
        case "planned":
            return changes(_replanned(line), material)
        case "back":
            return [say(text("The clock goes back to {when}.", when=clock.said(line["now_s"])))]
        case "remark":
            return [line["words"]]
        case _:
            return []


def _marked(line: Line) -> Text:
    said = {"number": line["inject_id"], "words": line.get("outcome") or line.get("note") or ""}
    match line.get("status"):
        case "played":
            return text("{number} is played. {words}", **said)
        case "dropped":
            return text("{number} is dropped. {words}", **said)
        case _ if line.get("outcome"):
            return text("{number}, outcome: {words}", **said)
        case _:
            return text("{number}, note: {words}", **said)


def _replanned(line: Line) -> Replanned:
    moved = tuple((one[0], one[1], one[2]) for one in line["moved"])
    return Replanned(tuple(line["added"]), moved, tuple(line["gone"]), tuple(line["reworded"]))


def changes(found: Replanned, material: Material) -> list[str]:
    """Return what is otherwise in what is to come, a sentence for each sort."""
    say = material.say
    if not found:
        return [say(text("Nothing that is to come is otherwise."))]
    moved = [f"{number} ({_hour(before)} → {_hour(now)})" for number, before, now in found.moved]
    sorts: tuple[tuple[Text, Sequence[str]], ...] = (
        (text("added"), found.added),
        (text("moved"), moved),
        (text("gone"), found.gone),
        (text("other words"), found.reworded),
    )
    return [
        say(text("{sort}: {count}. {which}", sort=sort, count=len(which), which=_named(which)))
        for sort, which in sorts
        if which
    ]


def _named(numbers: Sequence[str]) -> str:
    more = " …" if len(numbers) > MOST_NAMED else ""
    return ", ".join(numbers[:MOST_NAMED]) + more


def _hour(wall_clock: str) -> str:
    return f"{datetime.fromisoformat(wall_clock):%H:%M}"


def hour_and_day(session: Session) -> str:
    """Return where the exercise is: the scenario's time, and the time in the room."""
    said = text(
        "{when} · {wall} in the room", when=session.clock.said(session.now_s), wall=f"{session.room:%H:%M}"
    )
    return session.setup.language.say(said)
