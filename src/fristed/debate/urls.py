"""The addresses of the argument."""

from __future__ import annotations

from django.urls import path

from fristed.debate.screens import argument, full, sources

app_name = "debate"
urlpatterns = [
    path("argument/", argument.argument, name="argument"),
    path("argument/answer/", argument.answer, name="answer"),
    path("argument/cards/", sources.cards, name="cards"),
    path("argument/begin/", full.begin, name="begin"),
    path("argument/brief/", sources.brief, name="brief"),
    path("argument/claim/", sources.claim, name="claim"),
    path("argument/number/", sources.number, name="number"),
]
