"""Which language a text in Arabic letters is in. Called by `language`.

Old Persian newspapers on the web, and many keyboards since, write Persian with the Arabic forms of yeh and kaf, so the
letters that a statistical model goes by are those of Arabic. What cannot be mistaken are four letters that Arabic
lacks, the short words of every sentence, and the Arabic article.
"""

import re
from collections.abc import Mapping

# The forms in which one letter comes are made one, the vowel signs, the tatweel and the half-space go.
_ONE_FORM: dict[int, str | None] = {
    **dict.fromkeys(map(ord, "يىﻱﻲﻳﻴۍ"), "ی"),
    **dict.fromkeys(map(ord, "كﻙﻚﻛﻜڪ"), "ک"),
    **dict.fromkeys(map(ord, "ہۀھ"), "ه"),
    **dict.fromkeys(map(ord, "أإٱ"), "ا"),
    **dict.fromkeys((0x200D, 0x640, 0x670, *range(0x64B, 0x653)), None),
    0x200C: " ",
}
_WORD = re.compile(r"[^\W\d_]+")
# Words that stand in every few lines, in the forms above. Left out are those that two of these languages share, as
# Arabic and Persian do من, ما, هم, علی.
_WORDS: Mapping[str, frozenset[str]] = {
    "ar": frozenset(
        "فی الی التی الذی الذین هذا هذه ذلک عن مع کان کانت لم لن وقد کما منذ لدی انه انها وفی ومن قال قالت"
        " واضاف".split()
    ),
    "fa": frozenset(
        "را است این که از در به با برای آن آنها می نمی های هایی شد کرد شده کرده بود خود باید نیز تا دو وی اگر گفت شود"
        " کند دارد دارند کنند بوده هستند خواهد نیست چه هر بر همه یک سال اند شوند کردند گفته داد توسط مورد".split()
    ),
    "ur": frozenset(
        "کے کی کا میں هے هیں سے کو نے اور پر اس یه بهی تها تهی گیا گئے کر کیا نهیں ایک لئے لیے والے".split()
    ),
    "ps": frozenset("د په چې کې سره شو کړ وو یې ته هغه دغه کوی شوی کړی لپاره".split()),
    "ku": frozenset("بۆ ئەم لە بە کە لەو ئەو لەگەڵ بوو دەکات هەر ئێمە".split()),
}  # fmt: skip
# Letters that an alphabet is known by.
_LETTERS: Mapping[str, frozenset[str]] = {
    "ar": frozenset("ة"),
    "fa": frozenset("پچژگ"),
    "ur": frozenset("ٹڈڑںے"),
    "ps": frozenset("ټډړږښګڼېځڅ"),
    "ku": frozenset("ۆێڕڵە"),
    "ug": frozenset("ۇۈۋڭېە"),
    "sd": frozenset("ڄڃڇڊڏڌٻڀٺٿٽڦڳڱڻ"),
}
# The four letters of Persian are letters of its neighbours too; the rarer alphabets decide against it.
_SHARED = ("ur", "ps", "ku", "ug", "sd")
# Persian words that look as if they had it.
_NO_ARTICLE = ("البته", "الان", "بالا", "کالا", "الله", "الملل")
_ARTICLE = re.compile(r"(?:[وفبکل]|وب|ول)?ال\w{2,}|لل\w{2,}")
# So much more must speak for one language than for the next for the words to decide.
_LEAD = 2


def language_of(sample: str) -> str | None:
    """The language of a text in Arabic letters; None when nothing tells."""
    scores = _scores(sample)
    (best, most), (_, second) = sorted(scores.items(), key=lambda item: -item[1])[:2]
    return best if most - second >= min(_LEAD, max(1, len(sample) // 60)) and most > second else None


def _scores(sample: str) -> dict[str, int]:
    words = _WORD.findall(sample.translate(_ONE_FORM))
    scores = {
        language: sum(word in _WORDS.get(language, ()) for word in words) + sum(map(sample.count, letters))
        for language, letters in _LETTERS.items()
    }
    scores["ar"] += sum(1 for word in words if _ARTICLE.fullmatch(word) and not word.startswith(_NO_ARTICLE))
    rare = max(scores[language] for language in _SHARED)
    if rare >= _LEAD and rare * 2 > scores["fa"]:
        scores["fa"] = min(scores["fa"], rare - _LEAD)
    return scores
