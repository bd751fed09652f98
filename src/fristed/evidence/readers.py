"""Who reads what: the journal of a record, and reports."""

from __future__ import annotations

from fristed.ground.act import ANALYST, AUDITOR, LEAD, MANAGER, Role

JOURNAL_READERS: frozenset[Role] = LEAD | {AUDITOR}
SEE_CONTENT: frozenset[Role] = LEAD  # an auditor reads who did what and when, never what was said
REPORT_READERS: frozenset[Role] = frozenset({MANAGER, ANALYST})
READERS = JOURNAL_READERS | REPORT_READERS
