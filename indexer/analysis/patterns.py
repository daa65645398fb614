"""Patterns of `?` and `*` as regular expressions. Called wherever words are compared with a wildcard.

They match in time proportional to the word, whatever the pattern: each piece between two stars is taken where it first
fits, which leaves the most to those that follow, and never tried elsewhere (an atomic group). Signs in a row are put in
order, so that `?*?*` is two signs and one star.
"""

import re

_SIGNS = re.compile(r"[?*]*\*[?*]*")


def wildcard_pattern(pattern: str) -> re.Pattern[str]:
    """The regular expression of a folded pattern of `?` and `*`."""
    first, *others = map(_piece, in_order(pattern).split("*"))
    if not others:
        return re.compile(first)
    *middle, last = others
    return re.compile(first + "".join(rf"(?>\S*?{piece})" for piece in middle) + r"\S*" + last)


def in_order(pattern: str) -> str:
    """The same pattern with the signs of each row in order: `a?*?*b` as `a??*b`."""
    return _SIGNS.sub(lambda signs: "?" * signs[0].count("?") + "*", pattern)


def _piece(text: str) -> str:
    return r"\S".join(map(re.escape, text.split("?")))
