"""Where somebody is led after the login: to an address of this site, never elsewhere."""

from urllib.parse import urlsplit

LONGEST = 4000  # characters; a longer one is forgotten, and the login leads to the front page
_NEVER = ("/login", "/logout")  # that would lead in a circle, or out again


def safe(text: str, root: str = "") -> str:
    """A path of this site with its query, as it was stated; the front page for everything else.

    Args:
        text: what an address states as its destination.
        root: where the site is mounted.
    """
    home = f"{root}/"
    if not text.startswith(home) or len(text) > LONGEST:
        return home
    # "//host" and "/\\host" are other sites to a browser, which also leaves out control characters and blanks at ends.
    if text.startswith("//") or "\\" in text or any(ord(char) <= 0x20 or ord(char) >= 0x7F for char in text):
        return home
    path = urlsplit(text).path.removeprefix(root)
    if path.startswith("//") or path.rstrip("/") in _NEVER:
        return home
    return text
