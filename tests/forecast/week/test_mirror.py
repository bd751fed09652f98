"""A response nobody knows the sign of, turned over, turns its effect over."""

import numpy as np
import pytest

from fristed_forecast.evidence.draws import draw, mirrored
from fristed_forecast.week import counts
from fristed_forecast.week.inputs import ATTRACTION, Policy, Rates
from fristed_forecast.week.run import simulate

ARREST = Policy(arrest_target=0.05, arrest_hours=1e5)
SERVICES = Policy(hat_open=True, hat_places=50)


def change(rates: Rates, policy: Policy, first: int, width: int) -> int:
    """Paired difference of a count against doing nothing, in five years."""
    columns = slice(first, first + width)
    arm, nothing = (simulate(rates, p, 1700, 260, 6).weekly[:, columns].sum() for p in (policy, Policy()))
    return int(arm - nothing)


@pytest.mark.parametrize(
    ("field", "size", "policy", "first", "width"),
    [
        ("deter_initiation", 0.3, ARREST, counts.ENTRANTS, 1),
        ("deter_use", 0.2, ARREST, counts.OFFENDED, counts.TYPES),
        ("phi", 0.2, SERVICES, counts.ENTRANTS, 1),
        ("patrol", 0.2, Policy(style=2), counts.OFFENDED, counts.TYPES),
        ("problem", 0.2, Policy(style=3), counts.OFFENDED, counts.TYPES),
    ],
)
def test_an_effect_turns_over_with_its_sign(
    field: str, size: float, policy: Policy, first: int, width: int, rates: Rates
) -> None:
    form = ATTRACTION if field == "phi" else 0
    town = rates._replace(initiation_form=form, displaced=0.0)
    up, down = (change(Rates(**(town._asdict() | {field: x})), policy, first, width) for x in (size, -size))
    assert up > 0 > down


def test_every_draw_of_unknown_sign_is_turned_over() -> None:
    drawn = draw(3, 10)
    turned = mirrored(drawn)
    moved = {s for s in drawn if not np.array_equal(drawn[s], turned[s])}
    assert {"phi", "e_det_init", "e_det_use", "eta_T", "eta_E", "e_test", "RR_m_HAT", "m_cr_HAT"} <= moved
    assert np.allclose(turned["RR_m_HAT"] * drawn["RR_m_HAT"], 1)
    assert np.allclose(turned["phi"], -drawn["phi"])
    assert "c_burg" not in moved and "lam_HAT" not in moved
