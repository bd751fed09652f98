"""What someone types at a question in the terminal: read, or asked for again with what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from ipaddress import ip_address
from typing import Any, get_args

import typer

from fristed.ground.site import CLOCK

_NAME = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*", re.IGNORECASE)


def ask(question: str, usual: Any, check: Callable[[str], Any]) -> Any:
    """The answer, as `check` reads it; asked again while that raises typer.BadParameter."""
    return typer.prompt(
        question, default=usual, value_proc=lambda said: check(str(said).strip()), show_default=usual != ""
    )


def text(most: int) -> Callable[[str], str]:
    def read(said: str) -> str:
        if not 1 <= len(said) <= most:
            raise typer.BadParameter(f"write 1 to {most} letters.")
        return said

    return read


def text_or_empty(most: int) -> Callable[[str], str]:
    return lambda said: said and text(most)(said)


def sentence_or_empty(said: str) -> str:
    """Words; an answer of digits only was meant for another question."""
    if said.isdecimal():
        raise typer.BadParameter(f"{said!r} is only digits; write a sentence, or nothing.")
    return said


def host_or_empty(said: str) -> str:
    """A name such as room.lan or an IPv4 address, by which other machines reach this one."""
    numbers = said.rpartition(".")[2].isdecimal()
    if said and not (_is_address(said) if numbers else _NAME.fullmatch(said)):
        raise typer.BadParameter(f"{said!r} is not a name such as room.lan or an address such as 192.168.1.20.")
    return said


def _is_address(said: str) -> bool:
    try:
        return not ip_address(said).is_unspecified
    except ValueError:
        return False


def whole(least: int, most: int) -> Callable[[str], int]:
    def read(said: str) -> int:
        if not (said.isascii() and said.isdigit() and least <= int(said) <= most):
            raise typer.BadParameter(f"{said!r} is not a whole number from {least} to {most}.")
        return int(said)

    return read


def whole_or_empty(least: int, most: int) -> Callable[[str], int | str]:
    return lambda said: said and whole(least, most)(said)


def one_of(accepted: Iterable[str], what: str) -> Callable[[str], str]:
    def read(said: str) -> str:
        if said not in accepted:
            raise typer.BadParameter(f"{said!r} is not {what}.")
        return said

    return read


def word_of(kind: Any) -> Callable[[str], str]:
    accepted = get_args(kind)
    return one_of(accepted, f"one of {' '.join(accepted)}")


def several_of(accepted: tuple[str, ...]) -> Callable[[str], list[str]]:
    def read(said: str) -> list[str]:
        chosen = list(dict.fromkeys(said.split()))
        wrong = [word for word in chosen if word not in accepted]
        if wrong or not chosen:
            raise typer.BadParameter(f"{' '.join(wrong) or 'nothing'!r} is not on the list: {' '.join(accepted)}.")
        return chosen

    return read


def clock(said: str) -> str:
    if not re.match(CLOCK, said):
        raise typer.BadParameter(f"{said!r} is not a time such as 09:00.")
    return said
