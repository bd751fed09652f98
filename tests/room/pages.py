"""Pages read as a worker reads them, without a browser or a sign-in: `read(cast, "nurse", "/day/")`.

Who may open a page is asked of the view itself; that the service asks too is proved for every address elsewhere.
"""

from __future__ import annotations

import re
from html import unescape

from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from fristed.ground.act import ADMINISTRATOR, MANAGER, Role
from fristed.ground.ids import new_id
from fristed.ground.site import SiteFile
from fristed.staff.access import access_of
from fristed.staff.acts import enrol_device, found_site, hire
from fristed.staff.rules import POSTS
from fristed.staff.who import Who
from tests.support.cast import done
from tests.support.service import NAMES, Cast


def posts_only(file: SiteFile) -> Cast:
    """A site with a worker of every role and a tablet, without accounts: hashing their passwords takes seconds."""
    cast = Cast(new_id(), file)
    first = Who(cast.site, ADMINISTRATOR, signed_in=True)
    done(found_site(first.tap(new_id()), file=file))
    for role in POSTS:
        cast.workers[role] = done(hire(first.tap(new_id()), name=NAMES[role], role=role)).thing
    tablet = enrol_device(cast.tap(MANAGER), name="Tablet 1", kind="tablet", credential=new_id())
    cast.device = done(tablet).thing
    return cast


def opens(cast: Cast, role: Role, path: str) -> bool:
    """Whether the page says that it is open to this role."""
    return access_of(resolve(path.split("?")[0]).func).allows(cast.who(role))


def page(cast: Cast, role: Role, path: str) -> HttpResponse:
    """The page as this role gets it."""
    assert opens(cast, role, path), f"{path} is not open to {role}"
    found = resolve(path.split("?")[0])
    request = RequestFactory().get(path)
    request.who = cast.who(role)  # type: ignore[attr-defined]  # as staff's middleware does
    response = found.func(request, *found.args, **found.kwargs)
    assert isinstance(response, HttpResponse)
    return response


def source(cast: Cast, role: Role, path: str) -> str:
    """The page's text with its tags."""
    response = page(cast, role, path)
    assert response.status_code == 200
    return response.content.decode()


def read(cast: Cast, role: Role, path: str) -> str:
    """The words of a page's content, tags left out."""
    content = source(cast, role, path).split('<main id="content"')[1].split("</main>")[0].partition(">")[2]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", content)).split())


def queries_of(cast: Cast, role: Role, path: str) -> int:
    """How many times a page asks the database."""
    with CaptureQueriesContext(connection) as asked:
        page(cast, role, path)
    return len(asked)
