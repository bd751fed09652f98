"""Sums over lanes: in strands, because in a single one each addition waits for the one before and its order is kept."""

import numpy as np

from fristed_forecast.week.compiled import compiled
from fristed_forecast.week.inputs import Vector
from fristed_forecast.week.keys import U


@compiled
def total(table: Vector, row: int) -> float:
    """Sum of a row of lanes, which come in fours (twice injecting, twice a spell)."""
    a, b, c, d = 0.0, 0.0, 0.0, 0.0
    for k in range(U(0), U(table.shape[1]), U(4)):
        a += table[row, k]
        b += table[row, k + U(1)]
        c += table[row, k + U(2)]
        d += table[row, k + U(3)]
    return (a + b) + (c + d)


@compiled
def dot(table: Vector, row: int, weight: Vector) -> float:
    """Sum of a row of lanes times a weight by lane."""
    a, b, c, d = 0.0, 0.0, 0.0, 0.0
    for k in range(U(0), U(table.shape[1]), U(4)):
        a += table[row, k] * weight[k]
        b += table[row, k + U(1)] * weight[k + U(1)]
        c += table[row, k + U(2)] * weight[k + U(2)]
        d += table[row, k + U(3)] * weight[k + U(3)]
    return (a + b) + (c + d)


@compiled
def lane_sums(table: Vector, weight: Vector) -> Vector:
    """[1, lanes] sums over rows of a table times another."""
    lanes = np.zeros((1, table.shape[1]))
    for row in range(table.shape[0]):
        for k in range(U(table.shape[1])):  # unsigned: a loop that may be vectorised
            lanes[0, k] += table[row, k] * weight[row, k]
    return lanes


@compiled
def everywhere(table: Vector, weight: Vector) -> float:
    """Sum over rows and lanes of a table times another."""
    return total(lane_sums(table, weight), 0)
