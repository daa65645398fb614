"""`python -m webui`: what it says when it cannot serve."""

import socket

import pytest

from webui.__main__ import main


def test_a_port_that_is_taken_is_named_with_the_way_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setenv("BROADSHEET_WEB__PORT", str(port))
        assert main() == 3
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == (
        f"error: 127.0.0.1:{port} cannot be served: Address already in use. Choose another port with "
        f"BROADSHEET_WEB__PORT={port + 1}, or web.port in config.toml.\n"
    )


def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("BROADSHEET_WEB__PROT", "1")
    assert main() == 2
    assert "Perhaps you meant 'port'?" in capsys.readouterr().err
