"""The lead image of an article, kept as `extra["image"]`. Used by `normalise` and `page`.

In: what a record says about pictures under any name, or a parsed page. Out: `{"url", "caption", "credit"}`, the last
two where they are stated. No picture is fetched.
"""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urljoin

from indexer.ingest import values
from indexer.ingest.aliases import folded
from indexer.ingest.markup import plain_line

IMAGE = "image"
LONGEST_CAPTION = 1_000
_MOST_FIGURES = 20

# Names under which records state a picture, as `folded`, best first.
_NAMES = {
    name: rank
    for rank, name in enumerate(
        "image leadimage featuredimage mainimage topimage heroimage imageurl leadimageurl featuredimageurl "
        "mainimageurl topimageurl urltoimage imagelink ogimage images photo picture photos pictures multimedia "
        "mediacontent jetpackfeaturedmediaurl socialimage bannerimage thumbnail thumbnailurl mediathumbnail".split()
    )
}
_CAPTIONS = frozenset("imagecaption photocaption picturecaption imagedescription imagealt imagetitle caption".split())
_CREDITS = frozenset("imagecredit photocredit picturecredit imageauthor photographer imagecopyright credit".split())
_ALL = frozenset({*_NAMES, *_CAPTIONS, *_CREDITS})
_ADDRESS_KEYS = ("url", "contentUrl", "src", "href", "link", "source_url", "@id", "thumbnailUrl")
_CAPTION_KEYS = ("caption", "description", "alt", "alt_text", "name", "title")
_CREDIT_KEYS = ("credit", "creditText", "credits", "author", "creator", "photographer", "copyrightNotice", "byline")


def keep_lead_image(extra: dict[str, Any]) -> None:
    """Put the picture that a record states under whatever name into `extra["image"]`; what else it says stays."""
    stated = {name: key for key in extra if (name := folded(str(key))) in _ALL}
    for name in sorted(_NAMES.keys() & stated.keys(), key=_NAMES.__getitem__):
        value = extra[stated[name]]
        if image := _image(value):
            break
    else:
        return
    if isinstance(value, str) or value == image:
        del extra[stated[name]]
    if IMAGE in extra:
        extra.setdefault("image_stated", extra[IMAGE])
    for part, names in (("caption", _CAPTIONS), ("credit", _CREDITS)):
        for name in names & stated.keys():
            if part not in image and (text := _text(extra[stated[name]])):
                image[part] = text
                del extra[stated[name]]
    extra[IMAGE] = image


def page_image(tree: Any, described: Mapping[str, Any], url: str | None) -> dict[str, str]:
    """The picture that a page states in its JSON-LD or for social networks, with what the page writes below it."""
    image = _image(described.get("image"), url)
    for name in ("og:image", "og:image:url", "og:image:secure_url", "twitter:image"):
        if not image:
            image = _image(next(_metas(tree, name), None), url)
    if image and "caption" not in image:
        caption = _caption_below(tree, image["url"]) or next(_metas(tree, "og:image:alt"), "")
        image |= {"caption": text} if (text := _text(caption)) else {}
    return image


def _image(value: Any, base: str | None = None) -> dict[str, str]:
    """The first picture of a loose value: an address, an object with one, a list of them."""
    if isinstance(value, list | tuple):
        return next((found for item in value[:10] if (found := _image(item, base))), {})
    if isinstance(value, str):
        address = values.url(urljoin(base, value.strip()) if base and value.strip() else value)
        return {"url": address} if address else {}
    if not isinstance(value, Mapping):
        return {}
    image = next((found for key in _ADDRESS_KEYS if (found := _image(value.get(key), base))), {})
    for part, keys in (("caption", _CAPTION_KEYS), ("credit", _CREDIT_KEYS)):
        if image and (text := next((text for key in keys if (text := _text(value.get(key)))), "")):
            image[part] = text
    return image


def _text(value: Any) -> str:
    return plain_line(values.string(value)[:LONGEST_CAPTION])


def _metas(tree: Any, name: str) -> Iterator[str]:
    for element in tree.iter("meta"):
        if name in ((element.get("property") or "").lower(), (element.get("name") or "").lower()):
            yield element.get("content") or ""


def _caption_below(tree: Any, address: str) -> str:
    """What stands below a picture of the page whose file has the name of this one."""
    file = address.partition("?")[0].rpartition("/")[2]
    for figure in list(tree.iter("figure"))[:_MOST_FIGURES]:
        sources = [source for image in figure.iter("img", "source") for source in image.values()]
        if file and any(file in source for source in sources):
            return " ".join(" ".join(caption.text_content().split()) for caption in figure.iter("figcaption"))
    return ""
