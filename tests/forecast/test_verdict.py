"""Supported, refuted, or cannot tell; and a mirrored doubt mirrors or voids the verdict."""

import numpy as np
import pytest

from fristed_forecast.runs.outcomes import interval, noise
from fristed_forecast.verdict import (
    CANNOT_TELL,
    REFUTED,
    SUPPORTED,
    UNANSWERED,
    Claim,
    Rules,
    answer,
    card,
    claims,
    wilson,
    word,
)

RULES = Rules(0.9, 0.1)
CLAIM = Claim("c", "p", "n", "deaths", "less", 1.0, 0.0, "", "")


def made(effect: float, spread: float, people: int = 1700):  # type: ignore[no-untyped-def]
    """The answer when a position changes deaths by `effect`, give or take `spread` between draws."""
    base = np.full((400, 3), 100.0)
    shift = effect + spread * np.random.default_rng(1).standard_normal((400, 1))
    return answer(CLAIM, {"deaths": base + shift}, {"deaths": base}, "base", people)


def test_a_clear_effect_is_supported_and_its_absence_refuted() -> None:
    assert word(RULES, (made(-10, 1),)) == SUPPORTED
    assert word(RULES, (made(0, 0.1),)) == REFUTED


def test_structures_that_disagree_cannot_tell() -> None:
    assert word(RULES, (made(-10, 1), made(0, 0.1))) == CANNOT_TELL
    assert word(RULES, (made(-1, 5),)) == CANNOT_TELL
    assert word(RULES, ()) == CANNOT_TELL


def test_one_structure_alone_gives_no_verdict() -> None:
    assert card(RULES, CLAIM, [made(-10, 1)], whole=False).verdict == UNANSWERED
    assert card(RULES, CLAIM, [made(-10, 1)], whole=True).verdict == SUPPORTED


def test_mirroring_a_doubt_mirrors_or_voids_the_verdict() -> None:
    for effect, spread in ((-10.0, 1.0), (-2.0, 5.0), (10.0, 1.0)):
        there, back = word(RULES, (made(effect, spread),)), word(RULES, (made(-effect, spread),))
        assert there == CANNOT_TELL == back or there != back


def test_margins_grow_with_the_number_of_people() -> None:
    assert made(-2, 0.01, people=1700).probability == 1
    assert made(-2, 0.01, people=17000).probability == 0


def test_the_monte_carlo_error_is_that_of_a_share() -> None:
    found = made(-1, 5)
    assert found.error == pytest.approx((found.probability * (1 - found.probability) / 400) ** 0.5, rel=0.01)


def test_a_claim_that_holds_in_every_draw_or_in_none_is_still_not_certain() -> None:
    for found in (made(-10, 0.1), made(10, 0.1)):
        assert found.probability in (0.0, 1.0)
        assert found.error == pytest.approx(0.5 / 401)  # the interval is 0 to 1 / (n + 1)


def test_wilsons_ends_are_where_the_score_is_one() -> None:
    for hits, of in ((0, 40), (7, 40), (20, 40), (40, 40)):
        middle, half = (hits + 0.5) / (of + 1), wilson(hits / of, of)
        for end in (middle - half, middle + half):
            assert (hits / of - end) ** 2 == pytest.approx(end * (1 - end) / of, abs=1e-12)


def test_first_order_noise_is_apart_from_the_doubt_about_numbers() -> None:
    values = np.array([[1.0, 3.0], [1.0, 3.0]])
    assert noise(values) == pytest.approx(2**0.5)
    assert interval(values) == (2.0, 2.0, 2.0)


def test_thresholds_are_those_committed() -> None:
    rules, made_claims = claims()
    assert (rules.supported, rules.refuted) == (0.9, 0.1)
    assert all(c.words and c.settles for c in made_claims)
