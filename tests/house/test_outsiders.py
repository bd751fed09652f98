"""For every address and every act: who is not named gets nothing. An address without an entry fails here.

Pages state who may open them beside their view (`for_roles`, `for_accounts`, `for_everyone`); this test reads that
list from the addresses themselves. A page with something in its address needs that thing planted in `planted`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, get_args
from urllib.parse import quote

import msgspec
import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from fristed.ground.act import CALL_SCREEN, DEVICE, FLOOR, Refusal, Role
from fristed.house.asked import _parameters
from fristed.journal.frame import ACTS, Act
from fristed.journal.models import Entry
from fristed.staff import presence
from fristed.staff.access import NOBODY, Access, access_of
from fristed.staff.devices import COOKIE
from fristed.staff.rules import POSTS
from tests.support.cast import site_file
from tests.support.planted import MARK, example, plant
from tests.support.service import PIN, Cast, enrol, make_cast, signed_in
from tests.support.tapping import tap

EVERYONE: tuple[Role, ...] = (*POSTS, DEVICE, CALL_SCREEN)


@dataclass(frozen=True)
class Address:
    """One address: its route, the names in it, and what its view declared."""

    route: str
    names: tuple[str, ...]
    view: Callable[..., Any]

    @property
    def access(self) -> Access:
        return access_of(self.view)

    def path(self, planted: dict[str, str]) -> str:
        """The address of the planted things."""
        path = self.route
        for name in self.names:
            start = path.rindex("<", 0, path.index(f"{name}>"))
            path = path[:start] + example(name, planted) + path[path.index(f"{name}>") + len(name) + 1 :]
        return "/" + path


def addresses(patterns: list[URLPattern | URLResolver] | None = None, before: str = "") -> Iterator[Address]:
    """Every address the service answers."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        else:
            yield Address(route, tuple(pattern.pattern.converters), pattern.callback)


_SHAPES: dict[Any, Any] = {int: 1, bool: True, str: "other"}
ALL = list(addresses())
GUARDED = [a for a in ALL if a.access.roles]


@pytest.fixture
def sites(database: str) -> Iterator[tuple[Cast, Cast, dict[str, str]]]:
    """Two sites; in the first, one of everything, each with a word that nobody else may see."""
    presence.forget()
    here = make_cast(site_file(slug="lantern", name=f"The Lantern {MARK}"))
    planted = plant(here)
    yield here, make_cast(site_file(slug="beacon", name="The Beacon (invented)")), planted
    presence.forget()


def browser(cast: Cast, role: Role) -> Client:
    """Someone of this role, signed in; for the devices' roles, a tablet or the call screen with nobody at it."""
    if role not in (DEVICE, CALL_SCREEN):
        return signed_in(cast, role)
    client = Client()
    client.cookies[COOKIE] = cast.token if role == DEVICE else enrol(cast, "Waiting room", CALL_SCREEN)[0]
    return client


def test_every_address_says_who_may_open_it() -> None:
    assert [a.route for a in ALL if a.access == NOBODY] == []
    assert len(GUARDED) > 5


def test_an_administrator_and_an_auditor_may_open_no_page_of_a_client() -> None:
    of_clients = [a for a in ALL if "client" in a.names or "visit" in a.names]
    assert of_clients
    assert [a.route for a in of_clients if a.access.roles & {"administrator", "auditor", "analyst"}] == []


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_gets_nothing_from_any_address(sites: tuple[Cast, Cast, dict[str, str]], method: str) -> None:
    _, _, planted = sites
    for address in ALL:
        answer = getattr(Client(), method)(address.path(planted))
        _says_nothing(answer, f"{method} {address.route} by nobody")
        if not address.access.everyone:
            assert answer.status_code in (302, 403), address.route


def test_a_role_that_is_named_gets_in(sites: tuple[Cast, Cast, dict[str, str]]) -> None:
    here, _, planted = sites
    for role in EVERYONE:
        client = browser(here, role)
        for address in GUARDED:
            if role in address.access.roles:
                answer = client.get(address.path(planted))
                assert answer.status_code != 403, f"{address.route} by {role}"
                assert not answer.headers.get("Location", "").startswith(("/sign-in/", "/turn/?", "/account/")), address


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_role_that_is_not_named_gets_nothing(sites: tuple[Cast, Cast, dict[str, str]], method: str) -> None:
    here, _, planted = sites
    for role in EVERYONE:
        client = browser(here, role)
        for address in GUARDED:
            if role in address.access.roles:
                continue
            answer = getattr(client, method)(address.path(planted))
            assert answer.status_code in (302, 403), f"{method} {address.route} by {role}: {answer.status_code}"
            _says_nothing(answer, f"{method} {address.route} by {role}", own_site=True)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_person_of_another_site_gets_nothing_of_this_one(
    sites: tuple[Cast, Cast, dict[str, str]], method: str
) -> None:
    here, there, planted = sites
    before = Entry.objects.filter(site_id=here.site).count()
    for role in EVERYONE:
        client = browser(there, role)
        for address in GUARDED:
            if role not in address.access.roles or address.route.startswith("turn/lock"):
                continue
            answer = getattr(client, method)(address.path(planted))
            _says_nothing(answer, f"{method} {address.route} by {role} of another site")
            if address.names:
                assert answer.status_code in (302, 403, 404, 405), f"{method} {address.route}: {answer.status_code}"
    assert Entry.objects.filter(site_id=here.site).count() == before


def in_turn(cast: Cast, role: Role) -> Client:
    """Someone of this role at the tablet, by name and PIN."""
    client = Client()
    client.cookies[COOKIE] = cast.token
    assert client.post("/turn/", {"worker": cast.workers[role], "pin": PIN}).status_code == 302
    return client


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_turn_opens_no_page_that_gives_power_and_every_other_of_its_role(
    sites: tuple[Cast, Cast, dict[str, str]], method: str
) -> None:
    here, _, planted = sites
    for role in sorted(FLOOR):
        client = in_turn(here, role)
        for address in GUARDED:
            if role not in address.access.roles or address.route.startswith("turn/"):
                continue
            answer = getattr(client, method)(address.path(planted))
            if address.access.signed_in:
                assert answer.status_code == 403, f"{method} {address.route} by {role} in a turn"
                assert "A PIN is not enough" in answer.content.decode()
                assert MARK not in answer.content.decode().replace(quote(address.path(planted), safe=""), "")
            elif method == "get":
                assert answer.status_code != 403, f"{address.route} by {role} in a turn"


def test_what_gives_power_or_cannot_be_undone_asks_for_a_full_sign_in() -> None:
    """Another of these is entered here; the rest of a manager's work is done in a turn."""
    assert sorted(act.name for act in ACTS.values() if act.signed_in) == [
        "people.erase",
        "people.hold",
        "people.open_identity",
        "people.release_hold",
        "room.erase_visit",
        "room.erase_words",
        "room.hold_visit",
        "staff.change_role",
        "staff.change_site_file",
        "staff.end_post",
        "staff.enrol_device",
        "staff.hire",
        "staff.invite",
        "staff.offer",
        "staff.retire_device",
        "staff.take_up",
    ]
    assert [a.route for a in GUARDED if a.access.signed_in] == [
        "posts/",
        "posts/<str:worker>/one-time/",
        "devices/",
        "people/<str:client>/forget/",
        "people/<str:client>/identity/",
        "visits/<str:visit>/forget/",
        "notes/<str:note>/forget/",
    ]


@pytest.mark.parametrize("how", [{}, {"late": True}, {"override": True, "reason": "invented"}, {"pocketed": True}])
def test_no_tap_in_a_turn_does_what_needs_a_full_sign_in(
    sites: tuple[Cast, Cast, dict[str, str]], how: dict[str, Any]
) -> None:
    here, _, planted = sites
    client = in_turn(here, "manager")
    ticket = client.get("/clock").json()["ticket"]
    needing = [act for act in ACTS.values() if act.signed_in and "manager" in act.roles]
    names = [act.name for act in needing]
    before = Entry.objects.filter(act__in=names).count()
    for act in needing:
        asked = dict(_arguments(act, planted)) | (
            {"file": msgspec.to_builtins(here.file)} if "site" in act.name else {}
        )
        sent = {"now": 0, "taps": [tap(act.name, args=asked, ticket=ticket, **how)]}
        answer = client.post("/taps", sent, content_type="application/json", headers={"Fristed-Tap": "1"})
        (said,) = answer.json()["answers"]
        if not how.get("pocketed"):
            assert said["rule"] == ("unknown_act" if act.own_page else "full_sign_in"), act.name
        assert isinstance(act(replace(here.tap("manager"), signed_in=False, late=True), **asked), Refusal), act.name
    assert Entry.objects.filter(act__in=names).count() == before


def test_every_act_refuses_every_role_it_does_not_name(sites: tuple[Cast, Cast, dict[str, str]]) -> None:
    here, _, _ = sites
    before = Entry.objects.count()
    for act in ACTS.values():
        for role in set(EVERYONE) - act.roles:
            outcome = act(here.tap(role))
            assert isinstance(outcome, Refusal), f"{act.name} by {role}"
            assert outcome.rule == "permission", f"{act.name} by {role}"
    assert Entry.objects.count() == before


def test_no_act_reaches_a_thing_of_another_site(sites: tuple[Cast, Cast, dict[str, str]]) -> None:
    """Refused; or, where care is never refused, kept without a word of the other site's thing."""
    here, there, planted = sites
    before = Entry.objects.filter(site_id=here.site).count()
    tried = 0
    for act in ACTS.values():
        asked = dict(_arguments(act, planted))
        things = set(map(str, asked.values())) & set(planted.values())
        if act.founding or not things:
            continue
        tap = there.tap(sorted(act.roles)[0])
        act(tap, **asked)
        kept = "".join(Entry.objects.filter(key=tap.key).values_list("text", flat=True))
        assert not any(thing in kept for thing in things), f"{act.name} took up a thing of another site"
        tried += 1
    assert tried > 40
    assert Entry.objects.filter(site_id=here.site).count() == before


def _arguments(act: Act[Any], planted: dict[str, str]) -> Iterator[tuple[str, Any]]:
    """Every argument an act needs, and every thing it takes: planted ones, or something of the right shape."""
    written = inspect.signature(act.body).parameters
    for name, (kind, needed) in _parameters(act).items():
        if written[name].annotation in ("Id", "Id | None"):
            yield name, example(name, planted)
        elif needed:
            choices = get_args(kind)
            yield name, choices[0] if choices and isinstance(choices[0], str) else _SHAPES.get(kind, ())


def _says_nothing(answer: HttpResponseBase, what: str, own_site: bool = False) -> None:
    """No planted word is in the answer, not even in where it sends on."""
    body = getattr(answer, "content", b"").decode()
    assert MARK not in body, what
    assert MARK not in answer.headers.get("Location", ""), what
