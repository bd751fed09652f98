"""Price years and currencies: everything leaves in pounds of 2022/23."""

from functools import cache

from fristed_forecast.evidence.table import FOLDER, Number, read_rows

PRICE_YEAR = "2022/23"


@cache
def deflators() -> dict[str, float]:
    """Price index by financial year, 2022/23 = 100."""
    return {row["year"]: float(row["deflator"]) for row in read_rows(FOLDER / "prices.csv")}


@cache
def pounds() -> dict[str, float]:
    """Pounds for one unit of a currency, by purchasing power."""
    return {row["currency"]: float(row["pounds"]) for row in read_rows(FOLDER / "currencies.csv")}


def to_common(amount: float, price_year: str, currency: str) -> float:
    """The amount in pounds of 2022/23; an unknown year or currency is refused."""
    if price_year not in deflators():
        raise ValueError(f"price year {price_year!r} is not in prices.csv ({', '.join(deflators())})")
    if currency not in pounds():
        raise ValueError(f"currency {currency!r} is not in currencies.csv ({', '.join(pounds())})")
    return amount * pounds()[currency] * deflators()[PRICE_YEAR] / deflators()[price_year]


def factor(number: Number) -> float:
    """What one unit of this number's money is in pounds of 2022/23."""
    return to_common(1.0, number.price_year, number.currency)
