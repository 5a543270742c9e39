"""A scenario as YAML that loads back to the same scenario, with all that it extended written out."""

import io
from datetime import datetime
from typing import Any

from nspl_sim.scenario.model import Scenario


def dump_scenario(scenario: Scenario) -> str:
    """Return the YAML of *scenario*; it extends nothing and names no table."""
    return as_yaml(scenario.model_dump(mode="python", by_alias=True, exclude_none=True))


def as_yaml(content: dict[str, Any]) -> str:
    """Return plain data as YAML 1.2 in block style, keys in the order given, without anchors."""
    from ruamel.yaml import YAML

    writer = YAML(typ="rt", pure=True)
    writer.default_flow_style = False
    writer.width = 100
    writer.representer.ignore_aliases = lambda data: True
    out = io.StringIO()
    writer.dump(_writable(content), out)
    return out.getvalue()


def _writable(value: Any) -> Any:
    """Return *value* with days as text, and text that a plain style would not bring back in quotes."""
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    match value:
        case dict():
            return {_writable(key): _writable(v) for key, v in value.items()}
        case list() | tuple():
            return [_writable(v) for v in value]
        case datetime():
            return value.isoformat()
        case str() if not value.isprintable():
            return DoubleQuotedScalarString(value)
        case _:
            return value
