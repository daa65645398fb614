"""Classes of queries. Every word was checked to have the same matches under all the stemmers involved."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Query:
    """One query in neutral form: `kind` says how `words` combine."""

    kind: str
    words: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None

    def as_typed(self) -> str:
        """The words as one types them into Broadsheet's box."""
        return {
            "all": " ".join(self.words),
            "any": " OR ".join(self.words),
            "phrase": f'"{" ".join(self.words)}"',
            "prefix": f"{self.words[0]}*" if self.words else "",
            "everything": "",
        }[self.kind]


CLASSES: dict[str, tuple[Query, ...]] = {
    "common word": tuple(Query("all", (w,)) for w in ("senate", "bill", "president", "energy", "health")),
    "rare word": tuple(Query("all", (w,)) for w in ("sturgeon", "plutonium", "tularemia", "zimbabwe", "lighthouse")),
    "two words AND": tuple(
        Query("all", pair)
        for pair in (
            ("energy", "oil"),
            ("iraq", "troop"),
            ("health", "veteran"),
            ("farm", "drought"),
            ("border", "fence"),
        )
    ),
    "three words OR": tuple(
        Query("any", words)
        for words in (("energy", "oil", "climate"), ("health", "hospital", "medicare"), ("iraq", "troop", "war"))
    ),
    "phrase": tuple(
        Query("phrase", words)
        for words in (
            ("health", "care"),
            ("white", "house"),
            ("homeland", "security"),
            ("supreme", "court"),
            ("of", "the"),
        )
    ),
    "prefix": tuple(Query("prefix", (w,)) for w in ("terror", "hydro", "agricult", "vaccin", "immigr")),
    "word + dates": tuple(
        Query("all", (w,), date(2006, 1, 1), date(2006, 6, 30)) for w in ("senate", "energy", "health", "iraq", "farm")
    ),
    "everything": (Query("everything"),),
}
