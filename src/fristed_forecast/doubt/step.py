"""Sensitivity to the step: the twin again in steps of half a week, by square roots of what a week keeps."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fristed_forecast.twin.cohort import STREET, Ready, follow, ready, tables_of, through
from fristed_forecast.twin.tables import FLAT_ROWS
from fristed_forecast.week import counts, states
from fristed_forecast.week.inputs import Policy, Rates
from fristed_forecast.week.states import ROWS
from fristed_forecast.week.world import record

SPLIT = 4  # the first bins are single weeks: each becomes two
COMPARED = {
    "people alive": (counts.ALIVE, 1, 0.5),
    "poisoning deaths": (counts.DEATHS_POISONING, 1, 1.0),
    "other deaths": (counts.DEATHS_OTHER, 1, 1.0),
    "offences": (counts.OFFENDED, counts.TYPES, 1.0),
    "people in oral treatment": (counts.PEOPLE + 2 * states.ONTOP, 4, 0.5),
    "custody": (counts.CUSTODY_STARTS, 1, 1.0),
}
Table = NDArray[np.float64]


@dataclass(frozen=True)
class Row:
    """One outcome in steps of a week and of half a week."""

    name: str
    whole: float
    half: float


def root(chance: Table) -> Table:
    """The chance in half a week."""
    return np.asarray(1 - np.sqrt(1 - np.minimum(chance, 1.0)), dtype=np.float64)


def half_rates(rates: Rates) -> Rates:
    """Everything that is not a move between rows, per half week."""
    single: dict[str, Any] = {name: float(root(np.array(getattr(rates, name))))
              for name in ("spell_starts", "spell_ends", "ask_hat", "abandon", "join_room")}  # fmt: skip
    halved: dict[str, Any] = {
        name: getattr(rates, name) / 2 for name in ("offender", "grams", "injections", "room_visits", "entrants")
    }
    return rates._replace(poison=root(rates.poison), other=root(rates.other), **single, **halved)


def half_policy(policy: Policy) -> Policy:
    """The scenario in half weeks."""
    stop = policy.stop if policy.stop == 1 << 30 else 2 * policy.stop
    hours: dict[str, Any] = {"room_hours": policy.room_hours / 2, "arrest_hours": policy.arrest_hours / 2}
    return policy._replace(start=2 * policy.start, stop=stop, arrest_target=policy.arrest_target / 2, **hours)


def half_bins(values: Table, axis: int) -> Table:
    """Every one of the first bins twice."""
    bins = np.arange(values.shape[axis])
    return np.take(values, np.concatenate([np.repeat(bins[:SPLIT], 2), bins[SPLIT:]]), axis=axis)


def half_moves(table: Table) -> Table:
    """[2, ROWS, bins + SPLIT, MOVES] moves in half a week, from those of a week without HAT places."""
    half = half_bins(table, 2)
    for row in range(ROWS):
        for b in range(half.shape[2]):
            for moves in half[:, row, b]:
                stays = moves[ROWS + row]
                if stays > 0:
                    moves *= (1 - np.sqrt(stays)) / (1 - stays) if stays < 1 else 1.0
                    moves[ROWS + row] = np.sqrt(stays)
                elif b < 2 * SPLIT and b % 2 == 0:
                    moves[:], moves[ROWS + row] = 0.0, 1.0  # a stay that ends with its week ends in its second half
                elif b >= 2 * SPLIT:
                    moves *= 0.5
                    moves[ROWS + row] = 0.5
    return half


def with_place(half: Table, policy: Policy) -> Table:
    """The same for whoever is given a HAT place for certain."""
    placed = half.copy()
    for resists in range(2):
        if not (resists or policy.hat_any):
            continue
        for row in STREET:
            leaving = [ROWS + row] if row == states.ONTOP else [states.DETOX, states.ONTOP, *range(ROWS, 2 * ROWS)]
            moved = placed[resists, row][:, leaving].sum(axis=1)
            placed[resists, row][:, leaving] = 0.0
            placed[resists, row, :, states.HAT] += moved
    return placed


def half_town(town: Ready) -> Ready:
    """The town in half weeks."""
    rates = half_rates(town.rates)
    start = half_bins(town.who.start, 1)
    start[:, : 2 * SPLIT] /= 2
    for row in FLAT_ROWS:
        start[row] = 0.0
        start[row, 0] = town.who.start[row].sum(axis=0)
    who = town.who._replace(start=start, other=np.repeat(root(town.who.other), 2, axis=0), offends=town.who.offends / 2)
    widths = (1,) * 2 * SPLIT + tuple(2 * width for width in town.widths[SPLIT:])
    return town._replace(rates=rates, packed=record(rates), who=who, widths=widths, offends=town.offends / 2)


def in_half_weeks(town: Ready, policy: Policy, people: float, weeks: int, entrants: float) -> Table:
    """[2 * weeks, COLUMNS] expected counts."""
    tables = []
    for running in (False, True):
        weekly = tables_of(town.packed, policy, town.leave, town.widths, running)[0]
        half = half_moves(weekly)
        tables.append(np.stack([half, with_place(half, policy)]))
    small = half_town(town)
    return through(small, half_policy(policy), np.stack(tables), small.mass(people), 2 * weeks, entrants / 2, 0)


def compare(rates: Rates, policy: Policy, dependent: int, weeks: int) -> list[Row]:
    """Totals over the run by either step."""
    town, people = ready(rates), round(dependent * rates.living)
    whole = follow(town, policy, town.mass(people), weeks, rates.entrants).sum(axis=0)
    half = in_half_weeks(town, policy, people, weeks, rates.entrants).sum(axis=0)
    return [
        Row(name, float(whole[first : first + width].sum()), float(half[first : first + width].sum()) * scale)
        for name, (first, width, scale) in COMPARED.items()
    ]
