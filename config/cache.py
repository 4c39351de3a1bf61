"""The shared cache. It counts limits and keeps nothing that matters, so a dead cache may not keep anybody out."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache.backends.redis import RedisCache
from django.utils.functional import cached_property
from redis.exceptions import ConnectionError, TimeoutError

log = logging.getLogger(__name__)


class ForgivingRedisCache(RedisCache):
    """Redis that is empty instead of broken when it can not be reached: nothing is found, and everything seems kept."""

    _cache: Any  # of RedisCache; the stubs do not know it

    @cached_property
    def _counter(self):
        return self._cache.get_client(None, write=True)  # a new one costs more than what it is asked

    def count(self, key: str, seconds: int) -> int:
        """How often this was asked since the first time, which is forgotten after so many seconds. One round trip."""
        try:
            with self._counter.pipeline(transaction=False) as pipe:
                name = self.make_and_validate_key(key)
                return int(pipe.set(name, 0, ex=seconds, nx=True).incr(name).execute()[1])
        except (ConnectionError, TimeoutError):
            log.warning("The cache is away; limits do not count now")
            return 0


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
