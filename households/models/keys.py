"""Columns in which is searched: what another column comes down to (see `households.alike`)."""

from collections.abc import Callable
from functools import reduce
from operator import add, or_
from typing import Any

from django.contrib.postgres.search import TrigramStrictWordSimilarity
from django.db import migrations, models
from django.db.models import FloatField, Q, Value

from households.alike import Wanted

PAGE = 500


class KeyField(models.TextField):
    """Follows the model by itself, whenever it is saved: `made_from` says what it holds."""

    def __init__(self, *args: Any, made_from: Callable[[Any], str] = str, **kwargs: Any) -> None:
        facts: dict[str, Any] = {"blank": True, "default": "", "editable": False}
        super().__init__(*args, **facts | kwargs)
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


def filling(app: str, model: str, **keys: Callable[[Any], str]) -> migrations.RunPython:
    """A step of a migration that makes the keys of what is there already."""

    def fill(apps: Any, schema_editor: Any) -> None:
        rows = apps.get_model(app, model)._base_manager
        last = 0
        while page := list(rows.filter(pk__gt=last).order_by("pk")[:PAGE]):
            for row in page:
                for name, made_from in keys.items():
                    setattr(row, name, made_from(row))
            rows.bulk_update(page, list(keys))
            last = page[-1].pk

    return migrations.RunPython(fill, migrations.RunPython.noop)


# ---- what looks the same. An empty Q: nothing is known to look for.


def named_like(wanted: Wanted, column: str = "name_key") -> Q:
    """With a word like one of these words. Each word is looked up in the index, whatever the order."""
    return reduce(or_, (Q(**{f"{column}__trigram_strict_word_similar": word}) for word in wanted.words), Q())


def how_alike(wanted: Wanted, column: str = "name_key") -> Any:
    """For the order only, never to be shown: more words that fit come first."""
    nothing = Value(0.0, output_field=FloatField())
    return reduce(add, (TrigramStrictWordSimilarity(word, column) for word in wanted.words), nothing)


def at_this_address(wanted: Wanted) -> Q:
    """The same number in the same street, or in one that is spelled a little different. An addition counts where both
    know one."""
    if not wanted.street:
        return Q()
    number, _space, addition = wanted.house.partition(" ")
    houses = Q(house_key=number) | (Q(house_key=wanted.house) if addition else Q(house_key__startswith=f"{number} "))
    return Q(street_key__trigram_strict_word_similar=wanted.street) & houses
