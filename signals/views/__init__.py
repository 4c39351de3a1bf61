"""The two sides of a signal: `posting` and `following` are open to the world, the others are for the team."""
