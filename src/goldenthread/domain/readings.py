"""The two readings of a plan, and what people call them."""

READING_NAMES = {"corrected": "with corrections", "printed": "as printed"}
"""What each reading is called on screen, the one that is asked by default first."""
READINGS = tuple(READING_NAMES)


def the_other(reading: str) -> str:
    """Return the key of the reading that is not this one."""
    return next(r for r in READINGS if r != reading)
