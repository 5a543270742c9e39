"""Which rule a plan uses: ``today``, or ``{rule: today, reserve: 2}``; checked against the registry.

What may be written follows from the fields of the rule's dataclass, so a new rule needs no code here.
"""

from dataclasses import MISSING, Field, dataclass, fields
from functools import cache
from typing import Any, Literal, NoReturn, get_args, get_type_hints

from pydantic import Field as PydanticField
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationError, create_model
from pydantic_core import CoreSchema, core_schema

from nspl_sim.policies.rules import REGISTRY, parameters, registered
from nspl_sim.reading.part import Lasting
from nspl_sim.reading.refusal import wrong
from nspl_sim.vocabulary.text import text


@dataclass(frozen=True)
class RuleOf:
    """Marks a field of the plan as the rule of one family: ``Annotated[SupportRule, RuleOf("support")]``."""

    family: str
    but: tuple[str, ...] = ()
    """Rules that may not stand here: those that are of a whole plan."""

    def _rules(self) -> dict[str, type]:
        return {name: rule for name, rule in registered(self.family).items() if name not in self.but}

    def read(self, value: Any) -> Any:
        """Return the rule that *value* names; raise with every parameter that is wrong."""
        rules = self._rules()
        if type(value) in rules.values():
            value = written(value)
        if isinstance(value, str):
            if value not in rules:
                _refuse("literal_error", (), value, rules)
            value = {"rule": value}
        if not isinstance(value, dict):
            raise wrong("rule", text("must be the name of a rule, or a mapping with the key rule"))
        if "rule" not in value:
            _refuse("missing", ("rule",), value, rules)
        name = value["rule"]
        if not isinstance(name, str) or name not in rules:
            _refuse("literal_error", ("rule",), name, rules)
        return _made(rules[name], {k: _fixed(v) for k, v in value.items() if k != "rule"})

    def form(self, value: Any) -> Any:
        """Return the type that says what may be written where *value* stands."""
        rules = self._rules()
        if not isinstance(value, dict):
            return Literal[tuple(rules)]
        rule = rules.get(value["rule"]) if isinstance(value.get("rule"), str) else None
        parts: dict[str, Any] = {"rule": (Literal[tuple(rules)], ...)}
        for name, inside in _rules_inside(rule).items() if rule else ():
            given = value.get(name) if isinstance(value.get(name), dict) else {}
            forms: dict[str, Any] = {key: (inside.form(one), ...) for key, one in (given or {}).items()}
            parts[name] = (create_model("Rules", __base__=Lasting, **forms), ...)
        return create_model("Rule", __base__=_form(rule) if rule else Lasting, **parts)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Read with :meth:`read`, write with :func:`written`."""
        writing = core_schema.plain_serializer_function_ser_schema(written)
        return core_schema.no_info_plain_validator_function(self.read, serialization=writing)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Return what an editor may offer: a name, or a name and its parameters."""
        rules = self._rules()
        return {"anyOf": [{"enum": list(rules)}, *(_schema(name, rule) for name, rule in rules.items())]}


def written(rule: Any) -> dict[str, Any]:
    """Return *rule* as a plan file says it, with every parameter."""
    return {"rule": rule.name, **{name: _plain(value) for name, value in parameters(rule).items()}}


def said(rule: Any) -> dict[str, Any]:
    """Return *rule* as :func:`written`, with those parameters alone that are not as they are by default."""
    plain = written(rule)
    usual = written(type(rule)()) if all(_has_default(f) for f in fields(rule)) else {}
    return {name: plain[name] for name in plain if name == "rule" or plain[name] != usual.get(name, ...)}


def _has_default(field: "Field[Any]") -> bool:
    return field.default is not MISSING or field.default_factory is not MISSING


@cache
def _form(rule: type) -> type[Lasting]:
    """Return the part of a file that holds the parameters of *rule*."""
    types = get_type_hints(rule, include_extras=True)
    parts: dict[str, Any] = {f.name: (types[f.name], _default(f)) for f in fields(rule)}
    return create_model(rule.__name__, __base__=Lasting, __doc__=rule.__doc__, **parts)


@cache
def _rules_inside(rule: type) -> dict[str, RuleOf]:
    """Return the fields of *rule* that hold rules by name, and of which family those are."""
    types = get_type_hints(rule, include_extras=True)
    marks = {
        name: getattr(get_args(one)[-1], "__metadata__", ()) for name, one in types.items() if get_args(one)
    }
    return {name: mark for name, found in marks.items() for mark in found if isinstance(mark, RuleOf)}


def _default(field: "Field[Any]") -> Any:
    if field.default_factory is not MISSING:
        return PydanticField(default_factory=field.default_factory)
    return field.default


def _made(rule: type, given: dict[Any, Any]) -> Any:
    form = _form(rule).model_validate(given)
    return rule(**{f.name: getattr(form, f.name) for f in fields(rule)})


def _fixed(value: Any) -> Any:
    """Return *value* with tuples for its lists, as the fields of rules hold them."""
    if isinstance(value, dict):
        return {k: _fixed(v) for k, v in value.items()}
    return tuple(_fixed(v) for v in value) if isinstance(value, list) else value


def _plain(value: Any) -> Any:
    """Return *value* with lists for its tuples, as files hold them; a rule inside it as it is written."""
    if type(value) in REGISTRY.values():
        return written(value)
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    return [_plain(v) for v in value] if isinstance(value, tuple) else value


def _schema(name: str, rule: type) -> dict[str, Any]:
    schema = _form(rule).model_json_schema()
    schema["properties"] = {"rule": {"const": name}, **schema.get("properties", {})}
    schema["required"] = ["rule"]
    return schema


def _refuse(error: str, place: tuple[str, ...], value: Any, rules: dict[str, type]) -> NoReturn:
    """Raise the error that pydantic itself would raise at *place*."""
    said = {"expected": ", ".join(rules)} if error == "literal_error" else {}
    raise ValidationError.from_exception_data(
        "rule", [{"type": error, "loc": place, "input": value, "ctx": said}]
    )
