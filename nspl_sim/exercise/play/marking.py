"""Marks: what was played, dropped or came of an inject; several at once, or all that are due."""

from collections.abc import Callable, Sequence

from nspl_sim.exercise.listing.inject import Inject
from nspl_sim.exercise.play.desk import BadOrder, Desk
from nspl_sim.exercise.play.names import ALL, bare, heard
from nspl_sim.exercise.play.state import PLAYED
from nspl_sim.exercise.play.telling import told
from nspl_sim.vocabulary.text import text

MOST_LISTED = 10


def mark(status: str) -> Callable[[Desk, str], None]:
    """Return the command that marks injects with *status*, and notes what came of them."""

    def act(desk: Desk, rest: str) -> None:
        first, outcome = _numbered(rest)
        if status == PLAYED and bare(first) in heard(ALL):
            return _all_played(desk, outcome)
        injects, outcome = desk.several(rest)
        _marked(desk, injects, status, outcome)
        if len(injects) > 1:
            desk.say(text("So many: {n}.", n=len(injects)))
        return None

    return act


def _all_played(desk: Desk, outcome: str) -> None:
    """Mark all that is due as played; not the contingency injects, which only some of them are."""
    due, reserves = ([i for i in desk.session.due if bool(i.reserve_of) == r] for r in (False, True))
    if not due:
        raise BadOrder(text("nothing is due that is not marked"))
    _marked(desk, due, PLAYED, outcome)
    desk.say(text("All that were due are played: {n}. The command undo takes it back.", n=len(due)))
    left = [one for one in reserves if one in desk.session.due]
    if left:
        which = ", ".join(one.inject_id for one in left[:MOST_LISTED]) + " …" * (len(left) > MOST_LISTED)
        desk.say(text("Contingency injects are left unmarked: {n} ({which}).", n=len(left), which=which))


def _marked(desk: Desk, injects: Sequence[Inject], status: str, outcome: str) -> None:
    acts = len(desk.session.log.lines)
    desk.session.mark_all(injects, status, outcome)
    for line in desk.session.log.lines[acts:]:
        for said in told(line, desk.session.course) if line["do"] == "mark" else ():
            desk.say(said)


def note(what: str) -> Callable[[Desk, str], None]:
    """Return the command that notes *what* of an inject."""

    def act(desk: Desk, rest: str) -> None:
        number, words = _numbered(rest)
        one = desk.inject(number)
        if not words:
            raise BadOrder(text("say the number of an inject, and then the words"))
        desk.session.mark(one.inject_id, **{what: words})
        echo(desk)

    return act


def echo(desk: Desk) -> None:
    """Say what the last line of the log says."""
    for said in told(desk.session.log.lines[-1], desk.session.course):
        desk.say(said)


def _numbered(rest: str) -> tuple[str, str]:
    number, _, words = rest.partition(" ")
    return number, words.strip()
