"""An article -> other stories like it: each told once, however many papers print it."""

from indexer.browsing.languages import other_languages
from indexer.reading import Reading
from indexer.search.results import Hit

EACH_TOLD = 4  # times that a story among the related ones may be told before others are no longer looked for
MOST_SKIPPED = 100  # copies that are looked past


def other_stories(archive: Reading, id: str, size: int = 5, told: frozenset[str] | None = None) -> list[Hit]:
    """So many articles like one, each story once.

    Args:
        archive: the archive.
        id: the article.
        size: how many are wanted at most.
        told: ids of what is left out; None leaves out the article itself, its copies, its original or translations.

    Raises:
        NotFound: there is no such article.
    """
    known = set(_itself(archive, id) if told is None else told)
    found = list[Hit]()
    for hit in archive.related(id, size * EACH_TOLD + min(len(known), MOST_SKIPPED)) if size else ():
        if hit.id in known:
            continue
        known.update(copy.id for copy in archive.copies(hit.id))
        found.append(hit)
        if len(found) == size:
            break
    return found


def _itself(archive: Reading, id: str) -> set[str]:
    """The story of an article in all its prints and languages."""
    others = other_languages(archive, archive.get(id))
    return {id, *(each.id for each in others), *(hit.id for hit in archive.copies(id))}
