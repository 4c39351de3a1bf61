"""Of some rows that are found once, before anything else."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func, QuerySet


class Among(Func):
    """For a filter: is what is at `path`, such as `plan__household`, one of these `rows`?

    As `__in`, for few rows: their keys are a list then, and not one more table to join. How long PostgreSQL thinks about a
    question grows much faster than the number of its tables."""

    arg_joiner, template = " = ANY(", "%(expressions)s)"
    output_field = BooleanField()

    def __init__(self, path: str, rows: QuerySet) -> None:
        super().__init__(F(path), ArraySubquery(rows.order_by().values("pk")))
