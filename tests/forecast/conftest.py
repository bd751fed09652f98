"""One town for the forecast's tests: 1,700 dependent people at the centre of every number."""

import pytest

from fristed_forecast.evidence.draws import centre
from fristed_forecast.rates.build import build, for_people
from fristed_forecast.rates.structure import Structure
from fristed_forecast.week.inputs import Rates

PEOPLE = 1700


@pytest.fixture(scope="session")
def theta() -> dict[str, float]:
    """The central value of every number."""
    return centre()


@pytest.fixture(scope="session")
def base(theta: dict[str, float]) -> Rates:
    """Rates per dependent person."""
    return build(theta, Structure())


@pytest.fixture(scope="session")
def rates(base: Rates) -> Rates:
    """Rates of the town."""
    return for_people(base, PEOPLE)
