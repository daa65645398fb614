"""What comes of asking: the answer of a server, and what is remembered of it and of its host. Values alone: who only
reads what is remembered needs no client.
"""

from dataclasses import dataclass

REDIRECTS = (301, 302, 303, 307, 308)
_PERMANENT = (301, 308)


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said of a document for the next time that it is asked for."""

    etag: str = ""
    modified: str = ""

    def headers(self) -> dict[str, str]:
        """The headers of a conditional request."""
        found = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in found.items() if value}


NONE = Validators()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request came to. `problem` is "" where there is a document, or where it has not changed.

    `address` is where it was found in the end, `moved` where it is for good ("" where it was asked). `kind` is the
    media type, `charset` what the header says. `problem` is a sentence, `status` the one that was answered, 0 of none;
    `wait` the seconds after which to come again, where the server says so. `passing` says that another time it may be
    had.
    """

    asked: str
    address: str = ""
    status: int = 0
    body: bytes = b""
    kind: str = ""
    charset: str = ""
    validators: Validators = NONE
    moved: str = ""
    problem: str = ""
    passing: bool = False
    wait: float = 0.0

    @property
    def unchanged(self) -> bool:
        """Whether it is as we have it."""
        return self.status == 304 and not self.problem

    @property
    def gone(self) -> bool:
        """Whether it will not come again."""
        return self.status == 410


@dataclass(frozen=True, slots=True)
class Known:
    """What is remembered of a host from one round to the next: its robots.txt (None: there was none), when that was
    asked for, and until when it wants to be left alone (seconds since 1970)."""

    robots: str | None = None
    asked: float = 0.0
    closed: float = 0.0


def is_redirect(answer: Answer) -> bool:
    """Whether an answer only says where else to ask."""
    return answer.status in REDIRECTS


def is_permanent(answer: Answer) -> bool:
    """Whether it says so for good."""
    return answer.status in _PERMANENT
