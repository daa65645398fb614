"""The place and the agency at the head of a story: "Moscow-Sana", "WASHINGTON (AP) -", "Damascus, SANA -".

In: a dateline field, or the start of a body. Out: `Dateline`. Called by the extractor.
"""

import re
from dataclasses import dataclass

# Agencies that sign datelines, in lower case, and the name shown.
_AGENCIES = {
    "sana": "SANA", "ap": "Associated Press", "associated press": "Associated Press", "afp": "Agence France-Presse",
    "reuters": "Reuters", "tass": "TASS", "itar-tass": "TASS", "interfax": "Interfax", "xinhua": "Xinhua",
    "upi": "United Press International", "dpa": "DPA", "ansa": "ANSA", "efe": "EFE", "kuna": "KUNA", "wam": "WAM",
    "spa": "Saudi Press Agency", "irna": "IRNA", "fars": "Fars", "mehr": "Mehr", "tasnim": "Tasnim", "kyodo": "Kyodo",
    "yonhap": "Yonhap", "kcna": "KCNA", "anadolu": "Anadolu Agency", "aa": "Anadolu Agency", "wafa": "WAFA",
    "petra": "Petra", "mena": "MENA", "ani": "ANI", "pti": "Press Trust of India", "ians": "IANS", "bernama": "Bernama",
    "antara": "Antara", "ria": "RIA Novosti", "ria novosti": "RIA Novosti", "sputnik": "Sputnik", "cnn": "CNN",
    "bloomberg": "Bloomberg", "ukrinform": "Ukrinform", "belta": "BelTA", "apa": "APA", "pap": "PAP", "tap": "TAP",
    "aps": "APS", "map": "MAP", "qna": "QNA", "saba": "Saba", "nna": "NNA", "ina": "INA",
}  # fmt: skip
_AGENCY = "|".join(sorted(map(re.escape, _AGENCIES), key=len, reverse=True))
_FIELD = re.compile(
    r"\s*(?P<place>[^\W\d_][\w.'’ ]{1,30}?)(?:, ?[^\W\d_][\w.'’ ]{1,20}?)?"
    rf"\s*(?:[-–—/,(]\s*(?P<agency>{_AGENCY}))?\s*[)\-–—]*\s*(?:$|[,;:(\d])",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"\s*(?P<place>(?-i:[^\W\d_a-z])[\w.'’ ]{1,30}?)(?:, ?(?-i:[A-Z])[\w.]{1,15})?"
    rf"\s*(?:[-–—/,]\s*|\(\s*)(?P<agency>{_AGENCY})\b\s*\)?\s*[-–—:,]",
    re.IGNORECASE,
)
# An agency that is not listed, after a place in capitals: "BRUSSELS (Halyard) -".
_SIGNED = re.compile(
    r"\s*(?P<place>[^\W\d_a-z][A-Z.'’ -]{2,30}?)(?:, ?[A-Z][\w.]{1,15})?"
    r" \((?P<agency>[A-Z][\w.]+(?: [A-Z][\w.]+){0,3})\)\s*[-–—]"
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where a story was filed and who filed it; offsets are into the text that was read."""

    place: str
    place_span: tuple[int, int]
    agency: str | None = None
    agency_span: tuple[int, int] | None = None


def read_dateline(text: str) -> Dateline | None:
    """A dateline field as a value."""
    return _value(_FIELD.match(text))


def find_dateline(body: str) -> Dateline | None:
    """The dateline at the start of a body, if an agency signs it."""
    return _value(_BODY.match(body[:120]) or _SIGNED.match(body[:120]))


def _value(match: "re.Match[str] | None") -> Dateline | None:
    if match is None:
        return None
    agency = match["agency"]
    return Dateline(
        match["place"].strip(),
        match.span("place"),
        _AGENCIES.get(agency.lower(), agency) if agency else None,
        match.span("agency") if agency else None,
    )
