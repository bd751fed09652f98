from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "fristed.staff"
    label = "staff"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import fristed.staff.signals  # noqa: F401  # connects its receivers
