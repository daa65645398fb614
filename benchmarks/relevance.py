"""`python -m benchmarks.relevance`: how well questions are answered, as people type them; prints a Markdown table.

Judged collections (`judged`) are asked of Broadsheet, of Lucene as it comes (Java and Maven are needed) and of bm25s.
Means over the questions: nDCG of the first ten, average precision (MAP) and recall of the first hundred of 1,000 hits.
An engine or a collection that is not there is left out, and the reason is printed.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean

from benchmarks import java, judged
from benchmarks.feedback import with_feedback
from benchmarks.judged import Collection
from benchmarks.measures import average_precision, ndcg, recall
from indexer import analysis, open_archive
from indexer.archive import Archive
from indexer.article import Article
from indexer.config import Config, EngineConfig
from indexer.search.request import SearchRequest

DEPTH = 1_000
LONGEST = 64  # words of a question that is typed with OR between them
# Those that Lucene and bm25s leave out of English.
STOP_WORDS = frozenset(
    "a an and are as at be but by for if in into is it no not of on or such that the their then there these they this "
    "to was will with".split()
)
# Of each question, the ids of the best documents, best first.
Ranking = dict[str, list[str]]
Metrics = dict[str, float]


# Engines


def _broadsheet(collection: Collection, directory: Path, ask: Callable[[Archive, str], list[str]]) -> Ranking:
    archive = _archive(collection, directory)
    try:
        return {number: ask(archive, question) for number, question in collection.questions.items()}
    finally:
        archive.close()


def _archive(collection: Collection, directory: Path) -> Archive:
    config = Config(engine=EngineConfig(processes=1)).with_index(directory / collection.name)
    if not (directory / collection.name).exists():
        with open_archive(config) as writing:
            writing.add(
                Article(id=each.id, title=each.title, body=each.text, language="en").with_hash()
                for each in collection.documents
            )
    return open_archive(config)


def _search(archive: Archive, query: str) -> list[str]:
    request = SearchRequest(query, size=DEPTH, facets=(), snippets=False)
    return [hit.id for hit in archive.search(request).hits]


def any_of(question: str) -> str:
    """A question's words as a query that any of them matches."""
    return " OR ".join(f'"{word}"' for word in _content(question)[:LONGEST])


def _content(question: str) -> list[str]:
    words = analysis.tokens(question)
    return [word for word in words if word not in STOP_WORDS] or words


def typed(collection: Collection, directory: Path) -> Ranking:
    """Broadsheet, the question as it stands in the box."""
    return _broadsheet(collection, directory, _search)


def ored(collection: Collection, directory: Path) -> Ranking:
    """Broadsheet, the question's words with OR between them."""
    return _broadsheet(collection, directory, lambda archive, question: _search(archive, any_of(question)))


def fed_back(collection: Collection, directory: Path) -> Ranking:
    """The same, and then the words that the best articles have in common (RM3)."""
    return _broadsheet(
        collection, directory, lambda archive, question: with_feedback(archive, _content(question), DEPTH)
    )


def lucene(collection: Collection, _: Path) -> Ranking:
    """Lucene's analyzer for English and its BM25 over title and text as one field."""
    program = java.compiled()
    lines = [f"D\t{each.id}\t{_line(f'{each.title} {each.text}')}" for each in collection.documents]
    lines += [f"Q\t{number}\t{_line(question)}" for number, question in collection.questions.items()]
    done = subprocess.run(program.command("Rank", DEPTH), input="\n".join(lines) + "\n", capture_output=True, text=True)
    if done.returncode:
        raise java.Unavailable(done.stderr.strip().splitlines()[-1])
    rows = (line.split("\t") for line in done.stdout.splitlines())
    return {row[0]: row[1:] for row in rows}


def _line(text: str) -> str:
    return " ".join(text.split())


def bm25s(collection: Collection, _: Path) -> Ranking:
    """bm25s as its manual has it: its English stop words, the Snowball stemmer, Lucene's form of BM25."""
    import bm25s as library
    import Stemmer

    stemmer = Stemmer.Stemmer("english")

    def tokens(texts: list[str], **options: bool) -> object:
        return library.tokenize(texts, stopwords="en", stemmer=stemmer, show_progress=False, **options)

    ids = [each.id for each in collection.documents]
    ranker = library.BM25()
    ranker.index(tokens([f"{each.title}\n{each.text}" for each in collection.documents]), show_progress=False)
    asked = tokens(list(collection.questions.values()))
    found, scores = ranker.retrieve(asked, k=min(DEPTH, len(ids)), show_progress=False)
    return {
        number: [ids[at] for at, score in zip(row.tolist(), values.tolist(), strict=True) if score > 0]
        for number, row, values in zip(collection.questions, found, scores, strict=True)
    }


ENGINES: dict[str, Callable[[Collection, Path], Ranking]] = {
    "broadsheet": typed,
    "broadsheet-or": ored,
    "broadsheet-feedback": fed_back,
    "lucene": lucene,
    "bm25s": bm25s,
}
DEFAULT_ENGINES = ("broadsheet", "broadsheet-or", "lucene", "bm25s")


def measure(collection: Collection, ranking: Ranking) -> Metrics:
    """Means over all questions that have an answer."""
    rows = [(ranking.get(number, []), answers) for number, answers in collection.answers.items() if answers]
    return {
        "nDCG@10": fmean(ndcg(found, answers) for found, answers in rows),
        "MAP": fmean(average_precision(found, answers) for found, answers in rows),
        "recall@100": fmean(recall(found, answers) for found, answers in rows),
    }


# The table


def table(rows: Iterable[tuple[str, str, Metrics]], engines: Sequence[str]) -> str:
    """Engines side by side, a row for each collection and measure."""
    found: dict[tuple[str, str], dict[str, float]] = {}
    for collection, engine, metrics in rows:
        for name, value in metrics.items():
            found.setdefault((collection, name), {})[engine] = value
    for name in ("nDCG@10", "MAP", "recall@100"):
        means = {
            engine: fmean(values[engine] for (_, other), values in found.items() if other == name)
            for engine in engines
            if all(engine in values for (_, other), values in found.items() if other == name)
        }
        found["mean", name] = means
    lines = [f"| | | {' | '.join(engines)} |", "|---|---|" + "---|" * len(engines)]
    for (collection, name), values in found.items():
        cells = (f"{values[engine]:.3f}" if engine in values else "–" for engine in engines)
        lines.append(f"| {collection} | {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> None:
    """Parse the command line and run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.relevance", description=__doc__)
    parser.add_argument("--data", type=Path, default=judged.DEFAULT, help="the folder of the collections")
    parser.add_argument("--engines", default=",".join(DEFAULT_ENGINES), help=f"of {', '.join(ENGINES)}")
    options = parser.parse_args()
    chosen = options.engines.split(",")
    rows = []
    with tempfile.TemporaryDirectory() as directory:
        for collection in judged.collections(options.data):
            if isinstance(collection, str):
                print(collection)
                continue
            for name in chosen:
                try:
                    ranking = ENGINES[name](collection, Path(directory))
                except ImportError as why:
                    print(f"{name} is left out: {why}.")
                    continue
                rows.append((collection.name, name, measure(collection, ranking)))
    if not rows:
        sys.exit("Nothing was measured.")
    print(f"{datetime.now(UTC):%Y-%m-%d} · `{' '.join(['python -m benchmarks.relevance', *sys.argv[1:]])}`\n")
    print(table(rows, chosen))


if __name__ == "__main__":
    main()
