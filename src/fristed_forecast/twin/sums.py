"""Sums in four strands: in a single one each addition waits for the one before, and order may not be changed for us."""

from fristed_forecast.week.compiled import compiled
from fristed_forecast.week.inputs import Vector
from fristed_forecast.week.keys import U


@compiled
def dot(first: Vector, second: Vector) -> float:
    """Sum of products of two vectors."""
    a, b, c, d = 0.0, 0.0, 0.0, 0.0
    whole = first.size - first.size % 4
    for k in range(U(0), U(whole), U(4)):
        a += first[k] * second[k]
        b += first[k + U(1)] * second[k + U(1)]
        c += first[k + U(2)] * second[k + U(2)]
        d += first[k + U(3)] * second[k + U(3)]
    for k in range(U(whole), U(first.size)):
        a += first[k] * second[k]
    return (a + b) + (c + d)


@compiled
def total(values: Vector) -> float:
    """Sum of a vector."""
    a, b, c, d = 0.0, 0.0, 0.0, 0.0
    whole = values.size - values.size % 4
    for k in range(U(0), U(whole), U(4)):
        a += values[k]
        b += values[k + U(1)]
        c += values[k + U(2)]
        d += values[k + U(3)]
    for k in range(U(whole), U(values.size)):
        a += values[k]
    return (a + b) + (c + d)
