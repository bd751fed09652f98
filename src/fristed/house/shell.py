"""What a tablet opens without a network: the service worker, and a shell that holds nothing about anybody."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fristed.staff.access import for_everyone

_WORKER = Path(__file__).parent / "static" / "fristed" / "sw.js"


@for_everyone("a script, the same for everyone")
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker. It must stand at the root to serve every page, and be asked for anew each time."""
    return HttpResponse(_text(), content_type="text/javascript", headers={"Cache-Control": "no-cache"})


@for_everyone("an empty page; what it shows comes out of the tablet's own pocket")
def shell(request: HttpRequest) -> HttpResponse:
    """The page that stands in for any other while the network is away."""
    response = render(request, "shell.html")
    response["Cache-Control"] = "no-cache"
    return response


@cache
def _text() -> str:
    return _WORKER.read_text(encoding="utf-8")
