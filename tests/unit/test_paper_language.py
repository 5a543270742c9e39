"""Sentences in two languages: nested, with numbers and lists, and never in half."""

import subprocess
import sys

from nspl_sim.paper.language import Language
from nspl_sim.vocabulary.text import Text, text

SV, EN = Language("sv"), Language("en")


def test_a_sentence_and_its_parts_are_said_in_the_language() -> None:
    sentence = text("Next: {command}", command=text("today's order"))
    assert SV.say(sentence) == "Nästa steg: dagens ordning"
    assert EN.say(sentence) == "Next: today's order"


def test_values_are_written_as_the_language_writes_them() -> None:
    assert SV.value(0.5) == "0,5"
    assert EN.value(0.5) == "0.5"
    assert SV.value(True) == "ja"
    assert SV.value(("a", "b", "c")) == "a, b och c"
    assert EN.value(["a"]) == "a"
    assert SV.value(12000) == "12000"


def test_what_is_not_in_the_catalogue_stays_as_it_is() -> None:
    assert SV.say(Text("A sentence that nobody has translated: {x}", {"x": 1})).endswith(": 1")
    assert SV.say("") == ""
    assert SV.say("{braces} in a name") == "{braces} in a name"


def test_a_language_loads_without_babel_or_numpy() -> None:
    code = (
        "import sys; from nspl_sim.paper.language import Language; Language('sv').say('Deaths');"
        "print([m for m in ('babel', 'numpy', 'pydantic') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
