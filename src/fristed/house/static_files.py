"""How static files are named when the service runs: by their content, so that a browser may keep them for ever."""

from __future__ import annotations

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage

_IMPORTS = ManifestStaticFilesStorage._js_module_import_aggregation_patterns  # type: ignore[attr-defined]  # unstubbed


class NamedByContent(ManifestStaticFilesStorage):
    """Also where one of our scripts imports another: else a new script would meet last year's modules."""

    patterns = (*ManifestStaticFilesStorage.patterns, ("fristed/*.js", _IMPORTS[1]))
