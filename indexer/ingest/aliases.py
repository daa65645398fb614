"""Field names of the world's news files -> the fields of an article: one table, extendable by configuration.

Used by `normalise`. Names are compared without case, blanks, `-`, `_`, `.` and namespace prefixes, so that
`Publish_Date`, `publishDate` and `dc:publish-date` are one name. Of several names for one field the earlier in its row
wins; the others stay in `Article.extra` under their own name.
"""

from collections.abc import Mapping
from functools import cache

# Canonical field -> names, best first. docs/formats.md shows the same table.
ALIASES: Mapping[str, tuple[str, ...]] = {
    field: tuple(names.split())
    for field, names in {
        "id": "docno docid articleid guid uuid _id identifier uri itemid",
        "url": "canonicalurl canonical weburl articleurl link permalink pageurl sourceurl href documentidentifier "
        "mainentityofpage",
        "archived_url": "archiveurl waybackurl waybacklink snapshoturl mementourl",
        "original_url": "originallink urloriginal translationof isbasedon",
        "title": "headline webtitle articletitle newstitle titre titulo titel heading name titlepage titlerss",
        "body": "articlebody fulltext maintext bodytext articletext text content story plaintext contenttext "
        "texte texto inhalt message contentencoded cleanedtext bodyhtml contenthtml html article leadparagraph",
        "summary": "description abstract standfirst trailtext excerpt teaser shortdescription deck dek subtitle "
        "subheadline lead snippet intro",
        "published": "datepublished publisheddate publishdate publicationdate pubdate publishedat datepublish "
        "firstpublished webpublicationdate pubdateutc publishedon pubtime publishtime publishedtime date datetime "
        "timestamp issued dateposted posted postedat versioncreated time datecreated created createdat datum fecha "
        "updated datemodified modified updatedat year",
        "source": "publisher outlet sourcename publishername publication newspaper sitename site provider media "
        "sourcecommonname infosource agency sourcedomain domain journal brand",
        "category": "section articlesection sectionname categories sections rubric newsdesk channel desk kategorie "
        "categorie rubrik genre",
        "language": "lang inlanguage languagecode langcode locale sprache langue",
        "translated_from": "originallanguage sourcelanguage sourcelang originallang",
        "author": "authors byline bylines creator writer reporter authorname contributors journalist autor auteur "
        "correspondent by",
        # All of these together, not the first of them.
        "topic": "topics tags tag keywords keyword newskeywords subjects subject topicnames tagnames articletag "
        "articletags schlagworte schlagwörter stichworte motscles motsclés etiquetas palabrasclave "
        "trefwoorden parolechiave",
        "dateline": "placeline",
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


@cache
def folded(name: str) -> str:
    """A field name in the form in which names are compared."""
    lead = "_" if name.startswith("_") else ""
    return lead + "".join(c for c in name.rpartition(":")[2].casefold() if c not in " -_.@")


def lookup(extra: Mapping[str, str]) -> dict[str, tuple[str, int]]:
    """Folded name -> (canonical field, rank), with the configuration's own names ahead of the table's."""
    table = {
        folded(name): (canonical, rank)
        for canonical, names in ALIASES.items()
        for rank, name in enumerate((canonical, *names))
    }
    return table | {folded(name): (canonical, -1) for name, canonical in extra.items()}
