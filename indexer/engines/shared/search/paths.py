"""Values of path fields as places in a tree: `News/Politics` lies below `News` and is counted there too."""


def path_of(value: str) -> str:
    """The path that a value stands for: `News/` is `News`."""
    return value.rstrip("/") or value


def upwards(value: str) -> list[str]:
    """The path of a value and all paths above it, from the top.

    A slash at the beginning and a doubled one begin no step of their own: above `a//b` there is `a`, above
    `/News` nothing.
    """
    path = path_of(value)
    return [*(path[:at] for at in range(1, len(path)) if path[at] == "/" and path[at - 1] != "/"), path]
