"""One line of somebody's day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models


@dataclass(frozen=True)
class Task:
    """One line of the day: what, about whom, by when, and where to do it."""

    icon: str
    title: str
    text: str
    url: str
    label: str
    due: str
    kind: str = ""  # danger, warning or nothing


Dated = tuple[date, Task]  # with the day by which it is in order
Asks = dict[Callable[[Any], Task], models.QuerySet]  # what is asked, each with how it is told
