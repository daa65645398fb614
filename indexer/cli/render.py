"""Search results as text for a person: hits, facets, remarks. Values in, rich renderables out; decides no search."""

from collections.abc import Iterable, Sequence

from rich.columns import Columns
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from indexer.article import Published
from indexer.browsing.narrowing import Narrowing
from indexer.cli.console import counted, printable
from indexer.search.request import Match
from indexer.search.results import Bucket, Diagnosis, Facet, Hit, Matching, SearchResults, Share, Snippet

MATCH = "bold yellow"
DIM = "dim"
SAYS_NOTHING = ("", "*", "-*")  # how a search without words is understood, and one with nothing to search for
LABEL_WIDTH = 24  # characters of a facet value before it is cut
BARS = "▁▂▃▄▅▆▇█"
MOST_CHOICES = 5  # that would narrow a search
MOST_BARS = 60  # periods drawn before neighbours are drawn together


def print_results(console: Console, results: SearchResults) -> None:
    """Everything a search answers, in the order in which it is read."""
    for warning in results.warnings:
        console.print(Text.assemble(("Note: ", "yellow"), printable(warning.message)), soft_wrap=True)
    console.print(_headline(results), soft_wrap=True)
    if results.corrected:
        console.print(
            Text.assemble(
                "Nothing was found for ",
                (printable(results.query), "bold"),
                "; these are the results for ",
                (printable(results.corrected.query), "bold"),
                ". To search as typed, add --no-spellcheck.",
            ),
            soft_wrap=True,
        )
    if results.matching and results.matching.all != results.matching.best:
        console.print(Text(_matching(results.matching), style=DIM), soft_wrap=True)
    if results.did_you_mean:
        console.print(
            Text.assemble(
                "Did you mean ",
                (printable(results.did_you_mean.query), "bold"),
                f"? ({counted(results.did_you_mean.total, 'article')})",
            ),
            soft_wrap=True,
        )
    if results.diagnosis:
        _print_diagnosis(console, results.diagnosis)
    first = (results.page - 1) * results.size + 1
    for number, hit in enumerate(results.hits, first):
        console.print()
        print_hit(console, number, hit)
    if results.total and results.size and not results.hits and results.page > 1:
        last = -(-results.total // results.size)
        console.print(f"There is no page {results.page:,}; the last is --page {last}.", soft_wrap=True)
    if results.facets:
        console.print()
        _print_facets(console, results.facets.values())
    if results.next_cursor or results.page * results.size < results.total:
        console.print()
        console.print(Text(_next_page(results), style=DIM), soft_wrap=True)


def marked(text: str, spans: Iterable[tuple[int, int]], style: str = MATCH) -> Text:
    """Text with its spans highlighted, its paragraphs joined into one."""
    shown = Text(printable(text))
    for start, end in spans:
        shown.stylize(style, start, end)
    return Text(" ").join(line for line in shown.split("\n") if line)


def _headline(results: SearchResults) -> Text:
    line = Text(counted(results.total, "article"), style="bold")
    if results.understood not in SAYS_NOTHING:
        line.append(" for ", style="not bold").append(printable(results.understood), style="not bold")
    first = (results.page - 1) * results.size + 1
    if results.hits and len(results.hits) < results.total:
        line.append(f" · {first:,} to {first + len(results.hits) - 1:,} shown", style="not bold dim")
    return line.append(f" · {results.took_ms:.1f} ms", style="not bold dim")


def _matching(matching: Matching) -> str:
    """How many articles have all words and some, whatever the filters, and how to see the others."""
    having_all, having_some = (f"{count:,} {_have(count)}" for count in (matching.all, matching.best))
    other = Match.BEST if matching.mode is Match.ALL else Match.ALL
    return (
        f"In the whole archive {having_all} all of these words, {having_some} some; see the others with --match {other}"
    )


def _have(count: int) -> str:
    return "article has" if count == 1 else "articles have"


def _next_page(results: SearchResults) -> str:
    pages = -(-results.total // results.size) if results.size else 0
    if not pages:
        return "Add --size 20 to see hits."
    return f"Page {results.page:,} of {pages:,}; the next one: add --page {results.page + 1}"


def dated(published: Published | None) -> str:
    """When something was published, after the day it is found under where UTC has another one."""
    if published is None:
        return "undated"
    stated, day = published.isoformat(), published.day.isoformat()
    return stated if day.startswith(stated[: len(day)]) else f"{day} ({stated})"


def print_hits(console: Console, hits: Iterable[Hit]) -> None:
    """Hits one after another, or articles that no search found."""
    for number, hit in enumerate(hits, 1):
        console.print()
        print_hit(console, number, hit)


def print_hit(console: Console, number: int, hit: Hit) -> None:
    """Title, facts and passages of a hit, and its id."""
    article = hit.article
    label = f"{number:>3}. "
    made = article.translation if hit.by_translation else None
    shown, spans = (made.title, hit.translation_title_spans) if made else (article.title, hit.title_spans)
    title = marked(shown or "(untitled)", spans if shown else ())
    title.stylize("bold")
    facts = (
        article.source,
        dated(article.published),
        article.category,
        article.language,
        f"translated by {made.engine or 'a machine'}" if made else None,
    )
    body: list[RenderableType] = [title, Text(printable(" · ".join(fact for fact in facts if fact)), style="green")]
    if made and article.title:
        body.append(Text(printable(article.title), style=DIM))
    body.extend(_passage(snippet) for snippet in hit.snippets)
    if hit.copies:
        body.append(
            Text(f"+{counted(hit.copies, 'copy', 'copies')} in {counted(hit.copy_sources, 'source')}", style=DIM)
        )
    body.append(Text(printable(article.id), style=DIM, no_wrap=True, overflow="ignore"))
    if hit.explanation:
        body.append(_shares(hit.score, hit.explanation))
    grid = Table.grid(padding=0)
    grid.add_column(width=len(label), vertical="top")
    grid.add_column(overflow="fold")
    grid.add_row(Text(label, style="bold"), Group(*body))
    console.print(grid)


def _passage(snippet: Snippet) -> Text:
    return Text.assemble(
        "… " if snippet.leading else "", marked(snippet.text, snippet.spans), " …" if snippet.trailing else ""
    )


def _shares(score: float, shares: Sequence[Share]) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_row(Text(f"{score:.3f}", style="bold"), Text("score", style="bold"))
    for share in sorted(shares, key=lambda each: -each.score):
        times = f"{share.frequency:,}×" if share.frequency else ""
        table.add_row(f"{share.score:.3f}", Text(printable(share.clause)), share.field, times)
    return table


def _print_diagnosis(console: Console, diagnosis: Diagnosis) -> None:
    rows = [(f"{clause.label} alone", clause.count) for clause in diagnosis.clauses]
    rows += [
        (f"without the filter {chosen.label if chosen.value else f'{chosen.field}: (none)'}", chosen.count)
        for chosen in diagnosis.filters
    ]
    rows += [(f"{part.label} together", part.count) for part in diagnosis.together]
    if diagnosis.some:
        rows.append((f"some of the words {diagnosis.some.label}", diagnosis.some.count))
    for label, count in rows:
        console.print(Text.assemble(f"  {counted(count, 'article'):>16}  ", printable(label)), soft_wrap=True)


def print_narrowing(console: Console, found: Narrowing) -> None:
    """What would narrow a search with too many hits, and what each of its parts holds back."""
    console.print()
    if found.choices:
        choices = (f"{printable(each.label)} ({each.total:,})" for each in found.named(MOST_CHOICES))
        console.print(Text(f"To narrow this: {', '.join(choices)}", style=DIM), soft_wrap=True)
    for part in found.without[:1]:
        console.print(
            Text(f"{printable(part.label)} narrows it most; without it, {counted(part.count, 'article')}.", style=DIM),
            soft_wrap=True,
        )


def _print_facets(console: Console, facets: Iterable[Facet]) -> None:
    blocks = []
    for facet in facets:
        if facet.interval and (facet.buckets or facet.missing):
            console.print(timeline(facet), soft_wrap=True)
        elif not facet.interval and (facet.buckets or facet.missing):
            blocks.append(facet_table(facet))
    if blocks:
        console.print(Columns(blocks, padding=(1, 3), expand=False))


def print_values(console: Console, buckets: Iterable[Bucket]) -> None:
    """Values with their counts before them, one to a line."""
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right")
    for bucket in buckets:
        table.add_row(f"{bucket.count:,}", Text(printable(bucket.value)))
    console.print(table)


def facet_table(facet: Facet) -> Table:
    """The most frequent values of a facet, for a column."""
    table = Table.grid(padding=(0, 1))
    table.add_column(max_width=LABEL_WIDTH + 2, no_wrap=True, overflow="ellipsis")
    table.add_column(justify="right")
    table.add_row(Text(facet.field.replace("_", " "), style="bold"), Text(f"{facet.distinct:,}", style=DIM))
    for bucket in facet.buckets:
        table.add_row(Text(_mark(bucket) + printable(bucket.value), style=_style(bucket)), f"{bucket.count:,}")
    hidden = facet.distinct - len(facet.buckets)
    if hidden > 0:
        table.add_row(Text(f"  {hidden:,} more", style=DIM), "")
    if facet.missing:
        table.add_row(Text("  (none)", style=DIM), f"{facet.missing:,}")
    return table


def _mark(bucket: Bucket) -> str:
    if bucket.selected:
        return "+ "
    return "- " if bucket.excluded else "  "


def _style(bucket: Bucket) -> str:
    return "bold" if bucket.selected else "strike" if bucket.excluded else ""


def timeline(facet: Facet) -> Text:
    """`published  2004-01 ▁▃█▂ 2008-12  by month, most in 2006-05: 1,234; 12 undated`."""
    line = Text.assemble(("published  ", "bold"))
    if facet.buckets:
        most = max(facet.buckets, key=lambda bucket: bucket.count)
        line.append(f"{facet.buckets[0].value} {bars([bucket.count for bucket in facet.buckets])} ")
        line.append(f"{facet.buckets[-1].value}  by {facet.interval}, most in {most.value}: {most.count:,}")
    if facet.missing:
        line.append(f"{'; ' if facet.buckets else ''}{facet.missing:,} undated")
    return line


def bars(counts: Sequence[int]) -> str:
    """Counts as a line of bars, neighbours together where there are many."""
    together = -(-len(counts) // MOST_BARS)
    sums = [sum(counts[start : start + together]) for start in range(0, len(counts), together)]
    top = max(sums) or 1
    # Nothing is a blank and something is at least the lowest bar: a gap must not look like little.
    return "".join(BARS[min(value * len(BARS) // (top + 1), len(BARS) - 1)] if value else " " for value in sums)
