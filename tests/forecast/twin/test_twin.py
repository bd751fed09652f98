"""The twin is the expectation of the microsimulation, and the start is a balance."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from fristed_forecast.formulas import averted_by_full_supervision
from fristed_forecast.twin.cohort import expect
from fristed_forecast.week import counts, states
from fristed_forecast.week.inputs import Policy, Rates
from fristed_forecast.week.run import simulate

REPLICATES = 400
CHECKED = [*range(counts.PEOPLE, counts.PEOPLE + 2 * states.ROWS), counts.ENTRANTS, counts.POISONINGS,
           counts.DEATHS_POISONING, counts.DEATHS_OTHER, counts.CUSTODY_STARTS, counts.ALIVE,
           *range(counts.OFFENDED, counts.CHARGED + counts.TYPES)]  # fmt: skip


def yearly(weekly: NDArray[Any]) -> NDArray[Any]:
    return np.asarray(weekly.reshape(-1, 52, counts.COLUMNS).sum(axis=1))


def test_without_capacity_the_exact_twin_is_the_mean_in_every_row_and_year(rates: Rates) -> None:
    expected = yearly(expect(rates, Policy(), 1700, 156, exact=True))
    runs = np.stack([yearly(simulate(rates, Policy(), 1700, 156, 11, 0, k).weekly) for k in range(REPLICATES)])
    error = runs.std(axis=0, ddof=1) / np.sqrt(REPLICATES)
    for column in CHECKED:
        moved = error[:, column] > 0
        z = (runs.mean(axis=0) - expected)[moved, column] / error[moved, column]
        assert (np.abs(z) < 4).all(), counts.COLUMN_NAMES[column]
    hat = counts.PEOPLE + 2 * states.HAT
    assert expected[:, hat : hat + 2].sum() == 0


def test_merged_kinds_and_bins_stay_within_two_percent_of_the_exact_twin(rates: Rates) -> None:
    fast, exact = (yearly(expect(rates, Policy(), 1700, 104, exact=e)) for e in (False, True))
    for column in (counts.ALIVE, counts.DEATHS_POISONING, counts.OFFENDED, counts.CUSTODY_STARTS):
        assert np.allclose(fast[:, column], exact[:, column], rtol=0.02)


def test_nothing_moves_in_the_first_year_when_nothing_changes(rates: Rates) -> None:
    weekly = expect(rates, Policy(), 1700, 52, exact=True)
    for row in (states.USING, states.ONTOP, states.STABLE, states.ABSTINENT, states.LEFT, states.OCCASIONAL):
        people = weekly[:, counts.PEOPLE + 2 * row : counts.PEOPLE + 2 * row + 2].sum(axis=1)
        assert abs(people[-1] / people[0] - 1) < 0.01, states.NAMES[row]


def test_oral_treatment_covers_the_share_that_was_drawn(rates: Rates, theta: dict[str, float]) -> None:
    week = expect(rates, Policy(), 1700, 1)[0]
    people = week[counts.PEOPLE : counts.PEOPLE + 2 * states.ROWS].reshape(states.ROWS, 2).sum(axis=1)
    covered = people[[states.ONTOP, states.STABLE]].sum() / people[list(states.DEPENDENT)].sum()
    assert abs(covered - theta["cov_tx"]) < 0.01


def test_published_poisoning_rate_comes_back(rates: Rates, theta: dict[str, float]) -> None:
    year = yearly(expect(rates, Policy(), 1700, 52, exact=True))[0]
    people = year[counts.PEOPLE : counts.PEOPLE + 2 * states.ROWS].reshape(states.ROWS, 2)
    cohort = people[[states.USING, states.LEFT, states.RELEASED, states.ONTOP, states.STABLE]]
    rate = year[counts.DEATHS_POISONING] / (cohort.sum() / 52) * 100
    assert abs(rate / (theta["m_DRP"] * theta["m_sec"]) - 1) < 0.1


def test_supervising_every_injection_averts_what_the_arithmetic_says(rates: Rates, theta: dict[str, float]) -> None:
    nothing = yearly(expect(rates, Policy(), 1700, 52, exact=True))[0]
    full = Policy(rooms=True, booths=99, room_hours=168, room_full=1.0)
    everywhere = yearly(expect(rates, full, 1700, 52, exact=True))[0]
    runs = [simulate(rates, Policy(), 1700, 520, 3, 0, k).weekly.sum(axis=0) for k in range(60)]
    injectors = sum(r[counts.DEATHS_INJECTORS] for r in runs) / sum(r[counts.DEATHS_POISONING] for r in runs)
    averted = 1 - everywhere[counts.DEATHS_POISONING] / nothing[counts.DEATHS_POISONING]
    assert averted < 0.85
    assert abs(averted - averted_by_full_supervision(injectors, theta["r_room"])) < 0.03


def test_with_few_places_the_twin_overstates_occupancy_within_the_known_gap(rates: Rates) -> None:
    policy = Policy(hat_open=True, hat_places=50)
    column = counts.PEOPLE + 2 * states.HAT
    expected = expect(rates, policy, 1700, 260)[104:, column : column + 2].sum()
    mean = np.mean([simulate(rates, policy, 1700, 260, 5, 0, k).weekly[104:, column : column + 2].sum()
                    for k in range(40)])  # fmt: skip
    assert -0.05 < expected / mean - 1 < 0.16
