"""Every number has a source, a typed family, and draws that hang on its symbol alone."""

import math

import numpy as np
import pytest

from fristed_forecast.evidence import money
from fristed_forecast.evidence.draws import centre, draw, quantile, uniforms
from fristed_forecast.evidence.explain import explain
from fristed_forecast.evidence.fit import fit
from fristed_forecast.evidence.table import FOLDER, ROLES, numbers, read_rows
from fristed_forecast.evidence.trace import TYPED, readers, table


def test_every_published_row_is_there_with_a_source() -> None:
    published = [n for n in numbers().values() if n.file == "published.csv"]
    assert len(published) == 210
    assert all(n.source for n in numbers().values())


def test_every_row_has_a_role_and_every_prior_a_distribution() -> None:
    for number in numbers().values():
        assert number.role in ROLES
        if number.role == "prior":
            assert math.isfinite(number.a) and math.isfinite(number.b)
            assert number.value is not None


def test_symbols_are_case_sensitive() -> None:
    for cost, count in (("c_burg", "C_burg"), ("c_rob", "C_rob"), ("c_tfp", "C_tfp")):
        assert numbers()[cost].unit != numbers()[count].unit


def test_written_rules_return_the_tables_parameters() -> None:
    for number in numbers().values():
        if number.role == "prior" and number.rule not in ("stated", "fixed"):
            assert number.value is not None
            a, b = fit(number.family, number.rule, number.value, number.low, number.high)
            assert (a, b) == pytest.approx((number.a, number.b), rel=1e-4, abs=1e-9)


def test_a_prior_never_stands_as_a_silent_constant() -> None:
    assert not [n.symbol for n in numbers().values() if n.role == "prior" and n.family == "fixed"]


def test_draws_hang_on_the_symbol_and_not_on_the_number_of_draws() -> None:
    few, many = draw(7, 5), draw(7, 50)
    for symbol, values in few.items():
        assert np.array_equal(values, many[symbol][:5])
    assert not np.array_equal(uniforms(7, "c_burg", 5), uniforms(7, "C_burg", 5))


def test_drawn_medians_lie_near_the_published_values() -> None:
    middle = np.array([0.5])
    for number in numbers().values():
        if number.role == "prior" and number.family == "lognormal" and number.value is not None:
            assert quantile(number, middle)[0] == pytest.approx(number.a)


def test_shares_of_one_whole_sum_to_one() -> None:
    drawn = draw(7, 20)
    mix = tuple(symbol for symbol in numbers() if symbol.startswith("mix_"))
    assert len(mix) == 7
    for members in (("p_HAT_ABS", "p_HAT_REL", "p_HAT_MMT"), mix):
        assert sum(drawn[m] for m in members) == pytest.approx(np.ones(20))


def test_scale_and_shape_of_a_stay_are_drawn_through_its_twelve_months() -> None:
    drawn = draw(7, 400)
    at_12 = np.exp(-drawn["lam_HAT"] * 12 ** drawn["gam_HAT"])
    assert np.median(at_12) == pytest.approx(0.668, abs=0.02)
    assert abs(np.corrcoef(at_12, drawn["gam_HAT"])[0, 1]) < 0.15


def test_money_leaves_in_one_price_year_and_currency() -> None:
    assert money.to_common(100, "2022/23", "GBP") == 100
    assert money.to_common(100, "2007/08", "GBP") == pytest.approx(100 * 100 / 72)
    with pytest.raises(ValueError, match="price year '1999/00'"):
        money.to_common(1, "1999/00", "GBP")
    with pytest.raises(ValueError, match="currency 'ZZZ'"):
        money.to_common(1, "2022/23", "ZZZ")


def test_explain_says_where_a_number_is_from_and_what_hangs_on_it() -> None:
    text = explain("RR_m_HAT")
    assert "Cochrane" in text and "rates.mortality" in text
    with pytest.raises(KeyError, match="case-sensitive"):
        explain("rr_M_hat")


def test_the_used_by_column_is_what_the_code_reads() -> None:
    assert table(readers()) == TYPED.read_text(encoding="utf-8")


def test_every_typed_row_belongs_to_a_number() -> None:
    assert {row["symbol"] for row in read_rows(FOLDER / "typed.csv")} == set(numbers())


def test_the_centre_is_the_published_value() -> None:
    assert centre()["lam_HAT"] == 0.061


def test_a_price_index_that_nobody_has_held_against_its_table_is_near_a_second_one() -> None:
    rows = read_rows(FOLDER / "prices.csv")
    for row in rows:
        assert abs(float(row["deflator"]) / float(row["second"]) - 1) < 0.02, row["year"]
    assert {row["year"] for row in rows if row["standing"] != "must check"} == {money.PRICE_YEAR}


def test_no_number_that_runs_hangs_on_an_unchecked_parity() -> None:
    assert {n.currency for n in numbers().values() if n.used_by and n.currency} == {"GBP"}
