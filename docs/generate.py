"""`python -m docs.generate`: write the reference pages that are read off the code.

In: the commands of `indexer.cli`, the comments of `config.toml`, the table of `indexer.fields`. Out: `cli.md`,
`indexer.1`, `configuration.md` and `fields.md` beside this file. A test runs `pages()` and fails where a page on disk
differs.
"""

import re
from collections.abc import Iterator
from dataclasses import fields as dataclass_fields
from importlib.metadata import version
from inspect import getdoc
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import click

from docs.manual import manual
from indexer.cli.app import cli
from indexer.config import ENVIRONMENT_PREFIX, Config
from indexer.fields import FIELDS, Field, Kind
from indexer.sources import Source

HERE = Path(__file__).parent
SETTINGS = HERE.parent / "config.toml"
HELP_WIDTH = 100
GENERATED = "<!-- Made by `python -m docs.generate` from {}; edit that and run it again. -->"

EXIT_CODES = (
    ("0", "done, also when a search found nothing and when a build rejected some items"),
    (
        "1",
        "`build --strict` rejected something; `follow --once --strict` could not read a feed; "
        "`alerts run --strict` could not deliver a message",
    ),
    ("2", "what was asked cannot be used: an unknown option, a wrong date, an article that is not there"),
    ("3", "the environment does not allow it now: no index, a locked or damaged one; `check` found damage"),
    ("70", "a bug of ours; `BROADSHEET_DEBUG=1` shows where"),
    ("130", "stopped by Ctrl-C; what a build had read is kept"),
    ("143", "stopped by SIGTERM; what a build had read is kept"),
)
COMPLETION = """The shell completes commands, options, files, and values of the archive (`--source`, `--person` and all
other filters, names of `entities`) once it is told to. Values are those of the archive that the line names, the most
frequent first.

| shell | once |
|---|---|
| bash | `_INDEXER_COMPLETE=bash_source indexer > ~/.indexer.bash`, and `. ~/.indexer.bash` in `~/.bashrc` |
| zsh | `_INDEXER_COMPLETE=zsh_source indexer > ~/.indexer.zsh`, and `. ~/.indexer.zsh` after `compinit` in `~/.zshrc` |
| fish | `_INDEXER_COMPLETE=fish_source indexer > ~/.config/fish/completions/indexer.fish` |"""

# What a field holds, in a reader's words. `pages()` fails on a field that is not described here.
FIELD_NOTES = {
    "id": "what identifies the article: the id its source gave, else its canonical URL, else a hash of source, "
    "date and title",
    "title": "the headline",
    "summary": "the standfirst or cut-off summary, never repeated in the body",
    "body": "the text, plain, its paragraphs parted by blank lines",
    "translation": "a machine's translation: its headline, summary and text, analysed in its own language",
    "published": "when it was published, as precisely as was stated; its day is that of its zone or the archive's",
    "source": "the outlet or agency, as in “Source: SANA”",
    "category": "the section, a path: choosing `News` also finds `News/Politics`",
    "language": "the language of the text, as a BCP 47 code: `en`, `ar`, `zh`",
    "translated_from": "the language it was machine-translated from",
    "author": "the by-line, one value for each author",
    "collection": "the groups that the configuration puts its source into",
    "topic": "the topics, keywords and tags that the source gave it",
    "person": "people named in it, under their canonical names",
    "organisation": "organisations named in it",
    "place": "places named in it",
    "url": "where it was published; its words are searchable: `url:budget`",
    "archived_url": "where the archived copy is",
    "original_url": "where the original of a translation was published",
    "dateline": "the line that opens an agency's report, as in “Moscow-Sana”",
    "extra": "what the source said and no field holds, under its own keys: the lead image, the edition ...",
    "content_hash": "128 bits over all that the source said; decides whether the next build replaces the article",
}


def pages() -> dict[Path, str]:
    """The text of every generated page."""
    return {
        HERE / "cli.md": _cli_page(),
        HERE / "indexer.1": manual(list(contexts()), version("broadsheet"), EXIT_CODES),
        HERE / "configuration.md": _configuration_page(SETTINGS.read_text(encoding="utf-8")),
        HERE / "fields.md": _fields_page(),
    }


SOURCE_NOTES = {
    "name": "the name under which its articles are shown and counted",
    "other_names": "names that articles may state for it, in any case: they are counted under `name`",
    "country": "where it is: a code of ISO 3166, as in SY",
    "language": "the language of its articles that state none",
    "translated_from": "its articles are translations from this language, but for those that are in it",
    "site": "the address under which its articles lie: those that state no source are known by it",
    "collections": "groups that it belongs to",
    "licence": "under which terms its articles may be read",
    "feeds": "addresses of its feeds",
    "sitemaps": "addresses of its news sitemaps",
    "folders": "folders of its files; relative paths count from the file that names them",
    "every_minutes": "how often it is looked after",
    "full_text": "have the page of an article where a feed has no whole text",
    "private": "it may lie at an address of the local network",
}


def help_texts() -> Iterator[tuple[str, str]]:
    """Each command line that `--help` can follow, and the help it gives."""
    return ((context.command_path, context.get_help()) for context in contexts())


def contexts() -> Iterator[click.Context]:
    """A context for each command and group of commands, as they are listed."""
    yield from _contexts(click.Context(cli, info_name="indexer", terminal_width=HELP_WIDTH, **cli.context_settings))


def _contexts(context: click.Context) -> Iterator[click.Context]:
    yield context
    if isinstance(context.command, click.Group):
        for name in context.command.list_commands(context):
            command = context.command.get_command(context, name)
            assert command is not None
            yield from _contexts(
                click.Context(
                    command, info_name=name, parent=context, terminal_width=HELP_WIDTH, **command.context_settings
                )
            )


def _cli_page() -> str:
    parts = [
        "# The command line",
        GENERATED.format("indexer/cli/"),
        "Answers go to standard output, everything said about the work to standard error. With `--json`, "
        "standard output "
        "holds JSON and nothing else. `python -m indexer` is the same as `indexer`.",
        "| exit code | meaning |\n|---|---|\n" + "\n".join(f"| {code} | {meaning} |" for code, meaning in EXIT_CODES),
        "Options of fields may also be typed under the names that queries know: `--org` for `--organisation`, `--site` "
        "for `--source`, `--not-lang` for `--not-language`. "
        "`--index`, `--config` and `--engine` may stand before the command or behind it; what stands nearest to the "
        "command holds. A word of a query that begins with a hyphen is left out of what is found: `-hamas`, but `-h` "
        "is help.",
        COMPLETION,
        "`man indexer` shows all of this page where pip installed the manual page (`share/man/man1/indexer.1` below "
        "its prefix).",
    ]
    for path, text in help_texts():
        parts.append(f"## `{path}`")
        parts.append(f"```text\n{text.rstrip()}\n```")
    return "\n\n".join(parts) + "\n"


def _configuration_page(text: str) -> str:
    parts = [
        "# Configuration",
        GENERATED.format("config.toml and indexer/config.py"),
        "Settings come from `config.toml` in the current directory, or from the file that `--config` names. A "
        "file states "
        "only what differs from the defaults below. A variable of the environment overrides the file; lists and tables "
        "are written in it as in TOML, or a list with commas. An unknown key, a wrong type or a missing file is "
        "an error "
        "that names the place and the nearest right thing.",
    ]
    comments = _comments(text)
    for section in dataclass_fields(Config):
        if section.name == "sources":
            continue
        default = getattr(Config(), section.name)
        about = (getdoc(type(default)) or "").split(": ", 1)[1]
        parts.append(f"## `[{section.name}]`")
        parts.append(about[0].upper() + about[1:])
        hints = get_type_hints(type(default))
        rows = [
            f"| `{key.name}` | {_type_name(hints[key.name])} | `{_toml(getattr(default, key.name))}` "
            f"| {_cell(comments[section.name, key.name])} | "
            f"`{ENVIRONMENT_PREFIX}{section.name.upper()}__{key.name.upper()}` |"
            for key in dataclass_fields(default)
        ]
        parts.append("\n".join(["| key | type | default | meaning | environment |", "|---|---|---|---|---|", *rows]))
    parts.append("## `[[sources]]`")
    parts.append(
        "The sources of the archive, a table for each, here or in a `sources.toml` beside this file; "
        "[Sources and collections](sources.md) says what becomes of them."
    )
    hints = get_type_hints(Source)
    rows = [
        f"| `{key.name}` | {_type_name(hints[key.name])} | "
        f"{'' if key.name == 'name' else f'`{_toml(key.default)}`'} | {_cell(SOURCE_NOTES[key.name])} |"
        for key in dataclass_fields(Source)
    ]
    parts.append("\n".join(["| key | type | default | meaning |", "|---|---|---|---|", *rows]))
    return "\n\n".join(parts) + "\n"


def _variable(section: str, key: str) -> str:
    return f"{ENVIRONMENT_PREFIX}{section.upper()}__{key.upper()}"


_SETTING = re.compile(r"(?P<key>\w+) = .*?\s+# (?P<comment>.+)")


def _comments(text: str) -> dict[tuple[str, str], str]:
    """The comment beside each key. Values of the shipped file hold no ` # `."""
    found: dict[tuple[str, str], str] = {}
    section = ""
    for line in text.splitlines():
        if line.startswith("["):
            section = line.strip("[] ")
        elif setting := _SETTING.match(line):
            found[section, setting["key"]] = setting["comment"]
    return found


def _type_name(kind: Any) -> str:
    if get_origin(kind) is tuple:
        return f"list of {_type_name(get_args(kind)[0])}"
    return {str: "text", int: "number", bool: "true or false"}.get(kind, "table")


def _toml(value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return f'"{value}"'
        case tuple():
            return "[" + ", ".join(_toml(item) for item in value) + "]"
        case int():
            return str(value)
    return "{}"


def _fields_page() -> str:
    parts = [
        "# Fields of an article",
        GENERATED.format("indexer/fields.py"),
        'Searchable fields can be named in a query, as in `title:ministers` or `person:"Sergey Lavrov"`; the '
        "other names "
        "in the second column mean the same. Facets are counted beside every search and are filters in the "
        "browser, on the "
        "command line, in Python and in JSON. The weight says as how many a word of that field counts in the "
        "score of an article (BM25F).",
    ]
    rows = [
        f"| `{field.name}` | {_query_names(field)} | {field.kind.value}{', many' if field.many else ''} "
        f"| {'yes' if field.facet else ''} | {_weight(field)} | {_cell(FIELD_NOTES[field.name])} |"
        for field in FIELDS
    ]
    parts.append(
        "\n".join(["| field | in a query | kind | facet | weight | holds |", "|---|---|---|---|---|---|", *rows])
    )
    parts.append(
        "| kind | how it is matched |\n|---|---|\n"
        "| text | analysed words: case, accents and endings do not matter; scored |\n"
        "| keyword | `source:reuters` finds values that contain the word; a filter wants the whole value |\n"
        "| path | a keyword, and a filter on it covers everything below |\n"
        '| date | periods: `date:2021-10`, `date:"march 2007"`, `after:2021`, `on:10-14` |\n'
        "| extra | `extra.edition:late` finds an exact word under a key of the source |\n"
        "| key, stored | kept and shown |"
    )
    return "\n\n".join(parts) + "\n"


def _query_names(field: Field) -> str:
    return ", ".join(f"`{name}:`" for name in (field.name, *field.aliases)) if field.searchable else ""


def _weight(field: Field) -> str:
    return str(field.weight) if field.kind is Kind.TEXT else ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def main() -> None:
    """Write the pages."""
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
