"""The people of the tests: staff with the rights of their group, the same person however often asked for."""

from django.contrib.auth.models import Group

from portal.accounts import roles
from portal.accounts.models import User

PASSWORD = "correct horse battery staple"


def _member(username: str, first_name: str, role: str) -> User:
    user = User.objects.filter(username=username).first()
    if user is None:
        user = User.objects.create_user(
            username, f"{username}@example.com", PASSWORD, first_name=first_name, is_staff=True
        )
        user.groups.add(Group.objects.get(name=role))
    return user


def author() -> User:
    """Writes answers."""
    return _member("ada", "Ada", roles.AUTHOR)


def approver() -> User:
    """Approves, publishes and withdraws what others wrote."""
    return _member("bela", "Bela", roles.APPROVER)


def feedback_reviewer() -> User:
    """Reads feedback."""
    return _member("chen", "Chen", roles.FEEDBACK_REVIEWER)


def inquiry_handler() -> User:
    """Answers inquiries."""
    return _member("dora", "Dora", roles.INQUIRY_HANDLER)


def safety_officer() -> User:
    """Reads what may speak of harm, and passes it on."""
    return _member("gita", "Gita", roles.SAFETY_OFFICER)


def administrator() -> User:
    """Runs the site, with every right that a group gives."""
    return _member("emil", "Emil", roles.ADMINISTRATOR)


def superuser() -> User:
    """Has every right that Django knows, and still approves nothing of their own."""
    found = User.objects.filter(username="root").first()
    return found or User.objects.create_superuser("root", "root@example.com", PASSWORD, first_name="Root")


def stranger() -> User:
    """Signs in but belongs to no group."""
    found = User.objects.filter(username="finn").first()
    return found or User.objects.create_user("finn", "finn@example.com", PASSWORD, first_name="Finn")
