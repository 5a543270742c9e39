"""JSON Schema as editors know it, from what pydantic makes of a model."""

from typing import Any

DIALECT = "http://json-schema.org/draft-07/schema#"
BOUNDS = {"ge": "minimum", "gt": "exclusiveMinimum", "le": "maximum", "lt": "exclusiveMaximum"}
"""pydantic leaves its own names of bounds where a validator of ours comes before the number."""


def standard(schema: dict[str, Any]) -> dict[str, Any]:
    """Return *schema* with its dialect, and every word of it one of JSON Schema."""
    return {"$schema": DIALECT, **_standard(schema)}


def _standard(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_standard(s) for s in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {"additionalProperties": False} if "patternProperties" in schema else {}
    return closed | {BOUNDS.get(k, k): _standard(v) for k, v in schema.items()}
