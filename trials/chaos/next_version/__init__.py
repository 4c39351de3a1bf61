"""A version that comes after this one, with a migration that keeps everybody waiting."""
