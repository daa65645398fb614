"""`python -m docs.screenshots`: the pictures of the README, taken of the demonstration archive.

Needs Chromium, the development dependencies and Pillow (`pip install pillow`), which makes the files small.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from threading import Thread

from PIL import Image
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from indexer.archive import open_archive
from indexer.config import Config
from webui import create_app

HERE = Path(__file__).parent
IMAGES = HERE / "images"
DEMO = HERE.parent / "demo" / "articles"
COLOURS = 256  # with fewer, the rare ones of links and marks are lost
DESKTOP, PHONE = (1200, 800), (390, 780)


@dataclass(frozen=True, slots=True)
class Picture:
    """One file: what is shown, how wide, in which language and light."""

    name: str
    path: str
    size: tuple[int, int] = DESKTOP
    locale: str = "en-US"
    dark: bool = False


PICTURES = (
    Picture("front", "/"),
    Picture("results", "/search?q=paris&-source=SANA&from=2019"),
    Picture("article-dark", "/article/halyard-wire-biden-withdraws-from-race?q=biden+harris&pos=1", dark=True),
    Picture("phone", "/search?q=paris", PHONE),
    Picture("phone-dark", "/archive/2021/10", PHONE, dark=True),
    Picture("phone-arabic", "/search?q=%D8%A8%D9%8A%D8%B1%D9%88%D8%AA", PHONE, "ar"),
)


@contextmanager
def served(index: Path) -> Iterator[str]:
    """The address of the demonstration archive, while the block runs."""
    config = Config().with_index(index)
    with open_archive(config) as archive:
        archive.build([DEMO])
    app = create_app(config)
    app.test_client().get("/search?q=news")  # the first search opens files; no picture is to show how long that takes
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()


def take(browser: Browser, address: str, picture: Picture) -> int:
    """Write one picture; returns its size in bytes."""
    width, height = picture.size
    page = browser.new_page(
        base_url=address,
        viewport={"width": width, "height": height},
        locale=picture.locale,
        color_scheme="dark" if picture.dark else "light",
    )
    page.goto(picture.path, wait_until="networkidle")
    shot = Image.open(BytesIO(page.screenshot()))
    page.close()
    target = IMAGES / f"{picture.name}.png"
    shot.convert("RGB").quantize(COLOURS).save(target, optimize=True)
    return target.stat().st_size


def main() -> None:
    """Take all pictures."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("Chromium is not installed.")
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, served(Path(folder) / "index") as address, sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for picture in PICTURES:
            print(f"{picture.name}.png: {take(browser, address, picture):,} bytes")
        browser.close()


if __name__ == "__main__":
    main()
