"""What exercise control types: a word and what goes with it, in Swedish or English, one a line."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nspl_sim.exercise.papers.making import WRITERS
from nspl_sim.exercise.play.decision_words import ENTERED, HOW
from nspl_sim.exercise.play.decisions import read_decisions
from nspl_sim.exercise.play.desk import BadOrder, Desk
from nspl_sim.exercise.play.entered import NO, YES
from nspl_sim.exercise.play.marking import echo, mark, note
from nspl_sim.exercise.play.names import bare, heard
from nspl_sim.exercise.play.page import answers, as_lines, beds_of
from nspl_sim.exercise.play.replanned import Replanned, counts, in_full
from nspl_sim.exercise.play.state import DROPPED, PLAYED
from nspl_sim.exercise.play.telling import falling
from nspl_sim.paper.language import in_all
from nspl_sim.reading.showing import nearest
from nspl_sim.reading.telling import sentences
from nspl_sim.vocabulary.errors import InputRefused, NsplError
from nspl_sim.vocabulary.text import Text, text

MOST_LISTED = 10


@dataclass(frozen=True)
class Order:
    """One word, what goes with it, and what it does."""

    word: Text
    takes: Text
    does: Text
    act: Callable[["Desk", str], None]
    also: Text | None = None
    """Other words for it, with spaces between."""


def take(desk: Desk, line: str) -> bool:
    """Act on *line*; return whether anything was changed. What is wrong is said, and changes nothing."""
    word, _, rest = line.strip().partition(" ")
    if not word:
        return False
    acts, asked, desk.asked = len(desk.session.log.lines), desk.asked, None
    try:
        if asked and bare(line) in heard(YES) | heard(NO):
            asked() if bare(line) in heard(YES) else desk.say(text("Nothing was done."))
        else:
            order = _order(desk, word)
            order.act(desk, word[1:] if word.startswith("+") else rest.strip())
    except InputRefused as refusal:
        for problem in sentences(refusal.problems):
            desk.say(problem)
    except NsplError as wrong:
        desk.say(wrong.message)
    return len(desk.session.log.lines) > acts


def _order(desk: Desk, word: str) -> Order:
    """Return the order that *word* stands for."""
    known = {said: order for order in ORDERS if order.also for said in heard(order.also)}
    known |= {said: order for order in ORDERS for said in heard(order.word)}
    if word[:1] == "+" and word[1:].replace(".", "", 1).isdigit():
        return known["step"]
    if bare(word) not in known:
        rule = text("{word} is no command; help shows all", word=word)
        own = [desk.language.say(order.word) for order in ORDERS]
        meant = nearest(word, own)
        raise BadOrder(text('{wrong}; did you mean "{name}"?', wrong=rule, name=meant) if meant else rule)
    return known[bare(word)]


# ------------------------------------------------------------ what each does


def _next(desk: Desk, rest: str) -> None:
    session = desk.session
    if session.is_day_over:
        return _to(desk, session.later(1))
    reserves = [session.clock.scenario(one.wall) for one in session.next if one.reserve_of]
    seconds = {one.time_s for one in session.next} | set(reserves)
    played = [s for s in seconds if s > session.now_s and session.clock.day_of(s) >= 0]
    return _to(desk, min(played, default=session.clock.to_s))


def _to(desk: Desk, to_s: int) -> None:
    if to_s < desk.session.now_s:
        raise BadOrder(text("that time has been; to go back is another command"))
    if desk.session.is_over:
        raise BadOrder(text("ENDEX has been: nothing more is played"))
    if to_s == desk.session.now_s and not desk.session.is_day_over:
        raise BadOrder(text("it is that time already"))
    desk.session.step(to_s)
    desk.where()


def _step(desk: Desk, rest: str) -> None:
    try:
        minutes = float(rest.replace(",", "."))
    except ValueError:
        minutes = 0.0
    if not 0 < minutes <= 24 * 60:
        raise BadOrder(text("say how many minutes in the room, more than 0 and at most a day"))
    _to(desk, desk.session.later(minutes))


def _show(desk: Desk, rest: str) -> None:
    one = desk.inject(rest)
    desk.say(desk.brief(one))
    for words in (one.script, one.attachment, one.expected_action, one.contingency, one.answer, one.note):
        if words:
            desk.say(f"  {words}")


def _coming(desk: Desk, rest: str) -> None:
    for one in desk.session.next[:MOST_LISTED]:
        desk.say(f"{one.scenario_time}  {desk.brief(one)}")
    if not desk.session.next:
        desk.say(text("Nothing more comes."))


def _remark(desk: Desk, rest: str) -> None:
    if not rest:
        raise BadOrder(text("say what is to be written down"))
    desk.session.remark(rest)
    echo(desk)


def _decide(desk: Desk, rest: str) -> None:
    if rest:
        desk.decide_or_ask(desk.entered(rest))
    else:
        desk.in_force()


def _undo(desk: Desk, rest: str) -> None:
    if rest:
        raise BadOrder(text("only the latest is taken back: type the word alone"))
    desk.undo()


def _new(desk: Desk, rest: str) -> None:
    session = desk.session
    lines = [line for line in session.log.lines if line["do"] == "planned"]
    found = Replanned.read(lines[-1]) if lines else Replanned((), (), (), ())
    desk.say(counts(found, desk.language))
    for said in in_full(found, session.clock, session.day, desk.language):
        desk.say(said)


def _decisions(desk: Desk, rest: str) -> None:
    path = Path(rest).expanduser()
    if not rest or not path.is_file():
        raise BadOrder(text("{file}: there is no such file", file=rest or "–"))
    desk.decide(read_decisions(path, desk.session.setup.scenario))


def _back(desk: Desk, rest: str) -> None:
    written, _, last = rest.rpartition(" ")
    is_sure = bool(written) and last.casefold() in in_all(YES)
    written = written if is_sure else rest
    to_s = desk.second(written, ahead=False)
    if to_s >= desk.session.now_s:
        raise BadOrder(text("that time has not been yet"))
    if is_sure or not (lost := falling(desk.session, to_s)):
        return _go_back(desk, to_s)
    for said in lost:
        desk.say(said)
    desk.asked = lambda: _go_back(desk, to_s)
    again = text("{word} {time} {yes}", word=_BACK, time=written, yes=YES)
    desk.say(text("To go back all the same, type {yes}, or: {again}", yes=YES, again=again))
    return None


def _go_back(desk: Desk, to_s: int) -> None:
    desk.otherwise(desk.session.back(to_s))
    desk.where()


_BACK = text("back")


def _words(desk: Desk, rest: str) -> None:
    for name, word in ENTERED.items():
        desk.say(text("{word} {how}", word=word, how=HOW[name]))
    desk.say(text("The region comes first. Behind a word, @ and a kind of unit: keeps-free@ward 3."))
    desk.say(
        text(
            "In place of a region: several with commas; all: the regions that play; nation: every region of "
            "the country, and you are asked first."
        )
    )


def _state(desk: Desk, rest: str) -> None:
    kind = desk.kind(rest) if rest else "icu"
    for line in as_lines(answers(desk.session) if kind == "icu" else beds_of(desk.session, kind)):
        desk.say(line)


def _papers(desk: Desk, rest: str) -> None:
    cards, folder = desk.language.say(text("key-cards")), desk.session.log.path.parent
    there = [end for end in WRITERS if (folder / f"{cards}.{end}").exists()]
    ends = rest.lower().replace(",", " ").split() or there or ["html"]
    for end in ends:
        if end not in WRITERS:
            raise BadOrder(text("{form} is none of {forms}", form=end, forms=", ".join(WRITERS)))
    for path in desk.papers(ends):
        desk.say(f"  {path}")
    if older := [end for end in there if end not in ends]:
        desk.say(text("Not written anew, and older now: {forms}.", forms=", ".join(older)))


def _help(desk: Desk, rest: str) -> None:
    for one in ORDERS:
        with_it = text("{word} {takes}", word=one.word, takes=one.takes) if one.takes.template else one.word
        desk.say(text("{word}: {does}", word=with_it, does=one.does))


def _quit(desk: Desk, rest: str) -> None:
    desk.is_over = True


_NOTHING: Any = Text("")
ORDERS = (
    Order(text("next"), _NOTHING, text("goes to the next inject"), _next),
    Order(text("step"), text("MINUTES"), text("goes so many minutes on in the room; also +15"), _step),
    Order(
        text("to"),
        text("TIME"),
        text("goes to 10:15 in the room, or to D+1 14:30 in the scenario"),
        lambda desk, rest: _to(desk, desk.second(rest)),
    ),
    Order(text("now"), _NOTHING, text("says what is due"), lambda desk, rest: desk.where()),
    Order(text("coming"), _NOTHING, text("says what comes"), _coming),
    Order(text("show"), text("NUMBER"), text("shows an inject"), _show),
    Order(
        text("played"),
        text("NUMBER [OUTCOME]"),
        text("marks an inject as played, or several; all: what is due now"),
        mark(PLAYED),
        also=text("played-it done"),
    ),
    Order(text("dropped"), text("NUMBER [WHY]"), text("marks an inject as dropped"), mark(DROPPED)),
    Order(text("outcome"), text("NUMBER WORDS"), text("notes what came of it"), note("outcome")),
    Order(
        text("note"),
        text("NUMBER WORDS"),
        text("notes something of an inject"),
        note("note"),
        also=text("annotate"),
    ),
    Order(text("log"), text("WORDS"), text("writes something down"), _remark),
    Order(
        text("decide"),
        text("REGION WORD VALUE"),
        text(
            "what players have decided, from now on; several with ; between; all: the regions that play; "
            "alone: what is in force"
        ),
        _decide,
    ),
    Order(
        text("undo"),
        _NOTHING,
        text("takes back the latest decisions or the latest mark, as if they had never been"),
        _undo,
    ),
    Order(text("new"), _NOTHING, text("shows all that the latest decision changed in what is to come"), _new),
    Order(text("decisions"), text("FILE"), text("the same from a file"), _decisions),
    Order(text("words"), _NOTHING, text("shows what can be decided"), _words),
    Order(
        text("beds"),
        text("[KIND]"),
        text("shows what controllers answer now of intensive care; beds ward: the beds of wards"),
        _state,
    ),
    Order(
        _BACK,
        text("TIME [yes]"),
        text("goes back; it lists what falls away and asks, notes stay"),
        _back,
    ),
    Order(
        text("papers"),
        text("[html pdf docx]"),
        text(
            "writes the exercise's papers anew, with what was noted; alone: in every format that is in the "
            "folder"
        ),
        _papers,
    ),
    Order(text("help"), _NOTHING, text("shows this"), _help),
    Order(text("quit"), _NOTHING, text("ends; the same command goes on from here"), _quit),
)
"""Every command, in the order of the help."""
