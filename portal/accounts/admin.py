"""People who sign in, and the groups that give them their rights."""

from typing import Any

from django.contrib import admin
from django.contrib.auth import admin as django_admin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from portal.accounts.forms import AdminSignInForm
from portal.accounts.models import User
from portal.accounts.roles import ROLES
from portal.lib.admin import StaffAdmin
from portal.lib.landing import shelve

admin.site.login_form = AdminSignInForm

# Rights beyond what a group gives; who could grant these could grant themselves everything.
BEYOND_GROUPS = ["is_superuser", "user_permissions"]


@admin.register(User)
class UserAdmin(StaffAdmin, django_admin.UserAdmin):
    form = UserChangeForm
    list_display = ["username", "full_name", "email", "roles", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff", "is_superuser", "groups"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description="name", ordering="last_name")
    def full_name(self, user: User) -> str:
        return user.get_full_name()

    def roles(self, user: User) -> str:
        names = [group.name for group in user.groups.all()]
        return ", ".join(["Superuser", *names] if user.is_superuser else names)

    def get_readonly_fields(self, request: HttpRequest, _obj: User | None = None) -> list[str]:
        fields = ["last_login", "date_joined"]
        return fields if request.user.is_superuser else [*fields, *BEYOND_GROUPS]

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        # Whoever may set a superuser's password is one.
        above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return super().has_change_permission(request, obj) and not above

    def has_delete_permission(self, _request: HttpRequest, _obj: User | None = None) -> bool:
        # With a person Django would delete the log of all they did: those who leave are made inactive.
        return False


admin.site.unregister(Group)


@admin.register(Group)
class GroupAdmin(StaffAdmin, django_admin.GroupAdmin):
    list_display = ["name", "members", "permission_count"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Group]:
        members, rights = Count("user", distinct=True), Count("permissions", distinct=True)
        rows: QuerySet[Group] = super().get_queryset(request).annotate(people=members, rights=rights)
        return rows

    @admin.display(ordering="people")
    def members(self, group: Any) -> int:
        return int(group.people)

    @admin.display(description="permissions", ordering="rights")
    def permission_count(self, group: Any) -> int:
        return int(group.rights)

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or obj.name not in ROLES)

    def get_readonly_fields(self, _request: HttpRequest, obj: Group | None = None) -> list[str]:
        return ["name"] if obj and obj.name in ROLES else []


shelve("People and rights", 85, User, Group)
