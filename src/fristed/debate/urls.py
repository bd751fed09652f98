"""The addresses of the argument."""

from __future__ import annotations

from django.urls import path

from fristed.debate.screens import argument

app_name = "debate"
urlpatterns = [
    path("argument/", argument.argument, name="argument"),
    path("argument/answer/", argument.answer, name="answer"),
]
