"""What was written never changes, whoever asks the database."""

from typing import Any

import pgtrigger


def only_goes_along(*, but: str = "") -> str:
    """In a trigger: its household became a part of another one, and nothing else changes."""
    free = f"ARRAY['household_id'{', ' + repr(but) if but else ''}]"
    return f"""TG_OP = 'UPDATE' AND to_jsonb(NEW) - {free} = to_jsonb(OLD) - {free} AND EXISTS (
    SELECT 1 FROM households_household AS part
    WHERE part.merged_into_id = NEW.household_id AND OLD.household_id IN (part.id, NEW.household_id)
)"""


def stays_as_it_is(
    name: str, *, but: str = "", operation: pgtrigger.Operation = pgtrigger.Update, condition: Any = None
) -> pgtrigger.Trigger:
    """What was written never changes. Only when its household became a part of another one it goes along, word for word."""
    moves = f"""
IF {only_goes_along(but=but)} THEN
    RETURN NEW;
END IF;
RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
"""
    return pgtrigger.Trigger(name=name, operation=operation, when=pgtrigger.Before, func=moves, condition=condition)
