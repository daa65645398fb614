"""`python -m benchmarks.entities INDEX`: how long an archive takes to show its entities, and to take up a correction.

In: the directory of an index with entities. Out: printed milliseconds: opening with the first entity facets (when
spellings meet), the same page again, and after a merge, an ignored name, a name of another kind, and their removal.
The corrections stand in a temporary file; the index is only read.
"""

import argparse
import tempfile
import time
from pathlib import Path

from indexer.archive import open_archive
from indexer.article import ENTITY_KINDS, EntityKind
from indexer.config import Config, EntitiesConfig
from indexer.entities import corrections_file


def main() -> int:
    """Measure one index."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.entities", description=__doc__)
    parser.add_argument("index", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        rules = Path(directory) / "entities.toml"
        config = Config(entities=EntitiesConfig(corrections=str(rules))).with_index(chosen.index)
        began = time.perf_counter()
        with open_archive(config) as archive:

            def page(label: str) -> None:
                begins = time.perf_counter()
                archive.refresh()
                archive.search(facets=ENTITY_KINDS)
                print(f"{label:<40} {(time.perf_counter() - begins) * 1000:8.0f} ms", flush=True)

            archive.search(facets=ENTITY_KINDS)
            print(f"{'open, with the first entity facets':<40} {(time.perf_counter() - began) * 1000:8.0f} ms")
            page("the same page again")
            people = [bucket.value for bucket in archive.facet_values("person", limit=3).buckets]
            person: EntityKind = "person"
            corrections_file.merge(rules, person, people[2], people[0])
            page("one merged")
            corrections_file.ignore(rules, person, people[1])
            page("another ignored")
            corrections_file.remove(rules, person, people[1])
            corrections_file.retype(rules, person, people[1], "organisation")
            page("that one retyped instead")
            rules.unlink()
            source = archive.facet_values("source", limit=1).buckets[0].value
            corrections_file.add(rules, person, "Jane Doe", f'source:"{source}" said')
            page("a name added to articles of a source")
            corrections_file.split(rules, person, people[0], {"A": "said", "B": f'source:"{source}"'})
            page("the most frequent one split besides")
            rules.unlink()
            page("all undone")
            print(f"{archive.stats().articles:,} articles")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
