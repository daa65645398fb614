"""The charset of bytes that are no UTF-8: what chardet finds likely, what was declared and which languages to expect,
weighed together. Called by `charset`.

A bounded sample decides, of the lines that have anything but ASCII in them.
"""

import re
from collections.abc import Mapping, Sequence

SAMPLE = 1 << 13
# The sample is looked for in so many bytes: the head of a page may be long, and is ASCII.
LOOKED_THROUGH = 1 << 20
# A text of a few words in an old charset is most often Western.
SHORT = 60
WESTERN = "cp1252"

# Found or declared -> the codec that reads it: the charset itself or the one that has more characters.
_READ_AS: Mapping[str, str] = {
    "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874", "gb2312": "gb18030",
    "gbk": "gb18030", "big5": "big5hkscs", "cp950": "big5hkscs", "shift_jis": "cp932", "shift_jis_2004": "cp932",
    "euc_jp": "euc_jis_2004", "euc_kr": "cp949",
}  # fmt: skip
# In which charsets languages were written before UTF-8. What is not here was written in cp1252, as most is.
_OF_LANGUAGES: Mapping[str, tuple[str, ...]] = {
    language: tuple(codecs.split())
    for languages, codecs in (
        ("ru be uk bg mk sr kk ky tg tt mn", "cp1251 koi8-r koi8-u cp866 iso8859-5 mac-cyrillic"),
        ("ar fa ur ps ku", "cp1256 iso8859-6"),
        ("tr az", "cp1254"),
        ("el", "cp1253 iso8859-7"),
        ("he yi", "cp1255 iso8859-8"),
        ("th", "cp874"),
        ("vi", "cp1258"),
        ("pl cs sk sl hr hu ro sr bs sq", "cp1250 iso8859-2 cp852 iso8859-16"),
        ("lt lv et", "cp1257 iso8859-13"),
        ("ja", "cp932 euc_jis_2004"),
        ("zh", "gb18030 big5hkscs"),
        ("ko", "cp949 johab"),
    )
    for language in languages.split()
}  # fmt: skip
# Charsets of one byte a letter in which a word is all ASCII or all above.
_OTHER_ALPHABETS = frozenset(codec for language in ("ru", "ar", "el", "he", "th") for codec in _OF_LANGUAGES[language])
_CODECS = frozenset(codec for codecs in _OF_LANGUAGES.values() for codec in codecs) | {
    "cp1252", "iso8859-15", "mac-roman", "cp437", "cp850",
}  # fmt: skip
# How likely, beside the likeliest charset, one has to be to be believed when it was declared, when Western was declared
# (which is what programs declare that know nothing), when a language speaks for it, and when it is the usual one of a
# short text. Chosen on news texts in 34 languages cut to 24, 40, 80, 200 and 1,000 bytes.
DECLARED, DECLARED_WESTERN, EXPECTED, USUAL = 0.25, 0.6, 0.4, 0.4
# By how much a rarer Western charset has to be likelier than the usual one: of `caf\xe9` both could be.
_RARER_WESTERN, LEAD = frozenset(("mac-roman", "cp437", "cp850", "iso8859-15")), 1.001
# A page, a feed and a record name their language in about the same way.
_LANGUAGE = re.compile(rb"\blang(?:uage)?[\"']?\s*[=:>]\s*[\"']?([A-Za-z]{2,3})\b")
_WORD = re.compile(rb"[A-Za-z\x80-\xff]+")
_SEPARATORS = re.compile(rb"[<>\r\n]")


def guess(data: bytes, declared: Sequence[str], languages: tuple[str, ...] = ()) -> str:
    """The codec that reads the bytes best; of the declared ones the first that is likely enough."""
    sample = _sample(data)
    likely = _likely(sample)
    best = max(likely.values(), default=0.0)
    for codec in declared:
        share = DECLARED_WESTERN if codec == WESTERN else DECLARED
        if codec not in _CODECS or not likely or likely.get(_READ_AS.get(codec, codec), 0.0) >= share * best:
            return codec
    tongues = (*_languages_in(data), *(tag.partition("-")[0].lower() for tag in languages))
    expected = [codec for language in tongues for codec in _OF_LANGUAGES.get(language, ())]
    for codec, confidence in likely.items():
        if codec in expected and confidence >= EXPECTED * best:
            return codec
    if len(sample) < SHORT and _mixes(sample) and likely.get(WESTERN, 0.0) >= USUAL * best:
        return WESTERN
    first = next(iter(likely), WESTERN)
    return WESTERN if first in _RARER_WESTERN and likely.get(WESTERN, 0.0) * LEAD >= best else first


def _likely(sample: bytes) -> dict[str, float]:
    """Codecs and how sure the library is of each, best first. Only charsets that texts are really found in."""
    from chardet import detect_all  # most archives have no need of it, and it takes a tenth of a second to load

    barred = _OTHER_ALPHABETS if _mixes(sample) else frozenset()
    found: dict[str, float] = {}
    for result in detect_all(sample, compat_names=False, ignore_threshold=True):
        codec = str(result["encoding"])
        codec = _READ_AS.get(codec, codec)
        if codec in _CODECS and codec not in barred:
            found.setdefault(codec, result["confidence"])
    return found


def _sample(data: bytes) -> bytes:
    """Some kilobytes of lines and elements with bytes above 127."""
    pieces: list[bytes] = []
    size = 0
    for piece in _SEPARATORS.split(data[:LOOKED_THROUGH]):
        if not piece.isascii():
            pieces.append(piece[:SAMPLE])
            size += len(pieces[-1])
            if size >= SAMPLE:
                break
    return b"\n".join(pieces)


def _languages_in(data: bytes) -> list[str]:
    return [found.decode("ascii").lower() for found in _LANGUAGE.findall(data[:4096])[:3]]


def _mixes(sample: bytes) -> bool:
    """Whether most words with bytes above 127 have letters of ASCII as well: `caf\xe9`, in Latin letters."""
    words = [word for word in _WORD.findall(sample) if not word.isascii()]
    mixed = sum(any(byte < 128 for byte in word) for word in words)
    return mixed * 2 >= len(words)
