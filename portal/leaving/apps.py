from django.apps import AppConfig


class LeavingConfig(AppConfig):
    name = "portal.leaving"
    label = "leaving"
    verbose_name = "Leaving the site"
