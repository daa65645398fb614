"""What the files of a dossier are called, below its folder.

Names are made of numbers and of names of fields, never of what an article says: so they are safe on every file system.
Pages lie in the folder itself or one below it; `BELOW` leads from the one to the other.
"""

from indexer.search.request import Period

BELOW = "../"
FRONT = "index.html"
SEARCH = "search.html"
FIRST_RESULTS = "results/0001.html"
FIRST_IN_TIME = "chronology/0001.html"


def article(number: int) -> str:
    """The page of the article of a number."""
    return f"articles/{number:05}.html"


def version(number: int, at: int) -> str:
    """The page of an earlier version of an article, from 1."""
    return f"articles/{number:05}-version-{at}.html"


def results(page: int) -> str:
    """A page of the articles in the order that was asked for."""
    return f"results/{page:04}.html"


def chronology(page: int) -> str:
    """A page of the articles in the order of their days."""
    return f"chronology/{page:04}.html"


def facet(field: str) -> str:
    """The values of a facet."""
    return f"facets/{field}.html"


def value(field: str, rank: int, page: int = 1) -> str:
    """A page of the articles with a value, which is the one of that rank, from 1."""
    return f"facets/{field}-{rank:04}{_page(page)}.html"


def period(value: Period | None, page: int = 1) -> str:
    """A page of the articles of a year or month, or of those without a date."""
    return f"facets/published-{value or 'undated'}{_page(page)}.html"


def _page(page: int) -> str:
    return f"-page-{page}" if page > 1 else ""
