"""Sources as the configuration knows them: `[[sources]]` in `config.toml`, or in a `sources.toml` beside it.

In: tables as TOML has them. Out: `Source` values. Called by `config`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, get_origin, get_type_hints

from indexer.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Source:
    """One source: what it is called, what is known of it, where it is followed.

    `name` is the one that the archive shows, `other_names` are counted under it (`sena` for `SANA`). `language` is that
    of articles that state none; `translated_from` says that all of them are translations from that language.
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
            if name.casefold() in found:
                other = found[name.casefold()].name
                raise ConfigError(f"{where}: [[sources]] {source.name}: {name!r} is a name of {other!r} already.")
            found[name.casefold()] = source
    return tuple(dict.fromkeys(found.values()))


def _one(table: Mapping[str, Any], place: str) -> Source:
    hints = get_type_hints(Source)
    unknown = [key for key in table if key not in hints]
    if unknown:
        raise ConfigError(f"{place}: unknown key {unknown[0]!r}. Known: {', '.join(hints)}.")
    if not isinstance(table.get("name"), str) or not table["name"].strip():
        raise ConfigError(f'{place}: every source has a name, as in name = "SANA".')
    values: dict[str, Any] = {}
    for each in fields(Source):
        if each.name in table:
            values[each.name] = _typed(f"{place}: {each.name}", table[each.name], hints[each.name])
    return Source(**values)


def _typed(place: str, value: Any, kind: Any) -> Any:
    if get_origin(kind) is tuple:
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        raise ConfigError(f"{place}: wants a list of strings, not {value!r}.")
    if isinstance(value, kind) and not (kind is int and isinstance(value, bool)):
        return value
    wanted = {str: "text in quotes", int: "a whole number", bool: "true or false"}[kind]
    raise ConfigError(f"{place}: wants {wanted}, not {value!r}.")
