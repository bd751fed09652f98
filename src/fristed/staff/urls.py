"""The addresses of staff."""

from __future__ import annotations

from django.urls import path

from fristed.staff.screens import account, devices, posts, shift, turn

app_name = "staff"
urlpatterns = [
    path("turn/", turn.turn, name="turn"),
    path("turn/lock/", turn.lock, name="lock"),
    path("welcome/<int:account>/<str:token>/", account.welcome, name="welcome"),
    path("account/pin/", account.pin, name="pin"),
    path("account/post/", account.post, name="post"),
    path("account/offer/<str:token>/", account.offer, name="offer"),
    path("posts/", posts.posts, name="posts"),
    path("posts/<str:worker>/one-time/", posts.invitation, name="invitation"),
    path("devices/", devices.device_list, name="devices"),
    path("device/<str:token>/", devices.claim, name="claim"),
    path("shift/", shift.shift, name="shift"),
]
