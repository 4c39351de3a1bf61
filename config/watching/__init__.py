"""What somebody watches who runs this: whether it lives, how it goes, and what went wrong. Never anything about people."""
