"""Logins for looking around in a demonstration."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand

from portal.accounts.models import User
from portal.accounts.roles import APPROVER, AUTHOR
from portal.lib.environment import local_secret

NAMES = {"demo": "", "author": AUTHOR, "approver": APPROVER}


class Command(BaseCommand):
    """Makes three logins with a generated password, on a database that nobody has signed in to yet."""

    help = "Makes demonstration logins (demo, author, approver) where no user exists, and prints their password."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if settings.PRODUCTION:
            self.stdout.write("ALLOWED_HOSTS is set: no demonstration login is made. Use: manage.py createsuperuser")
            return
        password = local_secret(settings.VAR / "demonstration_password")[:20]
        if not User.objects.exists():
            for name, role in NAMES.items():
                self._make(name, role, password)
        demo = User.objects.filter(username="demo").first()
        if demo and demo.check_password(password):
            self.stdout.write(f"Staff sign in under /admin/ as {', '.join(NAMES)} with the password {password}")

    def _make(self, name: str, role: str, password: str) -> None:
        user = User.objects.create_user(name, password=password, is_staff=True, is_superuser=not role)
        if role:
            user.groups.add(Group.objects.get(name=role))
