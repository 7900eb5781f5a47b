"""The kinds of form fields and widgets that the inquiry form adds to Django's."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.contact.models import InquiryTopic

YES, NO = "yes", "no"


class YesNo(forms.TypedChoiceField):
    """A question answered with yes (True), with no (False), or not at all (None)."""

    widget: Any = forms.RadioSelect
    default_error_messages = {"required": _("Please choose yes or no.")}

    def __init__(self, **kwargs: Any) -> None:
        choices = [(YES, _("Yes")), (NO, _("No"))]
        super().__init__(choices=choices, coerce=lambda value: value == YES, empty_value=None, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return {True: YES, False: NO}.get(value, value)


class SafetyRadios(forms.RadioSelect):
    """Yes and no, where the yes tells the page's script that this is a report."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if value == YES:
            option["attrs"]["data-safety"] = True
        return option


class SafetyQuestion(YesNo):
    """A question of which a yes makes an inquiry a report."""

    widget = SafetyRadios


class Preselected(forms.ChoiceField):
    """A choice that is made already: what is not sent is what was preselected."""

    def clean(self, value: Any) -> Any:
        return super().clean(value or self.initial)


class TopicRadios(forms.RadioSelect):
    """Radio buttons of topics, each with its hint, and with what the page's script has to know of it."""

    topics: Mapping[str, InquiryTopic] = {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        topic = self.topics[str(value)]
        option["attrs"]["data-kind"] = topic.kind
        if topic.is_safety:
            option["attrs"]["data-safety"] = True
        if topic.hint:
            option["hint"], option["hint_id"] = topic.hint, f"hint-{topic.key}"
            option["attrs"]["aria-describedby"] = option["hint_id"]
        return option


def topic_field(topics: Mapping[str, InquiryTopic]) -> forms.TypedChoiceField:
    """A field whose cleaned value is the topic itself; `topics` by key, for rows that may not be stored yet."""
    widget = TopicRadios()
    widget.topics = topics
    choices = [(key, topic.name) for key, topic in topics.items()]
    return forms.TypedChoiceField(
        label=_("What is it about?"), choices=choices, coerce=lambda key: topics[key], widget=widget
    )
