"""`indexer entities merge`, `rename`, `ignore`, `retype`, `keep`, `add`, `split` and `undo`: a line of `entities.toml`.

A name that nothing in the archive has is refused with the nearest ones; what would change nothing, too. `entities` has
these commands beside its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from typing import TYPE_CHECKING, Any, get_args

import click

from indexer.article import EntityKind
from indexer.cli.completion import names_of_kind
from indexer.cli.console import counted, emit_json, out, printable, say
from indexer.cli.options import WithWords, with_archive, with_json
from indexer.errors import NoIndex, NotFound, UsageError

if TYPE_CHECKING:
    from indexer.archive import Archive
    from indexer.entities.corrections import Action, Corrected, Rule
    from indexer.search.options import SearchOptions


ENTITY_KIND = click.Choice(get_args(EntityKind))
ANY_KIND = click.Choice((*get_args(EntityKind), "source"))
ACTION = click.Choice(["merge", "rename", "ignore", "retype", "keep", "add", "split"])

kind_argument = click.argument("kind", type=ENTITY_KIND)
any_kind_argument = click.argument("kind", type=ANY_KIND)
name_argument = click.argument("name", shell_complete=names_of_kind)
_FORCE = "Write the rule even if no article has the name yet, or fits a query."


def _options(command: Callable[..., None]) -> Callable[..., None]:
    """What all commands take that write a rule."""
    taken = (
        with_archive,
        with_json,
        click.option("--force", is_flag=True, help=_FORCE),
        click.option("--comment", default="", metavar="TEXT", help="Why; written behind the rule."),
    )
    return reduce(lambda wrapped, option: option(wrapped), taken, command)


@click.command()
@any_kind_argument
@name_argument
@click.argument("into", shell_complete=names_of_kind)
@_options
def merge(archive: Archive, kind: Corrected, name: str, into: str, comment: str, force: bool, as_json: bool) -> None:
    """Show the articles of NAME under INTO, one of the names of its KIND.

    \b
    indexer entities merge person 'Sergei Lavrov' 'Sergey Lavrov' --comment 'one man'
    indexer entities merge source sena SANA
    """
    from indexer.entities import corrections_file

    _check_known(archive, kind, name, force)
    corrections_file.merge(archive.corrections, kind, name, into, comment)
    _done(archive, kind, name, f"{kind} {name} is now shown as {into}", as_json)
    if not _known(archive, kind, into):
        say(f"No article names the {kind} {into!r} itself: it is a new name.")


@click.command()
@any_kind_argument
@name_argument
@click.argument("to")
@_options
def rename(archive: Archive, kind: Corrected, name: str, to: str, comment: str, force: bool, as_json: bool) -> None:
    """Show NAME as TO, a name that is new.

    \b
    indexer entities rename place Kiev Kyiv
    """
    from indexer.entities import corrections_file

    _check_known(archive, kind, name, force)
    corrections_file.rename(archive.corrections, kind, name, to, comment)
    _done(archive, kind, name, f"{kind} {name} is now shown as {to}", as_json)


@click.command()
@kind_argument
@name_argument
@_options
def ignore(archive: Archive, kind: EntityKind, name: str, comment: str, force: bool, as_json: bool) -> None:
    """Show NAME nowhere.

    \b
    indexer entities ignore organisation 'Read More' --comment 'a button'
    """
    from indexer.entities import corrections_file

    _check_known(archive, kind, name, force)
    corrections_file.ignore(archive.corrections, kind, name, comment)
    _done(archive, kind, name, f"{kind} {name} is now shown nowhere", as_json)


@click.command()
@kind_argument
@name_argument
@click.argument("to", type=ENTITY_KIND)
@_options
def retype(
    archive: Archive, kind: EntityKind, name: str, to: EntityKind, comment: str, force: bool, as_json: bool
) -> None:
    """Show NAME as another kind, TO.

    \b
    indexer entities retype person Interfax organisation
    """
    from indexer.entities import corrections_file

    _check_known(archive, kind, name, force)
    corrections_file.retype(archive.corrections, kind, name, to, comment)
    _done(archive, kind, name, f"{kind} {name} is now shown as {to}", as_json)


@click.command()
@kind_argument
@name_argument
@_options
def keep(archive: Archive, kind: EntityKind, name: str, comment: str, force: bool, as_json: bool) -> None:
    """Show NAME by itself, though most articles mean somebody by it, or another spelling of it is more frequent.

    \b
    indexer entities keep person Obama
    """
    from indexer.entities import corrections_file

    _check_known(archive, kind, name, force)
    corrections_file.keep(archive.corrections, kind, name, comment)
    _done(archive, kind, name, f"{kind} {name} is now shown by itself", as_json)


@click.command(cls=WithWords, context_settings={"ignore_unknown_options": True})
@kind_argument
@name_argument
@click.argument("query")
@_options
def add(archive: Archive, kind: EntityKind, name: str, query: str, comment: str, force: bool, as_json: bool) -> None:
    """Add NAME to the articles that QUERY finds.

    QUERY is one of the search box, of which an article must have every word; '"a phrase"' is one. The articles count
    for NAME then, wherever it is counted. Where they have the name itself, or such a phrase, it is mentioned there. Of
    a name that the archive has, any spelling will do.

    \b
    indexer entities add person 'Jane Doe' '"Ms Doe" source:AP' --comment 'never named in full'
    """
    from indexer.entities import corrections_file

    found = _found(archive, query)
    if not found and not force:
        raise UsageError(f"no article fits {query!r}, so that nothing would have the name. Or add --force.")
    name = _as_shown(archive, kind, name)
    _check_queries(archive, kind, {name: query})
    corrections_file.add(archive.corrections, kind, name, query, comment)
    fitting = "the articles" if found is None else counted(found, "article")
    _done(archive, kind, name, f"{kind} {name} is now added to {fitting} that {query} finds", as_json)


@click.command()
@kind_argument
@name_argument
@click.option(
    "--into",
    "parts",
    type=(str, str),
    multiple=True,
    required=True,
    metavar="NAME QUERY",
    help="What its articles that a query finds are shown under; once for each name.",
)
@_options
def split(
    archive: Archive,
    kind: EntityKind,
    name: str,
    parts: tuple[tuple[str, str], ...],
    comment: str,
    force: bool,
    as_json: bool,
) -> None:
    """Split NAME: show it under other names in the articles of queries.

    An article that several queries find has the first of the names; one that none finds keeps NAME.

    \b
    indexer entities split person 'John Smith' \\
        --into 'John Smith (senator)' senate --into 'John Smith (footballer)' football
    """
    from indexer.entities import corrections_file

    _check_known(archive, kind, name, force)
    if len({part for part, _ in parts}) < len(parts):
        raise UsageError("two parts have one name. Join their queries with OR.")
    chosen = {kind: [name], "all_mentions": True}
    counts = {part: _found(archive, query, **chosen) for part, query in parts}
    if not force and (lost := next((part for part, count in counts.items() if count == 0), None)):
        raise UsageError(f"no article of {name!r} fits {dict(parts)[lost]!r}, the query of {lost!r}. Or add --force.")
    _check_queries(archive, kind, dict(parts))
    corrections_file.split(archive.corrections, kind, name, dict(parts), comment)
    into = ", ".join(
        part if count is None else f"{part} ({counted(count, 'article')})" for part, count in counts.items()
    )
    _done(archive, kind, name, f"{kind} {name} is now split into {into}", as_json)


@click.command()
@any_kind_argument
@name_argument
@click.option("--rule", "action", type=ACTION, help="Only the rule that does this.")
@with_json
@with_archive
def undo(archive: Archive, kind: Corrected, name: str, action: Action | None, as_json: bool) -> None:
    """Remove the rules for NAME from the file.

    A name has two at most: one that adds it to articles, and one that says what it is shown as.
    """
    from indexer.entities import corrections_file

    removed = corrections_file.remove(archive.corrections, kind, name, action)
    if not removed:
        raise NotFound(f"{archive.corrections} has no {action or 'rule'} for the {kind} {name!r}.")
    if not as_json:
        for rule in removed:
            out().print(printable(f"removed: {rule.text}"), soft_wrap=True)
    left = "no rule any more" if action is None else f"no {action} any more"
    _done(archive, kind, name, f"{kind} {name} has {left}", as_json)


def rule_line(archive: Archive, rule: Rule) -> str:
    """A rule, with the line it stands in and its comment."""
    return f"{rule.text}  ({archive.corrections.name} line {rule.line}{': ' + rule.comment if rule.comment else ''})"


def articles(archive: Archive, kind: Corrected, name: str) -> int:
    """How many articles name it, in passing too."""
    chosen: SearchOptions = {kind: [name]}  # type: ignore[misc]  # a kind is the name of its facet
    count: SearchOptions = {**chosen, "all_mentions": True, "size": 0, "facets": (), "snippets": False}
    return archive.search(**count).total


def _as_shown(archive: Archive, kind: EntityKind, name: str) -> str:
    """A name as the archive shows it, where it has it in another spelling."""
    try:
        return archive.evidence(kind, name, articles=1).name
    except NoIndex:
        return name


def _check_queries(archive: Archive, kind: EntityKind, queries: Mapping[str, str]) -> None:
    """Refuse queries that the archive's engine cannot apply, before they stand in the file."""
    from indexer.entities import corrections_file
    from indexer.entities.corrections import Corrections, Rule, key_of

    parts = [corrections_file.part(name, query) for name, query in queries.items()]
    rules = [Rule("add", kind, part.name, None, parts=(part,)) for part in parts]
    archive.engine.check_rules(Corrections(additions={key_of(kind, rule.name): rule for rule in rules}))


def _found(archive: Archive, query: str, **options: Any) -> int | None:
    """How many articles have every word of a query; None where nothing is built yet."""
    from indexer.search.printer import every_word

    try:
        asked = {**options, "size": 0, "facets": (), "snippets": False, "spellcheck": False}
        return archive.search(every_word(query), **asked).total
    except NoIndex:
        return None


def _known(archive: Archive, kind: Corrected, name: str) -> bool:
    """Whether an article names it or a rule speaks of it; what is not built yet is taken on trust."""
    from indexer.entities.corrections_reader import read_corrections

    try:
        return bool(read_corrections(archive.corrections).explain(kind, name)) or articles(archive, kind, name) > 0
    except NoIndex:
        return True


def _check_known(archive: Archive, kind: Corrected, name: str, force: bool) -> None:
    from indexer.browsing.nearest_names import nearest_names

    if force or _known(archive, kind, name):
        return
    near = ", ".join(f"{each} ({counted(count, 'article')})" for each, count in nearest_names(archive, kind, name))
    where = f"entities list {kind}" if kind in get_args(EntityKind) else f"facet {kind}"
    advice = f"The nearest: {near}" if near else f"Look for it: indexer {where} --contains TEXT"
    what = "names the" if kind in get_args(EntityKind) else "is of the"
    raise NotFound(f"No article {what} {kind} {name!r}. {advice}. Or add --force, if articles to come have it.")


def _done(archive: Archive, kind: Corrected, name: str, sentence: str, as_json: bool) -> None:
    from indexer.entities.corrections_reader import read_corrections

    if as_json:
        rules = [rule_line(archive, rule) for rule in read_corrections(archive.corrections).explain(kind, name)]
        emit_json({"kind": kind, "name": name, "rules": rules, "file": str(archive.corrections)})
        return
    out().print(printable(f"{sentence} ({archive.corrections})"), soft_wrap=True)
