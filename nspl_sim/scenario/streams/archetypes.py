"""Streams by name: what the file does not say is taken from a row of the shipped table of archetypes."""

from typing import Any

from nspl_sim.reading.refusal import wrong
from nspl_sim.reading.showing import nearest
from nspl_sim.scenario import sweden
from nspl_sim.vocabulary.text import text

_ONE_OF = ({"per_1000_per_day", "per_day"},)
"""Keys of which one that is given stands for all."""


def filled(given: Any) -> Any:
    """Return *given* with what its ``archetype`` says and it does not say itself.

    The name goes on as ``made_from``, which fills in nothing: what was set to null stays away when the
    stream is written out and read again.
    """
    name = given.get("archetype") if isinstance(given, dict) else None
    if not isinstance(name, str):
        return given
    known = sweden.casualty_archetypes()
    if name not in known:
        rule = text(
            "is no archetype of patients: {names}; what each holds is in docs/reference/scenario.md",
            names=", ".join(known),
        )
        raise wrong("archetype", rule, "archetype", suggestion=nearest(name, known))
    found = known[name]
    if given.get("kind", found["kind"]) != found["kind"]:
        rule = text("is {kind} in the archetype {name}", kind=found["kind"], name=name)
        raise wrong("kind", rule, "kind")
    own = {key: value for key, value in given.items() if key != "archetype"}
    return {**taken(name, set(own)), **own, "made_from": name}


def taken(name: str, said: set[str]) -> dict[str, Any]:
    """Return what the archetype *name* fills in where a file says the keys *said*."""
    found = sweden.casualty_archetypes().get(name, {})
    alike = {key for names in _ONE_OF if names & said for key in names}
    return {key: value for key, value in found.items() if key not in said | alike}
