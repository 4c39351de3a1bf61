"""Trials of the whole, with real processes on servers of their own: how fast it is (`bench`), and what is left of it after
everything that happens to real systems (`chaos`). Nothing of it is shipped."""
