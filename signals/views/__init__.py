"""The two sides of a signal: `reporter` is open to the world, `inbox` is for the team."""
