"""A verdict that rests on a number whose sign nobody knows is void; one that does not stands."""

import numpy as np
import pytest

from fristed_forecast import verdict
from fristed_forecast.argument.areas import area
from fristed_forecast.argument.positions import positions
from fristed_forecast.doubt.mirror import both_ways, by_turn
from fristed_forecast.rates.structure import Structure
from fristed_forecast.runs.plan import Plan
from fristed_forecast.verdict import CANNOT_TELL, REFUTED, SUPPORTED, VOID, Claim, Rules, card, claims, holds

RULES = Rules(0.9, 0.1)
NAMES = ("do-nothing", "deterrence", "patrol-hot-spots", "hat", "prolific-first")
Sides = tuple[dict[str, dict[str, np.ndarray]], dict[str, dict[str, np.ndarray]]]  # type: ignore[type-arg, unused-ignore]


@pytest.fixture(scope="module")
def sides() -> Sides:
    chosen = tuple(positions()[name] for name in NAMES)
    return both_ways(Plan(area("durham-2014"), (1700,), chosen, (Structure(),), 12, 1, 520, 2014), 1700)


def test_an_effect_of_unknown_sign_turns_over_draw_by_draw(sides: Sides) -> None:
    for name, outcome in (("deterrence", "entrants"), ("patrol-hot-spots", "offences")):
        there, back = (arms[name][outcome] - arms["do-nothing"][outcome] for arms in sides)
        assert (np.sign(there) == -np.sign(back)).mean() > 0.9, name


def test_an_effect_of_known_sign_stays(sides: Sides) -> None:
    there, back = (arms["hat"]["public sector"] - arms["do-nothing"]["public sector"] for arms in sides)
    assert (there > 0).all() and (back > 0).all()


def test_the_twin_says_nothing_of_an_order_it_does_not_know(sides: Sides) -> None:
    assert "prolific-first" not in sides[0] and not by_turn(positions()["prolific-first"])


def test_every_claims_verdict_is_mirrored_or_void(sides: Sides) -> None:
    for claim in claims()[1]:
        if {claim.position, claim.against} <= set(sides[0]):
            first, second = verdict.turned(claim, *sides, 1700)
            for said, share in ((SUPPORTED, first), (REFUTED, 1 - first)):
                stands = holds(RULES, said, (first, second))
                assert not stands or abs((second if said == SUPPORTED else 1 - second) - 1) <= 0.1, (claim.name, share)


def test_a_verdict_that_turns_over_is_void_and_one_that_does_not_stands() -> None:
    claim = Claim("c", "p", "n", "deaths", "less", 0.0, 0.0, "", "")
    base = np.full((50, 1), 100.0)
    sure = [verdict.answer(claim, {"deaths": base - 5}, {"deaths": base}, "base", 1700)]
    assert card(RULES, claim, sure, True, (1.0, 0.0)).verdict == VOID
    assert card(RULES, claim, sure, True, (1.0, 1.0)).verdict == SUPPORTED
    assert card(RULES, claim, sure, True, None).verdict == SUPPORTED
    never = [verdict.answer(claim, {"deaths": base + 5}, {"deaths": base}, "base", 1700)]
    assert card(RULES, claim, never, True, (0.0, 1.0)).verdict == VOID
    assert card(RULES, claim, never, True, (0.0, 0.0)).verdict == REFUTED
    assert holds(RULES, CANNOT_TELL, (0.5, 0.5))
