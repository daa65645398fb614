"""A hook of MkDocs: brings in the pages that lie outside `docs/`, and leads links between files to pages."""

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).parents[1]
OUTSIDE = {  # a file of the repository: the page that it becomes
    "README.md": "index.md",
    "ARCHITECTURE.md": "architecture.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "benchmarks/README.md": "benchmarks.md",
    "benchmarks/RESULTS.md": "results.md",
    "demo/README.md": "demonstration-archive.md",
    "deploy/README.md": "recipes.md",
}
DECISIONS = "decisions/README.md"
_FILES = {page: file for file, page in OUTSIDE.items()}
_LINK = re.compile(r"\[((?:[^\[\]]|!?\[[^\]]*\])*)\]\(([^)#\s]+)(#[^)\s]*)?\)")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages from outside."""
    for file, page in OUTSIDE.items():
        files.append(File.generated(config, page, content=(ROOT / file).read_text(encoding="utf-8")))
    return files


def on_page_markdown(markdown: str, page: Page, files: Files, **_: object) -> str:
    """Lead links between files of the repository to the pages of the site; what is no page stays as its words."""
    here = _FILES.get(page.file.src_uri, f"docs/{page.file.src_uri}")

    def led(link: re.Match[str]) -> str:
        words, target, anchor = link[1], link[2], link[3] or ""
        if "://" in target or target.startswith("mailto:"):
            return link[0]
        named = posixpath.normpath(posixpath.join(posixpath.dirname(here), target))
        if (ROOT / named).is_dir():
            named = f"{named}/README.md"
        led_to = OUTSIDE.get(named, named.removeprefix("docs/"))
        if files.get_file_from_path(led_to) is None:
            return words
        return f"[{words}]({posixpath.relpath(led_to, posixpath.dirname(page.file.src_uri) or '.')}{anchor})"

    if page.file.src_uri == DECISIONS:
        markdown += "\n\n" + "\n".join(_decisions())
    return _LINK.sub(led, markdown)


def _decisions() -> Iterator[str]:
    """The decisions, each as a line that leads to its page."""
    for path in sorted((ROOT / "docs" / "decisions").glob("0*.md")):
        title = path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")
        yield f"- {path.name[:4]} [{title}]({path.name})"
