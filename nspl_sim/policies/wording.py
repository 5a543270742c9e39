"""Small pieces that the sentences of the rules share: figures and lists as they are written."""

from collections.abc import Sequence

from nspl_sim.vocabulary.text import Text, text


def plain(value: float) -> int | float:
    """Return *value* as an int where it is whole: 6 hours and not 6.0."""
    return int(value) if value == int(value) else value


def percent(share: float) -> int | float:
    """Return *share* in per cent."""
    return plain(round(100 * share, 6))


def kind_name(kind: str) -> Text | str:
    """Return the unit kind as people say it; a kind without a name of its own is its key."""
    names = {"icu": text("intensive care"), "ward": text("ward care")}
    return names.get(kind, kind)


def listed_kinds(kinds: Sequence[str]) -> Text | str:
    """Return the unit kinds as a list in a sentence."""
    return listed([kind_name(k) for k in kinds])


def listed(parts: Sequence[Text | str]) -> Text | str:
    """Return *parts* as a list in a sentence: a, b and c."""
    if len(parts) < 2:
        return parts[0] if parts else "-"
    if len(parts) == 2:
        return text("{first} and {last}", first=parts[0], last=parts[1])
    return text("{first}, {rest}", first=parts[0], rest=listed(parts[1:]))


def kept_free(reserve: int) -> Text:
    """Return what each receiver keeps."""
    if reserve == 0:
        return text("No receiver keeps a staffed bed free for its own need.")
    if reserve == 1:
        return text("Each receiver keeps one staffed bed free for its own need.")
    return text("Each receiver keeps {beds} staffed beds free for its own need.", beds=reserve)


__all__ = ["kept_free", "kind_name", "listed", "listed_kinds", "percent", "plain"]
