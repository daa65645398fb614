"""Field names of the world's news files -> the fields of an article: one table, extendable by configuration.

Used by `normalise`. Names are compared without case, accents, blanks, `-`, `_`, `.` and namespace prefixes, so that
`Publish_Date`, `publishDate` and `dc:publish-date` are one name, and `título` is `titulo`. Of several names for one
field the earlier in its row wins; the others stay in `Article.extra` under their own name.
"""

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

# Canonical field -> names, best first. docs/formats.md shows the same table.
ALIASES: Mapping[str, tuple[str, ...]] = {
    field: tuple(names.split())
    for field, names in {
        "id": "docno docid articleid guid uuid _id identifier uri itemid",
        "url": "canonicalurl canonical weburl articleurl link permalink pageurl sourceurl href documentidentifier "
        "mainentityofpage "
        "enlace lien ссылка الرابط رابط 链接 連結 网址 リンク 링크",
        "archived_url": "archiveurl waybackurl waybacklink snapshoturl mementourl",
        "original_url": "originallink urloriginal translationof translationofwork istranslationof isbasedon",
        "title": "headline webtitle articletitle newstitle titre titulo titel heading name titlepage titlerss "
        "titular encabezado intitule manchete titolo schlagzeile uberschrift ueberschrift tytul titulek baslik "
        "otsikko заголовок название العنوان عنوان 标题 標題 題名 タイトル 見出し 제목",
        "body": "articlebody fulltext maintext bodytext articletext text content story plaintext contenttext "
        "texte texto inhalt message contentencoded cleanedtext bodyhtml contenthtml html article leadparagraph "
        "paragraphs blocks contentelements contentblocks contenido cuerpo conteudo corpo contenu corps testo "
        "contenuto volltext artikeltext tekst inhoud tresc metin icerik текст содержание النص نص المحتوى 正文 "
        "内容 內容 本文 본문 내용",
        "summary": "description abstract standfirst trailtext excerpt teaser shortdescription deck dek subtitle "
        "subheadline lead snippet intro "
        "resumen entradilla bajada resumo chapo chapeau resume riassunto sommario zusammenfassung vorspann "
        "samenvatting ozet аннотация ملخص الملخص 摘要 要約 リード 요약",
        "published": "datepublished publisheddate publishdate publicationdate pubdate publishedat datepublish "
        "firstpublished webpublicationdate pubdateutc publishedon pubtime publishtime publishedtime date datetime "
        "timestamp issued dateposted posted postedat versioncreated time datecreated created createdat datum fecha "
        "publishingdate publicationdatetime dateofpublication releasedate displaydate fechapublicacion "
        "fechadepublicacion datapublicacao datadepublicacao datepublication datedepublication datadipubblicazione "
        "veroffentlicht erscheinungsdatum tarih дата датапубликации التاريخ تاريخ تاريخالنشر 日期 时间 时间戳 "
        "发布时间 發布時間 日付 公開日 날짜 "
        "updated datemodified modified updatedat year",
        "source": "publisher outlet sourcename publishername publication newspaper sitename site provider media "
        "sourcecommonname infosource agency sourcedomain domain journal brand "
        "fuente diario fonte jornal quelle zeitung giornale bron krant zrodlo kaynak источник издание المصدر 来源 "
        "來源 媒体 出典 신문 출처",
        "category": "section articlesection sectionname categories sections rubric newsdesk channel desk kategorie "
        "categorie rubrik genre "
        "seccion categoria secao rubrique editoria sezione ressort kategori dzial раздел рубрика категория القسم "
        "التصنيف 栏目 分类 分類 カテゴリ 카테고리 분류",
        "language": "lang inlanguage languagecode langcode locale sprache langue "
        "idioma lingua taal jezyk dil язык اللغة 语言 語言 言語 언어",
        "translated_from": "originallanguage sourcelanguage sourcelang originallang",
        "author": "authors byline bylines creator writer reporter authorname contributors journalist autor auteur "
        "correspondent by "
        "autora autores auteurs autore verfasser yazar автор الكاتب المؤلف 作者 记者 著者 記者 筆者 기자",
        # All of these together, not the first of them.
        "topic": "topics tags tag keywords keyword newskeywords subjects subject topicnames tagnames articletag "
        "articletags schlagworte schlagwörter stichworte motscles motsclés etiquetas palabrasclave "
        "trefwoorden parolechiave",
        "dateline": "placeline",
        # What tells versions apart, and whether the source took the article back.
        "version": "revision versionnumber revisionnumber rev",
        "revised": "modifiedstated",
        "captured": "fetched crawled crawledat fetchedat scrapedat downloaded retrieved warcdate",
        "status": "pubstatus publicationstatus publishingstatus managementstatus",
        # Named entities that come with the article.
        "person": "persons people",
        "organisation": "organizations organisations organization orgs org companies company",
        "place": "locations location places countries country cities city contentlocation spatialcoverage",
        "entities": "namedentities about mentions",
    }.items()
}

# Objects that only wrap fields of the article (Elasticsearch dumps, the Guardian, Webz). Outer fields win.
WRAPPERS = frozenset("_source fields article attributes metadata meta thread doc document".split())

# Keys under which a JSON document keeps its list of articles.
LIST_KEYS = (
    "articles items docs results documents news entries records data stories hits posts rows response "
    "itemListElement @graph"
).split()


# Letters with a stroke or without a dot, which Unicode does not take apart as it does accents.
_STROKES = str.maketrans("łıøđ", "liod")


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """A field name in the form in which names are compared."""
    lead = "_" if name.startswith("_") else ""
    plain = name.rpartition(":")[2].casefold()
    if not plain.isascii():
        plain = plain.translate(_STROKES)
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return lead + "".join(c for c in plain if c not in " -_.@" and not c.isspace())


def lookup(extra: Mapping[str, str]) -> dict[str, tuple[str, int]]:
    """Folded name -> (canonical field, rank), with the configuration's own names ahead of the table's."""
    table = {
        folded(name): (canonical, rank)
        for canonical, names in ALIASES.items()
        for rank, name in enumerate((canonical, *names))
    }
    return table | {folded(name): (canonical, -1) for name, canonical in extra.items()}
