"""Codes of languages: of two letters, as articles have them, to three, as Apertium has them."""

_TABLE = """
af:afr an:arg ar:ara ast:ast az:aze ba:bak be:bel bg:bul br:bre bn:ben ca:cat co:cos cs:ces cv:chv cy:cym da:dan
de:deu el:ell en:eng eo:epo es:spa et:est eu:eus fa:fas fi:fin fo:fao fr:fra ga:gle gd:gla gl:glg gn:grn gu:guj gv:glv
he:heb hi:hin hr:hrv ht:hat hu:hun hy:hye id:ind is:isl it:ita ja:jpn ka:kat kk:kaz kn:kan ko:kor ku:kur ky:kir la:lat
lt:lit lv:lav mk:mkd ml:mal mn:mon mr:mar ms:msa mt:mlt nb:nob ne:nep nl:nld nn:nno no:nob oc:oci os:oss pa:pan pl:pol
ps:pus pt:por qu:que rm:roh ro:ron ru:rus sc:srd se:sme sh:hbs sk:slk sl:slv sq:sqi sr:srp sv:swe sw:swa ta:tam te:tel
tg:tgk th:tha tk:tuk tr:tur tt:tat ug:uig uk:ukr ur:urd uz:uzb vi:vie yi:yid zh:zho
"""
_LONG = dict(pair.split(":") for pair in _TABLE.split())
# Kinds of a language under codes of their own; a service of one vendor calls Brazilian Portuguese pb.
_ALIKE = {"zh-hant": ("zh-Hant", "zt"), "zh-hans": ("zh-Hans", "zh"), "pt-br": ("pt-BR", "pb")}


def long_code(language: str) -> str:
    """The code of three letters: "es" and "es-AR" are "spa"; what is not known stays."""
    base = language.partition("-")[0].lower()
    return _LONG.get(base, base)


def candidates(language: str) -> tuple[str, ...]:
    """The codes under which a service may have a language, the most exact first."""
    base = language.partition("-")[0].lower()
    alike = next((codes for kind, codes in _ALIKE.items() if language.casefold().startswith(kind)), ())
    plain = ("zh", "zh-Hans") if language.casefold() == "zh" else (base, language.lower())
    if language.casefold().startswith("zh-hant"):
        plain = ("zh-hant", "zh-TW")  # simplified characters are no substitute
    return tuple(dict.fromkeys((language, *alike, *plain)))
