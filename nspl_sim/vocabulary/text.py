"""A sentence that is not yet in any language: an English template and its values."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Text:
    """One sentence, put into words by :mod:`nspl_sim.paper.language`.

    ``template`` is the English source string, with ``{name}`` places; it is also the key
    of the Swedish catalogue. ``values`` fill the places; a value may itself be a ``Text``.
    """

    template: str
    values: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the English sentence."""
        return self.template.format(**{k: str(v) for k, v in self.values.items()})


def text(template: str, **values: Any) -> Text:
    """Return the sentence *template* with *values*; the extraction keyword of the catalogues."""
    return Text(template, values)
