"""Facts about the request that is being answered, for the log lines of whoever works on it."""

from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Origin:
    """`request_id` ties log lines together; `network` is the coarse address of the caller."""

    request_id: UUID | None = None
    network: str = ""


origin: ContextVar[Origin] = ContextVar("origin", default=Origin())  # noqa: B039  # frozen
