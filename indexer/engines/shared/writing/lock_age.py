"""What the second writer is told: how long the first has had the lock, in words, and how to wait for it."""

WAIT = "Wait until it has finished (`--wait`, or `open_archive(..., timeout=SECONDS)`)"

_UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second"))


def lock_age(seconds: float) -> str:
    """The largest unit that fits: `3 days`, `1 minute`, `less than a second`."""
    for size, unit in _UNITS:
        if seconds >= size:
            count = int(seconds // size)
            return f"{count} {unit}{'s' if count != 1 else ''}"
    return "less than a second"
