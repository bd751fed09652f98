"""The addresses of the street."""

from __future__ import annotations

from django.urls import path

from fristed.neighbourhood import screens

app_name = "neighbourhood"
urlpatterns = [path("street/", screens.street, name="street")]
