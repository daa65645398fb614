"""`indexer entities`: look at the people, organisations and places of an archive, and correct them (`corrections`)."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import asdict
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from indexer.cli.console import counted, emit_json, out, printable, say
from indexer.cli.corrections import (
    ENTITY_KIND,
    add,
    articles,
    ignore,
    keep,
    kind_argument,
    merge,
    name_argument,
    rename,
    retype,
    rule_line,
    split,
    undo,
)
from indexer.cli.options import InOrder, with_all, with_archive, with_json
from indexer.cli.place import typed_options, with_place
from indexer.errors import NotFound

if TYPE_CHECKING:
    from indexer.archive import Archive
    from indexer.article import EntityKind
    from indexer.entities.evidence import Evidence
    from indexer.search.results import Bucket


READ_FOR_EXPLAIN = 100  # newest articles that `explain` reads for variants and examples
VALUES_AT_A_TIME = 10_000
EXAMPLES = 5


@click.group(cls=InOrder)
@with_place
def entities() -> None:
    """List, explain and correct people, organisations and places.

    Corrections are lines of entities.toml beside the index. They apply to what is indexed already, and to what comes;
    removing the line, by hand or with undo, undoes it.
    """


@entities.command("list")
@kind_argument
@click.option("--contains", default="", metavar="TEXT", help="Only names with this text in them.")
@click.option("--order", type=click.Choice(["count", "name"]), default="count", show_default=True, help="How to sort.")
@click.option("--size", type=click.IntRange(min=1), default=50, show_default=True, help="How many names to list.")
@click.option("--offset", type=click.IntRange(min=0), default=0, help="How many names to pass over first.")
@with_all
@with_json
@with_archive
def list_(
    archive: Archive,
    kind: EntityKind,
    contains: str,
    order: Any,
    size: int,
    offset: int,
    all_mentions: bool,
    as_json: bool,
) -> None:
    """List the names of a KIND with the number of articles that name them.

    An article counts where it names them twice, or in its title or summary (entities.min_mentions of the config).
    """
    from rich.text import Text

    from indexer.cli.render import print_values

    page = archive.facet_values(
        kind, contains=contains, order=order, offset=offset, limit=size, all_mentions=all_mentions
    )
    if as_json:
        emit_json({"kind": kind, "total": page.total, "values": [bucket.to_dict() for bucket in page.buckets]})
        return
    if not page.buckets:
        say(f"No {kind} to list." if not contains else f"No {kind} contains {contains!r}.")
        return
    print_values(out(), page.buckets)
    if (rest := page.total - offset - len(page.buckets)) > 0:
        out().print(Text(f"{rest:,} more: --offset {offset + len(page.buckets)}, or --contains", style="dim"))


@entities.command()
@click.option("--kind", type=ENTITY_KIND, help="Only this kind.")
@click.option("--size", type=click.IntRange(min=1), default=20, show_default=True, help="How many to show.")
@with_json
@with_archive
def suggest(archive: Archive, kind: EntityKind | None, size: int, as_json: bool) -> None:
    """Suggest names that may mean the same, the most frequent first.

    Each comes with the command that merges the two. What surely means the same is shown under one name anyway.
    """
    from rich.text import Text

    from indexer.article import ENTITY_KINDS
    from indexer.entities.variants import find_variants

    kinds = [kind] if kind else list(ENTITY_KINDS)
    labels = [(each, bucket.value, bucket.count) for each in kinds for bucket in _values(archive, each)]
    found = find_variants(labels).suggestions
    if as_json:
        emit_json({"total": len(found), "suggestions": [asdict(each) for each in found[:size]]})
        return
    console = out()
    console.print(counted(len(found), "suggestion"))
    place = typed_options(click.get_current_context())
    for each in found[:size]:
        names = f"{each.name} ({each.count:,})  may be  {each.into} ({each.into_count:,}): {each.reason}"
        console.print(printable(f"\n{names}"), soft_wrap=True)
        command = shlex.join(["indexer", "entities", "merge", each.kind, each.name, each.into, *place])
        console.print(Text(printable(f"  {command}"), style="dim"), soft_wrap=True)


@entities.command()
@kind_argument
@name_argument
@with_json
@with_archive
def explain(archive: Archive, kind: EntityKind, name: str, as_json: bool) -> None:
    """Say what stands behind the NAME of a KIND: rules, spellings, and where it is named."""
    from indexer.entities.corrections_reader import read_corrections
    from indexer.entities.evidence import Evidence

    corrections = read_corrections(archive.corrections)
    found = dict.fromkeys((*corrections.explain(kind, name), *corrections.shaping(kind, name)))
    rules = [rule_line(archive, rule) for rule in found]
    shown = corrections.apply(kind, name)
    seen = archive.evidence(*shown, articles=READ_FOR_EXPLAIN) if shown else Evidence(name)
    shown = (shown[0], seen.name) if shown else None
    total = articles(archive, *shown) if shown else 0
    joined = archive.joined_names(*shown) if total and shown else ()
    examples = _examples(seen)
    if not total and not rules:
        raise NotFound(
            f"No article names the {kind} {name!r}. Look for it: indexer entities list {kind} --contains TEXT"
        )
    if as_json:
        emit_json(
            {
                "kind": kind,
                "name": name,
                "rules": rules,
                "shown": {"kind": shown[0], "name": shown[1]} if shown else None,
                "articles": total,
                "spellings": dict(seen.spellings),
                "joined": [each.to_dict() for each in joined],
                "examples": [{"id": id, "text": text} for id, text in examples],
            }
        )
        return
    lines = [f"rule      {rule}" for rule in rules]
    lines.append(f"shown as  {shown[0]} {shown[1]}" if shown else "shown     nowhere: it is ignored")
    lines.append(f"named in  {counted(total, 'article')}")
    lines += [f"short     {each.name}  ({counted(each.articles, 'article')})" for each in joined if each.short]
    lines += [f"spelled   {spelling}  ({counted(count, 'article')})" for spelling, count in seen.spellings.items()]
    lines += [line for id, text in examples for line in ("", f"  {text}", f"  {id}")]
    for line in lines:
        out().print(printable(line), soft_wrap=True)


for _command in (merge, rename, ignore, retype, keep, add, split, undo):
    entities.add_command(_command)


def _values(archive: Archive, kind: EntityKind) -> Iterator[Bucket]:
    offset = 0
    while True:
        page = archive.facet_values(kind, offset=offset, limit=VALUES_AT_A_TIME)
        yield from page.buckets
        offset += len(page.buckets)
        if not page.buckets or offset >= page.total:
            return


def _examples(seen: Evidence) -> list[tuple[str, str]]:
    """A few sentences that name it, with the ids of their articles."""
    texts = ((id, " ".join(passages[0].text.split())) for id, passages in seen.sentences.items() if passages)
    return list(islice(texts, EXAMPLES))
