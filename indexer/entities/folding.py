"""Names without case and accents, for comparing. Called by whoever compares names."""

import unicodedata

_DOTLESS = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss",
    "æ": "ae", "Æ": "AE", "œ": "oe", "’": "'", "ʼ": "'", "`": "'"})  # fmt: skip


def fold(name: str) -> str:
    """Lower case without accents, for comparing."""
    if name.isascii():
        return name.lower()
    plain = unicodedata.normalize("NFKD", name.translate(_DOTLESS))
    return "".join(char for char in plain if not unicodedata.combining(char)).lower()
