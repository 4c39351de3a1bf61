"""Recognises a number that could be a citizen service number (BSN). We never ask for it and never keep it."""

import re

# In groups, with no other digits around; or as one word, also beside other numbers, but not after a country code.
IN_GROUPS = re.compile(r"(?<!\d)(?<!\d[ .-])\d(?:[ .-]?\d){8}(?![ .-]?\d)")
AS_ONE_WORD = re.compile(r"(?<!\d)(?<!\+\d\d)(?<!\+\d\d[ .-])(?<!00\d\d[ .-])\d{9}(?!\d)")
WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def looks_like_bsn(text: str) -> bool:
    """Is there a run of nine digits in `text` that passes the eleven test (elfproef)?"""
    return any(
        passes_eleven_test(re.sub(r"\D", "", run)) for run in IN_GROUPS.findall(text) + AS_ONE_WORD.findall(text)
    )


def passes_eleven_test(digits: str) -> bool:
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, digits, strict=True))
    return digits != "000000000" and total % 11 == 0
