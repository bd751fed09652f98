"""The addresses of staff."""

from __future__ import annotations

from django.urls import path

from fristed.staff.screens import turn

app_name = "staff"
urlpatterns = [
    path("turn/", turn.turn, name="turn"),
    path("turn/lock/", turn.lock, name="lock"),
]
