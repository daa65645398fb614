"""Words of queries are kept at hand, as long as all of them together are not too large."""

from indexer.engines.whoosh.reader.recent import Recent


def test_what_was_made_last_is_not_made_again() -> None:
    recent: Recent[str] = Recent(10, len)
    made: list[str] = []

    def value(text: str) -> str:
        return recent.get(text, lambda: made.append(text) or text)  # type: ignore[func-returns-value]

    for text in ("aaaa", "bbbb", "aaaa", "cccc", "aaaa", "bbbb"):
        assert value(text) == text
    assert made == ["aaaa", "bbbb", "cccc", "bbbb"]


def test_what_is_larger_than_all_is_never_kept() -> None:
    recent: Recent[str] = Recent(3, len)
    made: list[int] = []
    for _ in range(2):
        recent.get("key", lambda: made.append(1) or "four")  # type: ignore[func-returns-value]
        recent.get("small", lambda: "abc")
    assert made == [1, 1]
