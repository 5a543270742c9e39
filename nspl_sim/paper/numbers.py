"""Numbers, intervals and dates as people write them: ``1 234,5``, ``−5,1 till −1,4``, ``kl. 06:00``.

By hand and not by Babel: two languages need a dozen words, and loading Babel takes longer than
most commands. The minus sign is U+2212 everywhere; thousands are kept together by a no-break space
in Swedish and a comma in English.
"""

import math
from datetime import datetime

MINUS = "\u2212"
NO_BREAK = "\u00a0"
MISSING = "–"

_WEEKDAYS = {
    "sv": ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = {
    "sv": (
        "januari", "februari", "mars", "april", "maj", "juni",
        "juli", "augusti", "september", "oktober", "november", "december",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip


def decimal(value: float, digits: int, language: str) -> str:
    """Return *value* with *digits* decimals; NaN is a dash."""
    if not math.isfinite(value):
        return MISSING if math.isnan(value) else ("∞" if value > 0 else MINUS + "∞")
    written = f"{abs(value):,.{digits}f}"
    if language == "sv":
        written = written.replace(",", NO_BREAK).replace(".", ",")
    is_zero = not any(c in "123456789" for c in written)
    return (MINUS if value < 0 and not is_zero else "") + written


def signed(value: float, digits: int, language: str) -> str:
    """Return a difference with its sign: ``+3,2`` or ``−3,2``."""
    written = decimal(value, digits, language)
    is_above = value > 0 and any(c in "123456789" for c in written)
    return "+" + written if is_above else written


def interval(low: float, high: float, digits: int, language: str) -> str:
    """Return ``−5,1 till −1,4`` (``−5.1 to −1.4``)."""
    if math.isnan(low) or math.isnan(high):
        return MISSING
    between = " till " if language == "sv" else " to "
    return signed(low, digits, language) + between + signed(high, digits, language)


def share(value: float, digits: int, language: str) -> str:
    """Return a share 0-1 in percent: ``34 %`` (``34%``)."""
    if math.isnan(value):
        return MISSING
    return decimal(100 * value, digits, language) + (NO_BREAK + "%" if language == "sv" else "%")


def shortest(value: float, language: str) -> str:
    """Return *value* with as few decimals as show it, six significant figures at most."""
    if not math.isfinite(value) or not 1e-4 <= abs(value) < 1e15:
        written = decimal(value, 0, language) if not value or not math.isfinite(value) else f"{value:.4g}"
        return written if language == "en" or not math.isfinite(value) else written.replace(".", ",")
    digits = 0
    while digits < 10 and float(f"{value:.{digits}f}") != float(f"{value:.6g}"):
        digits += 1
    return decimal(float(f"{value:.6g}") if digits else value, digits, language)


def digits_for(*values: float) -> int:
    """Return the decimals that a row with these *values* needs: three figures, no more."""
    largest = max((abs(v) for v in values if math.isfinite(v)), default=0.0)
    if largest >= 100:
        return 0
    return 1 if largest >= 1 or largest == 0 else min(4, 1 - math.floor(math.log10(largest)))


def in_cell(value: float, language: str) -> str:
    """Return *value* for a column of a CSV file: all its figures, nothing between thousands."""
    if math.isnan(value):
        return ""
    written = str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))
    return written.replace(".", ",") if language == "sv" else written


def moment(when: datetime, language: str) -> str:
    """Return ``söndag 1 mars 2026 kl. 06:00`` (``Sunday 1 March 2026 at 06:00``)."""
    at = "kl." if language == "sv" else "at"
    return f"{date(when, language)} {at} {when:%H:%M}"


def date(when: datetime, language: str) -> str:
    """Return ``söndag 1 mars 2026``."""
    return f"{weekday(when, language)} {when.year}"


def weekday(when: datetime, language: str) -> str:
    """Return ``söndag 1 mars``."""
    return f"{_WEEKDAYS[language][when.weekday()]} {when.day} {_MONTHS[language][when.month - 1]}"


def span(seconds: float, language: str) -> str:
    """Return how long: ``45 s``, ``3 min 20 s``, ``5 h 10 min``, ``2 d 4 h`` (``tim``, ``dygn``)."""
    units = {"sv": ("dygn", "tim", "min", "s"), "en": ("d", "h", "min", "s")}[language]
    if not math.isfinite(seconds):
        return MISSING
    rest = max(0, round(seconds))
    counts = []
    for size in (86400, 3600, 60, 1):
        count, rest = divmod(rest, size)
        counts.append(count)
    first = next((i for i, c in enumerate(counts) if c), 3)
    shown = [(c, u) for c, u in zip(counts[first : first + 2], units[first : first + 2], strict=True) if c]
    return " ".join(f"{c}{NO_BREAK}{u}" for c, u in shown or [(0, units[3])])
