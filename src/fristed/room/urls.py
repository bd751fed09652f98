"""The addresses of the room."""

from __future__ import annotations

from django.urls import path

from fristed.room.screens import board, care, correction, day, door, emergency, forget, shift

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
    path("board/fragment/", board.board_fragment, name="board_fragment"),
    path("board/wall/", board.wall, name="wall"),
    path("emergency/<str:emergency>/handover/", emergency.handover, name="ambulance"),
    path("emergency/<str:emergency>/debrief/", emergency.debrief, name="debrief"),
    path("emergency/protocols/", emergency.protocols, name="protocols"),
    path("care/", care.equipment, name="equipment"),
    path("care/services/", care.services, name="services"),
    path("care/incidents/", care.incidents, name="incidents"),
    path("care/found/", care.found, name="found"),
    path("care/samples/", care.samples, name="samples"),
    path("day/", day.day, name="day"),
    path("day/people/", day.evacuation, name="evacuation"),
    path("handover/", shift.handover, name="handover"),
    path("visits/<str:visit>/forget/", forget.visit, name="forget_visit"),
    path("notes/<str:note>/forget/", forget.words, name="forget_words"),
    path("visits/<str:visit>/times/", correction.times, name="times"),
    path("emergency/<str:emergency>/times/", correction.emergency_times, name="emergency_times"),
]
