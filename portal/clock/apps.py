from django.apps import AppConfig
from django.core.checks import register

from portal.clock.checks import schedule_is_sound


class ClockConfig(AppConfig):
    name = "portal.clock"
    label = "clock"
    verbose_name = "Clock"

    def ready(self) -> None:
        register(schedule_is_sound)
