"""What stands under the fields of a class in its source: the meaning of each, written once.

The schema and the reference pages say it to those who write files.
"""

import ast
import inspect
import sys
from itertools import pairwise


def described(model: type) -> dict[str, str]:
    """Return the strings that follow the fields of *model* and of what it is made from, by field."""
    told: dict[str, str] = {}
    for one in reversed(model.__mro__):
        told |= _under_fields(one)
    return told


def _under_fields(model: type) -> dict[str, str]:
    """Return the strings that follow the fields in the source of *model* itself."""
    if not model.__module__.startswith("nspl_sim."):
        return {}
    tree = ast.parse(inspect.getsource(sys.modules[model.__module__]))
    body = next((n.body for n in tree.body if isinstance(n, ast.ClassDef) and n.name == model.__name__), [])
    found = {}
    for field, told in pairwise(body):
        if (
            isinstance(field, ast.AnnAssign)
            and isinstance(field.target, ast.Name)
            and isinstance(told, ast.Expr)
            and isinstance(told.value, ast.Constant)
            and isinstance(told.value.value, str)
        ):
            found[field.target.id] = " ".join(told.value.value.split())
    return found
