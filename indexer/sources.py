"""Sources as the configuration knows them: `[[sources]]` in `config.toml`, or in a `sources.toml` beside it.

In: tables as TOML has them. Out: `Source` values, and the `Catalogue` that finds one by a name or an address. Called by
`config`, and by whatever looks an article's source up.
"""

import os.path
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, get_type_hints
from urllib.parse import urlsplit

from indexer.errors import ConfigError
from indexer.stated import is_language, nearest, typed

SHORTEST_ROUND, LONGEST_ROUND = 1, 43_200  # minutes: a month
_COUNTRY = re.compile(r"[A-Z]{2}")
_ADDRESSES = ("feeds", "sitemaps")
_LISTS_OF_NAMES = ("other_names", "collections", "folders")


@dataclass(frozen=True, slots=True)
class Source:
    """One source: what it is called, what is known of it, where it is followed.

    `name` is the one that the archive shows, `other_names` are counted under it (`sena` for `SANA`). `language` is that
    of articles that state none; `translated_from` says that all of them are translations from that language. `country`
    is a code of ISO 3166 (`SY`), `site` the address under which its articles lie.
    `collections` are the groups it belongs to ("wire agencies"). `feeds`, `sitemaps` and `folders` are followed every
    `every_minutes`; where a feed has no whole text, `full_text` fetches the page. `private` allows addresses of the
    local network.
    """

    name: str
    other_names: tuple[str, ...] = ()
    country: str = ""
    language: str = ""
    translated_from: str = ""
    site: str = ""
    collections: tuple[str, ...] = ()
    licence: str = ""
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    every_minutes: int = 60
    full_text: bool = True
    private: bool = False

    def to_dict(self) -> dict[str, Any]:
        """What readers are told of it, as JSON has it; not where and how it is followed."""
        return {
            "name": self.name,
            "other_names": list(self.other_names),
            "country": self.country or None,
            "language": self.language or None,
            "translated_from": self.translated_from or None,
            "site": self.site or None,
            "collections": list(self.collections),
            "licence": self.licence or None,
        }


class Catalogue:
    """Sources, found by their names or by an address under their site."""

    def __init__(self, sources: Iterable[Source] = ()) -> None:
        self.sources = tuple(sources)
        self._names = {_key(name): each for each in self.sources for name in (each.name, *each.other_names)}
        sites = ((_place(each.site), each) for each in self.sources if each.site)
        # The longest first: an edition has its own part of a site.
        self._sites = sorted(sites, key=lambda site: -sum(map(len, site[0])))
        folders = ((os.path.join(os.path.abspath(f), ""), each) for each in self.sources for f in each.folders)  # noqa: PTH100, PTH118
        self._folders = sorted(folders, key=lambda folder: -len(folder[0]))

    def __bool__(self) -> bool:
        return bool(self.sources)

    def named(self, name: str | None) -> Source | None:
        """The source that has a name, in any case."""
        return self._names.get(_key(name)) if name else None

    def at(self, address: str | None) -> Source | None:
        """The source under whose site an address lies."""
        if not address or not self._sites:
            return None
        host, path = _place(address)
        for (site, within), source in self._sites:
            if (host == site or host.endswith(f".{site}")) and f"{path}/".startswith(f"{within}/"):
                return source
        return None

    def holding(self, path: str) -> Source | None:
        """The source in one of whose folders a file lies."""
        place = f"{os.path.abspath(path)}{os.sep}" if self._folders and path else ""  # noqa: PTH100  # links stay
        return next((source for folder, source in self._folders if place.startswith(folder)), None)

    def of(self, name: str | None, address: str | None) -> Source | None:
        """The source of an article, by the name that it states, else by its address. What has only the host of its
        address for a name states none."""
        if found := self.named(name):
            return found
        stated = name and _key(name) != _place(address or "")[0]
        return None if stated else self.at(address)


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


def _place(address: str) -> tuple[str, str]:
    """The host of an address without "www.", and its path without an end."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return "", ""
    return host, parts.path.rstrip("/")


def read(tables: Any, where: str) -> tuple[Source, ...]:
    """The sources of a list of tables.

    Raises:
        ConfigError: the list, or a table in it, is not as `Source` has it, or two have one name.
    """
    if not isinstance(tables, Sequence) or isinstance(tables, str) or not all(isinstance(t, Mapping) for t in tables):
        raise ConfigError(f'{where}: sources are written as tables, each under [[sources]] with name = "...".')
    found: dict[str, Source] = {}
    for number, table in enumerate(tables, 1):
        source = _one(table, f"{where}: [[sources]] {table.get('name') or f'number {number}'}")
        for name in (source.name, *source.other_names):
            if _key(name) in found:
                other = found[_key(name)].name
                raise ConfigError(f"{where}: [[sources]] {source.name}: {name!r} is a name of {other!r} already.")
            found[_key(name)] = source
    return tuple(dict.fromkeys(found.values()))


def _one(table: Mapping[str, Any], place: str) -> Source:
    hints = get_type_hints(Source)
    for key in table:
        if key not in hints:
            raise ConfigError(f"{place}: unknown key {key!r}{nearest(key, hints)}")
    if not isinstance(table.get("name"), str) or not table["name"].strip():
        raise ConfigError(f'{place}: every source has a name, as in name = "SANA".')
    values: dict[str, Any] = {}
    for each in fields(Source):
        if each.name in table:
            value = typed(f"{place}: {each.name}", table[each.name], hints[each.name])
            values[each.name] = value.strip() if isinstance(value, str) else value
    source = Source(**values)
    _check(source, place)
    return source


def _check(source: Source, place: str) -> None:
    """Raise ConfigError where a value cannot be what it is for."""
    for key in ("language", "translated_from"):
        if (code := getattr(source, key)) and not is_language(code):
            raise ConfigError(f"{place}: {key}: {code!r} is not a language code. Write one such as en or zh-Hant.")
    if source.country and not _COUNTRY.fullmatch(source.country):
        raise ConfigError(f"{place}: country: {source.country!r} is not a country code. Write one such as SY or GB.")
    for key in _LISTS_OF_NAMES:
        if not all(each.strip() for each in getattr(source, key)):
            raise ConfigError(f"{place}: {key}: one of them is empty. Leave it out.")
    addresses = [("site", source.site)] if source.site else []
    addresses += [(key, address) for key in _ADDRESSES for address in getattr(source, key)]
    for key, address in addresses:
        if not _is_of_the_web(address):
            raise ConfigError(
                f"{place}: {key}: {address!r} is not an address of the web. Write one such as https://sana.sy/"
            )
    if not SHORTEST_ROUND <= source.every_minutes <= LONGEST_ROUND:
        raise ConfigError(
            f"{place}: every_minutes is {source.every_minutes}; "
            f"it must lie between {SHORTEST_ROUND} and {LONGEST_ROUND}."
        )


def _is_of_the_web(address: str) -> bool:
    plain = address.isprintable() and " " not in address
    return plain and address.lower().startswith(("http://", "https://")) and bool(_place(address)[0])
