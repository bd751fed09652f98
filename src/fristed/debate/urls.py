"""The addresses of the argument."""

from __future__ import annotations

from django.urls import path

from fristed.debate.screens import argument, sources

app_name = "debate"
urlpatterns = [
    path("argument/", argument.argument, name="argument"),
    path("argument/answer/", argument.answer, name="answer"),
    path("argument/cards/", sources.cards, name="cards"),
    path("argument/begin/", sources.begin, name="begin"),
    path("argument/claim/", sources.claim, name="claim"),
    path("argument/number/", sources.number, name="number"),
]
