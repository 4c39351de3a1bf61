"""How fast it is, as ratios to bare Django views of the same run: what a machine can do differs, what we add to it does not."""
