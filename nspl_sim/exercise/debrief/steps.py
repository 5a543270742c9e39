"""Extra beds that were decided: which surge step was open when, and when without the decisions."""

from collections.abc import Iterator, Sequence

from nspl_sim.exercise.course.counted import beds_of
from nspl_sim.exercise.course.words import Words
from nspl_sim.exercise.debrief.effects import Beside, Span, earliest_s
from nspl_sim.exercise.debrief.held import Held
from nspl_sim.exercise.setting.clock import ExerciseClock
from nspl_sim.system.simulate import geography
from nspl_sim.vocabulary.text import Text, text


def steps(made: Sequence[Held], beside: Beside, clock: ExerciseClock, words: Words) -> Iterator[Text]:
    """Yield what came of the surge steps that one region decided, kind by kind."""
    for kind in sorted({one.kind for one in made if one.name == "surge_steps"}):
        decided = [one for one in made if (one.name, one.kind) == ("surge_steps", kind)]
        yield from _of_kind(decided, beside, clock, words)


def _of_kind(made: Sequence[Held], beside: Beside, clock: ExerciseClock, words: Words) -> Iterator[Text]:
    region, kind, since_s = made[0].region, made[0].kind, made[0].from_s
    most, any_open = max(one.value for one in made), False
    sides = [one.steps(region, kind) for one in (beside.mine, beside.theirs)]
    beds = geography(words.scenario).surge_beds.get((region, kind), ())
    for step in sorted({*sides[0], *sides[1]}):
        mine, theirs = ([one for one in side.get(step, ()) if one[1] > since_s] for side in sides)
        if mine == theirs and (step > most or not mine):
            continue
        any_open |= bool(mine)
        yield text(
            "step {n} ({beds}) {mine}, without the decisions {theirs}",
            n=step,
            beds=beds_of(beds[step - 1], words.scenario.kinds[kind]),
            mine=_open(mine, clock),
            theirs=text("the same") if mine == theirs else _open(theirs, clock),
        )
    if most and not any_open:
        soonest = earliest_s(beside.mine.course, region, kind, since_s)
        if soonest is not None and soonest >= clock.to_s:
            yield text("the lead time lasts to {when}", when=clock.said(soonest))
        else:
            yield text("no surge step opened")


def _open(spans: Sequence[Span], clock: ExerciseClock) -> Text:
    """Return from when to when; at ENDEX what is decided is lifted."""
    if not spans:
        return text("not open")
    told = [f"{clock.said(a)}–{'ENDEX' if b >= clock.to_s else clock.said(b)}" for a, b in spans]
    return text("open {when}", when=", ".join(told))
