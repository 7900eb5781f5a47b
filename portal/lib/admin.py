"""What the admin pages of all features share."""

from collections.abc import Callable, Iterator
from functools import reduce
from operator import or_
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AdminTextareaWidget, AutocompleteSelect
from django.core.exceptions import BadRequest, ValidationError
from django.db import models
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

admin.site.site_header = admin.site.site_title = "Medical information"
admin.site.index_title = "Overview"


def is_used(row: models.Model) -> bool:
    """Whether another row refuses that this one be deleted."""
    protectors = [link for link in row._meta.related_objects if link.on_delete is models.PROTECT]
    managers = [(link.related_model._base_manager, link.field.name) for link in protectors]
    needed = [models.Q(models.Exists(manager.filter(**{name: row}))) for manager, name in managers]
    return bool(needed) and type(row)._base_manager.filter(reduce(or_, needed), pk=row.pk).exists()


def change_url(row: models.Model) -> str:
    """The address of the admin page of `row`."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def cell(template: str, **context: Any) -> SafeString:
    """What `admin/<template>.html` makes of `context`, for a cell of a list."""
    return SafeString(render_to_string(f"admin/{template}.html", context).strip())


def badge(kind: str, value: str, label: str) -> SafeString:
    """A word with a shape and a colour, which `kind` and `value` choose (css/admin.css)."""
    return cell("_badge", kind=kind, value=value, label=label)


def give_back_words(request: HttpRequest) -> None:
    """Shows the words of a button's form that was refused: a redirect follows, which would lose them."""
    if words := request.POST.get("words", "").strip():
        messages.info(request, f"You had written: {words}")


class WholeRowForm(forms.ModelForm):
    """A form that finds a taken slug also where the slug's market is shown but cannot be changed."""

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if not self.instance._state.adding:
            for constraint in self.instance._meta.constraints:
                self._check(constraint)

    def _check(self, constraint: models.BaseConstraint) -> None:
        # Django skips a constraint as soon as one of its fields is missing in the form.
        fields = set(getattr(constraint, "fields", ()))
        if fields & set(self.fields) and fields - set(self.fields):
            try:
                constraint.validate(type(self.instance), self.instance, exclude=set(self.errors))
            except ValidationError as error:
                self._update_errors(error)  # type: ignore[attr-defined]


class StaffFields(BaseModelAdmin):
    """Takes an address without a scheme for https, and gives a text the height of a paragraph."""

    formfield_overrides = {
        models.URLField: {"assume_scheme": "https"},
        models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 4})},
    }


class RowButtons(admin.ModelAdmin):
    """Methods that a POST to <row>/<method>/ calls with the request and the row."""

    buttons: tuple[str, ...] = ()

    def get_urls(self) -> list[URLPattern]:
        info = f"{self.opts.app_label}_{self.opts.model_name}"
        own = [
            path(f"<path:object_id>/{name}/", self.admin_site.admin_view(self._button(name)), name=f"{info}_{name}")
            for name in self.buttons
        ]
        return [*own, *super().get_urls()]

    def _button(self, name: str) -> Callable[..., HttpResponseBase]:
        @require_POST
        def press(request: HttpRequest, object_id: str) -> HttpResponseBase:
            row = self.get_object(request, object_id)
            if row is None or not self.has_view_permission(request, row):
                return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined,no-any-return]
            return cast(HttpResponseBase, getattr(self, name)(request, row))

        return press


class StaffAdmin(StaffFields, RowButtons):
    """A list and a form for staff; rows are deleted one by one, and only where nothing needs them."""

    form: type[forms.ModelForm] = WholeRowForm
    list_per_page = 50
    show_full_result_count = False
    # Fields that are chosen once, when the row is made.
    lasting_fields: tuple[str, ...] = ()

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        # The database takes no NUL, and few of Django's filters look for one.
        if any("\x00" in value for _, values in request.GET.lists() for value in values):
            raise BadRequest("A filter holds a character that no text has.")
        return super().changelist_view(request, extra_context)

    def get_actions(self, request: HttpRequest) -> Any:
        # Deleting in bulk would pass by every check that a row's own page makes.
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or not is_used(obj))

    def get_ordering(self, request: HttpRequest) -> Any:
        # Said in full, because a model's own ordering is dropped as soon as rows are counted.
        return super().get_ordering(request) or self.opts.ordering

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        return [*fields, *self.lasting_fields] if obj else fields

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        context.update(self.page_context(request, obj))
        return super().render_change_form(request, context, add, change, form_url, obj)

    def page_context(self, _request: HttpRequest, _row: Any) -> dict[str, Any]:
        """What the template of a row's page needs besides Django's own; `_row` is None while it is being added."""
        return {}


class ReadOnly:
    """Rows that nobody writes by hand; for admin classes and inlines alike."""

    def has_add_permission(self, *_args: Any) -> bool:
        return False

    def has_change_permission(self, *_args: Any) -> bool:
        return False

    def has_delete_permission(self, *_args: Any) -> bool:
        return False


class OpenFirst(admin.SimpleListFilter):
    """The state of rows that wait for somebody: those that do, unless the address asks for others."""

    title = "state"
    parameter_name = "state"

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        waiting, *others = super().choices(changelist)
        yield {**waiting, "display": "Open"}
        yield from others


class AutocompleteFilter(admin.FieldListFilter):
    """Filters a list by one row of another kind, sought by typing: a list of links would hold thousands."""

    template = "admin/filter_autocomplete.html"

    def __init__(
        self,
        field: Any,
        request: HttpRequest,
        params: dict[str, Any],
        model: type[models.Model],
        model_admin: admin.ModelAdmin,
        field_path: str,
    ) -> None:
        self.parameter = f"{field_path}__id__exact"
        super().__init__(field, request, params, model, model_admin, field_path)
        widget = AutocompleteSelect(field, model_admin.admin_site, attrs={"id": f"filter-{self.parameter}"})
        rows = field.remote_field.model._default_manager.all()
        self.choice = forms.ModelChoiceField(rows, required=False, widget=widget)
        self.others = [
            (name, value)
            for name, values in request.GET.lists()
            for value in values
            if name not in (self.parameter, "p", "e")
        ]

    def expected_parameters(self) -> list[str | None]:
        return [self.parameter]

    def has_output(self) -> bool:
        return True

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        chosen = cast(list[str], self.used_parameters.get(self.parameter, [""]))
        yield {
            "select": cast(SafeString, self.choice.widget.render(self.parameter, chosen)),
            "label_for": f"filter-{self.parameter}",
            "others": self.others,
            "clear": changelist.get_query_string(remove=[self.parameter]) if any(chosen) else "",
        }


class FilterMedia(admin.ModelAdmin):
    """Scripts and styles of a list that has an AutocompleteFilter."""

    @property
    def media(self) -> forms.Media:
        widget = AutocompleteSelect(None, admin.site)  # any field's media are the same
        # Deferred: it needs jQuery, and merged lists of scripts keep no order between strangers.
        return super().media + widget.media + forms.Media(js=[Script("js/admin-filter.js", defer=True)])  # type: ignore[list-item]
