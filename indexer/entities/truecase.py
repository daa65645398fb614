"""Headlines in capitals, read as if they were ordinary sentences.

In: sentences of one document. Out: the same number of words, with words of all-capital sentences given the case
they have elsewhere: in the same document first, in the lexicon second. Called by the default tagger.
"""

from collections import Counter
from collections.abc import Sequence

from indexer.entities.lexicon import UNKNOWN_CAPS, Lexicon, is_headline

MIN_LETTERS = 3  # words with letters a sentence needs before its case is doubted
COMMON = 1  # lexicon bin up to which a capitalised word of a headline is an ordinary word
CAPITALISED = 2  # lexicon bin from which a word is a name more often than not
# Capitals that stay capitals.
ACRONYMS = frozenset(
    """
    us u.s. un u.n. uk u.k. eu e.u. nato uae usa u.s.a. imf who fbi cia opec asean gcc bbc cnn nasa nba nfl mlb nhl
    fifa uefa ioc un unesco unicef wto iaea osce nsa fda epa gop ira plo pkk isis isil ussr gm ibm amd hp ge bp abc
    nbc cbs npr afp ap aids hiv covid dna ceo cfo tv dc d.c. la ny nyc lapd nypd icc icj oecd brics aukus idf irgc ypg
    sdf rsf anc bjp ndp ncaa pga atp wta wwf amlo mbs jfk fdr ira uaw nra aclu naacp mit ucla hsbc ubs sec irs dea atf
    tsa cdc nih ftc fcc faa ntsb doj dhs hud usda dod opcw unhcr unrwa wfp wha ecb boe boj sap bmw vw at&t 3m
    """.split()
)


def is_shouting(words: Sequence[str]) -> bool:
    """Whether a sentence is set in capitals."""
    letters = upper = 0
    for word in words:
        if word[0].isalpha():
            letters += 1
            upper += word.isupper()
    return letters >= MIN_LETTERS and upper > 0.7 * letters


def truecase(sentences: Sequence[Sequence[str]], lexicon: Lexicon) -> list[Sequence[str]]:
    """Sentences with shouted and title-cased ones recased; the others are returned as they are."""
    loud = [place for place, words in enumerate(sentences) if any(map(str.isupper, words[:4])) and is_shouting(words)]
    titled = [
        place
        for place, words in enumerate(sentences)
        if place not in loud and is_headline(words, sum(word[0].isupper() for word in words))
    ]
    result: list[Sequence[str]] = list(sentences)
    if not loud and not titled:
        return result
    skip = {*loud, *titled}
    usage: dict[str, Counter[str]] = {word.lower(): Counter() for place in skip for word in sentences[place]}
    for place, words in enumerate(sentences):
        if place not in skip:
            for word in words[1:]:
                known = usage.get(word.lower())
                if known is not None:
                    known[word] += 1
    for place in loud:
        result[place] = [_recase(word, usage, lexicon) for word in sentences[place]]
    for place in titled:
        result[place] = _lower_common(sentences[place], usage, lexicon)
    return result


def _lower_common(words: Sequence[str], usage: dict[str, Counter[str]], lexicon: Lexicon) -> list[str]:
    """A headline in title case with its ordinary words in lower case; words of listed names stay."""
    capitals = [place for place, word in enumerate(words) if word[0].isupper()]
    names = lexicon.phrases(words, capitals)
    listed = {place for first, last, _ in names for place in range(first, last) if last - first > 1}
    return [
        word.lower() if place and place not in listed and _is_common(word, usage.get(word.lower()), lexicon) else word
        for place, word in enumerate(words)
    ]


def _is_common(word: str, here: Counter[str] | None, lexicon: Lexicon) -> bool:
    if not word[0].isupper() or (len(word) > 1 and word.isupper()):
        return False
    low = word.lower()
    if here:
        return here[low] > here[word]
    return lexicon.caps(low.rstrip(".")) <= COMMON


def _recase(word: str, usage: dict[str, Counter[str]], lexicon: Lexicon) -> str:
    if not word[0].isalpha() or not word.isupper():
        return word
    low = word.lower()
    here = usage.get(low)
    if here:
        return min(here, key=lambda form: (-here[form], form))
    if low in ACRONYMS or (len(word) > 1 and "." in word):
        return word
    habit = lexicon.caps(low.rstrip("."))
    if habit == UNKNOWN_CAPS or habit >= CAPITALISED:
        return low.capitalize()
    return low
