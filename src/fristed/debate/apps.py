from django.apps import AppConfig


class DebateConfig(AppConfig):
    name = "fristed.debate"
    label = "debate"
    default_auto_field = "django.db.models.BigAutoField"
