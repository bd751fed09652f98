"""What a reader asks for becomes levers; what cannot be is brought to the nearest that can."""

from __future__ import annotations

from fristed.debate.asked import SLIDERS, read
from fristed.debate.shown import FANS, OUTCOMES, PAYERS, apart, fans, figure, rows


def test_a_fresh_page_begins_with_places_for_treatment() -> None:
    asked = read({}, ["here"])
    assert asked.area == "here" and asked.levers() == {"hat_places": 50, "hat_payer": "police"}


def test_what_is_opened_has_a_payer_and_what_is_not_is_left_out() -> None:
    asked = read(
        {"area": "there", "hat_places": "0", "room_booths": "8", "room_hours": "84", "hat_any": "on"}, ["here", "there"]
    )
    assert asked.area == "there"
    assert asked.levers() == {"room_booths": 8, "room_hours": 84, "room_payer": "public_health"}


def test_whoever_is_chosen_pays() -> None:
    asked = read({"hat_payer": "nhs", "room_booths": "4", "room_payer": "nobody"}, ["here"])
    assert asked.levers()["hat_payer"] == "nhs" and asked.levers()["room_payer"] == "public_health"


def test_a_position_brings_its_own_levers_and_sets_the_others_aside() -> None:
    known = [{"name": "prison", "levers": {"custody_ratio": 3.0}}]
    asked = read({"position": "prison", "hat_places": "50", "eligible": "12"}, ["here"], known)
    assert asked.question() == {"area": "here", "levers": {"custody_ratio": 3.0}}
    assert read({"position": "none such"}, ["here"], known).levers()["hat_places"] == 50


def test_nonsense_and_excess_in_the_address_are_brought_within_reach() -> None:
    asked = read({"area": "nowhere", "hat_places": "9999", "rehab_places": "-3", "arrest_hours": "x"}, ["here"])
    most = {slider.name: slider.most for slider in SLIDERS}
    assert asked.area == "here"
    assert asked.numbers["hat_places"] == most["hat_places"] and asked.numbers["rehab_places"] == 0
    assert read({}, []).area == ""


def test_figures_are_read_as_people_read_them() -> None:
    assert [figure(v) for v in (0.01, -3.14159, 47.2, -1234567.0)] == ["0", "−3.14", "+47.2", "−1,230,000"]


def test_a_difference_whose_interval_holds_zero_cannot_be_told() -> None:
    ends = {name: [-2.0, -1.0, 0.5, 1.0, 2.0] for name in OUTCOMES} | {"deaths": [-5.0, -4.0, -3.0, -2.0, -1.0]}
    found = {row.words: row.unclear for row in rows(ends, OUTCOMES)}
    assert found[OUTCOMES["deaths"]] is False and found[OUTCOMES["qalys"]] is True
    for high in (0.0, -0.003):  # shown as 0
        touching = rows({"deaths": [-2.0, -1.0, -1.0, -0.01, high]}, {"deaths": "Deaths"})[0]
        assert touching.unclear and not touching.same and touching.most == "−2.00 … 0"
    none = rows({name: [0.0] * 5 for name in PAYERS}, PAYERS)
    assert len(none) == len(PAYERS) and all(row.same and not row.unclear for row in none)


def test_axes_are_those_of_doing_nothing_whatever_is_moved() -> None:
    nothing = [[8.0, 9.0, 10.0, 11.0, 12.0]] * 10
    drawn = [fans({n: {"arm": arm, "nothing": nothing} for n in FANS})[0] for arm in (nothing, [[1.0] * 5] * 10)]
    assert drawn[0].top == drawn[1].top and drawn[0].nothing == drawn[1].nothing
    assert drawn[0].middle != drawn[1].middle and drawn[0].last == 10


def test_where_twin_and_people_lie_furthest_apart_is_named() -> None:
    same = {name: {"ends": [-1.0, -0.5, 0.0, 0.5, 1.0]} for name in OUTCOMES}
    other = same | {"offences": {"ends": [-9.0, -8.5, -8.0, -7.5, -7.0]}}
    assert apart({"shown": same}, {"shown": other}) == (OUTCOMES["offences"], "0", "−8.00")
