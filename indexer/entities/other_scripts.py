"""Names of people in Latin letters -> how they may be spelt in Cyrillic and Arabic ones: `romanise` turned round.

In: a name as somebody types it (Lavrov, Najib Mikati). Out: the spellings of its words in each script, for labels that
an archive has in it. Called by the engines through `shared.search.other_names`, for names that nothing else finds.
"""

from functools import lru_cache

from indexer import analysis
from indexer.entities.romanise import LONGEST, Romanised, is_telling, letter_table, longest_first, romanised
from indexer.entities.spellings_of import Parts, Spellings

# Spellings are those of folded words: ё is е, ة is ه, ى is ي. Doubled letters may stand for one.
_CYRILLIC = letter_table("""
    shch:щ|шч schtsch:щ sch:щ|ш tsch:ч tch:ч zh:ж kh:х ts:ц|тс tz:ц ch:ч|х sh:ш|щ ph:ф th:т|ф ck:к dj:дж|ж oo:у ou:у|оу
    yu:ю|ью iu:ю|иу ju:ю ya:я|ья aya:ая iya:ия oya:оя eya:ея uya:уя ayu:аю ia:ия|я|ья|иа ja:я
    ye:е|ье|є ie:е|ие|ье|є je:е yo:е|йо|ьо io:ио|е
    iy:ий|ый|ій ii:ий|ий|ій ij:ий yi:ї|ый|ий yy:ий|ый ey:ей|эй ei:ей|эй ay:ай ai:ай oy:ой oi:ой ee:и
    bb:б|бб dd:д|дд ff:в|ф|фф kk:к|кк ll:л|лл mm:м|мм nn:н|нн pp:п|пп rr:р|рр ss:с|сс tt:т|тт
    a:а|я b:б c:к|ц|с d:д e:е|э|є f:ф|в g:г h:х|г| i:и|й|і|ї|ы j:й|ж|дж k:к l:л m:м n:н o:о|е p:п q:к r:р s:с|з
    t:т u:у|ю v:в w:в x:кс y:й|ы|и|ий|ый|і|ій z:з|ц
""")
_SOFTENED = frozenset("bdlmnprstzv")  # behind them ь may stand, which nobody writes in Latin letters
_ARABIC = letter_table("""
    sh:ش ch:تش|ش kh:خ th:ث|ت|ذ dh:ذ|ظ|ض gh:غ ph:ف dj:ج ou:و| oo:و ee:ي aa:ا|عا|اع ai:ي|اي| ay:ي|اي ei:ي|اي|
    ey:ي|اي au:و|او aw:و|او ie:ي| ia:يا|ي iy:ي bb:ب dd:د|ض ff:ف kk:ك|ق ll:ل mm:م nn:ن rr:ر ss:س|ص tt:ت|ط zz:ز
    a:ا|ع|عا| b:ب c:ك|س d:د|ض e:ي|ا|ه|ع| f:ف g:ج|غ|ق|ك h:ح|ه| i:ي|ا|ع| j:ج k:ك|ق l:ل m:م n:ن o:و|ا|ع| p:ب
    q:ق|ك r:ر s:س|ص t:ت|ط u:و|ع|ا| v:ف w:و x:كس y:ي| z:ز|ذ|ظ|ض
""")
_ARABIC_ENDINGS = letter_table("a:ا|ه|ي|ع| ah:ه|اه e:ه|ي| i:ي|")
_ARTICLES = frozenset({"al", "el"})
_CYRILLIC_LETTERS, _ARABIC_LETTERS = longest_first(_CYRILLIC), longest_first(_ARABIC)


@lru_cache(maxsize=1024)
def in_other_scripts(name: str) -> tuple[Romanised, ...]:
    """How a name in Latin letters may be spelt in Cyrillic, and in Arabic letters; nothing for one in other letters."""
    words = analysis.tokens(name)
    words = [word for word in words if word not in _ARTICLES] or words
    if not words or not all(word.isascii() and word.isalpha() and len(word) <= LONGEST for word in words):
        return ()
    return (
        Romanised(tuple(Spellings(_cyrillic(word)) for word in words), is_telling(words, consonants=False)),
        Romanised(tuple(Spellings(_arabic(word)) for word in words), is_telling(words, consonants=True)),
    )


def respellings(name: str) -> tuple[Romanised, ...]:
    """How a name may be spelt in other scripts: in Latin letters, or one in Latin letters in the others."""
    wanted = romanised(name)
    return (wanted,) if wanted else in_other_scripts(name)


def _cyrillic(word: str) -> Parts:
    parts: list[tuple[str, ...]] = []
    for letters in _CYRILLIC_LETTERS.findall(word):
        parts.append(_CYRILLIC[letters])
        if letters[-1] in _SOFTENED:
            parts.append(("", "ь"))
    return tuple(parts)


def _arabic(word: str) -> Parts:
    *letters, last = _ARABIC_LETTERS.findall(word)
    return (("", "ال"), *(_ARABIC[each] for each in letters), _ARABIC_ENDINGS.get(last, _ARABIC[last]))
