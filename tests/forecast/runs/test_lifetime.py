"""The people of the last week live on in the twin."""

import numpy as np
import pytest

from fristed_forecast.runs.lifetime import RATES, afterwards
from fristed_forecast.twin.cohort import AGED, ready
from fristed_forecast.week import counts, states
from fristed_forecast.week.inputs import Policy, Rates
from fristed_forecast.week.run import simulate

WEEKS = slice(counts.PEOPLE, counts.PEOPLE + 2 * states.ROWS)


def test_everybody_of_the_last_week_is_placed_and_dies_in_the_end(rates: Rates) -> None:
    run = simulate(rates, Policy(hat_open=True, hat_places=50), 1700, 104, 8)
    town = ready(rates, AGED)
    mass = town.place(run.last, 104)
    assert mass.sum() == run.weekly[-1, counts.ALIVE]
    rows = mass.sum(axis=(1, 2))
    held = run.weekly[-1, WEEKS].reshape(states.ROWS, 2).sum(axis=1)
    assert np.array_equal(rows, held)
    later = afterwards(town, mass, 104)
    deaths = later[0, counts.DEATHS_POISONING] + later[0, counts.DEATHS_OTHER]
    assert deaths == pytest.approx(mass.sum(), rel=0.01)
    assert later[0, counts.ENTRANTS] == 0 and later[0, counts.HAT_PLACES] == 0


def test_a_higher_discount_rate_leaves_less_of_the_rest_of_lives(rates: Rates) -> None:
    town = ready(rates, AGED)
    later = afterwards(town, town.mass(1000), 520)[:, WEEKS].sum(axis=1)
    assert list(RATES) == sorted(RATES)
    assert (np.diff(later) < 0).all()
