"""What a pydantic model asks for at a place in a file: a walk down its types.

pydantic reports where an error is by a path that also holds the tags of unions and the names of
its own validators. Walking the types tells those apart from the keys that somebody wrote.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from nspl_sim.reading.place import Loc


@dataclass(frozen=True)
class Wish:
    """A type and what was annotated to it; ``type`` is None where nothing is known."""

    type: Any
    metadata: tuple[Any, ...] = ()

    @classmethod
    def of(cls, annotation: Any, metadata: tuple[Any, ...] = ()) -> "Wish":
        """Return the wish without its wrappers; ``X | None`` asks for X."""
        origin = get_origin(annotation)
        if origin is Annotated:
            inner, *more = get_args(annotation)
            return cls.of(inner, (*_flat(more), *metadata))
        if origin in (Union, UnionType):
            members = [m for m in get_args(annotation) if m is not NoneType]
            if len(members) == 1:
                return cls.of(members[0], metadata)
        return cls(annotation, metadata)

    @classmethod
    def one_of(cls, words: tuple[str, ...]) -> "Wish":
        """Return the wish for one of *words*."""
        return cls(Literal[words])

    @property
    def members(self) -> tuple["Wish", ...]:
        """Return what a union is of; the wish itself when it is no union."""
        if get_origin(self.type) in (Union, UnionType):
            return tuple(Wish.of(m) for m in get_args(self.type) if m is not NoneType)
        return (self,)

    @property
    def model(self) -> type[BaseModel] | None:
        """Return the model asked for, if it is one."""
        return self.type if isinstance(self.type, type) and issubclass(self.type, BaseModel) else None

    @property
    def names(self) -> tuple[str, ...]:
        """Return the keys that the model has, as they are written."""
        return tuple(f.alias or name for name, f in self.model.model_fields.items()) if self.model else ()

    @property
    def words(self) -> tuple[Any, ...]:
        """Return the words that may be written, where only some may."""
        return tuple(w for m in self.members if get_origin(m.type) is Literal for w in get_args(m.type))

    @property
    def discriminator(self) -> str | None:
        """Return the key that says which member of a union is meant."""
        for mark in self.metadata:
            if isinstance(found := getattr(mark, "discriminator", None), str):
                return found
        return None

    def tags(self) -> dict[str, "Wish"]:
        """Return the members of the union by the word that chooses them."""
        key = self.discriminator
        return {word: m for m in self.members for word in m.under(key).words} if key else {}

    def under(self, key: Any) -> "Wish":
        """Return what is asked for under *key* of a mapping, or at a place in a list."""
        if self.model:
            for name, f in self.model.model_fields.items():
                if key in (name, f.alias):
                    return _of_field(f)
        arguments = get_args(self.type)
        if get_origin(self.type) is dict:
            return Wish.of(arguments[1])
        if get_origin(self.type) in (list, tuple) and arguments:
            return Wish.of(arguments[0])
        return Wish(None)


def _flat(metadata: list[Any]) -> Iterator[Any]:
    """Yield what was annotated, the constraints inside a ``Field`` too."""
    for mark in metadata:
        yield mark
        if isinstance(mark, FieldInfo):
            yield from mark.metadata


def _of_field(f: FieldInfo) -> Wish:
    return Wish.of(f.annotation, (f, *f.metadata))


@dataclass(frozen=True)
class Spot:
    """Where an error is: the keys as written, what is asked for there, and of what it is part."""

    loc: Loc
    wish: Wish
    part_of: Wish
    of_key: bool = False


def walk(model: type[BaseModel], loc: Loc) -> Spot:
    """Return the spot that pydantic's *loc* leads to in a file that *model* describes."""
    wish, part_of, keys = Wish.of(model), Wish(None), list[int | str]()
    of_key = bool(loc) and loc[-1] == "[key]"
    for step in loc[:-1] if of_key else loc:
        if step in (tags := wish.tags()):
            wish = tags[str(step)]
        elif len(wish.members) > 1:
            continue  # pydantic's name of a member
        else:
            part_of, wish = wish, wish.under(step)
            keys.append(step)
    return Spot(tuple(keys), wish, part_of, of_key)
