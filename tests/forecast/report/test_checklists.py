"""Protocol and checklists answer every item, and point at what exists; an unanswered item fails."""

import pytest

from fristed_forecast.report.checklists import Item, missing, page, read


@pytest.mark.parametrize("name", ["odd", "cheers", "techver"])
def test_every_item_is_answered_and_points_at_what_exists(name: str) -> None:
    title, _, items = read(name)
    assert title and len(items) >= {"odd": 13, "cheers": 28, "techver": 20}[name]
    assert [wrong for item in items for wrong in missing(item)] == []
    assert all(item.topic in page(name) for item in items)


def test_an_unanswered_item_or_a_place_that_is_not_there_is_named() -> None:
    assert missing(Item("1 Title", "", ())) == ["1 Title: unanswered"]
    wrong = Item(
        "2", "said", ("fristed_forecast.verdict:nothing", "tests/forecast/none.py", "tests/forecast/test_ledger.py::no")
    )
    assert len(missing(wrong)) == 3


def test_the_protocol_lists_what_a_person_carries_and_every_module() -> None:
    text = page("odd")
    assert "`since`" in text and "`week/order.py`" in text and "`twin/year.py`" in text
