from django.apps import AppConfig
from django.core.checks import Tags, register

from portal.audit.checks import two_roles


class AuditConfig(AppConfig):
    name = "portal.audit"
    label = "audit"
    verbose_name = "Audit"

    def ready(self) -> None:
        register(two_roles, Tags.security, deploy=True)
