"""Which part of the service a page is answered by: the floor never computes a forecast, the workshop writes nothing."""

from __future__ import annotations

from django.conf import settings

from fristed.staff.who import Request

FLOOR, WORKSHOP = 0, 2  # how far above the service's port each listens


def on_the_floor() -> bool:
    """Whether this process serves the floor."""
    return bool(settings.SERVED and not settings.READ_ONLY)


def at(request: Request, part: int, path: str) -> str:
    """A path on the port of a part of the service, under the name by which this reader reached it."""
    if not settings.SERVED:
        return path
    host = request.get_host().rsplit(":", 1)[0]
    return f"{request.scheme}://{host}:{settings.SERVICE.port + part}{path}"


def in_the_workshop(request: Request) -> str:
    """This very page in the workshop."""
    return at(request, WORKSHOP, request.get_full_path())
