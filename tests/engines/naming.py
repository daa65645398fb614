"""Names that the oracle's archive shows nothing by: in other languages and scripts, and as articles spell them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from indexer.analysis import tokens
from indexer.article import ENTITY_KINDS, Article, EntityKind
from indexer.entities.corrections import Corrections
from indexer.entities.normalise import fold
from indexer.entities.other_names import labels_for
from indexer.entities.other_scripts import respellings
from indexer.entities.romanise import romanised

Spellings = Mapping[tuple[str, str], tuple[str, ...]]


class Naming:
    """The labels of an archive's entities, and what else they are called."""

    def __init__(self, articles: Iterable[Article], spellings: Spellings, rules: Corrections | None = None) -> None:
        self.rules = rules or Corrections()  # those of the archive's file, and what is joined by itself
        self.spellings = spellings  # of the archive's entities: others shown under the same name
        self._articles = list(articles)
        self._counts = Counter(named for a in self._articles for named in {(e.kind, e.name) for e in a.entities})

    def shown(self, field: str, name: str) -> str | None:
        """The label that a name means by being one, another spelling of one, or its name in another language."""
        if field not in ENTITY_KINDS:
            return self.rules.source(name) if field == "source" else name
        meant = (self._corrected(field, each) for each in (name, *labels_for(field, name)))
        return next((label for each in meant if (label := self.held(field, each))), None)

    def _corrected(self, field: EntityKind, name: str) -> str:
        named = self.rules.apply(field, name)
        return named[1] if named and named[0] == field else name

    def held(self, field: EntityKind, name: str) -> str | None:
        """The label that a name is, or is another spelling of."""
        if self._counts[field, name]:
            return name
        found = (label for (kind, label), others in self.spellings.items() if kind == field and name in others)
        return next(found, None)

    def elsewhere(self, field: str, name: str) -> list[str]:
        """The labels that a name means which no label and no table has."""
        if field not in ENTITY_KINDS:
            return []
        persons = self._people(name) if field == "person" else []
        telling = all(each.telling for each in respellings(name) if any(map(each.means, persons)))
        if telling and len(self._whole(persons)) == 1:
            return sorted(persons)
        labels = {
            entity.name
            for article in self._articles
            for entity in article.entities
            if entity.kind == field and fold(name) in map(fold, entity.variants) and _holds(article, tokens(name))
        }
        return sorted(labels)

    def likely(self, name: str) -> str | None:
        """The person whom a name in another script may mean, or one of that family name."""
        if self.elsewhere("person", name):
            return None
        whole = self._whole(self._people(name))
        last = romanised(tokens(name)[-1]) if tokens(name) else None
        near = [label for kind, label in self._counts if kind == "person" and last and last.fits(label)]
        near = sorted({*whole, *near}, key=lambda each: (each not in whole, -self._counts["person", each], each))
        return near[0] if near else None

    def _people(self, name: str) -> list[str]:
        wanted = respellings(name)
        return [label for kind, label in self._counts if kind == "person" and any(w.means(label) for w in wanted)]

    def _whole(self, labels: Sequence[str]) -> list[str]:
        """Those that are no family name of another."""
        families = {tokens(label)[-1] for label in labels if len(tokens(label)) > 1}
        return [label for label in labels if len(tokens(label)) > 1 or tokens(label)[0] not in families]


def _holds(article: Article, words: Sequence[str]) -> bool:
    texts = (tokens(text or "") for text in (article.title, article.summary, article.body))
    return any(list(words) == text[at : at + len(words)] for text in texts for at in range(len(text)))
