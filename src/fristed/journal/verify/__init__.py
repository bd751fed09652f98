"""Proof that nobody changed what was kept: pages, guards, chain, rows, keys, signed heads.

Everything here only reads. Each part answers findings; none of them stops at the first damaged site.
"""

from fristed.journal.verify.report import Finding, Report
from fristed.journal.verify.run import verify

__all__ = ["Finding", "Report", "verify"]
