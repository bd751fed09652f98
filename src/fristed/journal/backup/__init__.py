"""A backup is one encrypted file, whichever database serves: the same tables in SQLite, under the service's key.

It is made while the service runs, holds one moment, and can be restored to either database.
"""

from fristed.journal.backup.making import back_up, heads_in
from fristed.journal.backup.restoring import RestoreError, restore

__all__ = ["RestoreError", "back_up", "heads_in", "restore"]
