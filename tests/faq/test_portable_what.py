"""Nothing that staff write can be forgotten: every model and field of the content travels, or says why it does not."""

import pytest
from django.apps import apps

from faq.portable import what

OURS = [config for config in apps.get_app_configs() if config.name.split(".")[0] in {"portal", "faq"}]
MODELS = [
    model._meta
    for config in OURS
    if config.label not in what.NO_CONTENT
    for model in config.get_models()
    if not model._meta.proxy
]


def name_of(meta):
    return meta.label_lower


@pytest.mark.parametrize("meta", MODELS, ids=name_of)
def test_a_model_travels_or_says_why_not(meta):
    carried = what.table_of(meta.label_lower) is not None
    assert carried is not (meta.label_lower in what.left_out())


@pytest.mark.parametrize("table", what.tables(), ids=lambda table: table.model)
def test_a_field_travels_or_says_why_not(table):
    meta = what.model(table)._meta
    every = {field.name for field in (*meta.concrete_fields, *meta.many_to_many)}
    carried = {field.name for field in what.fields(table)}
    silent = every - carried - set(table.left_out) - {"id", "market", table.parent}
    assert silent == set()
    assert set(table.left_out) <= every - carried
    assert all(reason for reason in table.left_out.values())


@pytest.mark.parametrize("table", what.tables(), ids=lambda table: table.model)
def test_whatever_a_row_names_travels_too(table):
    relations = [field for field in what.fields(table) if field.is_relation]
    assert all(what.table_of(what.target(table, field.name)).key for field in relations)


@pytest.mark.parametrize("table", what.tables(), ids=lambda table: table.model)
def test_a_row_has_a_place(table):
    assert table.file or (table.parent and table.name)
    assert not table.flat or len(what.fields(table)) == 1
    names = {field.name for field in what.fields(table)}
    assert {*table.apart, *table.order, *table.last} <= names


def test_apps_without_content_say_why():
    assert all(what.NO_CONTENT.values())
    assert set(what.NO_CONTENT) <= {config.label for config in OURS}


def test_models_that_stay_behind_are_there():
    labels = {model._meta.label_lower for model in apps.get_models()}
    assert set(what.left_out()) <= labels
    assert all(what.left_out().values())
