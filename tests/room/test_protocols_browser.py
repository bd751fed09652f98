"""A site reads an example, changes it, signs it, and is reminded by its own words; nothing reminds before or after."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from fristed.room.acts import emergency as taps
from fristed.room.queries.protocols import examples, signed
from tests.room.served import late
from tests.support.cast import done
from tests.support.service import Service


def test_a_protocol_is_changed_signed_by_name_reminds_and_is_retired(service: Service, page: Page) -> None:
    raised = done(taps.raise_emergency(late(service, 2), spot="door", kind="opioid")).thing
    service.tap_in(page, "manager")
    page.goto(service.url + "/board/")
    page.locator(".rest summary").click()
    page.get_by_role("link", name="Protocols").click()
    expect(page.locator("main")).to_contain_text("None. Nothing reminds in an emergency.")
    page.locator("summary").filter(has_text="Change it, then sign").first.click()
    form = page.locator("main form").first
    form.locator("textarea[name=say]").nth(1).fill("Look again, invented sentence.")
    form.locator("input[name=after_seconds]").nth(1).fill("60")
    form.get_by_role("button", name="Remove this reminder").nth(2).click()
    form.get_by_role("button", name="One more reminder").click()
    form.locator("textarea[name=say]").nth(2).fill("Count the breaths.")
    form.get_by_role("button", name="Sign for this site").click()  # its seconds are missing: the browser says so
    expect(page.locator("main")).to_contain_text("None. Nothing reminds")
    form.locator("input[name=after_seconds]").nth(2).fill("600")
    form.locator("[data-row]").nth(2).locator(".choices label").filter(has_text="Measured").click()
    form.get_by_role("button", name="Sign for this site").click()
    expect(page.locator("main")).to_contain_text("Signed by Dagny")
    (kept,) = signed(service.site)
    assert [p.after_seconds for p in kept.protocol.prompts] == [0, 60, 600]
    assert kept.protocol.prompts[2].answers == ("observation",)
    assert kept.protocol.source == examples()[0].source
    page.goto(f"{service.url}/board/#emergency-{raised}")
    panel = page.locator(f"#emergency-{raised}")
    expect(panel.locator(".check")).to_contain_text("Manage the airway")
    panel.locator('[data-kind="oxygen"]').click()
    expect(panel.locator(".check")).to_contain_text("Look again, invented sentence.")
    expect(panel.locator(".check [data-countdown]")).to_have_text(re.compile(r"now \+0[1-9]:"))
    page.goto(f"{service.url}/emergency/protocols/")
    page.get_by_role("button", name="Retire").click()
    expect(page.locator("main")).to_contain_text("None. Nothing reminds in an emergency.")
    page.goto(f"{service.url}/board/#emergency-{raised}")
    expect(panel.locator(".check")).to_contain_text("No protocol signed for this kind")
