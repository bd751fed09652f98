"""What is wrong in a file that someone wrote: every fault at once, each with its key, what it says, what is accepted.

The decoder judges and stops at its first fault; here it is asked again, part by part. The manual prints the same words.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, time
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Meta

_LONG = 80  # letters of a value that are said again
_UNIONS = (Union, UnionType)
_PLAIN = {
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    date: "a day such as 2025-01-13, without quotes",
}


def faults(said: Any, kind: Any, at: str = "") -> list[str]:
    """A sentence for each fault of what was read from a file; none when the decoder takes it as this type."""
    try:
        msgspec.convert(said, kind)
    except msgspec.ValidationError:
        return list(_inside(said, _sole(kind), at)) or [_fault(said, kind, at)]
    return []


def accepted(kind: Any) -> str:
    """What may be written, for people who read no types."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Annotated:
        plain, meta = parts
        return str(meta.description or (_text(meta) if plain is str else _number(_PLAIN[plain], meta)))
    if origin is Literal:
        return _any_of([f'"{word}"' for word in parts])
    if origin in _UNIONS:
        return _any_of([accepted(one) for one in parts if one is not NoneType])
    if origin is tuple:
        return f"a list, each {accepted(parts[0])}"
    if origin is dict:
        keys = "a name" if parts[0] is str else accepted(parts[0]).replace('"', "")
        return f"a table: {keys} = {accepted(parts[1])}"
    if kind in _PLAIN:
        return _PLAIN[kind]
    return f"{{{', '.join(field.name for field in msgspec.structs.fields(kind))}}}"


def unquoted(said: Any) -> str:
    """A TOML value as it was written: text in quotes, times and numbers without."""
    if isinstance(said, time):
        return said.isoformat("auto" if said.second else "minutes")
    if isinstance(said, date):
        return said.isoformat()
    text = json.dumps(said, ensure_ascii=False, default=unquoted)
    return text if len(text) <= _LONG else f"{text[:_LONG]} ..."


def _inside(said: Any, kind: Any, at: str) -> Iterator[str]:
    """The faults of a table's or a list's parts; none when it is neither, or not where one is wanted."""
    if isinstance(said, dict) and isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        yield from _of_table(said, kind, at)
    elif isinstance(said, dict) and get_origin(kind) is dict:
        keys, values = get_args(kind)
        for key, value in said.items():
            if faults(key, keys):
                yield f"{_under(at, key)}: there is no such key. The keys are: {', '.join(get_args(keys))}."
            yield from faults(value, values, _under(at, key))
    elif isinstance(said, list) and get_origin(kind) is tuple:
        for number, part in enumerate(said):
            yield from faults(part, get_args(kind)[0], f"{at}[{number}]")


def _of_table(said: dict[str, Any], kind: type[msgspec.Struct], at: str) -> Iterator[str]:
    kinds = get_type_hints(kind, include_extras=True)
    for key in (key for key in said if key not in kinds):
        yield f"{_under(at, key)}: there is no such key. The keys are: {', '.join(kinds)}."
    for field in msgspec.structs.fields(kind):
        if field.name in said:
            yield from faults(said[field.name], kinds[field.name], _under(at, field.name))
        elif field.required:
            yield f"{_under(at, field.name)} is missing: {accepted(kinds[field.name])}."


def _fault(said: Any, kind: Any, at: str) -> str:
    sentence = f"{at or 'the file'}: accepted is {accepted(kind)} (it says {unquoted(said)})."
    if isinstance(said, date | time) and not faults(unquoted(said), kind):
        return f'{sentence} Write it in quotes: "{unquoted(said)}".'
    if isinstance(said, str) and said.isdecimal() and not faults(int(said), kind):
        return f"{sentence} Write it without quotes: {said}."
    return sentence


def _sole(kind: Any) -> Any:
    """What an optional part is when it is there: a file has no way to write nothing."""
    if get_origin(kind) not in _UNIONS:
        return kind
    kinds = [one for one in get_args(kind) if one is not NoneType]
    return kinds[0] if len(kinds) == 1 else kind


def _under(at: str, key: object) -> str:
    return f"{at}.{key}" if at else str(key)


def _number(words: str, meta: Meta) -> str:
    least = "" if meta.ge is None else f" from {meta.ge}"
    return words + least + ("" if meta.le is None else f" to {meta.le}")


def _text(meta: Meta) -> str:
    if meta.max_length:
        return f"text of {meta.min_length} to {meta.max_length} letters"
    return f"text of at least {meta.min_length} letters"


def _any_of(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}" if len(words) > 1 else words[0]
