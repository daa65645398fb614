"""What the pages of names and articles say of names that mean one."""

from tests.engines.corpus import article
from tests.webui.page import get
from tests.webui.site import make_client


def test_a_page_says_who_is_named_by_a_short_name_alone() -> None:
    names = [*["Barack Obama"] * 9, "Obama", "Joe Biden", "Joe Biden", "Hunter Biden", "Biden"]
    told = [article(f"n{at}", "Talks", "Talks.", "2021", people=(name,)) for at, name in enumerate(names)]
    client = make_client(told)
    page = get(client, "/person/Barack%20Obama")
    assert "1 article names it only as Obama" in page.one("//main")
    assert "Probably the same" not in page.one("//main")
    page = get(client, "/person/Joe%20Biden")
    assert page.link("Biden", "//aside") == "/person/Biden"
    assert "indexer entities merge person Biden 'Joe Biden'" in page.one("//main")
    assert "Barack Obama named only as Obama" in get(client, "/article/n9").one("//aside[ul or .//ul]")
    assert "named only as" not in get(client, "/article/n1").one("//main")
