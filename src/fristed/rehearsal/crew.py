"""The invented staff of a rehearsal: one post for every role, named as invented."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fristed.ground.act import (
    ADMINISTRATOR,
    ANALYST,
    AUDITOR,
    MANAGER,
    NURSE,
    RECEPTION,
    ROOM_WORKER,
    Role,
)
from fristed.ground.ids import Id
from fristed.ground.moments import Moment
from fristed.rehearsal.hands import Hands, OwnHands
from fristed.rehearsal.roomfile import RoomFile
from fristed.rehearsal.sitefile import site_file

NAMES: dict[Role, str] = {
    ADMINISTRATOR: "Ada Invented",
    MANAGER: "Mia Invented",
    NURSE: "Nils Invented",
    ROOM_WORKER: "Bo Invented",
    RECEPTION: "Rana Invented",
    ANALYST: "Ann Invented",
    AUDITOR: "Otto Invented",
}
PARTS: dict[Role, str] = {NURSE: "lead", ROOM_WORKER: "floor", RECEPTION: "door"}


def found(room: RoomFile, site: Id, at: Moment, accounts: Mapping[Role, int] | None = None) -> dict[Role, Id]:
    """Opens the invented site with its places and its staff. Answers the posts by role."""
    hands = OwnHands(site, {})
    hands.do(ADMINISTRATOR, "staff.found_site", at, file=site_file(room))
    crew = {role: _hire(hands, at, role, (accounts or {}).get(role)) for role in NAMES}
    OwnHands(site, crew).do(MANAGER, "room.lay_out", at)
    return crew


def begin_duty(hands: Hands, crew: Mapping[Role, Id], at: Moment) -> None:
    """Those who work today come on shift."""
    for role, part in PARTS.items():
        hands.do(NURSE, "staff.start_duty", at, worker=crew[role], part=part)


def end_duty(hands: Hands, crew: Mapping[Role, Id], at: Moment) -> None:
    """They go home."""
    for role in PARTS:
        hands.do(NURSE, "staff.end_duty", at, worker=crew[role])


def _hire(hands: Hands, at: Moment, role: Role, account: int | None) -> Id:
    asked: dict[str, Any] = {"name": NAMES[role], "role": role, "account": account}
    return hands.do(ADMINISTRATOR, "staff.hire", at, **asked)


def enrol(site: Id, crew: Mapping[Role, Id], at: Moment, name: str, credential: str) -> None:
    """A tablet belongs to the rehearsal: the one its invented staff tap on."""
    OwnHands(site, crew).do(MANAGER, "staff.enrol_device", at, name=name, kind="tablet", credential=credential)
