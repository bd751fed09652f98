"""Owned chance. A uniform is a pure function of (run, person, week, purpose, ordinal).

Scenario, thread, row and state never enter. Every purpose has its own uniform each week. Its first 15 bits
come from a word shared by four purposes (cheap, for the filter), the other 32 from a word of its own.
"""

import numpy as np

from fristed_forecast.week.compiled import compiled

# purposes that are looked at for every person every week: lane = place in the shared words
LEAVE, SHIFT, REMIT, ASK_REHAB, POISON, OTHER, OFFEND, SPELL = 0, 1, 2, 3, 4, 5, 6, 7
ASK_HAT, JOIN_ROOM, ABANDON, ARREST = 8, 9, 10, 11
LANES = 12
# purposes drawn only when something has happened
DESTINATION, FATAL, CUSTODY, BODY, OFFENCE, ENTRANT, PLACE, TREATED = 16, 17, 18, 19, 20, 21, 22, 23

U = np.uint64
MIX_A, MIX_B = U(0xBF58476D1CE4E5B9), U(0x94D049BB133111EB)
GOLD, WEEK, OWN = U(0x9E3779B97F4A7C15), U(0xD1342543DE82EF95), U(0xA0761D6478BD642F)
S16, S27, S30, S31, S32 = U(16), U(27), U(30), U(31), U(32)
LOW15, HIGH, S11 = U(0x7FFF), U(0x8000800080008000), U(11)


@compiled
def mix(x: U) -> U:
    """Splitmix64 finaliser: every bit of the answer hangs on every bit of the question."""
    x = (x ^ (x >> S30)) * MIX_A
    x = (x ^ (x >> S27)) * MIX_B
    return x ^ (x >> S31)


@compiled
def run_key(seed: int, draw: int, replicate: int) -> U:
    """Key of one run."""
    return mix(mix(mix(U(seed) + GOLD) + U(draw) + GOLD) + U(replicate) + GOLD)


@compiled
def person_key(run: U, week: int, ordinal: int) -> U:
    """Key of the k-th person who entered in a week (week 0: who was there at the start)."""
    return mix(run ^ mix((U(week) << S32) + U(ordinal) + GOLD))


@compiled
def word(key: U, week: int, block: int) -> U:
    """Four lanes of 15 bits (the top bit of each 16 is dropped) for purposes 4*block .. 4*block+3."""
    return mix(key + U(week) * WEEK + U(block) * GOLD)


@compiled
def lane(key: U, week: int, purpose: int) -> U:
    """The 15 leading bits of a filtered purpose's uniform."""
    return (word(key, week, purpose >> 2) >> (S16 * U(purpose & 3))) & LOW15


@compiled
def tail(key: U, week: int, purpose: int) -> float:
    """The other bits of a filtered purpose's uniform, in [0, 1)."""
    return float(mix((key ^ OWN) + U(week) * WEEK + U(purpose) * GOLD) >> S32) * 2.0**-32


@compiled
def uniform(key: U, week: int, purpose: int) -> float:
    """Uniform of a filtered purpose, in [0, 1)."""
    return (float(lane(key, week, purpose)) + tail(key, week, purpose)) * 2.0**-15


@compiled
def rare(key: U, week: int, purpose: int, ordinal: int) -> U:
    """A 64-bit word for purposes drawn only when something has happened."""
    return mix(mix((key ^ OWN) + U(week) * WEEK + U(purpose) * GOLD) + U(ordinal) * GOLD)


@compiled
def rare_uniform(key: U, week: int, purpose: int, ordinal: int) -> float:
    """Uniform in [0, 1) with 53 bits."""
    return float(rare(key, week, purpose, ordinal) >> S11) * 2.0**-53
