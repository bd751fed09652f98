"""A full sign-in needs a second factor: an authenticator app or a passkey, in a real browser."""

from __future__ import annotations

import hashlib
import hmac
import struct
import time
from base64 import b32decode
from collections.abc import Iterator
from pathlib import Path

import pytest
from allauth.core.context import request_context
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.test import RequestFactory
from playwright.sync_api import Page, expect

from fristed.ground.act import MANAGER
from fristed.ground.moments import MINUTE
from fristed.journal.models import Entry
from fristed.staff.forms import CodeAgainForm, CodeForm
from fristed.staff.models import Account, Worker
from tests.support.service import PASSWORD, Service, make_cast, start


@pytest.fixture
def strict(database: str, tmp_path: Path) -> Iterator[Service]:
    """A service that demands a second factor, as production does."""
    started = start(tmp_path, make_cast(), database, second_factor=True)
    yield started
    assert started.end() == 0


def code_of(secret: str) -> str:
    """What an authenticator app shows now (RFC 6238)."""
    digest = hmac.digest(b32decode(secret), struct.pack(">Q", int(time.time()) // 30), hashlib.sha1)
    offset = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def give_password(page: Page, service: Service, name: str = "manager") -> None:
    page.goto(f"{service.url}/sign-in/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page: Page, service: Service) -> None:
    page.goto(f"{service.url}/account/")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()


def virtual_authenticator(page: Page) -> None:
    """A built-in authenticator of the browser, which says yes to every touch."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_without_a_second_factor_nobody_gets_further_than_setting_one_up(strict: Service, page: Page) -> None:
    give_password(page, strict)
    expect(page.get_by_text("Before you can work here")).to_be_visible()
    page.goto(f"{strict.url}/posts/")
    expect(page.get_by_role("heading", name="How you sign in")).to_be_visible()


def test_where_no_alarm_may_be_heard_the_page_asks_for_none_and_is_not_cut_off(strict: Service, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{strict.url}/sign-in/")
    page.wait_for_timeout(5000)
    assert any(url.endswith("/clock") for url in asked)
    assert not [url for url in asked if "/alarms" in url]
    expect(page.locator("#band-offline")).to_be_hidden()


def test_an_authenticator_app_is_set_up_and_then_asked_for(strict: Service, page: Page) -> None:
    give_password(page, strict)
    page.get_by_role("link", name="Set up an app").click()
    secret = page.locator("#secret").inner_text()
    page.get_by_label("Authenticator code").fill(code_of(secret))
    page.get_by_role("button", name="Use this app").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    page.goto(f"{strict.url}/posts/")
    expect(page.get_by_role("heading", name="Posts")).to_be_visible()

    sign_out(page, strict)
    give_password(page, strict)
    page.goto(f"{strict.url}/posts/")
    expect(page.get_by_role("heading", name="Your second factor")).to_be_visible()
    code = code_of(secret)
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda address: "/sign-in/" not in address)
    page.goto(f"{strict.url}/posts/")
    expect(page.get_by_role("heading", name="Posts")).to_be_visible()


def test_a_code_opens_once_also_after_the_library_has_forgotten_it(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = Account.objects.get(pk=make_cast().accounts[MANAGER])
    secret = generate_totp_secret()
    monkeypatch.setattr(TOTP, "_mark_code_used", lambda *_: True)
    with request_context(RequestFactory().post("/sign-in/")):
        TOTP.activate(user, secret)
        first, again, elsewhere = (
            form({"code": code_of(secret)}, user=user) for form in (CodeForm, CodeForm, CodeAgainForm)
        )
        assert first.is_valid()
        assert not again.is_valid()
        assert not elsewhere.is_valid()
    assert again.errors["code"] == ["This code has been used. Wait for the next one."]


def test_a_passkey_alone_signs_someone_in(strict: Service, page: Page) -> None:
    virtual_authenticator(page)
    give_password(page, strict)
    page.get_by_role("link", name="Add a passkey").click()
    expect(page.get_by_label("It signs me in without a password")).to_be_checked()
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()

    sign_out(page, strict)
    page.goto(f"{strict.url}/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(lambda address: "/sign-in/" not in address)
    page.goto(f"{strict.url}/posts/")
    expect(page.get_by_role("heading", name="Posts")).to_be_visible()


@pytest.mark.parametrize("by", ["password", "code", "passkey"])
def test_who_changes_a_sign_in_later_shows_once_more_that_it_is_them(strict: Service, page: Page, by: str) -> None:
    virtual_authenticator(page)
    give_password(page, strict)
    page.get_by_role("link", name="Set up an app").click()
    secret = page.locator("#secret").inner_text()
    page.get_by_label("Authenticator code").fill(code_of(secret))
    page.get_by_role("button", name="Use this app").click()
    page.goto(f"{strict.url}/account/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url(lambda address: "add" not in address)
    some_time_passes()
    page.goto(f"{strict.url}/account/")
    page.get_by_role("link", name="See your codes").click()
    expect(page.get_by_role("heading", name="Is it you?")).to_be_visible()
    if by == "password":
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Go on").click()
    elif by == "code":
        page.locator("a[href*='again/code']").click()
        page.get_by_label("Code").fill(_later_code(secret))
        page.get_by_role("button", name="Go on").click()
    else:
        page.locator("a[href*='again/passkey']").click()
        page.get_by_role("button", name="Use the passkey").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()


def some_time_passes() -> None:
    """Every sign-in began a quarter of an hour ago."""
    for kept in Session.objects.all():
        store = SessionStore(kept.session_key)
        store["began"] -= 15 * MINUTE
        store.save()


def test_signing_in_and_out_and_every_change_of_it_are_facts(strict: Service, page: Page) -> None:
    virtual_authenticator(page)
    give_password(page, strict)
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    sign_out(page, strict)
    kept = list(Entry.objects.filter(act__contains="sign").order_by("seq").values_list("act", "thing"))
    changes = ["staff.change_sign_in"] * 2  # the passkey, and the recovery codes that come with it
    acts = ["staff.sign_in", *changes, "staff.sign_out"]
    assert kept == [(act, Worker.objects.get(role="manager").id) for act in acts]


def _later_code(secret: str) -> str:
    """The next code: one that was used is not taken twice."""
    time.sleep(30 - time.time() % 30)
    return code_of(secret)
