"""Taking over a shared tablet: tap your name, type your PIN. Stepping away: one tap."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from fristed.ground.act import DEVICE, FLOOR
from fristed.ground.ids import new_id
from fristed.ground.moments import now
from fristed.staff import pins, presence, queries
from fristed.staff.access import for_roles
from fristed.staff.acts import begin_turn, end_turn, lock_pin
from fristed.staff.models import Worker
from fristed.staff.who import Request, Who


@for_roles(DEVICE, *FLOOR)
@sensitive_post_parameters("pin")
def turn(request: Request) -> HttpResponse:
    """The names, and the PIN pad. POST: worker, pin, next."""
    if request.who.device is None:
        return redirect("start")
    if request.method != "POST":
        return _page(request)
    workers = {w.id: w for w in queries.can_take_turns(request.who.site)}
    worker = workers.get(request.POST.get("worker", ""))
    if worker is None:
        return _page(request, problem=_("Tap your name first."))
    attempt = pins.attempt(worker.id, request.POST.get("pin", ""), now())
    if not attempt.right:
        return _refused(request, worker, attempt)
    return _begun(request, worker)


@for_roles(DEVICE, *FLOOR)
@require_POST
def lock(request: Request) -> HttpResponse:
    """I step away: the turn ends at once."""
    if request.who.worker is not None:
        end_turn(request.who.tap(new_id()))
    presence.end(request)
    return redirect("staff:turn" if request.who.device else "account_login")


def _begun(request: Request, worker: Worker) -> HttpResponse:
    device = request.who.device
    assert device is not None
    if request.who.worker is not None:
        end_turn(request.who.tap(new_id()))
    begin_turn(Who(worker.site_id, worker.role, worker=worker.id, device=device).tap(new_id()))
    presence.begin(request, worker.id, device)
    return redirect(next_page(request))


def _refused(request: Request, worker: Worker, attempt: pins.Attempt) -> HttpResponse:
    if attempt.rests_until is None:
        return _page(request, worker, _("This PIN is not right. Try again."))
    if attempt.counted:
        lock_pin(request.who.tap(new_id()), worker=worker.id, failures=attempt.failures)
    seconds = max(1, (attempt.rests_until - now()) // 1_000_000)
    wait = _("Too many wrong PINs. Try again in %(wait)s, or ask a manager for a new one.")
    return _page(request, worker, wait % {"wait": in_words(seconds)} + " " + _("Emergencies need no PIN."))


def _page(request: Request, worker: Worker | None = None, problem: str = "") -> HttpResponse:
    shown = {
        "workers": queries.can_take_turns(request.who.site),
        "chosen": worker.id if worker else "",
        "problem": problem,
        "next": next_page(request),
    }
    return render(request, "staff/turn.html", shown, status=422 if problem else 200)


def next_page(request: HttpRequest) -> str:
    """Where to go on: a page of this house, or the start."""
    asked = request.POST.get("next") or request.GET.get("next") or "/"
    return asked if url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}) else "/"


def in_words(seconds: int) -> str:
    """A wait as people say it."""
    if seconds < 90:
        return _("%(n)d seconds") % {"n": seconds}
    return _("%(n)d minutes") % {"n": -(-seconds // 60)}
