"""Messages and mailboxes."""

from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

from tests.ingest.conftest import Building

TEXT = "The ferry sailed again on Thursday.\n\nThe quay was full of people."


def message(number: int = 1, headers: dict[str, str] | None = None) -> EmailMessage:
    made = EmailMessage()
    usual = {
        "From": "Harbour Letter <letter@harbour.example>", "To": "reader@x.example", "Subject": f"Ferry sails {number}",
        "Date": "Thu, 14 Oct 2021 11:15:48 +0300", "Message-ID": f"<{number}@harbour.example>",
    }  # fmt: skip
    for name, value in (usual | (headers or {})).items():
        made[name] = value
    made.set_content(TEXT)
    return made


def test_a_newsletter(building: Building) -> None:
    mail = message(headers={"List-Id": "Harbour Weekly <weekly.harbour.example>", "Keywords": "ferries, harbour"})
    mail.add_alternative("<html><body><h1>Ferry</h1><p>The <b>ferry</b> sailed.</p></body></html>", subtype="html")
    mail.add_attachment(b"x", maintype="image", subtype="png", filename="quay.png")
    building.write("a.eml", mail.as_bytes())
    assert building.run().new == 1
    (article,) = building.articles
    assert (article.id, article.title, article.body) == ("1@harbour.example", "Ferry sails 1", TEXT)
    assert (article.source, article.author, article.topic) == (
        "Harbour Weekly", ("Harbour Letter",), ("ferries", "harbour"),
    )  # fmt: skip
    assert article.published is not None
    assert (article.published.isoformat(), article.published.zone) == ("2021-10-14T08:15:48Z", "+03:00")
    assert (article.extra["attachments"], article.extra["sender"]) == (["quay.png"], "letter@harbour.example")


def test_a_text_that_only_says_where_the_page_is(building: Building) -> None:
    mail = message()
    mail.set_content("View this in your browser.")
    words = "The ferry sailed again on Thursday after two years. " * 9
    mail.add_alternative(f"<html><body><p>{words}</p><p>End.</p></body></html>", subtype="html")
    building.write("a.eml", mail.as_bytes())
    building.run()
    assert building.articles[0].body == f"{words.strip()}\n\nEnd."


def test_encoded_headers_and_a_wrong_charset(building: Building) -> None:
    raw = (
        b"From: =?utf-8?B?w4lkaXRpb24=?= <a@x.example>\r\nSubject: =?iso-8859-1?Q?=C9lections?=\r\n"
        b"Message-ID: <1@x>\r\nDate: Thu, 14 Oct 2021 11:15:48 +0000\r\n"
        b"Content-Type: text/plain; charset=no-such\r\n\r\nLes \xc3\xa9lections.\r\n"
    )
    building.write("a", raw)
    building.run()
    (article,) = building.articles
    assert (article.title, article.source, article.body) == ("Élections", "Édition", "Les élections.")


def test_a_mailbox(building: Building, rejects: Callable[[], list[dict[str, Any]]]) -> None:
    building.limits(max_warc_record_mb=1)
    big = message(2)
    big.set_content("word " * 300_000)
    one = message(1).as_bytes().replace(b"The quay", b">From the quay")
    parts = [one, big.as_bytes(), message(3).as_bytes()]
    opening = b"From letter@harbour.example Thu Oct 14 11:15:48 2021\n"
    building.write("letters.mbox", b"\n".join(opening + part for part in parts))
    assert building.run().new == 2
    assert building.titles() == ["Ferry sails 1", "Ferry sails 3"]
    assert building.articles[0].body.endswith("From the quay was full of people.")
    assert [(r["record"], r["reason"]) for r in rejects()] == [(2, "too_long")]


def test_a_text_with_lines_like_headers_is_no_mail(building: Building) -> None:
    building.write("a.txt", "From: the harbour\nDate: none\n\nA ferry sailed.")
    building.run()
    assert building.titles() == ["From: the harbour"]
