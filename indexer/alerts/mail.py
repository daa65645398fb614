"""A message as a mail, and the server that takes it: `[alerts]` in the configuration says which.

Each address gets a mail of its own. Servers that are sent the same one again know it by its Message-ID.
"""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from indexer.alerts.alert import Alert, one_line
from indexer.alerts.links import Links
from indexer.alerts.message import AlertMessage, as_text, headline
from indexer.config import AlertsConfig, Config
from indexer.web_settings import public_address

Server = smtplib.SMTP
SECONDS = 20.0  # that a server may take for each answer
_POLICY = SMTP.clone(cte_type="7bit")  # any server takes it, and no line is too long


class Refused(Exception):
    """A mail was not taken; the message says why."""


class NoServer(Exception):
    """No mail can be sent at all; the message says why."""


def mail_of(message: AlertMessage, alert: Alert, recipient: str, config: Config) -> EmailMessage:
    """The mail of a message to one address."""
    name, links = one_line(config.archive.name), Links(config.web.base_url)
    page = links.alert(alert.id) if alert.owner and config.access.closed else ""
    host = _host(config)
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = sender(config.alerts)
    mail["To"] = recipient
    mail["Subject"] = one_line(f"{name}: {headline(message)}")
    mail["Date"] = format_datetime(message.made)
    mail["Message-ID"] = f"<{message.id}@{host}>"
    mail["List-Id"] = f"<{alert.id}.alerts.{host}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content(as_text(message, name, page))
    return mail


def sender(settings: AlertsConfig) -> str:
    """From whom mails are."""
    return settings.sender or "broadsheet@localhost"


@contextmanager
def connected(settings: AlertsConfig) -> Iterator[smtplib.SMTP]:
    """A connection to the configured server.

    Raises:
        NoServer: there is none, it cannot be reached, or it does not let us in.
    """
    if not settings.smtp_host:
        raise NoServer("No mail server is configured: set smtp_host under [alerts] in config.toml.")
    where = f"{settings.smtp_host}:{settings.smtp_port}"
    try:
        trusted = ssl.create_default_context()
        if settings.smtp_security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                settings.smtp_host, settings.smtp_port, timeout=SECONDS, context=trusted
            )
        else:
            server = smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=SECONDS)
    except (OSError, smtplib.SMTPException) as error:
        raise NoServer(f"The mail server {where} cannot be reached: {_said(error)}.") from None
    try:
        try:
            if settings.smtp_security == "starttls":
                server.starttls(context=trusted)
            if settings.smtp_user:
                server.login(settings.smtp_user, settings.smtp_password)
        except smtplib.SMTPAuthenticationError:
            raise NoServer(f"The mail server {where} does not take the name and password of [alerts].") from None
        except (OSError, smtplib.SMTPException) as error:
            raise NoServer(f"The mail server {where} does not let us in: {_said(error)}.") from None
        yield server
    finally:
        with suppress(OSError, smtplib.SMTPException):
            server.quit()
        server.close()


def send(server: smtplib.SMTP, mail: EmailMessage) -> None:
    """Hand a mail over.

    Raises:
        Refused: the server does not take this one.
        NoServer: the connection is gone.
    """
    try:
        server.send_message(mail)
    except smtplib.SMTPRecipientsRefused as error:
        raise Refused(
            f"The mail server refuses the address: {_answer(*next(iter(error.recipients.values())))}."
        ) from None
    except smtplib.SMTPServerDisconnected as error:
        raise NoServer(f"The mail server broke off: {_said(error)}.") from None
    except (smtplib.SMTPException, MessageError, UnicodeError) as error:
        raise Refused(f"The mail server refuses the mail: {_said(error)}.") from None
    except OSError as error:
        raise NoServer(f"The mail server broke off: {_said(error)}.") from None


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _answer(error.smtp_code, error.smtp_error)
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return one_line(text).rstrip(".") or type(error).__name__


def _answer(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{code} {one_line(text)}".strip().rstrip(".")


def _host(config: Config) -> str:
    """What message ids end with: the site's host, else that of the sender."""
    public = public_address(config.web.base_url)
    return (public.hostname if public else None) or sender(config.alerts).rpartition("@")[2].strip("> ") or "localhost"
