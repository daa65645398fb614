"""JSON as it is found in pages."""

import pytest

from indexer.ingest.broken_json import values_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": 1}', [{"a": 1}]),
        (r"""{"a": "The mayor\'s son", "b": 1}""", [{"a": "The mayor's son", "b": 1}]),
        (r'{"a": "C:\dir \u00e9"}', [{"a": "C:\\dir é"}]),
        ('{"a": "one\ttwo\nthree\x0b"}', [{"a": "one\ttwo\nthree\x0b"}]),
        ('{"a": [1, 2,,], "b": "x",}', [{"a": [1, 2], "b": "x"}]),
        ('{"a": "x"\n "b": "y"}', [{"a": "x", "b": "y"}]),
        ('<!-- {"a": 1} -->', [{"a": 1}]),
        ('{"a": 1, // one\n "b": "http://a.example/" /* two */}', [{"a": 1, "b": "http://a.example/"}]),
        ('{"a": "He said "no", then left", "b": 1}', [{"a": 'He said "no", then left', "b": 1}]),
        ("{'a': 'It is', 'b': 2}", [{"a": "It is", "b": 2}]),
        ('{"a": , "b": 2}', [{"a": None, "b": 2}]),
        ('{"a": "x", "b": [{"c": "cut of', [{"a": "x", "b": [{"c": "cut of"}]}]),
        ('{"a": 1}\n{"b": 2}', [{"a": 1}, {"b": 2}]),
        ("{&quot;a&quot;: 1}", [{"a": 1}]),
        ("no value", []),
        ("", []),
    ],
)
def test_what_can_be_read_is_read(text: str, expected: list[object]) -> None:
    assert values_in(text) == expected


@pytest.mark.parametrize(
    "text", ["{" * 100_000, "[" * 100_000, '"' * 100_000, "}" * 100_000, '{"a": "' + 'x ", ' * 50_000]
)
def test_hostile_text_ends(text: str) -> None:
    assert isinstance(values_in(text), list)
