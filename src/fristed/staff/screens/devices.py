"""The site's tablets and screens: enrol one and show its link once; the device takes the link and belongs here."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from fristed.ground.act import ADMINISTRATOR, DEVICE, MANAGER, Refusal
from fristed.ground.ids import new_id
from fristed.staff import devices, presence, queries
from fristed.staff.access import for_everyone, for_roles
from fristed.staff.acts import claim_device, enrol_device
from fristed.staff.models import Device
from fristed.staff.screens.pictures import qr_of
from fristed.staff.who import Request, Who
from fristed.staff.words import KINDS, sentence_of


class EnrolForm(forms.Form):
    """A device to be: how people call it, and what it is for."""

    name = forms.CharField(max_length=60, label=gettext_lazy("Name, as people call it"))
    kind = forms.ChoiceField(choices=list(KINDS.items()), label=gettext_lazy("What it is for"))


@for_roles(MANAGER, ADMINISTRATOR, signed_in=True)
@never_cache
def device_list(request: Request) -> HttpResponse:
    """The devices of this site. POST enrols one and shows its link, once."""
    form = EnrolForm(request.POST or None)
    link = ""
    if request.method == "POST" and form.is_valid():
        token = devices.new_token()
        outcome = enrol_device(request.who.tap(new_id()), credential=devices.credential_of(token), **form.cleaned_data)
        if isinstance(outcome, Refusal):
            form.add_error(None, sentence_of(outcome.objections[0]))
        else:
            link, form = request.build_absolute_uri(reverse("staff:claim", args=[token])), EnrolForm()
    shown = {
        "devices": queries.devices(request.who.site),
        "form": form,
        "link": link,
        "picture": qr_of(link) if link else "",
        "kinds": KINDS,
    }
    return render(request, "staff/devices.html", shown, status=422 if form.errors else 200)


@for_everyone("The link itself is the proof; without a right one nothing is shown.")
@never_cache
def claim(request: HttpRequest, token: str) -> HttpResponse:
    """Opened on the device: it becomes the one that was enrolled. The link is then used up."""
    device = Device.objects.filter(credential=devices.credential_of(token), retired=None).first()
    if device is None or request.method != "POST":
        return render(request, "staff/claim.html", {"device": device}, status=200 if device else 404)
    own = devices.new_token()
    claim_device(
        Who(device.site_id, DEVICE, device=device.id).tap(new_id()),
        device=device.id,
        credential=devices.credential_of(own),
    )
    presence.end(request)
    response = redirect("staff:turn" if device.kind == "tablet" else "start")
    devices.put_on(response, own)
    return response
