"""What a process does with its memory."""

import gc

from django.urls import get_resolver


def keep_what_is_loaded() -> None:
    """What is there now stays, with every page, and is shared by the processes that are made of this one. A page makes many small
    things that soon go by themselves: looking for those that do not, after every seven hundred, is a tenth of its cost. What a
    print leaves is only found by looking, so what was seen twice is looked at again soon."""
    get_resolver().url_patterns  # noqa: B018  they are loaded when they are asked for
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 2, 2)
