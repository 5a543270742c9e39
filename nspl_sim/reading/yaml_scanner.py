"""ruamel.yaml's scanner, which stops at the first anchor, alias or tag instead of taking it apart."""

from typing import Any, NoReturn

from ruamel.yaml.scanner import Scanner

from nspl_sim.vocabulary.text import Text, text


class NotPlain(Exception):
    """Something stands at ``problem_mark`` that a plain file does not have."""

    def __init__(self, mark: Any, rule: Text) -> None:
        super().__init__(str(rule))
        self.problem_mark = mark
        self.rule = rule


class PlainScanner(Scanner):
    """Scans what is read by the stated rules; a million ``!`` cost no more than one."""

    def fetch_anchor(self) -> NoReturn:
        """Refuse ``&``."""
        self._refuse(text("has an anchor or alias (& or *); write the value out instead"))

    def fetch_alias(self) -> NoReturn:
        """Refuse ``*``."""
        self.fetch_anchor()

    def fetch_tag(self) -> NoReturn:
        """Refuse ``!``."""
        self._refuse(text("has a tag (!); write the plain value"))

    def _refuse(self, rule: Text) -> NoReturn:
        raise NotPlain(self.reader.get_mark(), rule)
