"""The environment of our templates: Jinja2, because it makes a page in a third of the time of Django's own templates.

A template asks for a value and need not know how it is kept: the key of a dictionary, an attribute, or a method without
arguments, which is called. What does not exist is empty.
"""

from datetime import date, datetime
from functools import cache, lru_cache, partial
from typing import Any

import jinja2
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model
from django.template import defaultfilters
from django.templatetags.static import static
from django.urls import reverse
from django.utils.encoding import force_str
from django.utils.html import json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext, override

from config.templating import parts, words

# Most of what is asked for is one of these, which nobody calls.
PLAIN = {str, int, bool, date, datetime, SafeString, type(None), list, dict, jinja2.ChainableUndefined}
KEYED: dict[type, bool] = {}  # whether things of this kind have keys, or only attributes


class Pages(jinja2.Environment):
    def get_template(self, name, parent=None, globals=None):
        """The page, or one block of it: `page.html#card`."""
        if not isinstance(name, str) or "#" not in name:
            return super().get_template(name, parent, globals)
        file, block = name.split("#")
        page = super().get_template(file, parent, globals)
        if block not in page.blocks:
            raise jinja2.TemplateNotFound(name)
        alone = {
            "name": name,
            "__file__": page.filename,
            "blocks": page.blocks,
            "root": page.blocks[block],
            "debug_info": "",
        }
        return self.template_class.from_module_dict(self, alone, page.globals)

    def getattr(self, obj: Any, attribute: str) -> Any:
        kind = obj.__class__
        if attribute.endswith("_display") and isinstance(obj, Model):
            return displayed(obj, attribute.removeprefix("get_").removesuffix("_display"))
        try:
            keyed = KEYED[kind]
        except KeyError:
            keyed = KEYED[kind] = hasattr(kind, "__getitem__")
        try:
            value = obj[attribute] if keyed else getattr(obj, attribute)
        except ObjectDoesNotExist:
            return self.undefined(obj=obj, name=attribute)
        except (TypeError, LookupError, AttributeError, ValueError):
            try:
                value = getattr(obj, attribute)
            except (AttributeError, ObjectDoesNotExist):
                return self.undefined(obj=obj, name=attribute)
        if type(value) in PLAIN:
            return value
        if callable(value) and not getattr(value, "do_not_call_in_templates", False):
            return "" if getattr(value, "alters_data", False) else value()
        return value


def environment(**options: Any) -> Pages:
    pages = Pages(
        **options | {"undefined": jinja2.ChainableUndefined},
        extensions=["jinja2.ext.i18n"],
        keep_trailing_newline=True,
        lstrip_blocks=True,
    )
    pages.install_gettext_callables(text, ngettext, newstyle=True)  # type: ignore[attr-defined]  # the extension's
    pages.globals |= {
        "_": text,
        "url": url,
        "static": static,
        "icon": parts.icon,
        "badge": parts.badge,
        "field": partial(parts.field, pages),
    }
    django = ("capfirst", "date", "linebreaksbr", "time", "truncatechars", "truncatewords", "urlize")
    pages.filters |= {name: getattr(defaultfilters, name) for name in django}
    ours = ("day", "short_day", "moment", "short_moment", "initials", "digits", "in_groups")
    pages.filters |= {name: getattr(words, name) for name in ours}
    pages.filters["json_script"] = json_script
    return pages


def displayed(obj: Model, field: str) -> str | None:
    """As `get_status_display()`, which looks up every word that it could say for each one that it says."""
    value = getattr(obj, field)
    return force_str(choices_of(type(obj), field).get(value, value), strings_only=True)


@cache
def choices_of(model: type[Model], field: str) -> dict[Any, Any]:
    return dict(model._meta.get_field(field).flatchoices)  # type: ignore[union-attr]  # of a field with choices


class Texts(dict[str, SafeString]):
    """Our own texts in one language, each looked up once: a list asks for the same few a hundred times."""

    def __init__(self, language: str | None):
        super().__init__()
        self.language = language

    def __missing__(self, english: str) -> SafeString:
        with override(self.language):
            self[english] = mark_safe(gettext(english))  # a text of our own
        return self[english]


@cache
def texts_in(language: str | None) -> Texts:
    return Texts(language)


def text(english: str) -> SafeString:
    return texts_in(get_language())[english]


@lru_cache(maxsize=2000)
def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a page. Raises NoReverseMatch."""
    return reverse(name, args=args, kwargs=kwargs)
