"""Where tiles stand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fristed.ground.site import Place
from fristed.room.rules.plan import spots

small = st.integers(0, 6)


def test_tiles_stand_where_the_places_stand_without_gaps() -> None:
    places = [Place(1, ("inject",), x=3, y=2), Place(2, ("inject",), x=9, y=2), Place(3, ("smoke",), x=3, y=7)]
    assert spots(places) == {1: (1, 1), 2: (2, 1), 3: (1, 2)}


def test_without_a_plan_places_stand_in_rows_of_four_by_number() -> None:
    places = [Place(number, ("inject",)) for number in (5, 4, 3, 2, 1)]
    assert spots(places) == {1: (1, 1), 2: (2, 1), 3: (3, 1), 4: (4, 1), 5: (1, 2)}


@given(st.lists(st.tuples(small, small), min_size=1, max_size=40))
def test_no_tile_ever_hides_another(drawn: list[tuple[int, int]]) -> None:
    places = [Place(number, ("inject",), x=x, y=y) for number, (x, y) in enumerate(drawn, 1)]
    found = spots(places)
    assert len(set(found.values())) == len(places)
    assert list(found.values()) == sorted(found.values(), key=lambda spot: (spot[1], spot[0]))
