"""The site's certificate authority, for a tablet to install: anyone may have it, it is public."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from fristed.house import certificates
from fristed.staff.access import for_everyone

_why = for_everyone("A tablet needs it before anyone can sign in; a certificate is public.")


@_why
def authority(request: HttpRequest) -> HttpResponse:
    """How to install it, and what to compare first."""
    path = settings.SERVICE.path(certificates.AUTHORITY)
    if not path.exists():
        raise Http404
    return render(request, "authority.html", {"fingerprint": certificates.fingerprint(path)})


@_why
def certificate(request: HttpRequest) -> HttpResponse:
    """The certificate itself."""
    path = settings.SERVICE.path(certificates.AUTHORITY)
    if not path.exists():
        raise Http404
    return HttpResponse(path.read_bytes(), content_type="application/x-x509-ca-cert")
