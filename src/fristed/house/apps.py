from django.apps import AppConfig


class HouseConfig(AppConfig):
    name = "fristed.house"
    label = "house"
