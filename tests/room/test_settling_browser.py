"""What tablets do apart, settled by a person; a refusal overridden with a reason; one pocket for two tabs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from fristed.ground.ids import new_id
from fristed.journal.entry import parse
from fristed.journal.models import Entry
from fristed.room.acts import places
from fristed.room.acts.unplaced import keep_unplaced
from fristed.room.models import Consumption, Stay, Unplaced
from tests.room.served import always_open, come, late, on_the_board, served, sit
from tests.support.cast import done
from tests.support.service import Service


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def room(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A running service with people in places 1 to 3. Each test takes a place of its own."""
    with served(request, tmp_path_factory.mktemp("settling"), "settling_browser", always_open()) as service:
        for place, word in enumerate(("Robin", "Wren", "Kestrel"), 1):
            sit(service, word, place, minutes_ago=12)
        yield service


def seat_at(page: Page, visit: str, place: int) -> None:
    page.locator(f"#waiting-{visit}").get_by_role("button", name="Seat").click()
    page.locator(f"#place-{place} [data-next]").click()


def test_two_tablets_seat_one_place_and_a_person_settles_it_on_the_board(
    room: Service, browser: Browser, page: Page
) -> None:
    lark, swift = come(room, "Lark"), come(room, "Swift")
    apart = browser.new_context().new_page()
    on_the_board(room, apart)
    on_the_board(room, page)
    apart.context.set_offline(True)
    seat_at(apart, swift, 6)
    expect(apart.locator("#band-offline summary")).to_contain_text(": 1 (")
    expect(apart.locator("#choosing")).to_be_hidden()
    seat_at(page, lark, 6)
    expect(page.locator("#place-6 .word")).to_have_text("Lark")
    apart.context.set_offline(False)
    expect(apart.locator("#band-note")).to_contain_text("Need a look on the board: 1", timeout=20_000)
    expect(page.locator("#roomline")).to_contain_text("1 to settle")
    asked = page.locator("#settle .row")
    expect(asked).to_contain_text("Given twice: Swift place 6")
    expect(asked).to_contain_text("there sits Lark")
    asked.get_by_role("button", name="sits at 7").click()
    expect(page.locator("#place-7 .word")).to_have_text("Swift")
    expect(page.locator("#settle")).to_have_count(0)
    stays = {stay.visit_id: (stay.place, stay.contested) for stay in Stay.objects.filter(visit__in=[lark, swift])}
    assert stays == {lark: (6, None), swift: (7, None)}
    apart.context.close()


def test_a_tap_that_fits_nothing_waits_on_the_board_until_someone_has_dealt_with_it(room: Service, page: Page) -> None:
    on_the_board(room, page)
    before = page.locator("#place-2").bounding_box()
    tap = late(room, 3)
    kept = done(keep_unplaced(tap, act="room.finish", args=f'{{"consumption": "{new_id()}"}}', why="unknown")).thing
    row = page.locator(f"#unplaced-{kept}")
    expect(row).to_contain_text("Done using · Cem. It came late and fits nothing that is here.")
    assert page.locator("#place-2").bounding_box() == before
    page.locator("#roomline").get_by_role("link", name="1 to settle").click()
    row.get_by_role("button", name="Entered by hand").click()
    expect(page.locator("#settle")).to_have_count(0)
    assert Unplaced.objects.get(id=kept).settled_how == "entered"


def test_a_refusal_is_overridden_with_a_reason_and_the_reason_is_kept(room: Service, page: Page) -> None:
    used = Consumption.objects.get(visit=Stay.objects.get(place=3, freed=None).visit_id)
    done(places.use(late(room, 4), consumption=used.id))
    on_the_board(room, page)
    page.locator("#place-3 [data-more]").click()
    sheet = page.locator("#more")
    sheet.get_by_role("button", name="Has not used: wrong tap").click()
    expect(sheet).to_contain_text("Say why it was wrong")
    sheet.get_by_role("button", name="Do it anyway").click()
    expect(sheet).to_be_visible()  # without a reason nothing happens
    sheet.get_by_label("Why").fill("Wren used, not Kestrel")
    sheet.get_by_role("button", name="Do it anyway").click()
    expect(sheet).to_be_hidden()
    expect(page.locator("#place-3")).to_have_attribute("data-state", "preparing")
    entry = parse(Entry.objects.filter(act="room.withdraw_use").latest("seq").text)
    assert entry.flags == ("say_why",)
    assert entry.reason
    assert "Wren" not in entry.reason  # sealed under the person's key


def test_two_tabs_of_a_tablet_share_one_pocket_and_keep_the_order(room: Service, page: Page) -> None:
    on_the_board(room, page)
    other = page.context.new_page()
    other.goto(f"{room.url}/board/")
    expect(other.locator("#place-1 button.seen")).to_be_visible()
    before = Entry.objects.filter(act="room.seen_breathing").count()
    page.context.set_offline(True)
    for n in range(6):
        tab = (page, other)[n % 2]
        tab.locator(f"#place-{n % 2 + 1} button.seen").click()
        expect(tab.locator("#band-offline summary")).to_contain_text(f": {n + 1} (")
        tab.wait_for_timeout(700)  # two touches in a breath are one
    page.context.set_offline(False)
    for tab in (page, other):
        expect(tab.locator("#band-offline")).to_be_hidden(timeout=20_000)
    kept = [parse(e.text) for e in Entry.objects.filter(act="room.seen_breathing").order_by("seq")][before:]
    assert len(kept) == len({entry.key for entry in kept}) == 6
    assert [entry.happened for entry in kept] == sorted(entry.happened for entry in kept)
    assert [entry.thing for entry in kept[:2]] == [entry.thing for entry in kept[2:4]]
