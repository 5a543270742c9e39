"""Problems as sentences, still to be translated: ``winter.yaml:11:18 regions... must be ... (got -5)``."""

from collections.abc import Sequence

from nspl_sim.vocabulary.errors import Problem
from nspl_sim.vocabulary.text import Text, text

MOST_TOLD = 20


def sentence(problem: Problem) -> Text:
    """Return where, which rule, what was got and what may have been meant, on one line."""
    start = f"{problem.place} {problem.path}".strip()
    told = text("{start} {rule}", start=start, rule=problem.rule)
    if problem.got:
        told = text("{told} (got {got})", told=told, got=problem.got)
    if problem.suggestion is not None:
        told = text("{told}; did you mean {suggestion}?", told=told, suggestion=problem.suggestion)
    return text("warning: {told}", told=told) if problem.warning else told


def sentences(problems: Sequence[Problem], most: int = MOST_TOLD) -> list[Text]:
    """Return the first *most* problems as lines, and a last line for how many more there are."""
    told = [sentence(problem) for problem in problems[:most]]
    more = max(len(problems) - most, 0) + sum(problem.more for problem in problems)
    if more:
        told.append(text("and {count} problems more", count=more))
    return told


def say(problem: Problem) -> str:
    """Return the problem in English."""
    return str(sentence(problem))


def say_all(problems: Sequence[Problem]) -> str:
    """Return the problems in English, one on a line."""
    return "\n".join(str(line) for line in sentences(problems))
