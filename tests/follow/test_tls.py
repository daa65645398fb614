"""Under https the connection goes to an address, and the certificate is held against the name."""

import shutil
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.follow.conftest import Following
from tests.follow.server import LONG, Site, item, rss, serving
from tests.follow.test_addresses import names

NAME = "kestrel.example"
pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}",
         "-addext", f"subjectAltName=DNS:{NAME}", "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with serving(tls=context) as site:
        yield site


@pytest.mark.parametrize(("name", "right"), [(NAME, True), ("other.example", False), ("127.0.0.1", False)])
def test_the_certificate_has_to_be_of_the_name(
    following: Following, monkeypatch: pytest.MonkeyPatch, name: str, right: bool
) -> None:
    names(monkeypatch, ["127.0.0.1"])
    following.site.put("/f", rss(item(1, text=LONG)))
    following.feeds(following.site.address("/f", name).replace("http:", "https:"))
    if right:
        assert following.round().build.new == 1
    else:
        assert following.reason() == "The connection is not safe: CERTIFICATE_VERIFY_FAILED."
