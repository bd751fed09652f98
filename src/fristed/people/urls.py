"""The addresses of people's records. An id in an address says nothing; a code never stands in one."""

from __future__ import annotations

from django.urls import path

from fristed.people import screens

app_name = "people"
urlpatterns = [
    path("people/first/", screens.register, name="register"),
    path("people/<str:client>/", screens.page, name="page"),
    path("people/<str:client>/same/", screens.same, name="same"),
    path("people/<str:client>/forget/", screens.forget, name="forget"),
    path("people/<str:client>/identity/", screens.identity, name="identity"),
]
