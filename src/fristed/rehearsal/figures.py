"""The numbers of a room file: each with its source. "assumed" is how the source of an unpublished number begins."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

Source = Annotated[str, Meta(min_length=4)]


class Part(Struct, frozen=True, forbid_unknown_fields=True):
    """A table of the file; an unknown key in it is refused."""


class Figure(Part, frozen=True):
    """One number."""

    value: Annotated[float, Meta(ge=0)]
    source: Source


class Curve(Part, frozen=True):
    """Weights in order: hours from the opening on, or weekdays from Monday."""

    values: tuple[Annotated[float, Meta(ge=0)], ...]
    source: Source


class Mix(Part, frozen=True):
    """Weights by name."""

    parts: dict[str, Annotated[float, Meta(ge=0)]]
    source: Source
