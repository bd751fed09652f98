"""The twin: shares of people moved week by week by the same hazards. Exact in expectation without capacity.

HAT places are a fluid queue in order of joining; beds, oral and prison places turn people away; a room's
registered people are a share. The market and the places of the town are those of the microsimulation, fed with
expected totals.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from fristed_forecast.twin.flow import Board, Moves
from fristed_forecast.twin.strata import (
    AGED,
    EVERY,
    EXACT_WIDTHS,
    FAST_WIDTHS,
    FINE,
    LIFE_WIDTHS,
    MERGED,
    Lanes,
    bin_of,
    lanes,
    leave_by_bin,
)
from fristed_forecast.twin.tables import FLAT_ROWS, MOVES, Ways, ageing, chosen, move_table, ways
from fristed_forecast.twin.year import Effects, Fixed, run_weeks
from fristed_forecast.week import counts, states
from fristed_forecast.week.inputs import Policy, Rates
from fristed_forecast.week.states import ROWS, STAY_WEEKS
from fristed_forecast.week.world import PATCHES, TOTALS, TOWN, plain_records, record

STREET = (states.USING, states.LEFT, states.RELEASED, states.ONTOP)
INSIDE = (states.PRISON, states.PRISON_OST, states.DETOX, states.REHAB)
__all__ = ["AGED", "EVERY", "FINE", "MERGED", "Ready", "expect", "ready"]


class Ready(NamedTuple):
    """What every scenario of one draw shares, per person in the model."""

    rates: Rates
    packed: NDArray[Any]
    who: Lanes
    widths: tuple[int, ...]
    leave: NDArray[np.float64]
    listed: Ways  # the moves there are: a scenario changes their chances and brings no other
    moves: Moves  # out of force
    offends: NDArray[np.float64]  # [ROWS, lanes]

    def mass(self, people: float) -> NDArray[np.float64]:
        """[ROWS, bins, lanes] at the start of a town with so many in the model."""
        return self.who.start * people

    def place(self, last: NDArray[Any], week: int) -> NDArray[np.float64]:
        """[ROWS, bins, lanes] of a microsimulation's people as `week` begins."""
        living = last[last["row"] != states.DEAD]
        mass = np.zeros_like(self.who.start)
        stayed = np.clip(week - living["since"], 0, STAY_WEEKS - 1)
        bins = np.where(np.isin(living["acts"], FLAT_ROWS), 0, bin_of(self.widths)[stayed])
        np.add.at(mass, (living["acts"], bins, self.who.of_kind[living["kind"], living["spell"]]), 1.0)
        return mass


def ready(rates: Rates, form: str = MERGED) -> Ready:
    """Prepare one draw. `rates` may be for one dependent person or for a town."""
    widths = {EVERY: EXACT_WIDTHS, FINE: FAST_WIDTHS}.get(form, LIFE_WIDTHS)
    who, packed = lanes(rates, widths, form), record(rates)
    leave = leave_by_bin(rates, widths)
    offends = rates.offend[:, who.crack] * who.offends * (who.spell == 1)
    plain = tables_of(packed, Policy(), leave, widths, False)
    listed = ways(plain)
    return Ready(rates, packed, who, widths, leave, listed, moves(listed, plain, ageing(widths)), offends)


def tables_of(
    packed: NDArray[Any], policy: Policy, leave: NDArray[np.float64], widths: tuple[int, ...], running: bool
) -> NDArray[np.float64]:
    """[2, 2, ROWS, bins, MOVES] without and with a HAT place for certain."""
    starts = np.concatenate([[0], np.cumsum(widths)[:-1]])
    levers = record(policy)
    return np.stack([move_table(packed, levers, leave, starts, running, hat) for hat in (0.0, 1.0)])


def _custody(town: Ready, policy: Policy, running: bool) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """[ROWS, lanes] weekly custody, and its slope in the rate of charges."""
    rates = town.rates
    mix = np.diff(rates.mix, prepend=0.0)
    each = min(1.0, rates.custody * (policy.custody if running else 1.0))
    rate = town.offends * float((mix * rates.recorded).sum()) * rates.charged * each
    rate[list(INSIDE)] = 0.0
    return -np.expm1(-rate), rate * np.exp(-rate)


def moves(listed: Ways, tables: NDArray[np.float64], older: NDArray[np.float64]) -> Moves:
    """From [2, 2, ROWS, bins, MOVES] by HAT place and resisting: bases and what a place and resisting add. Bins are
    filled up to fours, because people are moved four bins at a time."""
    steps = tables * (np.arange(tables.shape[-2]) < listed.bins[:, None])[:, :, None]
    steps[1] -= steps[0]
    steps[:, 1] -= steps[:, 0]
    enter, keep = chosen(steps, listed.to, 0), chosen(steps, listed.keep_to, MOVES // 2)
    passes = np.swapaxes(older[listed.keep_to], 1, 2)  # [ROWS, bins, most kept]
    after = [(0, 0)] * 3
    adds = (enter[:, 1] != 0).any(axis=(2, 3)) | (keep[:, 1] != 0).any(axis=(2, 3))  # [2, ROWS]
    return Moves(
        enter=np.pad(enter, [*after, (0, -enter.shape[3] % 4), (0, 0)]),
        young=np.pad(keep * (1 - passes), [*after, (0, 1), (0, 0)]),
        old=np.pad(keep * passes, [*after, (1, 0), (0, 0)]),
        alike=np.stack([~adds[0], ~(adds[0] | adds[1])]).astype(np.int64),
    )


def effects(town: Ready, policy: Policy, moved: tuple[Moves, Moves]) -> Effects:
    """The scenario out of force and in force."""
    custody = [_custody(town, policy, running) for running in (False, True)]
    treated = [min(1.0, town.rates.treated_inside * ratio) for ratio in (1.0, policy.treated_inside)]
    return Effects(
        moves=moved,
        custody=np.stack([at for at, _ in custody]),
        steeper=np.stack([slope for _, slope in custody]),
        treated=np.array(treated),
    )


def fixed(town: Ready, policy: Policy) -> Fixed:
    """What no week of this scenario changes."""
    rates, who = town.rates, town.who
    home = 1 / np.arange(1, PATCHES + 1)
    shift = 1 + who.some * np.expm1(rates.grams_offender)
    rows = np.isin(np.arange(ROWS), STREET)[:, None]
    return Fixed(
        entrant=who.entrant,
        offends=np.ascontiguousarray(town.offends),
        poison=np.ascontiguousarray(rates.poison[:, who.injects]),
        other=who.other,
        other_row=rates.other_row,
        grams=rates.grams * np.exp(rates.grams_sigma**2 / 2) * shift,
        injects=who.injects.astype(np.float64),
        asks=(rows & ((who.resists == 1) | policy.hat_any)[None, :]).astype(np.float64),
        use=rates.use,
        mix=np.diff(rates.mix, prepend=0.0),
        home=home / home.sum(),
    )


def _board(town: Ready, listed: Ways, made: Effects) -> Board:
    lanes_, moved = town.who.spell.size, made.moves[0]
    table = np.zeros((ROWS, lanes_))
    return Board(
        to=listed.to,
        many=listed.many,
        keep_to=listed.keep_to,
        kept=listed.kept,
        bins=listed.bins,
        older=ageing(town.widths),
        weight=np.stack([np.ones(lanes_), town.who.resists]),
        enter=np.zeros_like(moved.enter[0]),
        young=np.zeros_like(moved.young[0]),
        old=np.zeros_like(moved.old[0]),
        alike=np.zeros(ROWS, np.int64),
        force=np.full(1, -1),
        made_for=np.full(7, np.nan),
        share=np.zeros((moved.enter.shape[3] + 1, lanes_)),
        starts=town.rates.spell_starts,
        ends=town.rates.spell_ends,
        inside=np.zeros(lanes_),
        enters=table.copy(),
        live=table.copy(),
        poisoned=table.copy(),
        killed=table.copy(),
        died=table.copy(),
        custody=table.copy(),
        seek=np.ones(lanes_),
    )


def follow(
    town: Ready,
    policy: Policy,
    mass: NDArray[np.float64],
    length: int,
    entrants: float = 0.0,
    first_week: int = 0,
) -> NDArray[np.float64]:
    """[length, COLUMNS] expected counts of the people in `mass`, which is moved on; `entrants` a week when
    nothing changes, and nobody enters when it is zero."""
    tables = tables_of(town.packed, policy, town.leave, town.widths, True)
    moved = (town.moves, moves(town.listed, tables, ageing(town.widths)))
    return run(town, policy, town.listed, moved, mass, length, entrants, first_week)


def through(
    town: Ready,
    policy: Policy,
    tables: NDArray[np.float64],
    mass: NDArray[np.float64],
    length: int,
    entrants: float,
    first_week: int,
) -> NDArray[np.float64]:
    """The same with the moves given: [2, 2, 2, ROWS, bins, MOVES] by force, HAT place and resisting."""
    listed, older = ways(tables), ageing(town.widths)
    moved = (moves(listed, tables[0], older), moves(listed, tables[1], older))
    return run(town, policy, listed, moved, mass, length, entrants, first_week)


def run(
    town: Ready,
    policy: Policy,
    listed: Ways,
    moved: tuple[Moves, Moves],
    mass: NDArray[np.float64],
    length: int,
    entrants: float,
    first_week: int,
) -> NDArray[np.float64]:
    """The weeks, with the moves out of force and in force."""
    made = effects(town, policy, moved)
    packed = town.packed.copy()
    packed["entrants"] = entrants
    stores = (plain_records(np.zeros(1, TOTALS)), plain_records(np.zeros(1, TOWN)), plain_records(packed))
    nobody = plain_records(np.zeros(0, np.dtype([("key", np.uint64)])))
    out = np.zeros((length, counts.COLUMNS))
    run_weeks(
        nobody, *stores, record(policy), fixed(town, policy), _board(town, listed, made), made,
        np.ascontiguousarray(mass), first_week, entrants > 0, out,
    )  # fmt: skip
    return out


def expect(rates: Rates, policy: Policy, dependent: int, length: int, exact: bool = False) -> NDArray[np.float64]:
    """[length, COLUMNS] expected weekly counts of a town. `exact` follows every kind week by week of stay; else
    merged kinds and 16 bins. `rates` must be scaled to the town."""
    town = ready(rates, EVERY if exact else MERGED)
    return follow(town, policy, town.mass(round(dependent * rates.living)), length, rates.entrants)
