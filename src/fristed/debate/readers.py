"""Who may put positions on an area."""

from __future__ import annotations

from fristed.ground.act import ANALYST, MANAGER, Role

DEBATERS: frozenset[Role] = frozenset({MANAGER, ANALYST})
