from importlib import import_module

from django.apps import AppConfig
from django.core.checks import register
from django.utils.module_loading import autodiscover_modules

from portal.retention.checks import policy_is_sound


class RetentionConfig(AppConfig):
    name = "portal.retention"
    label = "retention"
    verbose_name = "Retention"

    def ready(self) -> None:
        # Of what lies below this app, and so cannot know it, it tells itself.
        import_module("portal.retention.surroundings")
        autodiscover_modules("retention")
        register(policy_is_sound)
