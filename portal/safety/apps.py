from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class SafetyConfig(AppConfig):
    name = "portal.safety"
    label = "safety"
    verbose_name = "Safety"

    def ready(self) -> None:
        # Whoever takes free text says so in a module of this name; this app knows none of them.
        autodiscover_modules("free_texts")
