"""Regions and kinds of unit as people type them: with or without å, ä and ö, hyphens, the word Region."""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from nspl_sim.exercise.course.words import Words
from nspl_sim.exercise.play.decision_words import BadEntry
from nspl_sim.exercise.setting.roles import Player
from nspl_sim.paper.language import LANGUAGES, Language, in_all
from nspl_sim.paper.naming import kind_words
from nspl_sim.reading.showing import escaped, slug
from nspl_sim.vocabulary.text import Text, text

LIKE = 0.8
"""So alike a name has to be before it is thought to be meant: two in three letters is far-fetched."""
SHORTEST = 4
"""So many letters of a name may stand for it in a suggestion."""
ALL, AND = text("all"), text("and")
NATION = text("nation the-nation")
"""What people call all regions, whether they play or not; several words with spaces between."""
OFFICE = text("the office")
KINDS: dict[str, Text] = {
    "icu": text("icu icu-beds"),
    "ward": text("ward-beds ward-bed"),
    "theatre": text("theatres"),
}
"""What else people call a kind of unit; several words with spaces between."""
_ENDS = ("lan", "slan", "regionen", "sregionen")
"""What the Swedish name of a region may end in besides."""


def bare(written: str) -> str:
    """Return *written* in small letters without accents, spaces and signs: ``Västra Götaland``."""
    return slug(written).replace("_", "") or written.strip().casefold()


def heard(word: Text) -> frozenset[str]:
    """Return every word of *word* in every language, bare: what people may type for it."""
    return frozenset(bare(one) for said in in_all(word) for one in said.split())


@dataclass(frozen=True, eq=False)
class Names:
    """Finds what a name means; says what it may have meant only where that is near."""

    words: Words
    known: Mapping[str, str]
    """By bare name: the key of a region."""
    beginnings: Mapping[str, str]
    """By the bare first words of a long name, one region's alone; they count where no word follows."""
    offices: frozenset[str]
    """Bare names of the joint office."""
    kinds: Mapping[str, str]
    """By bare name: the key of a kind of unit."""
    plays: tuple[str, ...]
    """The regions that play; all, where no roles say which."""

    @classmethod
    def of(cls, words: Words, players: Mapping[str, Player] | None = None) -> "Names":
        """Return the names of a scenario's regions, and those that the roles have for who plays them."""
        known: dict[str, str] = {}
        by_name = [(name, key) for key in words.scenario.region_keys for name in _names(words, key)]
        for name, key in by_name:
            known.setdefault(bare(name), key)
        plays = {key: one for key, one in (players or {}).items()}
        for key, one in plays.items():
            if one.region:
                known.setdefault(bare(key), one.region)
        starts = {start: key for start, key in _beginnings(by_name) if start not in known}
        offices = {bare(name) for key, one in plays.items() if not one.region for name in (key, one.name)}
        offices |= {bare(name) for word in (OFFICE, text("The joint office")) for name in in_all(word)}
        kinds: dict[str, str] = {}
        for key in words.scenario.kinds:
            also = heard(KINDS[key]) if key in KINDS else frozenset[str]()
            said = {bare(Language(code).say(kind_words(key))) for code in LANGUAGES}
            kinds |= dict.fromkeys({bare(key)} | said | also, key)
        led = {one.region for one in plays.values() if one.region}
        playing = tuple(key for key in words.scenario.region_keys if not led or key in led)
        return cls(words, known, starts, frozenset(offices - set(known)), kinds, playing)

    # ------------------------------------------------------------ one

    def key(self, written: str) -> str | None:
        """Return the key of the region called *written*, if there is one."""
        name = bare(written).removeprefix("region") or bare(written)
        forms = (bare(written), name, *(name.removesuffix(end) for end in _ENDS))
        found = next((self.known[form] for form in forms if form in self.known), None)
        return found or self.beginnings.get(name)

    def region(self, written: str) -> str:
        """Return the key of the region called *written*; raise ``BadEntry`` where there is none."""
        found = self.key(written)
        if found is None:
            raise self._unknown(written)
        return found

    def kind(self, written: str) -> str:
        """Return the key of the kind of unit called *written*; another name stays as it is."""
        return self.kinds.get(bare(written), written)

    def _unknown(self, written: str) -> BadEntry:
        shown = escaped(written)
        if bare(written) in self.offices:
            rule = text("{name} cannot decide for regions: say which region has decided it", name=shown)
            return BadEntry(rule)
        rule = text("{name} is not a region of the scenario", name=shown)
        meant = self._like(written)
        return BadEntry(text('{wrong}; did you mean "{name}"?', wrong=rule, name=meant) if meant else rule)

    def _like(self, written: str) -> str | None:
        """Return the name of the region that *written* is nearly the name of, or shortens: ``Sthlm``."""
        name = bare(written)[:64]
        found = difflib.get_close_matches(name, self.known, n=1, cutoff=LIKE)
        keys = {self.known[one] for one in found or filter(lambda one: _shortens(name, one), self.known)}
        return self.short(keys.pop()) if len(keys) == 1 else None

    def short(self, key: str) -> str:
        """Return the name of the region called *key*, as the program prints it."""
        return self.words.short(self.words.scenario.region_keys.index(key))

    # ------------------------------------------------------------ several

    def regions(self, parts: Sequence[str]) -> list[str]:
        """Return the keys of regions named with commas, ``and`` or only spaces between, each once.

        ``all`` are those that play, ``the nation`` is every one.
        """
        pieces = [piece for piece in " ".join(parts).split(",") if piece.strip()]
        if len(pieces) == 1 and bare(pieces[0]) in heard(ALL):
            return list(self.plays)
        if len(pieces) == 1 and bare(pieces[0]) in heard(NATION):
            return list(self.words.scenario.region_keys)
        return list(dict.fromkeys(key for piece in pieces for key in self._of_piece(piece.split())))

    def _of_piece(self, parts: list[str]) -> Iterator[str]:
        while parts:
            found, rest = self.leading(parts)
            if found is None and parts[0].casefold() in in_all(AND):
                parts = parts[1:]
            elif found is None:
                few = self._until_known(parts)
                raise self._unknown(" ".join(parts if self._like(" ".join(parts)) else few))
            else:
                yield found
                parts = rest

    def _until_known(self, parts: list[str]) -> list[str]:
        """Return the first of *parts* that name no region; all, where no name begins behind them."""
        ends = (n for n in range(1, len(parts)) if self.leading(parts[n:])[0] is not None)
        return parts[: next(ends, len(parts))]

    def leading(self, parts: list[str]) -> tuple[str | None, list[str]]:
        """Return the region that *parts* begin with, in as many words as name one, and the rest."""
        for n in range(len(parts), 0, -1):
            found, stands_alone = self.key(" ".join(parts[:n])), not parts[n:] or parts[n][:1].isdigit()
            if found and (stands_alone or bare(" ".join(parts[:n])) not in self.beginnings):
                return found, parts[n:]
        return None, parts


def _shortens(short: str, name: str) -> bool:
    """Return whether *short* is *name* with letters left out, but not the first: ``sthlm``, ``ostgotl``."""
    left = iter(name)
    return len(short) >= SHORTEST and short[:1] == name[:1] and all(letter in left for letter in short)


def _names(words: Words, key: str) -> list[str]:
    """Return what the region called *key* is called: its key, and its name long and short."""
    found, number = [key], words.scenario.region_keys.index(key)
    for code in LANGUAGES:
        said = Words(words.scenario, Language(code))
        found += [said.short(number), said.region(number), words.scenario.region_name(key, code)]
    return found


def _beginnings(by_name: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the first words of long names that are one region's alone: ``jamtland``, ``vastra``."""
    starts: dict[str, set[str]] = {}
    for name, key in by_name:
        parts = [part for part in re.split(r"[\s_-]+", name) if part]
        parts = parts[1:] if len(parts) > 1 and bare(parts[0]) == "region" else parts
        for n in range(1, len(parts)):
            starts.setdefault(bare(" ".join(parts[:n])), set()).add(key)
    yield from ((start, key) for start, keys in starts.items() if len(keys) == 1 for key in keys)
