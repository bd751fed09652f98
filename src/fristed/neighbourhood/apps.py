from django.apps import AppConfig


class NeighbourhoodConfig(AppConfig):
    name = "fristed.neighbourhood"
    label = "neighbourhood"
    default_auto_field = "django.db.models.BigAutoField"
