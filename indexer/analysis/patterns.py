"""Patterns of `?` and `*` as regular expressions. Called wherever words are compared with a wildcard."""

import re


def wildcard_pattern(pattern: str) -> re.Pattern[str]:
    """The regular expression of a folded pattern of `?` and `*`."""
    pieces = {"?": r"\S", "*": r"\S*"}
    return re.compile("".join(pieces.get(piece) or re.escape(piece) for piece in re.split(r"([?*])", pattern)))
