"""Numbers of different people. They are never added up: who came in January and in February is one person."""

from __future__ import annotations

from typing import Any, NoReturn


class NotAdditive(TypeError):
    """Someone tried to add up different people."""


class DifferentPeople(int):
    """How many different people a period had. Adding two of them is refused."""

    def __add__(self, other: Any) -> NoReturn:
        raise NotAdditive("Different people cannot be added up; count them again over the whole period.")

    __radd__ = __add__
