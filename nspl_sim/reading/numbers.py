"""Kinds of value that a file may hold, and how strictly each is read.

The stated rule for text where a number belongs (the same in YAML, JSON, CSV and XLSX): plain ASCII
digits, with at most a minus before them, one decimal point and an exponent, and without zeros in
front, are read as that number; everything else is refused with the character or the ambiguity named.
What is not written as 0 may not be so small that it would become 0. Nothing is rounded and nothing is
guessed. How a refusal is worded: :mod:`nspl_sim.reading.wanted`.
"""

import math
import re
import unicodedata
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from nspl_sim.reading.refusal import because
from nspl_sim.vocabulary.text import Text, text

_PLAIN = re.compile(r"-?((0|[1-9]\d*)(\.\d*)?|\.\d+)([eE][-+]?\d{1,9})?", re.ASCII)
_WHOLE = re.compile(r"-?(0|[1-9]\d*)", re.ASCII)
_VANISHES = re.compile(r"-?[0.]*[1-9]")
"""A number that is not written as 0."""
_DECIMAL_COMMA = re.compile(r"-?\d+,\d+", re.ASCII)
_GROUPS = re.compile(r"-?[1-9]\d{0,2}(\.\d{3}|,\d{3})", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d)?)?", re.ASCII)
_MOST_DIGITS = 400
_EXACT = 2**53
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
TRUTH_WORDS = ("true", "false", "yes", "no", "on", "off", "y", "n", "ja", "nej")


def as_number(written: str) -> int | float | None:
    """Return the number that *written* plainly is, None where it is anything else."""
    if len(written) > _MOST_DIGITS:
        return None
    if _WHOLE.fullmatch(written):
        return int(written)
    found = float(written) if _PLAIN.fullmatch(written) else None
    return None if found == 0 and _VANISHES.match(written) else found


class Grouped(str):
    """A number out of a file with decimal commas whose digits also look grouped by thousands."""


def with_decimal_comma(written: str) -> str:
    """Return the number *written* in a file whose decimal sign is the comma with a decimal point.

    What may as well have been grouped by thousands is told apart: :class:`Grouped`.
    """
    if _GROUPS.fullmatch(written):
        return Grouped(written)
    return written.replace(",", ".") if _DECIMAL_COMMA.fullmatch(written) else written


def number(value: Any) -> Any:
    """Return the int or float that *value* stands for; raise with the reason when it stands for none."""
    if isinstance(value, bool):
        raise because("boolean", text("a truth value is not a number"))
    if isinstance(value, Grouped):
        value = _decimal(value)
    if isinstance(value, str):
        value = _from_text(value.strip(" \t"))
    if isinstance(value, float) and not math.isfinite(value):
        raise because("not_finite", text("it must be finite"))
    if value is None or not isinstance(value, int | float):
        raise because("not_a_number")
    return value


def _decimal(grouped: Grouped) -> str:
    """Return the number with a decimal point; refuse a point where the comma is the decimal sign."""
    if "." in grouped:
        both = {"decimal": grouped.replace(".", ","), "grouped": grouped.replace(".", "")}
        reason = text("a point may be a decimal or a thousands sign; write {decimal} or {grouped}", **both)
        raise because("ambiguous", reason)
    return grouped.replace(",", ".")


def _from_text(written: str) -> int | float:
    found = as_number(written)
    if found is not None:
        return found
    if len(written) > _MOST_DIGITS:
        raise because("too_many_digits", text("it has over {most} characters", most=_MOST_DIGITS))
    _refuse_words(written)
    _refuse_odd_characters(written)
    _refuse_separators(written)
    if re.match(r"[-+]?[\d.,]+\s*[^\W\d_]", written):
        raise because("with_unit", text("there is text after the number; the key says the unit"))
    raise because("not_a_number")


_COMMA_OR_THOUSANDS = text("a comma may be a decimal or a thousands sign; write digits and a decimal point")


def _refuse_words(written: str) -> None:
    if written.lower() in TRUTH_WORDS:
        raise because("boolean", text("a truth value is not a number"))
    if written.lower().lstrip("+-.") in ("nan", "inf", "infinity"):
        raise because("not_finite", text("it must be finite"))
    if not written:
        raise because("not_a_number", text("it is empty"))


def _refuse_odd_characters(written: str) -> None:
    """Name a character that only looks like a digit, a minus or a space."""
    for sign in written:
        if ord(sign) > 127 and unicodedata.category(sign)[0] not in "LM":
            raise because(
                "odd_character",
                text(
                    "it holds the character {code} ({name}); write plain digits, and a hyphen for minus",
                    code=f"U+{ord(sign):04X}",
                    name=unicodedata.name(sign, "?"),
                ),
                _plainly(written),
            )


def _refuse_separators(written: str) -> None:
    """Name the sign before or between digits that may mean one thing or another."""
    if written[0] == "+" and as_number(written[1:]) is not None:
        raise because("plus", text("it has a plus sign; write the digits alone"), written[1:])
    if _PLAIN.fullmatch(written):
        raise because("vanishes", text("it is so small that it would be read as 0"))
    if re.fullmatch(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?", written):
        raise because("ambiguous", _COMMA_OR_THOUSANDS)
    if re.fullmatch(r"[-+]?\d+,\d+([eE][-+]?\d+)?", written):
        reason = text("it has a decimal comma; write a decimal point here")
        raise because("decimal_comma", reason, written.replace(",", "."))
    if re.fullmatch(r"[-+]?\d{1,3}(\.\d{3})+,\d+|[-+]?\d{1,3}(\.\d{3}){2,}", written):
        reason = text("it has a sign between the digits; write them together")
        raise because("thousands", reason, written.replace(".", "").replace(",", "."))
    if re.fullmatch(r"[-+]?\d{1,3}([ ']\d{3})+(\.\d+)?|[-+]?\d+(_\d+)+(\.\d+)?", written):
        reason = text("it has a sign between the digits; write them together")
        raise because("thousands", reason, re.sub(r"[ '_]", "", written))
    if re.fullmatch(r"[-+]?0\d+(\.\d*)?", written):
        raise because("leading_zero", text("it begins with 0, which some programs read as octal"))
    if re.fullmatch(r"[-+]?0[xXoObB][0-9a-fA-F]+", written):
        raise because("not_decimal", text("it is not a decimal number; write plain digits"))


def _plainly(written: str) -> str | None:
    """Return what *written* would be with plain digits, minus and no spaces, if that is a number."""
    digits = "".join(str(unicodedata.decimal(sign, sign)) for sign in written)
    bare = re.sub(r"\s", "", digits).replace("\u2212", "-").replace("\u2013", "-")
    return bare if bare.isascii() and as_number(bare) is not None else None


def whole(value: Any) -> Any:
    """Return *value* as an int; a number with decimals is refused, never rounded."""
    if isinstance(value, Grouped):
        raise because("ambiguous", _whole_of(value))
    try:
        value = number(value)
    except PydanticCustomError as error:
        raise _only_whole(error) from None
    if isinstance(value, float):
        if abs(value) > _EXACT:
            raise because("too_large")
        if value != int(value):
            raise because("not_whole", text("nothing is rounded"))
        value = int(value)
    return value


def _whole_of(grouped: Grouped) -> Text:
    """Return why *grouped* is not read, with the only way to write it where decimals are refused."""
    digits = grouped.replace(".", "").replace(",", "")
    if "." in grouped:
        return text("a point may be a decimal or a thousands sign; write {whole}", whole=digits)
    return text("a comma may be a decimal or a thousands sign; write {whole}", whole=digits)


def _only_whole(error: PydanticCustomError) -> PydanticCustomError:
    """Return *error* without a suggestion that would be refused in turn: 48.5 for 48,5."""
    context = error.context or {}
    meant = as_number(str(context.get("suggestion")))
    if not isinstance(meant, float) or meant.is_integer():
        return error
    if error.type == "decimal_comma":
        return because("not_whole", text("nothing is rounded"))
    return because(error.type, context["reason"])


def real(value: Any) -> Any:
    """Return *value* as a finite float; there is one zero, without a sign."""
    value = number(value)
    try:
        return float(value) + 0.0
    except OverflowError:
        raise because("not_finite", text("it must be finite")) from None


def moment(value: Any) -> Any:
    """Return *value* (``2027-01-11`` or ``2027-01-11T06:00``, civil time) as a naive datetime."""
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            raise because("not_a_moment", text("there is no such day or time")) from None
    elif isinstance(value, date) and not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day)
    if not isinstance(value, datetime):
        raise because("not_a_moment")
    if value.tzinfo is not None:
        raise because("moment_with_zone", text("it must be civil time without a zone"))
    if not _FIRST_YEAR <= value.year <= _LAST_YEAR:
        reason = text("the year must be from {first} to {last}", first=_FIRST_YEAR, last=_LAST_YEAR)
        raise because("far_away", reason)
    return value


def one_line(value: str) -> str:
    """Return *value*; raise when it holds a line break or another control character."""
    for sign in value:
        if unicodedata.category(sign) == "Cc":
            raise because(
                "control_character",
                text("it holds the control character {code}", code=f"U+{ord(sign):04X}"),
            )
    return value


Whole = Annotated[int, BeforeValidator(whole), Field(ge=0, le=1_000_000)]
People = Annotated[int, BeforeValidator(whole), Field(ge=0, le=100_000_000)]
PositiveWhole = Annotated[int, BeforeValidator(whole), Field(ge=1, le=1_000_000_000)]
Seed = Annotated[int, BeforeValidator(whole), Field(ge=0, lt=2**63)]
Urgency = Annotated[int, BeforeValidator(whole), Field(ge=1, le=5)]
Priority = Annotated[int, BeforeValidator(whole), Field(ge=1, le=3)]
Real = Annotated[float, BeforeValidator(real), Field(ge=-1e12, le=1e12)]
NonNegative = Annotated[float, BeforeValidator(real), Field(ge=0, le=1e12)]
Positive = Annotated[float, BeforeValidator(real), Field(gt=0, le=1e12)]
Share = Annotated[float, BeforeValidator(real), Field(ge=0, le=1)]
Moment = Annotated[datetime, BeforeValidator(moment)]
Key = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
"""A slug: lower-case ASCII letters, digits, ``_`` and ``-``."""
Line = Annotated[str, Field(max_length=2000), AfterValidator(one_line)]
"""One line of free text."""
