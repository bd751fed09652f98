"""A period of service days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection

from fristed.ground.ids import Id


@dataclass(frozen=True, slots=True)
class Period:
    """Service days of one site, first and last included."""

    site: Id
    first: date
    last: date

    def months(self) -> list[str]:
        """The months it touches, as "2025-01"."""
        found, year, month = [], self.first.year, self.first.month
        while (year, month) <= (self.last.year, self.last.month):
            found.append(f"{year:04d}-{month:02d}")
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        return found


def rows(sql: str, period: Period, *more: str | int) -> list[tuple[str, ...]]:
    """Runs a count whose text ends its conditions with `{days}`."""
    days = "site_id = %s AND day BETWEEN %s AND %s"
    with connection.cursor() as cursor:
        asked = (period.site, period.first.isoformat(), period.last.isoformat(), *more)
        cursor.execute(sql.replace("{days}", days), asked)
        found: list[tuple[str, ...]] = cursor.fetchall()
        return found
