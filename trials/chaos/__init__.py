"""Everything that happens to real systems, while partners post; and then, by SQL, whether anything was lost."""
