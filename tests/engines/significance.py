"""What the oracle says is said more in the hits than in the rest: every word of every article is counted."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator

from indexer.analysis import cut, fold, is_unspaced, query_words, tokens, word_terms
from indexer.analysis.stop_words import primary, stop_words
from indexer.article import ENTITY_KINDS
from indexer.search.query import Exact, Near, Node, Phrase, Prefix, Term
from indexer.search.request import SearchRequest
from indexer.search.significance import SignificantTerm
from tests.engines import counting
from tests.engines.matching import Corpus, Document, leaves, score

MARKS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~«»‘’‚“”„–—…،؛؟"  # marks of many languages
LEAST_SCORE = 10.83

Ids = frozenset[str]
Own = Callable[[str, str], bool]  # whether the search has a word, which is in a language


def significant_terms(
    corpus: Corpus, request: SearchRequest, tree: Node, hits: list[Document], size: int
) -> tuple[SignificantTerm, ...]:
    """The words and names of hits, of which the articles of the archive that are not among them have fewer."""
    everyone = frozenset(document.article.id for document in corpus.documents)
    found = frozenset(document.article.id for document in hits)
    own = _own(corpus, tree, request)

    names: dict[str, SignificantTerm] = {}
    for term in sorted(_names(corpus, request, found, everyone), key=_order):
        if not all(own(word, code) for word in tokens(term.text) for code in _codes(corpus)):
            names.setdefault(fold(term.text), term)
    listed = list(names.values())[:size]
    named = [(term, set(_terms(corpus, term.text))) for term in listed]
    seen: set[str] = set()
    for term in sorted(_words(corpus, found, own), key=_order):
        terms = _terms(corpus, term.text)
        longer = [name.count for name, parts in named if parts & terms]
        if not terms & seen and term.count > 5 * max(longer, default=0):
            listed.append(term)
        seen |= terms
    return tuple(sorted(listed, key=_order)[:size])


def _order(term: SignificantTerm) -> tuple[float, str, str]:
    return -round(term.score, 6), term.text, term.kind


def _terms(corpus: Corpus, text: str) -> set[str]:
    return {term for word in query_words(text, corpus.languages) for term in word.terms}


def _codes(corpus: Corpus) -> set[str]:
    return {primary(language) if language else "" for language in corpus.languages}


def _significant(
    term: tuple[str, str, str], count: int, having: Ids, hits: Ids, everyone: Ids
) -> Iterator[SignificantTerm]:
    """A kind, text and language, given which articles have it, of those that it is compared among."""
    rest = everyone - hits
    here, lacking = having & hits, everyone - having
    if len(here) < (3 if len(hits) >= 20 else 2) or not rest:
        return
    share, rest_share = len(here) / len(hits), len(having & rest) / len(rest)
    cells = [(group, some) for group in (hits, rest) for some in (having, lacking)]
    observed = [len(group & some) for group, some in cells]
    expected = [len(group) * len(some) / len(everyone) for group, some in cells]
    ratio = 2 * sum(o * math.log(o / e) for o, e in zip(observed, expected, strict=True) if o)
    if share >= 1.5 * rest_share and ratio >= LEAST_SCORE:
        kind, text, code = term
        yield SignificantTerm(kind, text, count, share, rest_share, ratio, code)


def _names(corpus: Corpus, request: SearchRequest, found: Ids, everyone: Ids) -> Iterator[SignificantTerm]:
    for kind in ENTITY_KINDS:
        having: dict[str, set[str]] = defaultdict(set)
        for document in corpus.documents:
            for name in counting.facet_values(document, kind, request.all_mentions):
                having[name].add(document.article.id)
        for name, ids in having.items():
            if not request.filter(kind).values:
                yield from _significant((kind, name, ""), len(ids & found), frozenset(ids), found, everyone)


def _words(corpus: Corpus, found: Ids, own: Own) -> Iterator[SignificantTerm]:
    forms: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for document in corpus.documents:
        if document.article.id in found:
            for code, term, written in set(_written(document)):
                forms[code, term][written] += 1
    for (code, _), counts in forms.items():
        if not any(own(form, code) for form in counts):
            text = _most_written(counts)
            having = frozenset(d.article.id for d in corpus.documents if score(corpus, Term(text), d) is not None)
            spoken = frozenset(d.article.id for d in corpus.documents if _speaks(corpus, d, code))
            word = "word", text, code
            yield from _significant(word, len(having & found), having & spoken, found & spoken, spoken)


def _most_written(counts: Counter[str]) -> str:
    most, count = min(counts.items(), key=lambda form: (-form[1], form[0].swapcase()))
    return most.lower() if 3 * counts[most.lower()] >= count else most


def _speaks(corpus: Corpus, document: Document, code: str) -> bool:
    made = {d.article.translation.language for d in corpus.documents if d.article.translation}
    translated = document.article.translation is not None and code in map(primary, made)
    return translated or code == primary(document.article.language or "")


def _written(document: Document) -> Iterator[tuple[str, str, str]]:
    """The words of an article that may be listed: language, index term and how it is written."""
    article = document.article
    texts = [("\n".join((article.title, article.summary, article.body)), article.language)]
    if article.translation:
        texts.append((article.translation.text, article.translation.language))
    for text, language in texts:
        code = primary(language) if language else ""
        for piece in text.split():
            if "@" not in piece and "://" not in piece and "www." not in piece.lower():
                yield from ((code, *word) for word in _words_in(piece.strip(MARKS), code))


def _words_in(piece: str, code: str) -> Iterable[tuple[str, str]]:
    found = cut(piece)
    joined = [bool(token.joint or (at and found[at - 1].joint)) for at, token in enumerate(found)]
    for token, part in zip(found, joined, strict=True):
        is_word = len(token.text) > (2 if part else 1) and any(letter.isalpha() for letter in token.text)
        if is_word and not is_unspaced(token.text) and token.text not in stop_words(code or "en"):
            yield word_terms(token.text, token.light, code or None)[0], piece[token.start : token.end]


def _own(corpus: Corpus, tree: Node, request: SearchRequest) -> Own:
    """Says whether the search has a word; of patterns it knows none but prefixes."""
    parts = [part for leaf in leaves(tree) for part in ((leaf.left, leaf.right) if isinstance(leaf, Near) else (leaf,))]
    texts = [part.text for part in parts if isinstance(part, Term | Phrase)]
    texts += [value for chosen in request.filters for value in chosen.values]
    asked = {term for text in texts for term in _terms(corpus, text)}
    begun = tuple(fold(part.text) for part in parts if isinstance(part, Prefix))
    exactly = {word for part in parts if isinstance(part, Exact) for word in tokens(part.text)}

    def own(word: str, code: str) -> bool:
        return any(
            set(word_terms(token.text, token.light, code or None)) & asked
            or token.text in exactly
            or (begun and token.text.startswith(begun))
            for token in cut(word)
        )

    return own
