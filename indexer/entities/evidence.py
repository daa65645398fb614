"""Where articles name an entity, and how they spell it: what a reader needs to trust a name.

In: articles, and the kind and name of an entity. Out: `Evidence`. Called for `indexer entities explain` and for the
page of a person, organisation or place.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from indexer.article import Article, Entity, EntityKind, Mention
from indexer.entities.normalise import fold
from indexer.entities.tokenise import sentences
from indexer.search.results import Snippet

SENTENCES = 2  # shown of one article
LONGEST = 320  # characters of a sentence that is shown whole


@dataclass(frozen=True, slots=True)
class Evidence:
    """`name` is the one the entity is shown by, `spellings` say in how many of the articles each form stands, and
    `sentences` are passages by the id of the article, none for an article whose text does not name it."""

    name: str
    spellings: Mapping[str, int] = field(default_factory=dict)
    sentences: Mapping[str, tuple[Snippet, ...]] = field(default_factory=dict)


def gather(articles: Iterable[Article], kind: EntityKind, name: str) -> Evidence:
    """Look the entity up in articles; `name` may be any of its spellings."""
    names: Counter[str] = Counter()
    spellings: Counter[str] = Counter()
    passages: dict[str, tuple[Snippet, ...]] = {}
    for article in articles:
        entity = _find(article, kind, name)
        if entity:
            names[entity.name] += 1
            spellings.update({entity.name, *entity.variants})
            passages[article.id] = naming_sentences(article, entity)
    shown = min(names, key=lambda each: (-names[each], each)) if names else name
    ordered = sorted(spellings.items(), key=lambda item: (-item[1], item[0]))
    return Evidence(shown, dict(ordered), passages)


def _find(article: Article, kind: EntityKind, name: str) -> Entity | None:
    own = [entity for entity in article.entities if entity.kind == kind]
    wanted = fold(name)
    spelled = (entity for entity in own if wanted in {fold(entity.name), *map(fold, entity.variants)})
    return next((entity for entity in own if entity.name == name), next(spelled, None))


def naming_sentences(article: Article, entity: Entity) -> tuple[Snippet, ...]:
    """The first sentences of an article that name an entity: of its text, else of its summary, else its title."""
    for part, text in (("body", article.body), ("summary", article.summary), ("title", article.title)):
        mentions = sorted(mention for mention in entity.mentions if mention.field == part)
        if mentions:
            places = _spans(text, article.language, mentions)[:SENTENCES]
            return tuple(_passage(part, text, start, end, mentions) for start, end in places)
    return ()


def _spans(text: str, language: str | None, mentions: list[Mention]) -> list[tuple[int, int]]:
    """Where the sentences with mentions stand."""
    found = []
    base = (language or "").lower().split("-")[0]
    for sentence in sentences(text, base):
        start, end = sentence.span(0, len(sentence.words))
        if any(start <= mention.start < end for mention in mentions):
            found.append((start, end))
    return found


def _passage(part: str, text: str, start: int, end: int, mentions: list[Mention]) -> Snippet:
    inside = [mention for mention in mentions if start <= mention.start < end]
    first, last = start, end
    if end - start > LONGEST:
        first = max(start, inside[0].start - LONGEST // 2)
        last = min(end, first + LONGEST)
    spans = tuple((m.start - first, m.end - first) for m in inside if first <= m.start and m.end <= last)
    return Snippet(part, text[first:last], spans, leading=first > start, trailing=last < end)
