"""Columns in which is searched: what another column comes down to (see `households.alike`)."""

from collections.abc import Callable
from typing import Any

from django.db import models


class KeyField(models.TextField):
    """Follows the model by itself, whenever it is saved: `made_from` says what it holds."""

    def __init__(self, *args: Any, made_from: Callable[[Any], str] = str, **kwargs: Any) -> None:
        super().__init__(*args, **{"blank": True, "default": "", "editable": False} | kwargs)
        self.made_from = made_from

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs  # to the database it is text

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        setattr(model_instance, self.attname, self.made_from(model_instance))
        return super().pre_save(model_instance, add)


def with_keys(model: type[models.Model], names: Any) -> list[str] | None:
    """The fields to save, and the keys that follow from them."""
    if names is None:
        return None
    return list({*names, *(field.name for field in model._meta.fields if isinstance(field, KeyField))})
