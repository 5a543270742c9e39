"""Errors for pydantic validators that carry their sentence untranslated.

pydantic keeps the words of a custom error and forgets its template; here the template and its
values ride along, so that :mod:`nspl_sim.reading.problems` can hand them on to be translated.
"""

from pydantic_core import PydanticCustomError

from nspl_sim.vocabulary.text import Text


def wrong(code: str, rule: Text, *at: str | int, suggestion: str | None = None) -> PydanticCustomError:
    """Return the error that *rule* is broken: a sentence that reads on after the key path.

    *at* leads from the place of the validator down to the value that is at fault.
    """
    return PydanticCustomError(code, "{rule}", {"rule": rule, "at": at, "suggestion": suggestion})


def because(code: str, reason: Text | None = None, suggestion: str | None = None) -> PydanticCustomError:
    """Return the error that a value is not what its key asks for, with the *reason* if there is more to say.

    What the key asks for is said by :mod:`nspl_sim.reading.wanted`; the reason follows a colon.
    """
    return PydanticCustomError(code, "{reason}", {"reason": reason, "suggestion": suggestion})
