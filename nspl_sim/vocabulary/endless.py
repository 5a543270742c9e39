"""Words by which people mean *without end*, or *never*; a file has one word for it at each place."""

_ENDLESS = (
    *("inf", "infinity", "infinite", "endless", "unlimited", "unbounded", "limitless", "no limit", "∞"),
    *("oändlig", "oändligt", "oändliga", "obegränsad", "obegränsat", "obegränsade", "fritt"),
)
_NEVER = (*_ENDLESS, "none", "off", "no", "not", "null", "aldrig", "ingen", "inget", "nej", "av")


def means_unlimited(written: str | None) -> bool:
    """Return whether *written* is a word for no limit, in quotes or not: ``.inf``, ``obegränsat``."""
    return _bare(written) in _ENDLESS


def means_never(written: str | None) -> bool:
    """Return whether *written* is a word for never, in quotes or not: ``aldrig``, ``.inf``."""
    return _bare(written) in _NEVER


def _bare(written: str | None) -> str:
    return (written or "").strip(" \t'\"+.").casefold()
