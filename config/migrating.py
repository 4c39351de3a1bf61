"""How a whole room of tables is made in one step."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import CreateModel
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger


class CreateRoom(Operation):
    """Makes all models of an app, and then their triggers.

    Django draws every related model anew after each step of a migration. With a hundred models that point to each
    other that takes over a minute of a processor; here they are drawn once. The models may point to each other in
    circles: PostgreSQL gets the foreign keys when all tables are there.
    """

    category = OperationCategory.ADDITION
    serialization_expand_args: ClassVar = ["models", "triggers"]

    def __init__(self, models: Sequence[CreateModel], triggers: Sequence[AddTrigger]) -> None:
        self.models = models
        self.triggers = triggers

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        return self.__class__.__name__, [self.models, self.triggers], {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.is_delayed = True
        state.clear_delayed_apps_cache()
        for step in (*self.models, *self.triggers):
            step.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for step in (*self.models, *self.triggers):
            step.database_forwards(app_label, schema_editor, to_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for step in reversed(self.models):
            step.database_backwards(app_label, schema_editor, from_state, from_state)

    def describe(self) -> str:
        return "Create all models and triggers"
