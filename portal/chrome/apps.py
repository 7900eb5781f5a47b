from django.apps import AppConfig


class ChromeConfig(AppConfig):
    name = "portal.chrome"
    label = "chrome"
    verbose_name = "What surrounds content"
