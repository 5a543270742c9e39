"""The bytes of a file as text, or the reason why it is not read."""

from pathlib import Path

from nspl_sim.reading.place import Place
from nspl_sim.reading.showing import shown
from nspl_sim.vocabulary.errors import InputRefused
from nspl_sim.vocabulary.text import Text, text


def bytes_of(path: Path, most: int) -> bytes:
    """Return the content of the file at *path*; refuse one that is not there or over *most* bytes."""
    try:
        if not path.is_file():
            raise refused(shown(path), text("is not there, or is no file"))
        with path.open("rb") as file:
            content = file.read(most + 1)
    except (OSError, ValueError):
        raise refused(shown(path), text("cannot be read")) from None
    if len(content) > most:
        raise refused(
            shown(path), text("is over {size} MB; large tables belong in CSV files", size=most // 10**6)
        )
    return content


def decoded(content: bytes, file: str) -> str:
    """Return *content* as text: UTF-8, with or without a byte order mark."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        rule = text("is not UTF-8 text; save it as UTF-8 (in Excel: CSV UTF-8)")
        raise InputRefused([Place(file, line, 1).problem(rule)]) from None


def refused(file: str, rule: Text) -> InputRefused:
    """Return the refusal of a whole file."""
    return InputRefused([Place(file).problem(rule)])
