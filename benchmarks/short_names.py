"""How often the rule of short names is right: `python -m benchmarks.short_names INDEX...`.

In: directories of built archives. Out: two lines of figures for each, of people and of organisations. An article that
gives a name in full and also says it for short tells who is meant: `coreference` joined the two. Each such article and
short name is one trial: whom would the rule say, did the article have the short name alone? The article itself is left
out of the counts. Trials where the rule says nobody do not count.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from indexer.archive import open_archive
from indexer.article import Article, EntityKind
from indexer.config import Config
from indexer.entities.corrections import Corrections, Named
from indexer.entities.keys import joining_key, short_form
from indexer.entities.short_names import ARTICLES, KINDS, LEAST_PART, SHARE
from indexer.entities.variants import safe_merges

# The form of a short name, and whether it is of initials.
Form = tuple[str, bool]


@dataclass(slots=True)
class _Held:
    """How many articles have each of the names that go with a short one, as they are shown."""

    counts: Counter[Named] = field(default_factory=Counter)

    def without(self, mine: Sequence[Named], share: float, articles: int) -> Named | None:
        """Whom the rule says when an article that has the names `mine` is left out."""
        left = self.counts - Counter(mine)
        if not left:
            return None
        named, most = left.most_common(1)[0]
        total = sum(count for count in left.values() if count >= LEAST_PART * most)
        return named if most >= articles and most >= share * total else None


def trials(articles: Sequence[Article], kind: EntityKind, share: float, least: int) -> tuple[int, int]:
    """How often the rule says somebody, and how often that is right."""
    named = ((kind, name) for article in articles for name in set(article.names(kind)))
    counts: Counter[Named] = Counter(named)
    naming = Corrections(merges=safe_merges(counts, Corrections()))
    held: dict[Form, _Held] = {}
    for (_, name), count in counts.items():
        shown, form = naming.apply(kind, name), _full_form(kind, name)
        if shown and form:
            held.setdefault(form, _Held()).counts[shown] += count
    said = right = 0
    for article in articles:
        mine: dict[Form, list[Named]] = {}
        wanted: set[tuple[Form, Named]] = set()
        for entity in article.entities:
            shown, form = naming.apply(kind, entity.name), _full_form(kind, entity.name)
            if entity.kind != kind or not shown or not form:
                continue
            mine.setdefault(form, []).append(shown)
            if form in _bare_forms(kind, entity.variants):
                wanted.add((form, shown))
        for form, shown in wanted:
            guess = held[form].without(mine[form], share, least)
            said += guess is not None
            right += guess == shown
    return said, right


def _full_form(kind: EntityKind, name: str) -> Form | None:
    short = short_form(kind, joining_key(kind, name))
    return None if short is None or short.bare else (short.form, short.initials)


def _bare_forms(kind: EntityKind, names: Iterable[str]) -> set[Form]:
    shorts = ((name, short_form(kind, joining_key(kind, name))) for name in names)
    initials = kind == "organisation"
    return {(short.form, initials and name.isupper()) for name, short in shorts if short is not None and short.bare}


def main(directories: Sequence[str]) -> None:
    """Print the figures of each archive."""
    for directory in directories:
        with open_archive(Config().with_index(Path(directory))) as archive:
            articles = [article for article in archive.engine.stored() if not article.withdrawn]
        for kind in KINDS:
            for share, least in ((SHARE, ARTICLES), (0.8, 2)):
                said, right = trials(articles, kind, share, least)
                print(f"{directory}  {kind}  {share:.0%}, {least} articles: {right:,} of {said:,} right", end="")
                print(f" ({right / said:.1%})" if said else "")


if __name__ == "__main__":
    main(sys.argv[1:])
