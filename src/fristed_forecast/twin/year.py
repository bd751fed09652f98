# mypy: disable-error-code=no-any-return
# (records of the kernel have no static type)
"""The twin's week around the flow of people: market, entrants, offences, deaths, places, police, room. Market,
initiation, places of the town and police minutes are the microsimulation's own functions on expected totals."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from fristed_forecast.twin.flow import Board, Moves, arrive, blend, count, flow
from fristed_forecast.twin.sums import dot, everywhere, lane_sums, total
from fristed_forecast.week import counts
from fristed_forecast.week.arresting import charge_factor, police_minutes
from fristed_forecast.week.compiled import compiled
from fristed_forecast.week.entering import initiation
from fristed_forecast.week.hazards import free, open_now, street
from fristed_forecast.week.inputs import AREA, NONE, Vector
from fristed_forecast.week.keys import U
from fristed_forecast.week.market import market_week
from fristed_forecast.week.patches import pressure_week
from fristed_forecast.week.states import ABSTINENT, DETOX, HAT, LASTING, OCCASIONAL, ONTOP, PRISON, REHAB, ROWS, STABLE
from fristed_forecast.week.town import PURITY, open_town
from fristed_forecast.week.world import PATCHES, World

# what the twin remembers from week to week, beside the town
WAITING, REGISTERED, SUPERVISED, LEFT_HAT, ASKED_BED, LEFT_BED, ASKED_ORAL, LEFT_ORAL, ASKED_CELL, LEFT_CELL = range(10)
MEMORY = 10
# columns of what the week is told of each row
HERE, INJECT = 0, 1


class Effects(NamedTuple):
    """What a scenario does to a week; the first index is 0 out of force, 1 in force."""

    moves: tuple[Moves, Moves]
    custody: Vector  # [2, ROWS, lanes] weekly, at the usual rate of charges
    steeper: Vector  # [2, ROWS, lanes] its slope in the rate of charges
    treated: Vector  # [2]


class Fixed(NamedTuple):
    """What no week changes."""

    entrant: Vector  # [lanes]
    offends: Vector  # [ROWS, lanes] offences a week
    poison: Vector  # [ROWS, lanes]
    other: Vector  # [HALF_YEARS, lanes]
    other_row: Vector  # [ROWS]
    grams: Vector  # [lanes] mean untreated micrograms a week
    injects: Vector  # [lanes] 1 where people inject
    asks: Vector  # [ROWS, lanes] 1 where a person may hold a HAT place
    use: Vector  # [ROWS]
    mix: Vector  # [TYPES]
    home: Vector  # [PATCHES]


@compiled
def told(fixed: Fixed, people: Vector, held: Vector) -> None:
    """[ROWS, 2] people, and of them who inject."""
    for row in range(ROWS):
        held[row, HERE], held[row, INJECT] = total(people, row), dot(people, row, fixed.injects)


@compiled
def totals_of(w: World, fixed: Fixed, people: Vector, held: Vector) -> float:
    """Street amount, buyers and sellers from the people; the buyers."""
    using, buyers, sellers = np.zeros((1, people.shape[1])), 0.0, 0.0
    for row in range(ROWS):
        for lane in range(U(people.shape[1])):  # unsigned: a loop that may be vectorised
            using[0, lane] += fixed.use[row] * people[row, lane]
        if street(row):
            buyers += held[row, HERE]
        if free(row) and row not in (OCCASIONAL, ABSTINENT, LASTING):
            sellers += held[row, HERE] * w.rates.sells
    w.totals.street[0] = round(dot(using, 0, fixed.grams))
    w.totals.sellers[0] = round(sellers)
    return buyers


@compiled
def offences_week(w: World, fixed: Fixed, people: Vector, today: Vector) -> float:
    """Offences by type, recorded, charged, and by place; the mean pressure on offending."""
    pressure = (w.town.pressure * fixed.home).sum()
    number = everywhere(people, fixed.offends) * pressure
    for k in range(counts.TYPES):
        today[counts.OFFENDED + k] = number * fixed.mix[k]
        today[counts.RECORDED + k] = number * fixed.mix[k] * w.rates.recorded[k]
        today[counts.CHARGED + k] = today[counts.RECORDED + k] * w.rates.charged * charge_factor(w)
    for p in range(PATCHES):
        w.town.offences[p] = round(number * fixed.home[p] * w.town.pressure[p] / pressure)
    return pressure


@compiled
def spared(w: World, memory: Vector, running: bool) -> tuple[float, float]:
    """Of people who inject: share of fatality and of poisonings left by an open room."""
    if not (running and w.policy.rooms) or w.rates.room_form == NONE:
        return 1.0, 1.0
    rarer = 1.0 - w.rates.in_reach * (1.0 - w.rates.area_ratio) if w.rates.room_form == AREA else 1.0
    share = w.policy.room_full
    if share < 0.0:
        share = w.rates.in_reach * memory[REGISTERED] * memory[SUPERVISED]
    return 1.0 - share * (1.0 - w.rates.room_fatal), rarer


@compiled
def danger(w: World, fixed: Fixed, board: Board, purity: float, fatal: float, rarer: float, half: int) -> None:
    """Tables of dying in one week, into `board`; in short loops, each of which may be vectorised."""
    lanes = U(board.seek.size)
    for row in range(ROWS):
        for lane in range(lanes):
            risk = purity * (1.0 + fixed.injects[lane] * (rarer - 1.0))
            board.poisoned[row, lane] = min(1.0, fixed.poison[row, lane] * risk)
        for lane in range(lanes):
            kills = w.rates.fatal * (1.0 + fixed.injects[lane] * (fatal - 1.0))
            board.killed[row, lane] = board.poisoned[row, lane] * kills
        for lane in range(lanes):
            other = min(1.0, fixed.other[half, lane] * fixed.other_row[row])
            board.live[row, lane] = (1.0 - board.killed[row, lane]) * (1.0 - other)
        for lane in range(lanes):
            board.died[row, lane] = 1.0 - board.killed[row, lane] - board.live[row, lane]


@compiled
def deaths_week(
    w: World, fixed: Fixed, board: Board, people: Vector, memory: Vector, week: int, running: bool, today: Vector
) -> None:
    """Who is poisoned and who dies; the tables are remade when something has changed them."""
    fatal, rarer = spared(w, memory, running)
    half = min(week // 26, fixed.other.shape[0] - 1)
    changed = False
    for k, value in enumerate((w.town.market[PURITY], fatal, rarer, float(half))):
        changed |= board.made_for[3 + k] != value
        board.made_for[3 + k] = value
    if changed:
        danger(w, fixed, board, w.town.market[PURITY], fatal, rarer, half)
    today[counts.POISONINGS] = everywhere(people, board.poisoned)
    killed = lane_sums(people, board.killed)
    today[counts.DEATHS_POISONING], today[counts.DEATHS_INJECTORS] = total(killed, 0), dot(killed, 0, fixed.injects)
    today[counts.DEATHS_OTHER] = everywhere(people, board.died)


@compiled
def gate(places: float, held: float, left: float, asked: float) -> float:
    """Share of those who ask that places can take: what is free and what last week freed, against last week's
    asking. A queue is not followed: who finds nothing free asks again at their own hazard."""
    if asked <= 0.0:
        return 1.0
    return min(1.0, max(0.0, places - held + left) / asked)


@compiled
def hat_chance(w: World, fixed: Fixed, people: Vector, held: Vector, memory: Vector, running: bool) -> float:
    """Chance this week that an eligible person is given a place: fluid queue against free places."""
    if not (running and w.policy.hat_open):
        memory[WAITING] = 0.0
        return 0.0
    able = everywhere(people, fixed.asks)
    asking = able * (1.0 - (1.0 - w.rates.ask_hat) ** w.policy.hat_entry)
    vacant = max(0.0, w.policy.hat_places - held[HAT, HERE] + memory[LEFT_HAT])
    given = min(vacant, min(memory[WAITING] + asking, able))
    memory[WAITING] = (memory[WAITING] + asking - given) * (1.0 - w.rates.abandon)
    return given / able if able > 0.0 else 0.0


@compiled
def held_by(held: Vector, first: int, second: int) -> float:
    """People in two rows."""
    return held[first, HERE] + held[second, HERE]


@compiled
def gates(w: World, held: Vector, memory: Vector, running: bool) -> tuple[float, float, float]:
    """Beds, oral places and prison places as shares of asking that they take."""
    if not running:
        return 1.0, 1.0, 1.0
    beds = gate(w.policy.rehab_places, held_by(held, DETOX, REHAB), memory[LEFT_BED], memory[ASKED_BED])
    oral = gate(w.policy.oral_places, held_by(held, ONTOP, STABLE), memory[LEFT_ORAL], memory[ASKED_ORAL])
    cells = gate(w.policy.prison_places, held_by(held, PRISON, PRISON + 1), memory[LEFT_CELL], memory[ASKED_CELL])
    return beds, oral, cells


@compiled
def remember(
    board: Board,
    held: Vector,
    stayed: Vector,
    memory: Vector,
    asked: tuple[float, float, float],
    today: Vector,
) -> None:
    """What left the places this week, what was asked for, and the starts; `stayed` [ROWS, lanes] went on."""
    kept, new = np.zeros(ROWS), np.zeros(ROWS)
    for row in (ONTOP, STABLE, HAT, DETOX, REHAB, ABSTINENT, LASTING, PRISON, PRISON + 1):
        kept[row], new[row] = total(stayed, row), total(board.enters, row)
    memory[LEFT_HAT] = held[HAT, HERE] - kept[HAT]
    memory[LEFT_BED] = held_by(held, DETOX, REHAB) - kept[DETOX] - kept[REHAB] - new[REHAB]
    memory[LEFT_ORAL] = held_by(held, ONTOP, STABLE) - kept[ONTOP] - kept[STABLE]
    memory[LEFT_CELL] = held_by(held, PRISON, PRISON + 1) - kept[PRISON] - kept[PRISON + 1]
    memory[ASKED_BED] = new[DETOX] / max(asked[0], 1e-9)
    memory[ASKED_ORAL] = new[ONTOP] / max(asked[1], 1e-9)
    memory[ASKED_CELL] = (new[PRISON] + new[PRISON + 1]) / max(asked[2], 1e-9)
    today[counts.CUSTODY_STARTS] = new[PRISON] + new[PRISON + 1]
    today[counts.HAT_STARTS], today[counts.LASTING_STARTS] = new[HAT], new[LASTING]
    today[counts.ORAL_STARTS], today[counts.REHAB_STARTS] = new[ONTOP], new[DETOX]
    today[counts.ABSTINENCE_STARTS] = new[ABSTINENT] + new[LASTING]


@compiled
def police_week(w: World, buyers: float, running: bool, today: Vector) -> None:
    """Possession arrests within hours, then minutes by task, as the microsimulation counts them."""
    if running and w.policy.arrest_target > 0.0:
        able = w.policy.arrest_hours * 60.0 / w.rates.arrest_minutes
        today[counts.POSSESSION] = min(able, buyers * min(1.0, w.policy.arrest_target))
    police_minutes(w, int(buyers), today)


@compiled
def room_week(w: World, held: Vector, memory: Vector, running: bool, today: Vector) -> None:
    """Registration, and the share of a registered person's injections that is supervised next week."""
    injectors = 0.0
    for row in range(ROWS):
        if street(row):
            injectors += held[row, INJECT]
    today[counts.PUBLIC_INJECTIONS] = injectors * w.rates.injections
    if not (running and w.policy.rooms):
        memory[SUPERVISED] = 0.0
        return
    number = injectors * w.rates.in_reach * memory[REGISTERED]
    room = w.policy.booths * w.policy.room_hours * 60.0 / w.policy.room_minutes
    visits = min(room, number * min(w.rates.room_visits, w.rates.injections))
    memory[SUPERVISED] = visits / (number * w.rates.injections) if number > 0.0 else 0.0
    today[counts.ROOM_OPEN], today[counts.ROOM_REGISTERED], today[counts.ROOM_VISITS] = 1.0, number, visits
    today[counts.PUBLIC_INJECTIONS] = max(0.0, injectors * w.rates.injections - visits)
    memory[REGISTERED] += (1.0 - memory[REGISTERED]) * w.rates.join_room


@compiled
def close_books(w: World, held: Vector, running: bool, today: Vector) -> None:
    """Person-weeks and places as the week ends."""
    for row in range(ROWS):
        today[counts.PEOPLE + 2 * row] = held[row, HERE] - held[row, INJECT]
        today[counts.PEOPLE + 2 * row + 1] = held[row, INJECT]
        today[counts.ALIVE] += held[row, HERE]
    today[counts.HAT_MICROGRAMS] = held[HAT, HERE] * w.rates.dose
    if running and w.policy.hat_open:
        today[counts.HAT_PLACES] = w.policy.hat_places


@compiled
def close_hat(mass: Vector, people: Vector) -> None:
    """The service closes: whoever holds a place goes on in oral treatment, on top."""
    for lane in range(people.shape[1]):
        mass[ONTOP, 0, lane] += people[HAT, lane]
        people[ONTOP, lane] += people[HAT, lane]
        people[HAT, lane] = 0.0
    mass[HAT] = 0.0


@compiled
def enter(w: World, fixed: Fixed, mass: Vector, people: Vector, rate: float) -> None:
    """This week's entrants start as occasional."""
    for lane in range(people.shape[1]):
        mass[OCCASIONAL, 0, lane] += rate * fixed.entrant[lane]
        people[OCCASIONAL, lane] += rate * fixed.entrant[lane]


@compiled
def set_custody(board: Board, effects: Effects, force: int, more: float) -> None:
    """Custody this week when offences and charges run at `more` times their usual rate."""
    for row in range(ROWS):
        for lane in range(U(board.custody.shape[1])):
            board.custody[row, lane] = max(
                0.0, effects.custody[force, row, lane] + (more - 1.0) * effects.steeper[force, row, lane]
            )


@compiled
def seeking(w: World, fixed: Fixed, board: Board, memory: Vector, running: bool) -> bool:
    """Whether a room makes people seek oral treatment more, and by how much in each lane."""
    seeks = running and w.policy.rooms and w.rates.room_seek != 1.0
    if seeks:
        reached = w.rates.in_reach * memory[REGISTERED] * (w.rates.room_seek - 1.0)
        for lane in range(board.seek.size):
            board.seek[lane] = 1.0 + reached * fixed.injects[lane]
    return seeks


@compiled
def one_week(
    w: World,
    fixed: Fixed,
    board: Board,
    effects: Effects,
    mass: Vector,
    after: Vector,
    people: Vector,
    stayed: Vector,
    held: Vector,
    memory: Vector,
    week: int,
    growing: bool,
    today: Vector,
) -> None:
    """One week in the written order, from `mass` into `after`; nobody enters unless the town is `growing`."""
    running = open_now(w, week)
    force = 1 if running else 0
    if week == w.policy.stop and w.policy.hat_open:
        close_hat(mass, people)
        told(fixed, people, held)
    buyers = totals_of(w, fixed, people, held)
    market_week(w, week, buyers, today)
    if growing:
        today[counts.ENTRANTS] = initiation(w, week, float(w.totals.sellers[0]))
        enter(w, fixed, mass, people, today[counts.ENTRANTS])
    pressure_week(w, week, today)
    pressure = offences_week(w, fixed, people, today)
    set_custody(board, effects, force, pressure * charge_factor(w))
    deaths_week(w, fixed, board, people, memory, week, running, today)
    hat = hat_chance(w, fixed, people, held, memory, running)
    today[counts.HAT_WAITING] = memory[WAITING]
    asked = gates(w, held, memory, running)
    anew = force != board.force[0]
    board.force[0] = force
    blend(board, effects.moves[force], hat, asked[0], asked[1], anew)
    seeks = seeking(w, fixed, board, memory, running)
    flow(board, mass, after, people, asked[2], effects.treated[force], seeks)
    count(board, after, stayed)
    remember(board, held, stayed, memory, asked, today)
    police_week(w, buyers, running, today)
    people[:] = stayed
    arrive(board, after, people)
    told(fixed, people, held)
    room_week(w, held, memory, running, today)
    close_books(w, held, running, today)


@compiled
def weeks(
    w: World,
    fixed: Fixed,
    board: Board,
    effects: Effects,
    mass: Vector,
    first_week: int,
    growing: bool,
    out: Vector,
) -> None:
    """Every week of a run; `mass` is what is left at its end."""
    people, stayed = np.zeros((ROWS, mass.shape[2])), np.zeros((ROWS, mass.shape[2]))
    held, memory = np.zeros((ROWS, 2)), np.zeros(MEMORY)
    count(board, mass, people)
    told(fixed, people, held)
    open_town(w, totals_of(w, fixed, people, held))
    now, after = mass, np.zeros_like(mass)
    for k in range(out.shape[0]):
        one_week(w, fixed, board, effects, now, after, people, stayed, held, memory, first_week + k, growing, out[k])
        now, after = after, now
    mass[:] = now


@compiled
def run_weeks(
    nobody: NDArray[Any],
    totals: NDArray[Any],
    town: NDArray[Any],
    rates: NDArray[Any],
    policy: NDArray[Any],
    fixed: Fixed,
    board: Board,
    effects: Effects,
    mass: Vector,
    first_week: int,
    growing: bool,
    out: Vector,
) -> None:
    """One run of the twin from records of one."""
    w = World(nobody, totals[0], town[0], rates[0], policy[0])
    weeks(w, fixed, board, effects, mass, first_week, growing, out)
