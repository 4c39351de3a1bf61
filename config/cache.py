"""The shared cache. It counts limits and keeps nothing that matters, so a dead cache may not keep anybody out."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import ConnectionError, TimeoutError

log = logging.getLogger(__name__)


class ForgivingRedisCache(RedisCache):
    """Redis that is empty instead of broken when it can not be reached: nothing is found, and everything seems kept."""


def forgiving(name: str, answer):
    method = getattr(RedisCache, name)

    @wraps(method)
    def forgiven(self, *args, **kwargs):
        try:
            return method(self, *args, **kwargs)
        except (ConnectionError, TimeoutError):
            log.warning("The cache is away; limits do not count now")
            return answer(*args, **kwargs)

    return forgiven


def default(key, default=None, *args, **kwargs):
    """What `get` gives for a key that is not there."""
    return default


ANSWERS: dict[str, Callable[..., Any]] = {
    "add": lambda *args, **kwargs: True,
    "get": default,
    "set": lambda *args, **kwargs: None,
    "touch": lambda *args, **kwargs: False,
    "delete": lambda *args, **kwargs: False,
    "get_many": lambda *args, **kwargs: {},
    "has_key": lambda *args, **kwargs: False,
    "incr": lambda *args, **kwargs: 1,
    "set_many": lambda *args, **kwargs: [],
}
for _name, _answer in ANSWERS.items():
    setattr(ForgivingRedisCache, _name, forgiving(_name, _answer))
