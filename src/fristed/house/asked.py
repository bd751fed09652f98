"""What an act is asked, from text to the types of its signature. Errors are told per field, all at once."""

from __future__ import annotations

import inspect
from functools import cache
from typing import Any, get_type_hints

import msgspec
from django.utils.translation import gettext as _

from fristed.journal.frame import Act

LARGEST = 2**63 - 1  # what both databases keep in an integer


class Misread(Exception):
    """What was asked cannot be understood: a sentence for each field."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(", ".join(fields))
        self.fields = fields


def parse(act: Act[Any], args: dict[str, Any]) -> dict[str, Any]:
    """The act's named arguments. Raises Misread."""
    wanted = _parameters(act)
    fields = {name: _("This page does not fit the service any more. Reload it.") for name in args.keys() - wanted}
    asked: dict[str, Any] = {}
    for name, (kind, needed) in wanted.items():
        if name not in args:
            if needed:
                fields[name] = _("Please fill this in.")
            continue
        try:
            asked[name] = msgspec.convert(_clean(args[name]), kind, strict=False)
        except (msgspec.ValidationError, OverflowError) as error:
            fields[name] = _sentence(str(error))
    if fields:
        raise Misread(fields)
    return asked


@cache
def _parameters(act: Act[Any]) -> dict[str, tuple[Any, bool]]:
    """Every parameter of an act's body but the scene: its type, and whether it must be given."""
    hints = get_type_hints(act.body, include_extras=True)
    named = list(inspect.signature(act.body).parameters.values())[1:]
    return {p.name: (hints[p.name], p.default is inspect.Parameter.empty) for p in named}


def _clean(value: Any) -> Any:
    """Without the NUL characters that no database keeps. Raises OverflowError on an integer beyond 64 bits."""
    match value:
        case str():
            return value.replace("\0", "")
        case int() if abs(value) > LARGEST:
            raise OverflowError("length")
        case list():
            return [_clean(part) for part in value]
        case dict():
            return {_clean(key): _clean(part) for key, part in value.items()}
    return value


def _sentence(error: str) -> str:
    if "Expected `int" in error:
        return _("A whole number is needed here.")
    if "Invalid enum value" in error or "Expected `bool" in error:
        return _("This is not one of the choices.")
    if "missing required field" in error:
        return _("A part of this is missing.")
    if "length" in error:
        return _("This is too long, too short or too large.")
    return _("This cannot be understood here.")
