"""What a process does with its memory."""

import gc


def keep_what_is_loaded() -> None:
    """What is there now stays, and is shared by the processes that are made of this one. A page makes many small things that
    soon go by themselves: looking for those that do not, after every seven hundred, is a tenth of its cost."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
