"""An archive of a few stories, some of them told more than once, for tests of what pages show of an article."""

from datetime import UTC, datetime

from indexer.archive import Archive
from indexer.article import Article, Published
from tests.engines.memory import make_archive

STORY = " ".join(
    f"Sentence {number} tells of the harbour, the {word} and the long night on the quay."
    for number, word in enumerate("crane rope barge pilot lamp wharf tide gull anchor mast cargo storm".split())
)
BRIDGE = " ".join(
    f"The bridge over the harbour has {number} arches, and the {word} of the quay stands under it."
    for number, word in enumerate("stone iron brick baker tailor cooper weaver fuller sawyer tanner".split())
)
OTHER_WORDS = "rose lily aster poppy violet daisy iris orchid peony fern moss ivy oak elm ash fir".split()
COURIER = f"{STORY} The Courier adds a line."


def printed(
    id: str, day: int, body: str, title: str = "Night in the harbour", language: str = "en", url: str | None = None,
    original: str | None = None,
) -> Article:  # fmt: skip
    """An article of May 2021 in the paper of its name."""
    return Article(
        id=id, title=title, body=body, source=id.title(), language=language, url=url, original_url=original,
        translated_from="en" if original else None, published=Published(datetime(2021, 5, day, tzinfo=UTC)),
    ).with_hash()  # fmt: skip


def stories() -> Archive:
    """The night in three papers and one translation, the bridge in two papers, and tulips."""
    return make_archive(
        [
            printed("wire", 1, STORY, url="https://wire.example/night"),
            printed("courier", 2, COURIER),
            printed("post", 3, STORY),
            printed("anzeiger", 4, "Eine Nacht am Hafen.", "Nacht", "de", original="https://wire.example/night"),
            printed("herald", 3, BRIDGE, "A bridge"),
            printed("review", 4, f"{BRIDGE} So says the Review.", "A bridge"),
            printed("garden", 5, "The price of tulips by the harbour.", "Tulips"),
            # Without others, no word tells anything.
            *(printed(f"old {word}", 1, f"{word} {word}", word) for word in OTHER_WORDS),
        ]
    )
