"""The addresses of the room."""

from __future__ import annotations

from django.urls import path

from fristed.room.screens import board, door

app_name = "room"
urlpatterns = [
    path("door/", door.door, name="door"),
    path("door/matches/", door.matches, name="door_matches"),
    path("door/someone/", door.someone, name="door_someone"),
    path("door/person/<str:client>/", door.person, name="door_person"),
    path("door/visit/<str:visit>/", door.visit, name="door_visit"),
    path("door/record/<str:client>/", door.record, name="door_record"),
    path("call/", door.call_screen, name="call_screen"),
    path("board/", board.board, name="board"),
]
