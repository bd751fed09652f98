# mypy: disable-error-code=no-any-return
# (records of the kernel have no static type)
"""Where a living person's week leads, as probabilities: the one statement of the model's transitions that the
twin and the start share. Without capacity it is exactly what the kernel's steps do on average."""

from fristed_forecast.week.compiled import compiled
from fristed_forecast.week.hazards import at_large_using, free, oral
from fristed_forecast.week.inputs import Rates, Vector
from fristed_forecast.week.states import (
    ABSTINENT,
    DETOX,
    HAT,
    LASTING,
    LEFT,
    ONTOP,
    PRISON,
    PRISON_OST,
    REHAB,
    RELEASED,
    ROWS,
    STABLE,
    USING,
)


@compiled
def fixed_end(rates: Rates, row: int, stayed: int) -> bool:
    """Whether this is the last week of a stay of fixed length."""
    if row in (LEFT, RELEASED):
        return stayed == rates.fresh_weeks - 1
    if row == DETOX:
        return stayed >= rates.detox_weeks - 1
    return row == REHAB and stayed >= rates.rehab_weeks - 1


@compiled
def arrive(rates: Rates, enters: Vector, row: int, share: float) -> None:
    """Add to the arrivals; an abstinence that starts is lasting or not."""
    if row == ABSTINENT:
        enters[LASTING] += share * rates.lasting
        enters[ABSTINENT] += share * (1.0 - rates.lasting)
    else:
        enters[row] += share


@compiled
def arrive_from(rates: Rates, enters: Vector, row: int, share: float) -> None:
    """Spread the end of a stay over its destinations."""
    before = 0.0
    for k in range(3):
        arrive(rates, enters, rates.to[row, k], share * (rates.goes[row, k] - before))
        before = rates.goes[row, k]


@compiled
def using_week(rates: Rates, row: int, leave: float, rehab: float, hat: float, share: float, enters: Vector) -> float:
    """People who use: remission, then a HAT place, a bed, oral treatment; the share that stays."""
    remit = rates.remit[row]
    to_hat = (1.0 - remit) * hat
    to_bed = (1.0 - remit) * (1.0 - hat) * rehab
    to_oral = (1.0 - remit) * (1.0 - hat) * (1.0 - rehab) * leave
    arrive(rates, enters, ABSTINENT, share * remit)
    enters[HAT] += share * to_hat
    enters[DETOX] += share * to_bed
    enters[ONTOP] += share * to_oral
    return share * (1.0 - remit - to_hat - to_bed - to_oral)


@compiled
def oral_week(
    rates: Rates,
    row: int,
    leave: float,
    hat: float,
    resists: int,
    share: float,
    enters: Vector,
    keeps: Vector,
) -> None:
    """Oral treatment: its end, then on top or stable, then a HAT place for whoever is on top."""
    shift = rates.shift[row, resists]
    arrive_from(rates, enters, row, share * leave)
    keeps[STABLE if row == ONTOP else ONTOP] += share * (1.0 - leave) * shift
    stay = share * (1.0 - leave) * (1.0 - shift)
    placed = stay * hat if row == ONTOP else 0.0
    enters[HAT] += placed
    keeps[row] += stay - placed


@compiled
def living_week(
    rates: Rates,
    row: int,
    last: bool,
    leave: float,
    rehab: float,
    hat: float,
    resists: int,
    custody: float,
    treated: float,
    share: float,
    enters: Vector,
    keeps: Vector,
) -> None:
    """Share out a week of `share` living people: `enters[row]` start a stay, `keeps[row]` go on.

    `hat` is the chance of being given a HAT place this week; `custody` of being sent to prison.
    """
    if free(row):
        inside = share * custody
        enters[PRISON_OST] += inside * treated
        enters[PRISON] += inside * (1.0 - treated)
        share -= inside
    if at_large_using(row):
        keeps[USING if last else row] += using_week(rates, row, leave, rehab, hat, share, enters)
    elif last:
        arrive_from(rates, enters, row, share)
    elif oral(row):
        oral_week(rates, row, leave, hat, resists, share, enters, keeps)
    else:
        arrive_from(rates, enters, row, share * leave)
        keeps[row] += share * (1.0 - leave)


@compiled
def clear(values: Vector) -> None:
    """Zero a vector of rows."""
    for row in range(ROWS):
        values[row] = 0.0
