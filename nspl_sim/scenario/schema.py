"""The JSON Schema of a scenario file, for editors that complete and check while one writes.

Made from the models, so it is never behind them. A file that extends another may leave out anything
and may set a key to null, so every part is there twice: whole, and as a change of another.
"""

import copy
import inspect
from collections.abc import Callable
from typing import Any

from pydantic import BaseModel

from nspl_sim.reading.described import described
from nspl_sim.reading.part import Part
from nspl_sim.scenario.model import Scenario
from nspl_sim.scenario.shipped import shipped, worlds

Schema = dict[str, Any]

_DIALECT = "http://json-schema.org/draft-07/schema#"
_BOUNDS = {"ge": "minimum", "gt": "exclusiveMinimum", "le": "maximum", "lt": "exclusiveMaximum"}
_NUMBER_IN_TEXT = r"^\s*[-+]?((0|[1-9][0-9]*)(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?\s*$"
_MOMENT = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?)?$"
_FILE = r"^[^./\\][^/\\]*\.({})$"


def scenario_schema() -> Schema:
    """Return the schema of a scenario file, the same on every call."""
    whole = Scenario.model_json_schema(by_alias=True)
    parts: dict[str, Schema] = {"Scenario": whole, **whole.pop("$defs")}
    meanings = _descriptions()
    for name, part in parts.items():
        part.pop("title", None)
        for key, schema in part["properties"].items():
            schema.pop("title", None)
            if key in meanings.get(name, {}):
                schema["description"] = meanings[name][key]
    parts = {name: _each(part, _as_written) for name, part in parts.items()}
    _named_elsewhere(parts)
    changes = {f"{name}Change": _change(part) for name, part in parts.items()}
    changes["ScenarioChange"]["required"] = ["extends"]
    return {
        "$schema": _DIALECT,
        "title": "Scenario",
        "description": inspect.getdoc(Scenario),
        "type": "object",
        "if": {"required": ["extends"]},
        "then": {"$ref": "#/$defs/ScenarioChange"},
        "else": {"$ref": "#/$defs/Scenario"},
        "$defs": {name: schema for name, schema in sorted({**parts, **changes}.items())},
    }


def _each(schema: Any, change: Callable[[Schema], Schema]) -> Any:
    """Return *schema* with *change* made to each schema in it, the innermost first."""
    if isinstance(schema, list):
        return [_each(item, change) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return change(
        {key: v if key in ("default", "const", "enum") else _each(v, change) for key, v in schema.items()}
    )


def _as_written(schema: Schema) -> Schema:
    """Return *schema* as the reader of files takes it: numbers may stand in text, days are plain."""
    schema = {_BOUNDS.get(key, key): v for key, v in schema.items() if key != "discriminator"}
    if schema.get("format") == "date-time":
        del schema["format"]
        schema["pattern"] = _MOMENT
    if "patternProperties" in schema:
        schema["additionalProperties"] = False
    if schema.get("type") in ("integer", "number") and "const" not in schema:
        outer: Schema = {key: schema.pop(key) for key in ("description", "default") if key in schema}
        return {**outer, "anyOf": [schema, {"type": "string", "pattern": _NUMBER_IN_TEXT}]}
    return schema


def _named_elsewhere(parts: dict[str, Schema]) -> None:
    """Add what the loader takes before the model sees the rest: files and archetypes that are named."""
    table = {"type": "string", "pattern": _FILE.format("csv|xlsx")}
    parts["Scenario"]["properties"] |= {
        "extends": {
            "description": "A world or scenario of the package, or a file in the same folder.",
            "anyOf": [
                {"enum": [*worlds(), *shipped()]},
                {"type": "string", "pattern": _FILE.format("yaml|yml|json")},
            ],
        },
        "region_table": {"description": "A table of the regions' figures in the same folder.", **table},
    }
    entries = parts["Scenario"]["properties"]["present"]
    described = {key: entries.pop(key) for key in ("description", "default") if key in entries}
    parts["Scenario"]["properties"]["present"] = {**described, "anyOf": [entries, table]}
    stream = parts["TableStream"]
    stream["properties"]["file"] = {"description": "A table of patients in the same folder.", **table}
    stream["required"].remove("patients")
    stream["anyOf"] = [{"required": ["patients"]}, {"required": ["file"]}]
    for name in ("Combat", "Epidemic", "HostNation", "MassCasualty", "Strikes"):
        part = parts[f"{name}Stream"]
        part["anyOf"] = [{"required": ["archetype"]}, {"required": part.pop("required")}]
    streams = parts["Scenario"]["properties"]["streams"]["patternProperties"]
    for one in streams.values():  # without a kind, which the archetype says, several fit
        one["anyOf"] = one.pop("oneOf")
    mode = parts["Mode"]
    mode["anyOf"] = [{"required": ["archetype"]}, {"required": mode.pop("required")}]


def _change(part: Schema) -> Schema:
    """Return the schema of a change of *part*: nothing is required, null removes, lists are whole."""
    part = copy.deepcopy(part)
    for key in ("required", "anyOf"):
        part.pop(key, None)
    part["properties"] = {key: _nullable(_changed(schema)) for key, schema in part["properties"].items()}
    return part


def _changed(schema: Schema) -> Schema:
    found: Schema = {}
    for key, value in schema.items():
        match key:
            case "$ref":
                found[key] = f"{value}Change"
            case "oneOf" | "anyOf":
                found["anyOf"] = [_changed(one) for one in value]
            case "patternProperties":
                found[key] = {pattern: _nullable(_changed(one)) for pattern, one in value.items()}
            case "minProperties" | "default":
                continue
            case _:
                found[key] = value
    return found


def _nullable(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _descriptions() -> dict[str, dict[str, str]]:
    """Return what stands under the fields of each model in its source, by model and key."""
    found: dict[str, dict[str, str]] = {}
    for model in _models(Part):
        told = described(model)
        aliases = {name: f.alias or name for name, f in model.model_fields.items()}
        found[model.__name__] = {aliases[name]: line for name, line in told.items() if name in aliases}
    return found


def _models(model: type[BaseModel]) -> list[type[BaseModel]]:
    return [m for sub in model.__subclasses__() for m in (sub, *_models(sub))]
