"""Four ways of doing nothing, and the chance that must not notice."""

import numpy as np
from numpy.typing import NDArray

from fristed_forecast.week import counts, states
from fristed_forecast.week.inputs import Policy, Rates
from fristed_forecast.week.run import Run, simulate

PEOPLE, WEEKS = 1700, 520
DOING_NOTHING = Policy()


def events(run: Run) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """Per person, by key: offences, recorded, charged, arrests, week of death, poisonings."""
    order = np.argsort(run.keys, kind="stable")
    return run.keys[order], run.persons[order][:, :6]


def same(first: Run, second: Run) -> bool:
    """Equal event by event, person by person."""
    (keys, lives), (other_keys, other_lives) = events(first), events(second)
    return np.array_equal(keys, other_keys) and np.array_equal(lives, other_lives)


def test_the_same_inputs_give_the_same_bits(rates: Rates) -> None:
    first = simulate(rates, DOING_NOTHING, PEOPLE, WEEKS, seed=1)
    second = simulate(rates, DOING_NOTHING, PEOPLE, WEEKS, seed=1)
    assert np.array_equal(first.weekly, second.weekly)
    assert same(first, second)


def test_another_replicate_gives_other_people(rates: Rates) -> None:
    first = simulate(rates, DOING_NOTHING, PEOPLE, 52, seed=1)
    assert not np.array_equal(first.weekly, simulate(rates, DOING_NOTHING, PEOPLE, 52, seed=1, replicate=1).weekly)


def test_a_service_open_with_no_places_changes_nobody(rates: Rates) -> None:
    nothing = simulate(rates, DOING_NOTHING, PEOPLE, WEEKS, seed=1)
    empty = simulate(rates, Policy(hat_open=True, hat_places=0), PEOPLE, WEEKS, seed=1)
    assert same(nothing, empty)


def test_fifty_neutral_places_change_nobody(rates: Rates) -> None:
    for replicate in range(3):
        nothing = simulate(rates, DOING_NOTHING, PEOPLE, WEEKS, seed=1, replicate=replicate)
        neutral = Policy(hat_open=True, hat_places=50, hat_neutral=True, visible=0.0)
        placed = simulate(rates, neutral, PEOPLE, WEEKS, seed=1, replicate=replicate)
        in_place = placed.weekly[:, counts.PEOPLE + 2 * states.HAT :][:, :2].sum()
        assert in_place > 0.9 * 50 * (WEEKS - 26)
        assert same(nothing, placed)


def test_a_scenario_from_week_260_is_identical_before(rates: Rates) -> None:
    nothing = simulate(rates, DOING_NOTHING, PEOPLE, WEEKS, seed=1)
    late = simulate(rates, Policy(hat_open=True, hat_places=50, start=260), PEOPLE, WEEKS, seed=1)
    assert np.array_equal(nothing.weekly[:260], late.weekly[:260])
    assert not np.array_equal(nothing.weekly[260:], late.weekly[260:])


def test_the_filter_loses_no_event(rates: Rates) -> None:
    busy = Policy(hat_open=True, hat_places=20, rooms=True, booths=4, room_hours=60, arrest_target=0.1,
                  arrest_hours=200, rehab_places=5, oral_places=700, style=3, supply_cut=0.3,
                  supply_weeks=26)  # fmt: skip
    for policy in (DOING_NOTHING, busy):
        plain = simulate(rates, policy, PEOPLE, 260, seed=3, plain=True)
        filtered = simulate(rates, policy, PEOPLE, 260, seed=3)
        assert np.array_equal(plain.weekly, filtered.weekly)
        assert np.array_equal(plain.persons, filtered.persons)
