"""The addresses of the room."""

from __future__ import annotations

from django.urls import path

from fristed.room.screens import board

app_name = "room"
urlpatterns = [
    path("board/", board.board, name="board"),
]
