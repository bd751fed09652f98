"""Scripts and sheets, gathered with their hashes into the service's folder; again only when one has changed."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

_MARK = "static.sha256"


def collect() -> None:
    """Gathers every file, unless these very files were gathered before."""
    mark = settings.SERVICE.path(_MARK)
    now = _fingerprint()
    if settings.STATIC_ROOT.is_dir() and mark.exists() and mark.read_text() == now:
        return
    call_command("collectstatic", interactive=False, clear=settings.STATIC_ROOT.is_dir(), verbosity=0)
    mark.write_text(now)


def _fingerprint() -> str:
    """Changes with every file that is added, taken away or written."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list(None):
            digest.update(f"{name} {storage.get_modified_time(name)} {storage.size(name)}\n".encode())
    return digest.hexdigest()
