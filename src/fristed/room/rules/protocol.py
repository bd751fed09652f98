"""A protocol for one kind of emergency: data that a site signs. It reminds; it never delays, hides or refuses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from fristed.ground.act import Objection
from fristed.ground.moments import SECOND, Moment
from fristed.room.rules.emergency import KINDS
from fristed.room.rules.severity import TREATMENT

ANSWERS = ("observation", *sorted(TREATMENT))  # what may answer a reminder, or be awaited by one


class Prompt(Struct, frozen=True, forbid_unknown_fields=True):
    """One reminder: so many seconds after the call, until something answers it.

    `answers`: the kinds of tap, or `observation`, that answer it when they come at or after its moment.
    `only_after`: the kind of tap without which it does not apply.
    """

    say: Annotated[str, Meta(min_length=1, max_length=400)]
    after_seconds: Annotated[int, Meta(ge=0, le=86_400)]
    only_after: str = ""
    answers: tuple[str, ...] = ()


class Protocol(Struct, frozen=True, forbid_unknown_fields=True):
    """What a site signs: for which kind, under which name, from which source, its reminders in order."""

    kind: str
    name: Annotated[str, Meta(min_length=1, max_length=120)]
    source: Annotated[str, Meta(min_length=1)]
    prompts: tuple[Prompt, ...]


def misworded(protocol: Protocol) -> Objection | None:
    """An objection to a protocol for a kind that nobody has, or to a reminder that nothing could answer or bring."""
    if protocol.kind not in KINDS:
        return Objection("unknown_kind", "Choose for which kind of emergency this is.", recordable=False)
    for prompt in protocol.prompts:
        if not set(prompt.answers) <= set(ANSWERS) or prompt.only_after not in ("", *ANSWERS):
            sentence = "'{say}' waits for something that no button does. Choose from the list."
            return Objection("unknown_step", sentence, recordable=False, values={"say": prompt.say[:40]})
    return None


class Deadline(Struct, frozen=True):
    """The next reminder and its moment."""

    say: str
    at: Moment


def next_check(protocol: Protocol, raised: Moment, taps: Iterable[tuple[str, Moment]]) -> Deadline | None:
    """The first reminder that nothing has answered; None when there is none left. `taps`: kind and moment of each."""
    done = tuple(taps)
    for prompt in protocol.prompts:
        due = raised + prompt.after_seconds * SECOND
        applies = not prompt.only_after or any(kind == prompt.only_after for kind, _ in done)
        if applies and not any(kind in prompt.answers and at >= due for kind, at in done):
            return Deadline(prompt.say, due)
    return None


def parse_protocol(text: str) -> Protocol:
    """A protocol from its JSON. Raises msgspec.ValidationError or DecodeError."""
    return msgspec.json.decode(text, type=Protocol)


def text_of(protocol: Protocol) -> str:
    """The canonical JSON of a protocol."""
    return msgspec.json.encode(protocol, order="sorted").decode()
