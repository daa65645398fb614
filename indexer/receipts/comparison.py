"""What comes of a comparison: a receipt against the archive of today, or two receipts beside each other."""

from dataclasses import dataclass, field
from typing import Any

from indexer.article import Article
from indexer.receipts.difference import ReceiptDifference
from indexer.receipts.receipt import Receipt
from indexer.search.printer import to_text
from indexer.search.query import EVERYTHING, Node
from indexer.search.request import SearchRequest
from indexer.search.results import Matching


@dataclass(frozen=True, slots=True)
class ReceiptComparison:
    """A receipt against the archive of today: `difference` says what is new, gone and edited since.

    `tree` is the query as it was run, `matching` how.
    """

    receipt: Receipt
    request: SearchRequest
    total: int
    generation: int
    difference: ReceiptDifference
    matching: Matching | None = None
    tree: Node = field(default=EVERYTHING, repr=False, compare=False)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "receipt": self.receipt.to_dict(),
            "understood": to_text(self.tree),
            "matching": self.matching.to_dict() if self.matching else None,
            "total": self.total,
            "generation": self.generation,
            "net": self.net,
            **self.difference.to_dict(),
        }

    @property
    def changed(self) -> bool | None:
        """Whether other articles are found, None where that is not known."""
        return self.difference.changed

    @property
    def new(self) -> int | None:
        """How many articles are new."""
        return self.difference.new

    @property
    def gone(self) -> int | None:
        """How many articles are gone."""
        return self.difference.gone

    @property
    def edited(self) -> int | None:
        """How many articles read otherwise than they did."""
        return self.difference.edited

    @property
    def new_articles(self) -> tuple[Article, ...]:
        """The new articles that are named."""
        return self.difference.new_articles

    @property
    def new_ids(self) -> tuple[str, ...]:
        """Their ids."""
        return tuple(article.id for article in self.new_articles)

    @property
    def net(self) -> int:
        """By how many there are more, or fewer."""
        return self.total - self.receipt.total


@dataclass(frozen=True, slots=True)
class ReceiptsComparison:
    """Two receipts beside each other, the older one first: `difference` says what lies between them.

    `differing` names what the two searches do not have in common, as pairs of a receipt (`q`, `from`, `source` ...)
    with its value in the older and in the newer one; it is empty of two receipts of one search. New and gone articles
    are then so because of that, too.
    """

    older: Receipt
    newer: Receipt
    difference: ReceiptDifference
    differing: tuple[tuple[str, str, str], ...] = ()

    @property
    def net(self) -> int:
        """By how many the newer one has more, or fewer."""
        return self.newer.total - self.older.total

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "older": self.older.to_dict(),
            "newer": self.newer.to_dict(),
            "same_search": not self.differing,
            "differing": [{"name": name, "older": older, "newer": newer} for name, older, newer in self.differing],
            "net": self.net,
            **self.difference.to_dict(),
        }
