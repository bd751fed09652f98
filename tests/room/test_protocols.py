"""Protocols: nothing reminds until the site has signed, and then only reminds."""

from __future__ import annotations

from msgspec.structs import replace

from fristed.ground.act import MANAGER, RECEPTION
from fristed.ground.moments import MINUTE
from fristed.room.acts import emergency, protocols
from fristed.room.queries.board import board
from fristed.room.queries.protocols import examples, signed
from tests.room.scenes import Floor
from tests.support.cast import done, refused


def test_no_protocol_is_preset_and_an_unsigned_one_never_drives_a_prompt(database: str) -> None:
    floor = Floor()
    assert signed(floor.site) == []
    done(emergency.raise_emergency(floor.device(), spot="door", kind="opioid"))
    (shown,) = board(floor.site).emergencies
    assert shown.check is None
    assert shown.protocol == ""


def test_a_signed_protocol_reminds_in_emergencies_of_its_kind_only(database: str) -> None:
    floor = Floor()
    done(protocols.sign_protocol(floor.tap(MANAGER), protocol=examples()[0]))
    opioid = done(emergency.raise_emergency(floor.device(), spot="door", kind="opioid")).thing
    done(emergency.raise_emergency(floor.device(), spot="toilet", kind="seizure"))
    done(emergency.step(floor.device(), emergency=opioid, kind="oxygen"))
    first, second = board(floor.site).emergencies
    assert first.check is not None
    assert first.check.at == first.raised + 5 * MINUTE
    assert second.check is None


def test_signing_again_retires_the_one_before_and_retiring_ends_all_reminders(database: str) -> None:
    floor = Floor()
    first = done(protocols.sign_protocol(floor.tap(MANAGER), protocol=examples()[0])).thing
    second = done(protocols.sign_protocol(floor.tap(MANAGER), protocol=examples()[0])).thing
    assert first != second
    assert [s.id for s in signed(floor.site)] == [second]
    done(protocols.retire_protocol(floor.tap(MANAGER), protocol=second))
    assert signed(floor.site) == []


def test_reception_cannot_sign_a_protocol(database: str) -> None:
    floor = Floor()
    assert refused(protocols.sign_protocol(floor.tap(RECEPTION), protocol=examples()[0])).rule == "permission"


def test_a_protocol_for_no_kind_or_with_a_reminder_that_nothing_answers_is_not_signed(database: str) -> None:
    floor = Floor()
    example = examples()[0]
    odd = replace(example.prompts[0], answers=("prayer",))
    for wrong, rule in (
        (replace(example, kind="staff_safety"), "unknown_kind"),
        (replace(example, prompts=(odd,)), "unknown_step"),
    ):
        assert refused(protocols.sign_protocol(floor.tap(MANAGER), protocol=wrong)).rule == rule
    assert signed(floor.site) == []
