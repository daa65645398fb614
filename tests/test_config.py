"""The configuration: one table of keys, shown in `config.toml`, checked key by key."""

import tomllib
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from indexer.config import Config, load_config
from indexer.errors import ConfigError

ROOT = Path(__file__).parents[1]
SHIPPED = ROOT / "config.toml"


def _load(tmp_path: Path, text: str, environ: dict[str, str] | None = None) -> Config:
    file = tmp_path / "config.toml"
    file.write_text(text, encoding="utf-8")
    return load_config(file, environ or {})


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def test_the_shipped_file_shows_every_key_with_its_default() -> None:
    shown = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))
    defaults = {
        section.name: {
            key.name: _plain(getattr(section.default, key.name)) for key in fields(getattr(Config(), section.name))
        }
        for section in fields(Config)
        if section.name != "sources"
    }
    # A mapping's default is a factory's, so it is read from an instance.
    assert shown == {
        name: {key: _plain(getattr(getattr(Config(), name), key)) for key in table} for name, table in defaults.items()
    }


def test_every_key_of_the_shipped_file_has_a_comment() -> None:
    for line in SHIPPED.read_text(encoding="utf-8").splitlines():
        if " = " in line and not line.startswith("#"):
            assert " # " in line, line


def test_the_shipped_file_gives_the_defaults() -> None:
    config = load_config(SHIPPED, {}).with_index("index_data")
    beside = replace(Config().access, users=str(ROOT / "users.toml"), sessions=str(ROOT / "sessions.sqlite"))
    assert config == replace(Config(), access=beside), "paths count from the file"


def test_a_file_changes_what_it_names(tmp_path: Path) -> None:
    config = _load(
        tmp_path,
        """
        [archive]
        name = "The Gazette"
        [engine]
        hosts = ["http://a:9200", "http://b:9200"]
        [ingest]
        field_aliases = { kop = "title" }
        [entities]
        enabled = false
        """,
    )
    assert config.archive.name == "The Gazette"
    assert config.engine.hosts == ("http://a:9200", "http://b:9200")
    assert config.ingest.field_aliases == {"kop": "title"}
    assert config.entities.enabled is False
    assert config.search == Config().search


def test_a_relative_index_counts_from_the_file(tmp_path: Path) -> None:
    assert _load(tmp_path, '[archive]\nindex = "news"').archive.index == str(tmp_path / "news")
    assert _load(tmp_path, "").archive.index == str(tmp_path / "index_data")
    assert _load(tmp_path, '[archive]\nindex = "/var/news"').archive.index == "/var/news"


def test_a_relative_index_in_the_environment_counts_from_where_the_command_runs(tmp_path: Path) -> None:
    config = _load(tmp_path, '[archive]\nindex = "news"', {"BROADSHEET_ARCHIVE__INDEX": "here"})
    assert config.archive.index == "here"


def test_without_a_file_the_one_in_the_current_directory_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_config(environ={}) == Config()
    (tmp_path / "config.toml").write_text("[web]\nport = 9000\n", encoding="utf-8")
    config = load_config(environ={})
    assert (config.web.port, config.archive.index) == (9000, "index_data")


@pytest.mark.parametrize(
    ("variable", "text", "section", "key", "expected"),
    [
        ("BROADSHEET_WEB__PORT", "9000", "web", "port", 9000),
        ("BROADSHEET_ENTITIES__ENABLED", "false", "entities", "enabled", False),
        ("BROADSHEET_ARCHIVE__NAME", "42", "archive", "name", "42"),
        ("BROADSHEET_ENGINE__HOSTS", "http://a, http://b", "engine", "hosts", ("http://a", "http://b")),
        ("BROADSHEET_ENGINE__HOSTS", '["http://a"]', "engine", "hosts", ("http://a",)),
        ("BROADSHEET_INGEST__FIELD_ALIASES", '{ kop = "title" }', "ingest", "field_aliases", {"kop": "title"}),
    ],
)
def test_the_environment_overrides(variable: str, text: str, section: str, key: str, expected: object) -> None:
    assert getattr(getattr(load_config(SHIPPED, {variable: text}), section), key) == expected


def test_other_variables_are_left_alone() -> None:
    assert load_config(SHIPPED, {"BROADSHEET_DEBUG": "1", "PATH": "/bin"}).web == Config().web


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[serch]", "unknown section [serch]. Perhaps you meant 'search'?"),
        ("[search]\npagesize = 3", "[search] pagesize: unknown key. Perhaps you meant 'page_size'?"),
        (
            "[search]\nzzzz = 3",
            "[search] zzzz: unknown key. Known: page_size, facet_size, budget_ms, max_expansions, match.",
        ),
        (
            '[search]\nmatch = "most"',
            "[search] match: 'most' is not a way to match the words of a query. Write \"auto\"",
        ),
        ("port = 3", "unknown section [port]."),
        ('web = "x"', "'web' stands outside a section."),
        ('[web]\nport = "80"', "[web] port: wants a whole number, not '80'"),
        ("[web]\nport = true", "[web] port: wants a whole number, not True"),
        ("[web]\nhost = 1", "[web] host: wants text in quotes, not 1"),
        ('[web]\nindexable = "yes"', "[web] indexable: wants true or false, not 'yes'"),
        ('[web]\ncors_origins = "*"', "[web] cors_origins: wants a list of strings, not '*'"),
        ("[entities]\ntaggers = { ru = 1 }", "[entities] taggers: wants a table of strings"),
        ("[search]\npage_size = 1000", "[search] page_size is 1000; it must lie between 1 and 100"),
        ('[archive]\ntime_zone = "Mars"', "[archive] time_zone: 'Mars' is not a time zone. Write an IANA name"),
        (
            '[ingest]\nfield_aliases = { kop = "titel" }',
            "'kop' stands for no field 'titel'. Perhaps you meant 'title'?",
        ),
        (
            '[ingest]\nfield_aliases = { kop = "zzzz" }',
            "[ingest] field_aliases: 'kop' stands for no field 'zzzz'. Known: id, title, summary, body, published, ",
        ),
        ('[ingest]\nfield_aliases = { tags = "content_hash" }', "'tags' stands for no field 'content_hash'."),
        ('[ingest]\ndefault_language = "english"', "[ingest] default_language: 'english' is not a language code."),
        ("[web\n", "is not valid TOML: "),
        ('[web]\nbase_url = "news.example"', "[web] base_url: 'news.example' is not an address that others can open."),
        ('[web]\nbase_url = "https://news.example/?x"', "Write it whole, as in https://news.example or"),
        ('[web]\nbase_url = "ftp://news.example"', "is not an address that others can open."),
        ('[web]\nbase_url = "https://a:b@news.example"', "is not an address that others can open."),
        ('[web]\nbase_url = "https://news.example:99999"', "is not an address that others can open."),
        ('[web]\nbase_url = "https:///archive"', "is not an address that others can open."),
        ('[web]\ntrusted_proxies = ["10.0.0.1/8"]', "[web] trusted_proxies: '10.0.0.1/8' is neither an address nor a"),
        ('[web]\nmetrics_from = ["x"]', "[web] metrics_from: 'x' is neither an address nor a network."),
        ('[web]\naccess_log = "all"', '[web] access_log: \'all\' is not a kind of log. Write "off", "plain"'),
        ("[web]\nthreads = 0", "[web] threads is 0; it must lie between 1 and 256"),
    ],
    ids=lambda value: value if "\n" not in value else value.replace("\n", " "),
)
def test_a_mistake_is_named_with_its_place_and_the_nearest_right_thing(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        _load(tmp_path, text)
    assert str(tmp_path / "config.toml") in str(caught.value)
    assert message in str(caught.value)


def test_a_mistake_in_the_environment_names_the_variable() -> None:
    with pytest.raises(ConfigError, match=r"environment variable BROADSHEET_WEB__PROT: unknown key. Perhaps .* 'port'"):
        load_config(SHIPPED, {"BROADSHEET_WEB__PROT": "1"})
    with pytest.raises(
        ConfigError, match=r"^environment variable BROADSHEET_WEB__PORT is 99999; it must lie between 0"
    ):
        load_config(environ={"BROADSHEET_WEB__PORT": "99999"})
    with pytest.raises(ConfigError, match=r"^environment variable BROADSHEET_ARCHIVE__TIME_ZONE: 'Mars' is not a time"):
        load_config(environ={"BROADSHEET_ARCHIVE__TIME_ZONE": "Mars"})
    with pytest.raises(ConfigError, match="environment variable BROADSHEET_WEB__PORT: wants a whole number, not 'x'"):
        load_config(SHIPPED, {"BROADSHEET_WEB__PORT": "x"})
    with pytest.raises(ConfigError, match=r"BROADSHEET_WBE__PORT: unknown section .* Perhaps you meant 'web'"):
        load_config(SHIPPED, {"BROADSHEET_WBE__PORT": "1"})


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"No configuration file at .* Name an existing one with --config"):
        load_config(tmp_path / "none.toml", {})
    with pytest.raises(ConfigError, match="is a directory, not a configuration file"):
        load_config(tmp_path, {})
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="is not UTF-8 text"):
        load_config(tmp_path / "bytes.toml", {})


def test_an_archive_is_open_or_closed(tmp_path: Path) -> None:
    assert not Config().access.closed
    assert _load(tmp_path, '[access]\nmode = "closed"').access.closed
    with pytest.raises(ConfigError, match="'private' is not a way to keep an archive"):
        _load(tmp_path, '[access]\nmode = "private"')


def test_files_of_a_closed_archive_lie_beside_the_configuration(tmp_path: Path) -> None:
    environ = {"BROADSHEET_ACCESS__SESSIONS": "run/s.sqlite"}
    access = _load(tmp_path, '[access]\nusers = "who.toml"', environ).access
    assert (access.users, access.sessions) == (str(tmp_path / "who.toml"), "run/s.sqlite")
    assert _load(tmp_path, '[access]\nusers = "/etc/who.toml"').access.users == "/etc/who.toml"
