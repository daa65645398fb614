"""NewsML-G2, NewsML 1, NITF and ninjs."""

import json
from collections.abc import Callable
from typing import Any

from ..conftest import Building

G2 = """<?xml version="1.0" encoding="UTF-8"?>
<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:kna.example:1" xml:lang="en-US"
standard="NewsML-G2">
<itemMeta><provider literal="KNA"/><versionCreated>2021-10-15T09:00:00Z</versionCreated></itemMeta>
<contentMeta><contentCreated>2021-10-14T11:15:48+03:00</contentCreated><creator><name>Ann Lee</name></creator>
<language tag="en-US"/><subject qcode="medtop:1"><name>transport</name></subject>
<subject type="cpnat:person" qcode="p:1"><name>Bo Chen</name></subject>
<subject type="cpnat:geoArea" qcode="g:1"/><subject type="cpnat:organisation"><name>Port Authority</name></subject>
<dateline>PORT ELM, Thursday</dateline><headline>Bridge reopens</headline></contentMeta>
<assert qcode="g:1"><name>Port Elm</name></assert>
<contentSet><inlineXML contenttype="application/nitf+xml"><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body>
<body.head><abstract><p>In short.</p></abstract></body.head>
<body.content><p>First
 line.</p><p>Second.</p></body.content></body></nitf></inlineXML></contentSet></newsItem>"""

NINJS = {
    "uri": "https://kna.example/1",
    "type": "text",
    "versioncreated": "2021-10-14T11:15:48Z",
    "language": "en",
    "headlines": [{"role": "short", "value": "Short"}, {"role": "main", "value": "Bridge reopens"}],
    "bodies": [
        {"role": "text", "value": "Flat."},
        {"role": "xhtml", "value": "<body><p>First.</p><p>Second.</p></body>"},
    ],
    "by": "Ann Lee",
    "infosources": [{"name": "KNA"}],
    "people": [{"name": "Bo Chen"}],
    "places": [{"name": "Port Elm"}],
    "subjects": [{"name": "transport"}, {"name": "bridges"}],
    "associations": [
        {
            "type": "picture",
            "descriptions": [{"role": "caption", "value": "The bridge"}],
            "by": "Cy",
            "renditions": [{"name": "main", "href": "https://kna.example/b.jpg"}],
        }
    ],
}


def test_newsml_g2(building: Building) -> None:
    building.write("item.xml", G2)
    assert building.run().new == 1
    (article,) = building.articles
    assert (article.id, article.title, article.body, article.summary) == (
        "urn:newsml:kna.example:1", "Bridge reopens", "First line.\n\nSecond.", "In short.",
    )  # fmt: skip
    assert article.published is not None
    assert (article.published.isoformat(), article.published.zone) == ("2021-10-14T08:15:48Z", "+03:00")
    assert (article.source, article.language, article.author) == ("KNA", "en", ("Ann Lee",))
    assert (article.category, article.dateline) == ("transport", "PORT ELM, Thursday")
    assert article.topic[0] == "transport"
    assert [(e.kind, e.name, e.given) for e in article.entities] == [
        ("person", "Bo Chen", True), ("organisation", "Port Authority", True), ("place", "Port Elm", True),
    ]  # fmt: skip


def test_a_message_gives_each_of_its_items(building: Building) -> None:
    item = G2.partition("?>")[2]
    second = item.replace("kna.example:1", "kna.example:2").replace("Bridge", "Ferry")
    building.write("message.xml", f"<newsMessage><itemSet>{item}{second}</itemSet></newsMessage>")
    assert building.run().new == 2
    assert building.titles() == ["Bridge reopens", "Ferry reopens"]


def test_other_items_of_the_family_are_skipped(building: Building) -> None:
    building.write("a.xml", '<conceptItem xmlns="http://iptc.org/std/nar/2006-10-01/"/>')
    report = building.run()
    assert (report.read, report.skipped_files[0].reason) == (0, "a wire document without news text")


def test_xml_that_is_not_well_formed(building: Building, rejects: Callable[[], list[dict[str, Any]]]) -> None:
    building.write("a.xml", "<newsItem><headline>x</newsItem>")
    building.run()
    assert [r["reason"] for r in rejects()] == ["bad_xml"]


def test_ninjs_of_every_version(building: Building) -> None:
    building.write("v2.json", json.dumps(NINJS, indent=2))
    building.write(
        "v3.jsonl", json.dumps({k.replace("created", "Created"): v for k, v in NINJS.items()} | {"uri": "urn:3"})
    )
    old = {
        "uri": "urn:1",
        "versioncreated": "2021-10-14",
        "headline": "Old",
        "body_text": "Flat.",
        "body_xhtml": "<p>A</p><p>B</p>",
    }
    building.write("v1.json", json.dumps(old))
    assert building.run().new == 3
    one, two, three = building.articles
    assert (one.id, one.title, one.body) == ("urn:1", "Old", "A\n\nB")
    for article in (two, three):
        assert (article.title, article.body, article.source) == ("Bridge reopens", "First.\n\nSecond.", "KNA")
        assert (article.author, article.category, article.names("place")) == (("Ann Lee",), "transport", ("Port Elm",))
        assert article.topic == ("transport", "bridges")
        assert article.extra["image"] == {
            "url": "https://kna.example/b.jpg", "caption": "The bridge", "credit": "Cy",
        }  # fmt: skip
    assert (two.id, two.url) == ("https://kna.example/1", "https://kna.example/1")
