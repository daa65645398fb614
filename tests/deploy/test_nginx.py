"""nginx in front of the site, by the recipes in `deploy/nginx`: with TLS at the root, and below a path of another."""

import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPSConnection
from pathlib import Path

import pytest

from indexer.archive import open_archive
from indexer.config import Config, EngineConfig
from tests.engines.corpus import ARTICLES
from tests.webui.serving.server import WAIT, Server, free_port, running, wait_for

RECIPES = Path(__file__).parents[2] / "deploy" / "nginx"
HOST = "news.example"


@pytest.fixture(scope="module")
def nginx(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the recipes and a certificate, for the nginx that is installed."""
    for program in ("nginx", "openssl"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")
    folder = tmp_path_factory.mktemp("nginx")
    made = ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    kind = ["-x509", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={HOST}", "-days", "2"]
    subprocess.run(["openssl", "req", *kind, *made], check=True, capture_output=True)
    for recipe in RECIPES.iterdir():
        text = recipe.read_text().replace("/etc/letsencrypt/live/news.example", str(folder))
        (folder / recipe.name).write_text(text.replace("/etc/nginx", str(folder)))
    return folder


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small index."""
    directory = tmp_path_factory.mktemp("behind") / "index"
    with open_archive(Config(engine=EngineConfig(processes=1)).with_index(directory)) as archive:
        archive.add(ARTICLES)
    return directory


@contextmanager
def _in_front(folder: Path, servers: str, port: int, site: int) -> Iterator[None]:
    """nginx with some servers, listening on a port and passing to a site, while the block runs."""
    text = servers.replace("listen 443", f"listen 127.0.0.1:{port}").replace(
        "listen 80", f"listen 127.0.0.1:{free_port()}"
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;\n"
        "events {}\n"
        f"http {{ access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; "
        f"fastcgi_temp_path {folder}/a; uwsgi_temp_path {folder}/b; scgi_temp_path {folder}/c;\n"
        + text.replace("127.0.0.1:8000", f"127.0.0.1:{site}")
        + "}\n"
    )
    command = ["nginx", "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf"), "-p", str(folder)]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    assert "[warn]" not in checked.stderr
    with subprocess.Popen(command) as proxy:
        try:
            wait_for(port)
            yield
        finally:
            proxy.terminate()


def _get(port: int, path: str, **headers: str) -> tuple[int, str, dict[str, str]]:
    context = ssl._create_unverified_context()
    connection = HTTPSConnection("127.0.0.1", port, timeout=WAIT, context=context)
    sent = {"Host": HOST, **{name.replace("_", "-"): value for name, value in headers.items()}}
    connection.request("GET", path, headers=sent)
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, body, dict(answer.getheaders())


@contextmanager
def _site(index: Path, log: Path, base_url: str, **settings: str) -> Iterator[Server]:
    trusted = {"base_url": base_url, "trusted_proxies": '["127.0.0.1"]', **settings}
    with running(index, log, "--workers", "1", **trusted) as server:
        yield server


def test_a_site_of_its_own(nginx: Path, index: Path, tmp_path: Path) -> None:
    port = free_port()
    recipe = (nginx / "broadsheet.conf").read_text()
    open_to_itself = {"access_log": "full", "metrics_from": '["127.0.0.1"]'}
    with (
        _site(index, tmp_path / "log", f"https://{HOST}", **open_to_itself) as server,
        _in_front(nginx, recipe, port, server.port),
    ):
        status, body, headers = _get(port, "/search?q=lavrov", X_Forwarded_For="203.0.113.9", X_Forwarded_Prefix="/x")
        assert status == 200
        assert 'href="/x/' not in body
        assert "Content-Security-Policy" in headers
        assert f"https://{HOST}/article/" in _get(port, "/feed.atom")[1]
        assert _get(port, "/search?q=" + "a" * 8000)[0] == 400  # long, but read
        assert _get(port, "/", Host="evil.test")[0] == 421
        assert _get(port, "/metrics")[0] == 404
        assert server.get("/metrics")[0].status == 200
    log = (tmp_path / "log").read_text()
    assert "client=127.0.0.1 address=/search?q=lavrov" in log
    assert "203.0.113.9" not in log  # what the client says of itself


def test_below_a_path_of_another_site(nginx: Path, index: Path, tmp_path: Path) -> None:
    port = free_port()
    inside = (nginx / "below-a-path.conf").read_text()
    certificate = f"ssl_certificate {nginx}/fullchain.pem; ssl_certificate_key {nginx}/privkey.pem;"
    servers = f"server {{ listen 443 ssl; server_name {HOST}; {certificate}\n{inside}\n}}\n"
    with (
        _site(index, tmp_path / "log", f"https://{HOST}/archive") as server,
        _in_front(nginx, servers, port, server.port),
    ):
        status, body, _ = _get(port, "/archive/")
        assert status == 200
        assert 'href="/archive/search' in body or 'action="/archive/search' in body
        assert "/archive/archive/search" not in body
        feed = _get(port, "/archive/feed.atom")[1]
        assert f"https://{HOST}/archive/article/" in feed
        assert "/archive/archive/article" not in feed
        for path in ("/archive/archive/2021", "/archive/readyz", "/archive/api/v1/stats"):
            assert _get(port, path)[0] == 200
        assert _get(port, "/archive")[0] == 301
        assert _get(port, "/archive/metrics")[0] == 404


def test_slow_clients_wait_at_the_proxy(nginx: Path, index: Path, tmp_path: Path) -> None:
    port = free_port()
    recipe = (nginx / "broadsheet.conf").read_text()
    with (
        _site(index, tmp_path / "log", f"https://{HOST}") as server,
        _in_front(nginx, recipe, port, server.port),
    ):
        context = ssl._create_unverified_context()
        slow = [context.wrap_socket(socket.create_connection(("127.0.0.1", port), WAIT)) for _ in range(40)]
        for each in slow:
            each.sendall(b"GET / HTTP/1.1\r\nHost: news.example\r\nX-Slow: ")
        assert [_get(port, "/search?q=lavrov")[0] for _ in range(5)] == [200] * 5
        for each in slow:
            each.close()
