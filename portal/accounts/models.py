"""People who sign in."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """A person with a sign-in: today the staff who write, approve, and read what visitors send."""

    def __str__(self) -> str:
        return self.get_full_name() or self.username
