"""A decision as somebody types it: ``REGIONS WORD VALUE``, several with ``;`` between.

``Skåne, Västra Götaland planerat 3=0; utökningssteg 1``; behind a ``;`` the regions may be others.
"""

import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from nspl_sim.exercise.course.words import Words
from nspl_sim.exercise.play.decision_words import ENTERED, HOW, NOBODY, BadEntry
from nspl_sim.exercise.play.names import Names, bare, heard
from nspl_sim.exercise.play.percent import by_priority, share
from nspl_sim.exercise.setting.roles import Player
from nspl_sim.paper.language import in_all
from nspl_sim.policies.decision import LASTING
from nspl_sim.reading.showing import nearest
from nspl_sim.vocabulary.errors import Problem
from nspl_sim.vocabulary.text import Text, text

YES, NO = text("yes"), text("no")
UNITS = text("to bed beds patient patients team teams minutes hours")
"""What may be typed beside a number or a region and says nothing more; with spaces between."""
LONGEST_WORD = 3
"""A word of a decision may be typed as so many, ``tar emot högst`` for ``tar-emot-högst``."""


@dataclass(frozen=True)
class Reader:
    """Reads what is entered, in either language."""

    names: Names
    spoken: Mapping[str, str]
    """By bare word: the part of a decision."""

    @classmethod
    def of(cls, words: Words, players: Mapping[str, Player] | None = None) -> "Reader":
        """Return the reader of a scenario's names, and of what the roles call who plays."""
        spoken = {said: name for name, word in ENTERED.items() for said in (*heard(word), bare(name))}
        return cls(Names.of(words, players), spoken)

    def entries(self, written: str) -> list[dict[str, Any]]:
        """Return the regions and what they decide, as a file would hold them, without a time."""
        try:
            parts = [shlex.split(part) for part in written.split(";")]
        except ValueError as wrong:
            raise BadEntry(text("a quotation mark is missing")) from wrong
        entries: list[dict[str, Any]] = []
        regions: list[str] = []
        for part in filter(None, parts):
            begins, words = self._word(part)
            regions = self.names.regions(part[:begins]) if begins else regions
            if not regions:
                break
            entries.append({"regions": regions, "what": self._what(part[begins:], words)})
        if not entries:
            raise BadEntry(text("write REGION WORD VALUE; the words are: {words}", words=self._known()))
        return entries

    # ------------------------------------------------------------ the word

    def _word(self, parts: list[str]) -> tuple[int, int]:
        """Return where the word of a decision begins, and in how many of *parts* it stands."""
        for begins in range(len(parts)):
            for n in range(LONGEST_WORD, 0, -1):
                said = parts[begins : begins + n]
                word = "-".join(said).partition("@")[0]
                if len(said) == n and not any("@" in one for one in said[:-1]) and bare(word) in self.spoken:
                    return begins, n
        rest = parts
        while (found := self.names.leading([part.strip(",") for part in rest]))[0] is not None:
            rest = found[1]
        if rest == parts:
            self.names.regions(parts)  # the first is no region: this says so
        if not rest or "@" in parts[0]:
            raise BadEntry(text("write REGION WORD VALUE; the words are: {words}", words=self._known()))
        return len(parts) - len(rest), 1

    def _what(self, parts: list[str], words: int) -> dict[str, Any]:
        """Return one thing decided: its word, perhaps with the kind of unit behind an @, and its value."""
        word, _, kind = "-".join(parts[:words]).partition("@")
        name = self.spoken.get(bare(word))
        if name is None:
            raise self._no_word(word)
        given = self._value(name, parts[words:])
        return {"kind": self.names.kind(kind), name: given} if kind else {name: given}

    # ------------------------------------------------------------ its value

    def _value(self, name: str, given: list[str]) -> Any:
        """Return the value as a file would hold it; what cannot be is left for the check of files."""
        match name, given:
            case "lifts", _:
                return self._lifted(given) or list(LASTING)
            case _, []:
                raise self._followed(name)
            case (("asks_first" | "asks_only"), _):
                nobody = len(given) == 1 and given[0].casefold() in in_all(NOBODY)
                return [] if nobody else self.names.regions(given)
            case (("receives" | "fetches"), [word]):
                return self._yes(word)
            case "planned", _:
                return by_priority(" ".join(given))
            case "discharge_share", _:
                return share(" ".join(given))
            case (("lends" | "moves"), _):
                return self._to_another(name, given)
            case _, [value] | [value, _] if len(given) == 1 or bare(given[1]) in heard(UNITS):
                return _number(value)
            case _:
                raise self._followed(name)

    def _to_another(self, name: str, given: list[str]) -> dict[str, Any]:
        """Return to which region, and how many: ``Halland 2 1``, or ``3 patienter till Halland``."""
        numbers = [part for part in given if part.lstrip("-")[:1].isdigit()]
        to = [part for part in given if part not in numbers and bare(part) not in heard(UNITS)]
        match name, self.names.regions(to), numbers:
            case "lends", [key], [beds]:
                return {"to": key, "beds": _number(beds)}
            case "lends", [key], [beds, teams]:
                return {"to": key, "beds": _number(beds), "teams": _number(teams)}
            case "moves", [key], [patients]:
                return {"to": key, "patients": _number(patients)}
            case _:
                raise self._followed(name)

    def _lifted(self, given: list[str]) -> list[str]:
        """Return what is lifted, each word as it may be typed for a decision."""
        found, rest = [], [part for part in (word.strip(",") for word in given) if part]
        while rest:
            n = next((n for n in range(LONGEST_WORD, 0, -1) if bare("-".join(rest[:n])) in self.spoken), 0)
            if not n:
                raise self._no_word(rest[0])
            name, rest = self.spoken[bare("-".join(rest[:n]))], rest[n:]
            if name not in LASTING:
                once = text("{word} happens once: there is nothing to lift", word=self._say(ENTERED[name]))
                raise BadEntry(once)
            found.append(name)
        return found

    def _yes(self, word: str) -> Any:
        told = {w: yes for yes, said in ((True, YES), (False, NO)) for w in in_all(said)}
        if word.casefold() not in told:
            raise BadEntry(text("{given} is neither yes nor no", given=word))
        return told[word.casefold()]

    def _no_word(self, word: str) -> BadEntry:
        known = [self._say(one) for one in ENTERED.values()]
        rule = text("{word} is no word of a decision; the words are: {words}", word=word, words=self._known())
        meant = nearest(word, known)
        return BadEntry(text('{wrong}; did you mean "{name}"?', wrong=rule, name=meant) if meant else rule)

    def _followed(self, name: str) -> BadEntry:
        return BadEntry(text("{word} is followed by {how}", word=self._say(ENTERED[name]), how=HOW[name]))

    def _known(self) -> str:
        return ", ".join(self._say(word) for word in ENTERED.values())

    def _say(self, word: Text) -> str:
        return self.names.words.language.say(word)

    # ------------------------------------------------------------ what is wrong with it

    def in_words(self, problems: Sequence[Problem]) -> list[Problem]:
        """Return *problems* as they are told to who typed: the word or the region in place of the path."""
        return [self._in_words(one) for one in problems]

    def _in_words(self, problem: Problem) -> Problem:
        keys = self.names.words.scenario.region_keys
        named = next((part for part in problem.path.split(".")[2:] if part in ENTERED), "")
        values = {k: self.names.short(v) if v in keys else v for k, v in problem.rule.values.items()}
        rule = Text(problem.rule.template, values)
        if problem.got in keys:
            return replace(problem, file="", path=self.names.short(problem.got), got=None, rule=rule)
        if problem.path.endswith(".kind") and problem.got:
            return replace(problem, file="", path=problem.got, got=None, rule=rule)
        word = self._say(ENTERED[named]) if named else ""
        return replace(problem, path=word, rule=rule, file="" if word else problem.file)


def _number(written: str) -> Any:
    """Return *written* with a decimal point; the check of files says what is wrong with it."""
    return written.replace(",", ".", 1) if re.fullmatch(r"-?\d+,\d{1,2}", written) else written
