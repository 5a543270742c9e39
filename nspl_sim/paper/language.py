"""Sentences in Swedish or English, through gettext catalogues made by ``scripts/catalogues.py``.

Source strings are English; :class:`~nspl_sim.vocabulary.text.Text` carries them up from the rooms
below, and :meth:`Language.say` puts them into words. The domain is ``messages``, which is also the
domain that click asks for its own messages in, so one catalogue serves both.
"""

import gettext
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from nspl_sim.paper import numbers
from nspl_sim.vocabulary.text import Text, text

LANGUAGES = ("sv", "en")
DOMAIN = "messages"
LOCALE = Path(__file__).parent / "locale"


@lru_cache(maxsize=len(LANGUAGES))
def _catalogue(code: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, LOCALE, [code], fallback=True)


def in_all(word: Text) -> frozenset[str]:
    """Return *word* in every language, in small letters: what people may type for it."""
    return frozenset(Language(code).say(word).casefold() for code in LANGUAGES)


@dataclass(frozen=True)
class Language:
    """One language that everything is said in."""

    code: str = "sv"

    def say(self, sentence: Text | str) -> str:
        """Return *sentence* in this language; a plain ``str`` is a template without places."""
        template = sentence.template if isinstance(sentence, Text) else sentence
        found = _catalogue(self.code).gettext(template) if template else ""
        if not isinstance(sentence, Text):
            return found
        values = {name: self.value(value) for name, value in sentence.values.items()}
        return found.format(**values)

    def value(self, value: Any) -> str:
        """Return how *value* is written inside a sentence."""
        match value:
            case Text():
                return self.say(value)
            case bool():
                return self.say(text("yes") if value else text("no"))
            case float():
                return numbers.shortest(value, self.code)
            case tuple() | list():
                return self.listing(value)
            case _:
                return str(value)

    def listing(self, values: Any) -> str:
        """Return *values* as people write a list: ``a, b och c``."""
        words = [self.value(v) for v in values]
        if len(words) < 2:
            return "".join(words)
        return self.say(text("{several} and {last}", several=", ".join(words[:-1]), last=words[-1]))

    def speak(self) -> None:
        """Let click's own messages come in this language too, in this process and those it starts."""
        os.environ["LANGUAGE"] = self.code
        gettext.bindtextdomain(DOMAIN, str(LOCALE))
        gettext.textdomain(DOMAIN)
