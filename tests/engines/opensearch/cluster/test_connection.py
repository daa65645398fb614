"""Names, passwords, certificates and slowness between us and the cluster: clear errors, and what works works."""

import shutil
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from indexer.config import Config, EngineConfig
from indexer.engines.registry import open_engine
from indexer.errors import ConfigError, EngineUnavailable, SearchTimeout
from indexer.search.request import SearchRequest
from tests.cluster.launch import free_ports
from tests.cluster.running import hosts, on_cluster
from tests.engines.asking import found
from tests.engines.conftest import fill
from tests.engines.corpus import ARTICLES
from tests.engines.opensearch.proxy import PASSWORD, USER, Proxy, make_certificates


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if shutil.which("openssl") is None:
        pytest.skip("there is no openssl to make a certificate with")
    directory = tmp_path_factory.mktemp("certificates")
    make_certificates(directory)
    return directory


def through(config: Config, url: str, **options: Any) -> Config:
    return replace(config, engine=replace(config.engine, hosts=(url,), **options))


def test_a_private_authority_and_a_password_open_the_door(tmp_path: Path, certificates: Path) -> None:
    config = on_cluster(tmp_path / "index")
    with Proxy(hosts()[0], certificates, password=True) as proxy:
        known = {"user": USER, "password": PASSWORD, "ca_certs": str(certificates / "ca.pem")}
        engine = open_engine(through(config, proxy.url, **known))
        fill(engine, ARTICLES[:5])
        assert found(engine, "lavrov") == "a1 a2 a3 a4 a5"
        engine.close()


def test_a_certificate_of_an_unknown_authority_is_named(tmp_path: Path, certificates: Path) -> None:
    config = on_cluster(tmp_path / "index")
    with (
        Proxy(hosts()[0], certificates) as proxy,
        pytest.raises(EngineUnavailable, match=r"certificate of https://.* is not trusted.*\[engine\] ca_certs"),
    ):
        open_engine(through(config, proxy.url))


def test_a_wrong_password_is_said_to_be_one_and_not_shown(tmp_path: Path) -> None:
    config = on_cluster(tmp_path / "index")
    with Proxy(hosts()[0], password=True) as proxy, pytest.raises(EngineUnavailable) as error:
        open_engine(through(config, proxy.url, user=USER, password="guessed"))
    assert f"refuses the user '{USER}'" in str(error.value)
    assert "BROADSHEET_ENGINE__PASSWORD" in str(error.value)
    assert "guessed" not in str(error.value)
    assert "guessed" not in repr(config.engine)


def test_a_missing_file_of_the_authority_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"ca_certs: there is no file no\.pem"):
        open_engine(Config(engine=EngineConfig("opensearch", hosts=("https://127.0.0.1:1",), ca_certs="no.pem")))


def test_where_nobody_listens_the_address_is_named(tmp_path: Path) -> None:
    pytest.importorskip("opensearchpy")
    url = f"http://127.0.0.1:{free_ports(1)[0]}"
    with pytest.raises(EngineUnavailable, match=rf"No node of {url} can be reached.*\[engine\] hosts"):
        open_engine(Config(engine=EngineConfig("opensearch", hosts=(url,))))


def test_a_slow_node_is_given_up_in_time_and_used_again(tmp_path: Path) -> None:
    config = on_cluster(tmp_path / "index")
    with Proxy(hosts()[0]) as proxy:
        engine = open_engine(through(config, proxy.url))
        fill(engine, ARTICLES[:5])
        proxy.delay = 5
        start = time.monotonic()
        with pytest.raises(SearchTimeout, match="budget_ms"):
            engine.search(SearchRequest("lavrov", budget_ms=300))
        assert time.monotonic() - start < 4.5
        proxy.delay = 0
        assert found(engine, "lavrov") == "a1 a2 a3 a4 a5"
        engine.close()
        proxy.delay = 2.5
        with pytest.raises(EngineUnavailable, match="did not answer within 1 seconds"):
            open_engine(through(config, proxy.url, timeout_seconds=1))
