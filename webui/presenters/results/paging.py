"""Which pages of a list are named: the first and the last, the present one and those around it."""

AROUND = 2  # pages named on each side of the present one


def named(current: int, last: int) -> list[int | None]:
    """The numbers that are named, from 1; None stands for several that are left out."""
    wanted = sorted({1, last, *range(max(1, current - AROUND), min(last, current + AROUND) + 1)})
    found: list[int | None] = []
    for before, page in zip([0, *wanted], wanted, strict=False):
        if page - before == 2:
            found.append(before + 1)
        elif page - before > 2:
            found.append(None)
        found.append(page)
    return found
