"""A scenario as YAML that loads back to the same scenario, with all that it extended written out."""

import io
from datetime import datetime
from typing import Any

from nspl_sim.scenario.model import Scenario


def dump_scenario(scenario: Scenario) -> str:
    """Return the YAML of *scenario*; it extends nothing and names no table."""
    return as_yaml(_plain(scenario.model_dump(mode="python", by_alias=True, exclude_none=True)))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(v) for key, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return value.isoformat() if isinstance(value, datetime) else value


def as_yaml(content: dict[str, Any]) -> str:
    """Return plain data as YAML 1.2 in block style, keys in the order given."""
    from ruamel.yaml import YAML

    writer = YAML(typ="safe", pure=True)
    writer.default_flow_style = False
    writer.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    writer.allow_unicode = True
    writer.width = 100
    writer.representer.ignore_aliases = lambda data: True
    out = io.StringIO()
    writer.dump(content, out)
    return out.getvalue()
