"""A mail server and a webhook on this machine, which keep what they are sent.

`told` is called when they have it, before they answer.
"""

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


def nothing() -> None:
    """Told nobody."""


@dataclass
class MailServer:
    """What a mail server was sent, and whom it refuses. `most` is how many mails it takes of a connection."""

    port: int = 0
    raw: list[bytes] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    told: Callable[[], None] = nothing
    most: int = 1_000
    logins: list[str] = field(default_factory=list)

    @property
    def mails(self) -> list[EmailMessage]:
        """What it was sent."""
        return [message_from_bytes(each, policy=default) for each in self.raw]


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """A mail server that speaks as much of SMTP as it needs."""
    kept = MailServer()

    class Conversation(socketserver.StreamRequestHandler):
        def say(self, text: str) -> None:
            self.wfile.write(f"{text}\r\n".encode())

        def handle(self) -> None:
            self.say("220 here")
            recipient, taken = "", 0
            while line := self.rfile.readline().decode().strip():
                verb = line[:4].upper()
                if verb == "EHLO":
                    self.say("250-here")
                    self.say("250-AUTH PLAIN")
                    self.say("250 8BITMIME")
                elif verb == "AUTH":
                    kept.logins.append(line)
                    self.say("235 welcome")
                elif verb == "RCPT":
                    recipient = line.partition("<")[2].partition(">")[0]
                    self.say("550 no such mailbox" if recipient in kept.refused else "250 yes")
                elif verb == "DATA":
                    if taken == kept.most:
                        self.say("421 enough of this connection")
                        return
                    self.say("354 go on")
                    body = b""
                    while (part := self.rfile.readline()) != b".\r\n":
                        body += part.removeprefix(b".") if part.startswith(b"..") else part
                    kept.raw.append(body)
                    kept.recipients.append(recipient)
                    taken += 1
                    kept.told()
                    self.say("250 taken")
                elif verb == "QUIT":
                    self.say("221 bye")
                    return
                else:
                    self.say("250 yes")

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            """A client that was killed is no error of ours."""

    with Server(("127.0.0.1", 0), Conversation) as server:
        kept.port = server.server_address[1]
        with _serving(server):
            yield kept


@dataclass
class Hook:
    """What a webhook was sent, and with which status it answers the path of a request."""

    port: int = 0
    requests: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    answers: dict[str, int] = field(default_factory=dict)
    told: Callable[[], None] = nothing

    @property
    def address(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}/hook"


@contextmanager
def hook() -> Iterator[Hook]:
    """A webhook."""
    kept = Hook()

    class Conversation(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            kept.requests.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
            kept.told()
            status = kept.answers.get(self.path, 204)
            self.send_response(status)
            if status in (301, 302, 307):
                self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            """A client that was killed is no error of ours."""

    with Server(("127.0.0.1", 0), Conversation) as server:
        kept.port = server.server_address[1]
        with _serving(server):
            yield kept


@contextmanager
def _serving(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
