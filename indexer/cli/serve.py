"""`indexer serve`: the archive as a web site.

The site is the package `webui`, which stands on this one; it is looked for when it is asked for, so that the command
line works without it.
"""

from dataclasses import replace
from importlib import import_module
from pathlib import Path

import click

from indexer.archive import open_archive
from indexer.cli.console import say
from indexer.cli.place import Command, chosen_config, typed_options, with_place_options
from indexer.config import Config
from indexer.errors import NoIndex, StateError, UsageError

SERVER = "webui.serving"
USUAL_INDEX = "index_data"


@click.command()
@click.argument("directory", metavar="[DIR]", required=False)
@click.option("--host", metavar="ADDRESS", help="Where to listen; 0.0.0.0 is every network.  [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(1, 65535), help="The port to listen on.  [default: 8000]")
@click.option("--workers", type=click.IntRange(1, 256), help="Processes.  [default: one for each core, four at most]")
@click.option("--threads", type=click.IntRange(1, 256), help="Requests each works on at once.  [default: 8]")
@with_place_options
def serve(
    directory: str | None,
    host: str | None,
    port: int | None,
    workers: int | None,
    threads: int | None,
    **_place: str | None,
) -> int:
    """Serve the archive as a web site.

    DIR is the index directory that `indexer build` filled, as after --index; without it, archive.index of the
    configuration is served. What is built while the site runs is shown at the next request. Ctrl-C ends it; SIGTERM
    ends it when the requests at hand are answered.

    Slow clients stop nobody else. For the public, put a proxy that ends TLS in front, and set [web] base_url and
    trusted_proxies: docs/operations.md.

    \b
    indexer build articles/ --index news
    indexer serve news
    indexer serve news --host 0.0.0.0 --port 80 --workers 4
    """
    context = click.get_current_context()
    config = chosen_config(context)
    if directory:
        config = config.with_index(directory)
    stated = {"host": host, "port": port, "workers": workers, "threads": threads}
    chosen = {name: value for name, value in stated.items() if value is not None}
    config = replace(config, web=replace(config.web, **chosen))  # type: ignore[arg-type]  # names and types agree above
    _check_index(config, named=bool(directory) or "--index" in typed_options(context))
    code: int = _server()(config)
    return code


def _server() -> Command:
    try:
        run: Command = import_module(SERVER).run
    except ModuleNotFoundError as error:
        raise StateError(
            f"The web site needs the package {(error.name or SERVER).partition('.')[0]}, which is not installed. "
            "Install Broadsheet with its web site: pip install broadsheet"
        ) from None
    return run


def _check_index(config: Config, *, named: bool) -> None:
    """Say what to do where there is nothing to serve. A directory that nobody named may be built later.

    Raises:
        UsageError: the named directory holds no index.
    """
    try:
        with open_archive(config) as archive:
            archive.stats()
    except NoIndex:
        if named and config.engine.name == "whoosh":
            raise UsageError(_advice(Path(config.archive.index))) from None
        say(
            f"There is no index in {config.archive.index} yet: the site says so until one is built. "
            f"Build it with: indexer build ARTICLES --index {config.archive.index}"
        )
    except StateError as error:
        say(f"The archive cannot be read now: {error} The site says so until it can.")


def _advice(directory: Path) -> str:
    if not directory.exists():
        return f"There is nothing at {directory}. Build an index there: indexer build ARTICLES --index {directory}"
    if not directory.is_dir():
        return f"{directory} is a file, not the directory of an index. Read it into one: indexer build {directory}"
    inside = directory / USUAL_INDEX
    if inside.is_dir():
        return f"{directory} holds no index itself, but {inside} may. Serve that: indexer serve {inside}"
    return (
        f"{directory} holds no index. If it holds articles, read them into one, then serve that: "
        f"indexer build {directory} --index {USUAL_INDEX} && indexer serve {USUAL_INDEX}"
    )
