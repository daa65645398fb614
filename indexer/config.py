"""Configuration: `config.toml` and `BROADSHEET_<SECTION>__<KEY>` in the environment -> frozen dataclasses.

The dataclasses below list all keys, types and defaults; `config.toml` at the top of the repository shows each with a
comment, and a test holds the two together. A wrong type, an unknown key or a missing file raises `ConfigError`
naming the place and the nearest right thing.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, get_origin, get_type_hints

from indexer.errors import ConfigError
from indexer.fields import STATED_FIELDS
from indexer.sources import Source
from indexer.sources import read as read_sources
from indexer.stated import is_language, is_sender, nearest, typed
from indexer.web_settings import ACCESS_LOGS, networks, public_address
from indexer.zones import STATED, named

ENVIRONMENT_PREFIX = "BROADSHEET_"
DEFAULT_FILE = "config.toml"
SOURCES_FILE = "sources.toml"


@dataclass(frozen=True, slots=True)
class ArchiveConfig:
    """`[archive]`: what the archive is called and where it lives."""

    name: str = "Broadsheet"
    tagline: str = "The news, kept and searchable"
    index: str = "index_data"
    time_zone: str = STATED


@dataclass(frozen=True, slots=True)
class EngineConfig:
    """`[engine]`: which engine answers, and its options. `processes = 0` means one for each core.

    What follows `memory_mb` concerns OpenSearch: where the cluster is, who we are there, how an archive is laid out.
    """

    name: str = "whoosh"
    processes: int = 0
    memory_mb: int = 512
    hosts: tuple[str, ...] = ("http://localhost:9200",)
    user: str = ""
    password: str = field(default="", repr=False)
    ca_certs: str = ""
    timeout_seconds: int = 60
    alias: str = ""
    shards: int = 1
    replicas: int = 1
    partition: str = ""
    roll_over_mb: int = 0


@dataclass(frozen=True, slots=True)
class IngestConfig:
    """`[ingest]`: limits that keep one bad file from hurting the rest, and extra field names."""

    max_article_mb: int = 5
    max_line_mb: int = 40
    max_json_depth: int = 100
    max_expansion: int = 200
    max_warc_record_mb: int = 20
    max_seconds: int = 60
    commit_every: int = 50_000
    default_language: str = ""
    languages: tuple[str, ...] = ()
    source_languages: Mapping[str, str] = field(default_factory=dict)
    field_aliases: Mapping[str, str] = field(default_factory=dict)
    versions: str = "all"


@dataclass(frozen=True, slots=True)
class EntitiesConfig:
    """`[entities]`: finding people, organisations and places. `taggers` maps a language to a tagger's name or path."""

    enabled: bool = True
    corrections: str = "entities.toml"
    min_mentions: int = 2
    join_spellings: bool = True
    join_family_names: bool = True
    taggers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TranslationConfig:
    """`[translation]`: machine translation of articles in languages that readers do not read.

    `into` are the languages they read; an article in another one is translated into the first of them, if it is of
    `languages` (none: any) and of `sources` (none: any). `what` is "title" (title and summary) or "all".
    """

    engine: str = ""
    into: tuple[str, ...] = ("en",)
    languages: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    what: str = "all"
    command: str = ""
    url: str = ""
    api_key: str = field(default="", repr=False)
    timeout_seconds: int = 60
    with_build: bool = False


@dataclass(frozen=True, slots=True)
class FollowConfig:
    """`[follow]`: the manners of `indexer follow` towards those whom it asks. `contact` stands in the User-Agent."""

    contact: str = ""
    min_delay_ms: int = 1000
    hosts_at_once: int = 16
    pages_per_round: int = 500
    max_mb: int = 10
    connect_seconds: int = 10
    read_seconds: int = 20
    whole_seconds: int = 60


@dataclass(frozen=True, slots=True)
class AlertsConfig:
    """`[alerts]`: how messages of alerts are sent, and what readers of a closed archive may have sent where.

    `recipients` and `webhooks` are patterns with `*` that page and API keep to; the command line may name any address.
    `listed` is how many articles a message names. `private` allows webhooks in private networks.
    """

    smtp_host: str = ""
    smtp_port: int = 587
    smtp_security: str = "starttls"
    smtp_user: str = ""
    smtp_password: str = field(default="", repr=False)
    sender: str = ""
    with_follow: bool = True
    listed: int = 20
    private: bool = False
    recipients: tuple[str, ...] = ()
    webhooks: tuple[str, ...] = ()
    per_reader: int = 50


@dataclass(frozen=True, slots=True)
class SearchConfig:
    """`[search]`: sizes and limits of queries, and whether all words of a plain one must match (`request.Match`)."""

    page_size: int = 20
    facet_size: int = 10
    budget_ms: int = 10_000
    max_expansions: int = 1_000
    match: str = "auto"


@dataclass(frozen=True, slots=True)
class WebConfig:
    """`[web]`: the address and manners of the site."""

    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 0
    threads: int = 8
    stop_seconds: int = 30
    base_url: str = ""
    hosts: tuple[str, ...] = ()
    trusted_proxies: tuple[str, ...] = ()
    default_language: str = "en"
    rate_limit: str = "120 per minute"
    page_limit: str = "1200 per minute"
    export_limit: str = "60 per minute"
    suggest_limit: str = "6000 per minute"
    rate_storage: str = field(default="memory://", repr=False)
    access_log: str = "plain"
    slow_ms: int = 2000
    log_queries: bool = False
    metrics_from: tuple[str, ...] = ()
    cors_origins: tuple[str, ...] = ()
    indexable: bool = False
    keyboard_shortcuts: bool = True
    about: str = ""
    privacy: str = ""
    disclaimer: str = ""


@dataclass(frozen=True, slots=True)
class AccessConfig:
    """`[access]`: who may read the archive in a browser and over HTTP. What follows `mode` concerns a closed one."""

    mode: str = "open"
    users: str = "users.toml"
    sessions: str = "sessions.sqlite"
    idle_minutes: int = 120
    session_hours: int = 12
    login_limit: str = "10 per 15 minutes"
    plain_http: bool = False
    log_addresses: bool = False

    @property
    def closed(self) -> bool:
        """Whether strangers are turned away."""
        return self.mode == "closed"


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that can be set, one attribute for each section."""

    archive: ArchiveConfig = ArchiveConfig()
    engine: EngineConfig = EngineConfig()
    ingest: IngestConfig = IngestConfig()
    entities: EntitiesConfig = EntitiesConfig()
    search: SearchConfig = SearchConfig()
    web: WebConfig = WebConfig()
    access: AccessConfig = AccessConfig()
    translation: TranslationConfig = TranslationConfig()
    follow: FollowConfig = FollowConfig()
    alerts: AlertsConfig = AlertsConfig()
    sources: tuple[Source, ...] = ()

    def with_index(self, path: str | Path) -> "Config":
        """The same configuration for another index directory."""
        return replace(self, archive=replace(self.archive, index=str(path)))


def load_config(path: str | Path | None = None, environ: Mapping[str, str] | None = None) -> Config:
    """Read a configuration file and the environment over the defaults.

    Without a path, `config.toml` in the current directory is used if it is there. A relative path in a file counts from
    the file's own directory, so that a command gives the same answer wherever it is run; in the environment it counts
    from the current directory.

    Raises:
        ConfigError: missing or malformed file, unknown section or key, wrong type.
    """
    tables: dict[str, dict[str, Any]] = {}
    base = Path()
    if path is None and Path(DEFAULT_FILE).is_file():
        path = DEFAULT_FILE
    if path is not None:
        tables = _read(Path(path))
        base = Path(path).parent
    where = str(path) if path is not None else "the defaults"
    sources = _sources(tables, where, base)
    sections = {f.name: f for f in fields(Config) if f.name != "sources"}
    for name, table in tables.items():
        if name not in sections:
            raise ConfigError(f"{where}: unknown section [{name}]{nearest(name, sections)}")
        if not isinstance(table, dict):
            raise ConfigError(f"{where}: {name!r} stands outside a section{nearest(name, sections)}")
    _overlay(tables, sections, os.environ if environ is None else environ)
    built = {name: _section(where, name, sections[name].default, table) for name, table in tables.items()}
    config = Config(**built, sources=sources)
    try:
        _validate(where, config)
    except ConfigError as error:
        raise ConfigError(_blaming(str(error), where, tables)) from None
    return _from_file(config, tables, base)


def _sources(tables: dict[str, Any], where: str, base: Path) -> tuple[Source, ...]:
    """The sources of a configuration file, which may stand in a file of their own beside it."""
    stated = read_sources(tables.pop("sources", []), where)
    beside = base / SOURCES_FILE
    if not beside.is_file():
        return _with_folders(stated, base)
    if stated:
        raise ConfigError(f"{where}: sources stand here and in {beside} too. Keep them in one of these files.")
    found: dict[str, Any] = _read(beside)
    for name in found:
        if name != "sources":
            raise ConfigError(f"{beside}: unknown section [{name}]. It holds tables under [[sources]].")
    return _with_folders(read_sources(found.get("sources", []), str(beside)), base)


def _with_folders(sources: tuple[Source, ...], base: Path) -> tuple[Source, ...]:
    """Sources whose folders count from the folder of their file."""
    if base == Path():
        return sources
    return tuple(
        replace(each, folders=tuple(str(base / folder) for folder in each.folders)) if each.folders else each
        for each in sources
    )


def _from_file(config: Config, tables: Mapping[str, Mapping[str, Any]], base: Path) -> Config:
    """The configuration with relative paths counted from the folder of its file, but those of the environment."""
    for section, keys in _PATHS.items():
        known = getattr(config, section)
        stated = [key for key in keys if not isinstance(tables.get(section, {}).get(key), _FromEnvironment)]
        moved = {key: str(base / path) for key in stated if base != Path() and (path := getattr(known, key))}
        config = replace(config, **{section: replace(known, **moved)})
    return config


def _read(path: Path) -> dict[str, dict[str, Any]]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"No configuration file at {path}. Name an existing one with --config.") from None
    except IsADirectoryError:
        raise ConfigError(f"{path} is a directory, not a configuration file.") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path} is not UTF-8 text. Save it in that encoding.") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path} is not valid TOML: {error}. Correct that line.") from None
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}.") from None


def _overlay(tables: dict[str, dict[str, Any]], sections: Mapping[str, Any], environ: Mapping[str, str]) -> None:
    for variable, text in sorted(environ.items()):
        if not variable.startswith(ENVIRONMENT_PREFIX) or "__" not in variable:
            continue
        section, _, key = variable.removeprefix(ENVIRONMENT_PREFIX).lower().partition("__")
        if section not in sections:
            raise ConfigError(
                f"environment variable {variable}: unknown section [{section}]{nearest(section, sections)}"
            )
        tables.setdefault(section, {})[key] = _FromEnvironment(variable, text)


@dataclass(frozen=True, slots=True)
class _FromEnvironment:
    variable: str
    text: str


def _section(where: str, name: str, default: Any, table: Mapping[str, Any]) -> Any:
    hints = get_type_hints(type(default))
    values: dict[str, Any] = {}
    for key, value in table.items():
        place = f"{where}: [{name}] {key}"
        if isinstance(value, _FromEnvironment):
            place, value = f"environment variable {value.variable}", _from_text(value.text, hints.get(key))
        if key not in hints:
            raise ConfigError(f"{place}: unknown key{nearest(key, hints)}")
        values[key] = typed(place, value, hints[key])
    return replace(default, **values)


def _from_text(text: str, kind: Any) -> Any:
    """An environment variable's text as TOML would have it; plain text where a string is wanted."""
    if kind is str or kind is None:
        return text
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return [part.strip() for part in text.split(",")] if get_origin(kind) is tuple else text


def _blaming(message: str, where: str, tables: Mapping[str, Mapping[str, Any]]) -> str:
    """A message about a setting, with the variable of the environment as its place where the setting is from there."""
    for section, table in tables.items():
        for key, value in table.items():
            place, _, rest = message.partition(f"[{section}] {key}")
            if isinstance(value, _FromEnvironment) and place == f"{where}: " and rest[:1] in (":", " "):
                return f"environment variable {value.variable}{rest}"
    return message


def _validate(where: str, config: Config) -> None:
    if config.archive.time_zone != STATED and named(config.archive.time_zone) is None:
        raise ConfigError(
            f"{where}: [archive] time_zone: {config.archive.time_zone!r} is not a time zone. "
            f'Write an IANA name such as Europe/Paris, or "{STATED}" for the zone that each article states.'
        )
    if config.access.mode not in ACCESS_MODES:
        raise ConfigError(
            f"{where}: [access] mode: {config.access.mode!r} is not a way to keep an archive. "
            'Write "open" for everyone or "closed" for the users of `indexer user`.'
        )
    for name, field_name in config.ingest.field_aliases.items():
        if field_name not in STATED_FIELDS:
            place = f"{where}: [ingest] field_aliases: {name!r} stands for no field {field_name!r}"
            raise ConfigError(place + nearest(field_name, STATED_FIELDS))
    ingest = config.ingest
    languages = {"default_language": [ingest.default_language] if ingest.default_language else []}
    languages |= {"languages": list(ingest.languages), "source_languages": list(ingest.source_languages.values())}
    for key, language in ((key, language) for key, codes in languages.items() for language in codes):
        if not is_language(language):
            raise ConfigError(
                f"{where}: [ingest] {key}: {language!r} is not a language code. Write one such as en or zh-Hant."
            )
    if ingest.versions not in ("all", "newest"):
        raise ConfigError(
            f"{where}: [ingest] versions: {ingest.versions!r} is not a choice of versions to keep. "
            'Write "all" or "newest".'
        )
    if config.engine.partition not in PARTITIONS:
        raise ConfigError(
            f"{where}: [engine] partition: {config.engine.partition!r} is not a way to part an archive. "
            'Write "year", "month" or "" for none.'
        )
    if config.translation.engine not in TRANSLATION_ENGINES:
        raise ConfigError(
            f"{where}: [translation] engine: {config.translation.engine!r} is none that is known. "
            f'Write {", ".join(map(repr, TRANSLATION_ENGINES[1:]))} or "" for none.'
        )
    if config.translation.what not in ("title", "all"):
        raise ConfigError(
            f"{where}: [translation] what: {config.translation.what!r} is not what can be translated. "
            'Write "title" or "all".'
        )
    if config.search.match not in MATCHES:
        raise ConfigError(
            f"{where}: [search] match: {config.search.match!r} is not a way to match the words of a query. "
            'Write "auto", "all" or "best".'
        )
    _validate_web(where, config.web)
    _validate_alerts(where, config.alerts)
    for section, key, low, high in _BOUNDS:
        value = getattr(getattr(config, section), key)
        if not low <= value <= high:
            raise ConfigError(f"{where}: [{section}] {key} is {value}; it must lie between {low} and {high}")


def _validate_web(where: str, web: WebConfig) -> None:
    public_address(web.base_url, f"{where}: [web] base_url")
    for key in ("trusted_proxies", "metrics_from"):
        networks(getattr(web, key), f"{where}: [web] {key}")
    if web.access_log not in ACCESS_LOGS:
        raise ConfigError(
            f"{where}: [web] access_log: {web.access_log!r} is not a kind of log. "
            'Write "off", "plain" (nothing about people) or "full" (addresses and what was asked).'
        )


def _validate_alerts(where: str, alerts: AlertsConfig) -> None:
    if alerts.smtp_security not in SMTP_SECURITY:
        raise ConfigError(
            f"{where}: [alerts] smtp_security: {alerts.smtp_security!r} is not a way to talk to a mail server. "
            'Write "starttls", "tls" or "none".'
        )
    if alerts.smtp_host and not is_sender(alerts.sender):
        raise ConfigError(
            f"{where}: [alerts] sender: {alerts.sender!r} is not an address that mails can be from. "
            "Write one such as archive@news.example."
        )


_PATHS = {
    "archive": ("index",),
    "access": ("users", "sessions"),
    "web": ("about", "privacy", "disclaimer"),
}
ACCESS_MODES = ("open", "closed")
PARTITIONS = ("", "year", "month")
MATCHES = ("auto", "all", "best")
SMTP_SECURITY = ("starttls", "tls", "none")
TRANSLATION_ENGINES = ("", "command", "apertium", "libretranslate", "argos")
_BOUNDS = (
    ("access", "idle_minutes", 1, 43_200),
    ("access", "session_hours", 1, 720),
    ("engine", "processes", 0, 256),
    ("engine", "memory_mb", 64, 1 << 20),
    ("engine", "timeout_seconds", 1, 3600),
    ("engine", "shards", 1, 1024),
    ("engine", "replicas", 0, 32),
    ("engine", "roll_over_mb", 0, 1 << 20),
    ("ingest", "max_article_mb", 1, 1 << 10),
    ("ingest", "max_line_mb", 1, 1 << 12),
    ("ingest", "max_json_depth", 2, 900),
    ("ingest", "max_expansion", 2, 1 << 20),
    ("ingest", "max_warc_record_mb", 1, 1 << 12),
    ("ingest", "max_seconds", 1, 86_400),
    ("ingest", "commit_every", 1, 1 << 30),
    ("entities", "min_mentions", 1, 100),
    ("translation", "timeout_seconds", 1, 3600),
    ("follow", "min_delay_ms", 0, 3_600_000),
    ("follow", "hosts_at_once", 1, 256),
    ("follow", "pages_per_round", 0, 1 << 20),
    ("follow", "max_mb", 1, 1 << 10),
    ("follow", "connect_seconds", 1, 3600),
    ("follow", "read_seconds", 1, 3600),
    ("follow", "whole_seconds", 1, 3600),
    ("alerts", "smtp_port", 1, 65535),
    ("alerts", "listed", 1, 100),
    ("alerts", "per_reader", 0, 10_000),
    ("search", "page_size", 1, 100),
    ("search", "facet_size", 1, 1000),
    ("search", "budget_ms", 10, 3_600_000),
    ("search", "max_expansions", 1, 1 << 20),
    ("web", "port", 0, 65535),
    ("web", "workers", 0, 256),
    ("web", "threads", 1, 256),
    ("web", "stop_seconds", 1, 3600),
    ("web", "slow_ms", 0, 3_600_000),
)
