"""Values of path fields as places in a tree: `News/Politics` lies below `News` and is counted there too."""


def upwards(path: str) -> list[str]:
    """A path and all paths above it, from the top. Slashes at its ends and doubled ones part nothing: `/News` and
    `a//b` have one step and two, `News/` is `News`."""
    whole = path.rstrip("/") or path
    return [*(whole[:at] for at in range(1, len(whole)) if whole[at] == "/" and whole[at - 1] != "/"), whole]
