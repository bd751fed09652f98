"""What the week is given: hazards of one parameter draw, and the levers of one scenario."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Ints = NDArray[np.int64]
Books = NDArray[Any]  # a week's counts: integers in the kernel, expectations in the twin

HALF_YEARS = 140  # the longest horizon, in steps of 26 weeks

# initiation, four structures
EXOGENOUS, CONTAGION, REPUTATION, ATTRACTION = 0, 1, 2, 3
# room deaths, three structures
ON_SITE, AREA, NONE = 0, 1, 2
# who is next for a HAT place
BY_WAIT, BY_ARRESTS, BY_TRUE_RATE = 0, 1, 2
# policing styles
NO_STYLE, RANDOM, HOT_SPOT, PROBLEM = 0, 1, 2, 3


class Kinds(NamedTuple):
    """Fixed attributes of the kinds of people; `[kinds]`."""

    injects: Ints
    crack: Ints
    resists: Ints
    offender: Ints  # class of the frailty
    band: Ints  # age band
    group: Ints  # row of Rates.start
    stock: Vector  # cumulated share among the dependent at the start
    entrant: Vector  # cumulated share among entrants


class Market(NamedTuple):
    """Two goods, price, dealers. Money in pence, amounts in micrograms."""

    price: float  # pence per gram at the start
    elasticity: float  # of demand to the effective price
    price_demand: float  # ln price per ln demand, centred on zero
    price_enforcement: float
    revert: float  # share of the log-price gap closed in a week
    wage: float  # pence a week a dealer could earn elsewhere
    churn: float  # per week
    replaced: float  # share of arrested dealers whose place is taken
    replace_weeks: float
    crack: float  # pence a week spent on crack, average over people at large
    cross: float  # share of lost volume a substitute replaces
    substitute_weeks: float
    purity_deaths: float  # elasticity of poisoning to purity


class Rates(NamedTuple):
    """Weekly probabilities and rates of one draw under one structure; shapes in brackets."""

    kinds: Kinds
    start: Vector  # [groups, ROWS] cumulated share by row at the start
    stay: Vector  # [groups, ROWS, STAY_WEEKS] cumulated share by weeks already stayed
    living: float  # people alive in the model per dependent person at the start
    entrants: float  # per week at the start
    leave: Vector  # [ROWS, STAY_WEEKS]
    goes: Vector  # [ROWS, 3] cumulated probabilities of `to`
    to: Ints  # [ROWS, 3]
    shift: Vector  # [ROWS, 2] on top <-> stable, by resisting
    remit: Vector  # [ROWS]
    ask_rehab: Vector  # [ROWS]
    ask_hat: float
    abandon: float
    join_room: float
    poison: Vector  # [ROWS, 2] poisoning, fatal or not, by injecting
    fatal: float  # share of poisonings that kill, away from a room
    other: Vector  # [bands, HALF_YEARS] weekly, by half year since the start
    other_row: Vector  # [ROWS]
    offend: Vector  # [ROWS, 2] multiplier by crack
    offender: Vector  # [classes] offences a week in a spell, untreated
    spell_starts: float
    spell_ends: float
    mix: Vector  # [TYPES] cumulated
    recorded: Vector  # [TYPES]
    charged: float
    custody: float  # per charged offence
    treated_inside: float
    fresh_weeks: int  # the first weeks after treatment or prison, apart because they kill
    detox_weeks: int
    rehab_weeks: int
    lasting: float
    grams: float  # median micrograms a week
    grams_sigma: float
    grams_offender: float  # log shift for those who offend
    use: Vector  # [ROWS] share of an untreated person's grams
    dose: int  # micrograms of pharmaceutical heroin a week
    sells: float
    in_reach: float
    room_visits: float  # per registered person and week
    injections: float  # per injector and week
    room_fatal: float  # residual fatality under supervision
    room_seek: float  # hazard ratio of seeking treatment when registered
    area_ratio: float  # poisoning deaths in reach of an open room, area structure
    arrest_minutes: int
    investigation_minutes: int
    deter_initiation: float
    deter_use: float
    spend: float  # elasticity of offending to what heroin costs a person
    patrol: float  # log ratio at a patrolled place
    problem: float  # log ratio at a place whose problem was worked on
    displaced: float
    chi: float
    phi: float
    reputation_share: float
    reputation: float
    market: Market
    initiation_form: int
    room_form: int


class Policy(NamedTuple):
    """The levers of one scenario, in force from `start` until `stop`. Places are people, hours are weekly."""

    start: int = 0
    stop: int = 1 << 30
    hat_open: bool = False
    hat_places: int = 0
    hat_neutral: bool = False
    hat_order: int = BY_WAIT
    hat_any: bool = False  # whether people who do not resist oral treatment are eligible
    hat_entry: float = 1.0
    hat_exit: float = 1.0
    oral_places: int = 1 << 30
    oral_entry: float = 1.0
    rehab_places: int = 1 << 30
    rehab_entry: float = 1.0
    prison_places: int = 1 << 30
    custody: float = 1.0  # times the usual share of charged people who go to prison
    treated_inside: float = 1.0
    extra_sentence: float = 0.0  # weeks added per sentence
    rooms: bool = False
    booths: int = 0
    room_hours: float = 0.0
    room_minutes: float = 30.0
    room_full: float = -1.0  # share of reach supervised, when a check wants to say so
    arrest_target: float = 0.0  # possession arrests per person at large and week
    arrest_hours: float = 0.0
    arrest_custody: float = 0.0
    arrest_displaces: float = 1.0  # share of those hours taken from looking into recorded offences
    initiation: float = 1.0
    supply_cut: float = 0.0  # share of supply lost when the cut starts
    supply_weeks: float = 0.0  # mean weeks until half is back
    substitute: bool = False
    dealer_arrests: float = 0.0  # in all, spread over 26 weeks
    style: int = NO_STYLE
    style_places: int = 2
    visible: float = 1.0
