"""Reading positions: inheritance, and refusals that say file, key, value and range."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fristed_forecast.argument.levers import LEVERS, problem

OWN = Path(__file__).parent / "positions.toml"
WORDS = ("extends", "said", "trap")


class BadInput(ValueError):
    """Something in a file that cannot be used; the message is for the person who wrote it."""


@dataclass(frozen=True)
class Position:
    """One position in the argument."""

    name: str
    said: str
    trap: str
    levers: dict[str, Any]


def load(path: Path) -> dict[str, Any]:
    """A TOML file as tables, or a sentence about where it is broken."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise BadInput(f"{path}: there is no such file") from error
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"{path}: not readable as TOML: {error}") from error


def positions(path: Path = OWN) -> dict[str, Position]:
    """Every position of a file, inherited and checked."""
    tables = load(path)
    return {name: _position(path, tables, name) for name in tables}


def _chain(path: Path, tables: dict[str, Any], name: str) -> list[str]:
    """The position and what it extends, eldest first."""
    chain: list[str] = []
    while True:
        if name in chain:
            raise BadInput(f"{path}: [{chain[0]}] extends = {name!r}: a position cannot inherit from itself")
        if name not in tables:
            raise BadInput(f"{path}: [{chain[-1]}] extends = {name!r}: known are {', '.join(tables)}")
        chain.append(name)
        parent = tables[name].get("extends")
        if parent is None:
            return chain[::-1]
        name = parent


def _position(path: Path, tables: dict[str, Any], name: str) -> Position:
    merged: dict[str, Any] = {}
    for ancestor in _chain(path, tables, name):
        merged |= tables[ancestor]
    levers = {key: value for key, value in merged.items() if key not in WORDS}
    return checked(f"{path}: [{name}]", Position(name, merged.get("said", ""), merged.get("trap", ""), levers))


def checked(where: str, position: Position) -> Position:
    """The position, if its levers can be used; `where` begins the sentence that refuses it."""
    for key, value in position.levers.items():
        wrong = problem(key, value)
        if wrong:
            raise BadInput(f"{where} {wrong}")
    for amount, payer in (("hat_places", "hat_payer"), ("room_booths", "room_payer")):
        if position.levers.get(amount, 0) > 0 and not position.levers.get(payer):
            raise BadInput(
                f"{where} {amount} = {position.levers[amount]} but {payer} is not set: somebody must pay; "
                f"accepted are {', '.join(LEVERS[payer].choices)}"
            )
    return position
