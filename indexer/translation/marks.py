"""What in a text is to stay as it is, whatever its language: addresses of the web and of mail, handles, hashtags."""

import re
from collections.abc import Callable

_ADDRESS = r"(?:https?://|ftp://|www\.)[^\s<>\"«»]*[^\s<>\"«».,;:!?)\]}'’”]"
FIXED = re.compile(rf"{_ADDRESS}|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<!\w)[@#]\w+")


def parted(text: str, plain: Callable[[str], str], fixed: Callable[[str], str]) -> str:
    """A text with one function applied to what may change and another to what is to stay."""
    found: list[str] = []
    at = 0
    for match in FIXED.finditer(text):
        found += [plain(text[at : match.start()]), fixed(match.group())]
        at = match.end()
    return "".join((*found, plain(text[at:])))
