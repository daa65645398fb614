"""`python -m benchmarks.percolate INDEX`: saved searches held against what the archive took in last, timed.

The searches are made from the archive's own articles, the same ones for the same archive: names, words, phrases, lists
of names, beginnings of words, words near each other, with filters and exclusions. Beside it stands the naive way, each
search run alone within the moments of those articles' arrival, on some of the searches.
"""

import argparse
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from indexer import Archive, open_archive
from indexer.analysis import fold
from indexer.article import Article
from indexer.search.moments import Moment
from indexer.search.request import MAX_SIZE, Arrival, Match, SearchRequest, Sort

SAMPLED = 2_000  # articles that searches are made from
ALONE = 200  # searches that are run the naive way
_NAME = re.compile(r"\b[A-Z][a-z]+(?: [A-Z]\.)? [A-Z][a-z]+\b")
_WORD = re.compile(r"[^\W\d_]{5,}")
# How many of a hundred searches are of each kind.
SHARES = {
    "name": 25, "words": 20, "names": 15, "phrase": 10, "name, source": 10,
    "person": 5, "beginning": 5, "near": 5, "without": 5,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """What searches are made from: some articles, and in how many of them each word is."""

    articles: Sequence[Article]
    chance: random.Random
    counts: Counter[str]
    people: Sequence[str]

    @classmethod
    def of(cls, archive: Archive, seed: int) -> "Words":
        """Articles drawn from all of an archive."""
        chance = random.Random(seed)
        kept: list[Article] = []
        for number, article in enumerate(archive):
            if number < SAMPLED:
                kept.append(article)
            elif (place := chance.randrange(number + 1)) < SAMPLED:
                kept[place] = article
        kept = [article for article in kept if _NAME.search(article.body)]
        counts = Counter(word for article in kept for word in set(_WORD.findall(fold(article.body))))
        people = [name for article in kept for name in article.names("person")]
        return cls(kept, chance, counts, people)

    def article(self) -> Article:
        """Any of the articles."""
        return self.chance.choice(self.articles)

    def name(self, article: Article | None = None) -> str:
        """A name in an article, quoted."""
        return f'"{self.chance.choice(_NAME.findall((article or self.article()).body))}"'

    def person(self) -> str:
        """Somebody whom an article names; of an archive without entities nobody."""
        return self.chance.choice(self.people) if self.people else "nobody"

    def words(self, count: int) -> list[str]:
        """The rarer ones of the words of a sentence."""
        found = _WORD.findall(fold(self.chance.choice(re.split(r"(?<=[a-z])\. ", self.article().body))))
        rare = sorted(set(found), key=lambda word: (self.counts[word], word))
        return rare[: 2 * count : 2] or ["senate"]

    def phrase(self) -> str:
        """Some words in a row, quoted."""
        words = self.article().body.split()
        start = self.chance.randrange(max(len(words) - 3, 1))
        return '"' + " ".join(words[start : start + self.chance.choice((2, 3))]).replace('"', "") + '"'


def alerts(archive: Archive, count: int, seed: int = 1) -> list[SearchRequest]:
    """Searches as people keep them, made from articles of an archive."""
    words = Words.of(archive, seed)
    kinds = words.chance.choices(list(SHARES), list(SHARES.values()), k=count)
    return [_alert(words, kind) for kind in kinds]


def _alert(words: Words, kind: str) -> SearchRequest:
    chance = words.chance
    match kind:
        case "name":
            return SearchRequest(words.name())
        case "words":
            return SearchRequest(" ".join(words.words(chance.choice((2, 2, 3)))))
        case "names":
            return SearchRequest(" OR ".join(words.name() for _ in range(chance.randrange(2, 7))))
        case "phrase":
            return SearchRequest(words.phrase())
        case "name, source":
            article = words.article()
            return SearchRequest(words.name(article)).with_filter("source", article.source or "")
        case "person":
            return SearchRequest().with_filter("person", words.person())
        case "beginning":
            return SearchRequest(" ".join(f"{word[: max(len(word) - 2, 4)]}*" for word in words.words(1)))
        case "near":
            return SearchRequest(" NEAR/10 ".join([*words.words(2), "senate"][:2]))
        case _:
            return SearchRequest(f"{words.name()} NOT {words.words(1)[0]}")


def newest(archive: Archive, count: int) -> Iterator[Article]:
    """What an archive took in last."""
    asked = SearchRequest(sort=Sort.ADDED, size=min(count, MAX_SIZE), facets=(), snippets=False)
    while count > 0:
        found = archive.search(asked)
        yield from (hit.article for hit in found.hits[:count])
        count -= len(found.hits)
        if found.next_cursor is None:
            return
        asked = replace(asked, cursor=found.next_cursor)


def _timed(ask: Callable[[], int], searches: int, label: str) -> float:
    """Print how long something took, and what it found; returns the seconds of one search."""
    wall, processor = time.perf_counter(), time.process_time()
    found = ask()
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    print(f"| {label} | {searches:,} | {wall:.2f} | {processor:.2f} | {searches / wall:,.0f} | {found:,} |", flush=True)
    return wall / searches


def main() -> None:
    """Parse the command line and run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.percolate", description=__doc__)
    parser.add_argument("index", help="the folder of an index, or a configuration file")
    parser.add_argument("--alerts", type=int, default=10_000)
    parser.add_argument("--articles", type=int, default=1_000, help="those that came last")
    parser.add_argument("--alone", type=int, default=ALONE, help="searches run the naive way")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with open_archive(options.index) as archive:
        searches = alerts(archive, options.alerts, options.seed)
        articles = list(newest(archive, options.articles))
        ids = [article.id for article in articles]
        print(f"{len(archive):,} articles, of which the last {len(ids):,}; searches such as:\n")
        for each in searches[:12]:
            print(f"    {each.query}" + "".join(f"  [{chosen.field}: {chosen.values[0]}]" for chosen in each.filters))
        print("\n| | searches | seconds | processor | searches/s | found |\n|---|---|---|---|---|---|")

        def together() -> int:
            return sum(map(len, archive.percolate(searches, ids)))

        took = [_timed(together, len(searches), "together") for _ in range(options.repeat)]
        since = min(article.added for article in articles if article.added)
        step = max(len(searches) // options.alone, 1)
        alone = SearchRequest(match=Match.ALL, added=Arrival(Moment(since)), facets=(), snippets=False, size=MAX_SIZE)
        narrowed = [replace(alone, query=each.query, filters=each.filters) for each in searches[::step]]
        one = _timed(lambda: sum(archive.search(each).total for each in narrowed), len(narrowed), "each alone")
        print(f"\nA search among the others takes 1/{one / min(took):,.0f} of its time alone.")


if __name__ == "__main__":
    main()
