"""Polish: CEN (economic news of Wikinews) and KPWr (texts of all kinds); a part of each, and SlavicNER, held out."""

from collections.abc import Mapping
from pathlib import Path

from babel import Locale

from indexer.entities.gazetteer import listed_names
from indexer.entities.nominative.names import NameLists
from indexer.entities.training.build_lexicon import seed_list, split_names
from indexer.entities.training.clusters import Sizes
from indexer.entities.training.corpora import GoldDocument
from indexer.entities.training.languages import polish_words
from indexer.entities.training.languages.annotated import read_slavicner
from indexer.entities.training.languages.base import Gold, Recipe
from indexer.entities.training.languages.readers import read_columns, split
from indexer.entities.training.train import Settings

# Peoples and adjectives are no names; of what is made, only media are organisations.
_PREFIXES = {
    "nam_liv_person": "PER", "nam_org_nation": "", "nam_org": "ORG", "nam_pro_media": "ORG", "nam_loc": "LOC",
    "nam_fac": "LOC",
}  # fmt: skip


class _Labels(Mapping[str, str]):
    """Labels of the corpora by what they start with: "nam_loc_gpe_city" is a place."""

    def __getitem__(self, name: str) -> str:
        return next((label for prefix, label in _PREFIXES.items() if name.startswith(prefix)), "")

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(_PREFIXES)

    def __len__(self) -> int:
        return len(_PREFIXES)

    def get(self, name: str, default: str = "") -> str:  # type: ignore[override]
        """The label, or an empty string."""
        return self[name] or default


def _read(path: Path, corpus: str) -> list[GoldDocument]:
    return read_columns(path, "pl", corpus, word=0, tag=3, labels=_Labels(), documents="-DOCSTART FILE")


def _gold(corpora: Path) -> Gold:
    cen = corpora / "CEN"
    learned, rest = split(_read(corpora / "KPWr" / "kpwr-test.iob", "kpwr"), 3)
    held_out = {
        "CEN": _read(cen / "cen-test.iob", "cen"),
        "KPWr": rest[::2],
        "SlavicNER": read_slavicner(corpora / "SlavicNER", "pl"),
    }
    return Gold(
        [*_read(cen / "cen-train.iob", "cen"), *learned], [*_read(cen / "cen-val.iob", "cen"), *rest[1::2]], held_out
    )


def _cities() -> set[str]:
    return {zone["city"] for zone in Locale("pl").time_zones.values() if "city" in zone}


def _phrases() -> dict[str, set[str]]:
    """Places and institutions in all their cases."""
    lists = {
        "COUNTRY": polish_words.declined(listed_names("pl")),
        "CITY": polish_words.declined(_cities()),
        "REGION": polish_words.declined(RECIPE.seed("phrases_area")),
        "BODY": polish_words.declined(RECIPE.seed("phrases_body")),
        "COMPANY": set(seed_list("phrases_company")),
    }
    return {name: set(split_names(rows)) for name, rows in lists.items()}


def _names() -> NameLists:
    family = {*polish_words.family_names(), *seed_list("surnames"), *RECIPE.seed("surnames")}
    foreign = [("m", name) for name in RECIPE.seed("given_men")] + [("f", name) for name in RECIPE.seed("given_women")]
    heads = [*RECIPE.seed("organisation_words"), *RECIPE.seed("place_words")]
    return NameLists(
        polish_words.given_names(foreign),
        {name.lower() for name in family if " " not in name},
        polish_words.things(
            [*heads, *RECIPE.seed("phrases_area"), *RECIPE.seed("phrases_body"), *_cities(), *listed_names("pl")]
        ),
    )


RECIPE = Recipe(
    "pl",
    _gold,
    countries=("PL",),
    sizes=Sizes(vocabulary=20_000, minimum=5, grains=(384, 128, 48)),
    settings=Settings(keep=90_000, passes=8),
    inflected=polish_words.inflected,
    flags=polish_words.flags,
    aims={"PER": 85.0, "ORG": 83.0, "LOC": 85.0},  # half of the tuning set is fiction, minutes and laws
    phrases=_phrases,
    names=_names,
    retold=False,
)
