"""Every position runs, on draws far from the centre, in every structure."""

import pytest

from fristed_forecast.argument.levers import policy
from fristed_forecast.argument.positions import positions
from fristed_forecast.evidence.draws import draw
from fristed_forecast.rates.build import build, for_people
from fristed_forecast.rates.structure import Structure, variants
from fristed_forecast.runs.execute import one_draw
from fristed_forecast.week import counts
from fristed_forecast.week.inputs import Rates
from fristed_forecast.week.run import simulate

DRAWS = draw(2014, 6)


@pytest.fixture(scope="module")
def towns() -> list[tuple[dict[str, float], Rates]]:
    """Six towns of 400 people."""
    thetas = [one_draw(DRAWS, k) for k in range(6)]
    return [(theta, for_people(build(theta, Structure()), 400)) for theta in thetas]


@pytest.mark.parametrize("name", positions())
def test_a_position_runs_for_ten_years_with_its_books_in_order(
    name: str, towns: list[tuple[dict[str, float], Rates]]
) -> None:
    for k, (theta, rates) in enumerate(towns):
        levers = policy(positions()[name].levers, theta, 100)
        assert simulate(rates, levers, 400, 520, 2014, k).weekly[-1, counts.ALIVE] > 0


@pytest.mark.parametrize("structure", variants(), ids=lambda s: s.name())
def test_a_structure_runs_and_its_dead_and_offences_are_plausible(structure: Structure) -> None:
    theta = one_draw(DRAWS, 0)
    rates = for_people(build(theta, structure), 400)
    levers = policy(positions()["hat-and-room"].levers, theta, 100)
    years = simulate(rates, levers, 400, 520, 2014).weekly.sum(axis=0)
    deaths = years[counts.DEATHS_POISONING] + years[counts.DEATHS_OTHER]
    assert 0.002 < deaths / (years[counts.ALIVE] / 52) < 0.08
    assert years[counts.OFFENDED : counts.OFFENDED + counts.TYPES].sum() > 0
