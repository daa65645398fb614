"""robots.txt as RFC 9309 has it: what it forbids us, and how long it wants us to wait.

The library's `urllib.robotparser` takes the first rule that fits and knows neither `*` nor `$` in paths; here the
longest rule holds, and of equally long ones the one that allows.
"""

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

MOST_BYTES = 500 * 1024  # RFC 9309, section 2.5: at least so many are read
LONGEST_DELAY = 120.0  # seconds; who wants to be asked less often than this is asked at this rate
_LINE = re.compile(r"\s*(user-agent|allow|disallow|crawl-delay)\s*:\s*(.*)", re.IGNORECASE)
_TOKEN = re.compile(r"[A-Za-z_-]+")
_SAFE = "/?=&%*$!'()+,;:@~-._"


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for us: (length, allows, pattern) of each rule, and the seconds between two requests."""

    rules: tuple[tuple[int, bool, re.Pattern[str]], ...] = ()
    delay: float = 0.0

    def allow(self, address: str) -> bool:
        """Whether an address may be asked."""
        parts = urlsplit(address)
        path = _even(parts.path or "/") + (f"?{_even(parts.query)}" if parts.query else "")
        if path == "/robots.txt":
            return True
        fitting = [(length, allows) for length, allows, pattern in self.rules if pattern.match(path)]
        return max(fitting)[1] if fitting else True


FREE = Rules()


def parse(text: str, name: str) -> Rules:
    """The rules of a file for a robot of that name: those of the groups that name it, else those for all.

    Args:
        text: the file.
        name: ours, as it stands first in the User-Agent.
    """
    ours, others = _Group(), _Group()
    named: list[str] = []
    in_names = False
    for line in text.lstrip("\ufeff").splitlines():
        found = _LINE.match(line.partition("#")[0])
        if found is None:
            continue
        key, value = found[1].lower(), found[2].strip()
        if key == "user-agent":
            named = [*(named if in_names else ()), value]
            in_names = True
            ours.there = ours.there or _is(value, name)
            continue
        in_names = False
        for group, holds in ((ours, any(_is(each, name) for each in named)), (others, "*" in named)):
            if holds:
                group.add(key, value)
    return (ours if ours.there else others).rules()


class _Group:
    def __init__(self) -> None:
        self.there = False
        self._rules: list[tuple[int, bool, re.Pattern[str]]] = []
        self._delay = 0.0

    def add(self, key: str, value: str) -> None:
        if key == "crawl-delay":
            try:
                self._delay = min(max(0.0, float(value)), LONGEST_DELAY)
            except ValueError:
                return
        elif value:
            self._rules.append((len(_even(value)), key == "allow", _pattern(value)))

    def rules(self) -> Rules:
        return Rules(tuple(self._rules), self._delay if self._delay == self._delay else 0.0)


def _is(value: str, name: str) -> bool:
    token = _TOKEN.match(value)
    return token is not None and token[0].lower() == name.lower()


def _pattern(rule: str) -> re.Pattern[str]:
    ends = rule.endswith("$")
    pieces = [re.escape(_even(piece)) for piece in re.split(r"\*+", rule.removesuffix("$"))]
    # Possessive where it can be: a rule of many stars must not take exponential time.
    lazy = "".join(f"(?>.*?{piece})" for piece in pieces[1:-1])
    if len(pieces) == 1:
        return re.compile(pieces[0] + (r"\Z" if ends else ""), re.DOTALL)
    last = f".*{pieces[-1]}\\Z" if ends else f".*?{pieces[-1]}"
    return re.compile(pieces[0] + lazy + last, re.DOTALL)


def _even(text: str) -> str:
    """Text of an address in one form, whichever of its characters were encoded."""
    return quote(unquote(text), safe=_SAFE)
