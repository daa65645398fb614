"""Small real files of office and scan formats, made by code, so that tests can read what is in them."""

import io
import zipfile
from collections.abc import Sequence


def pdf(pages: Sequence[Sequence[str]], **facts: str) -> bytes:
    """A PDF document with these lines on its pages, in one of the fonts that every program has."""
    numbers = range(len(pages))
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in numbers)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        shown = " ".join(f"({line}) Tj T*" for line in lines)
        stream = f"BT /F1 12 Tf 14 TL 72 720 Td {shown} ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects.append("<< " + " ".join(f"/{name} ({value})" for name, value in facts.items()) + " >>")
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\n"
    return (
        out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}startxref\n{len(out)}\n%%EOF".encode()
    )


def packed(files: dict[str, bytes | str], *, compressed: bool = True) -> bytes:
    """A zip file; a file named `mimetype` is stored as it is."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            archive.writestr(name, data, zipfile.ZIP_STORED if name == "mimetype" else None)
    return out.getvalue()


def epub(chapters: dict[str, str], *, title: str = "Quay Quarterly", identifier: str = "urn:isbn:1") -> bytes:
    """An EPUB with these XHTML bodies by file name."""
    items = "".join(f'<item id="{n}" href="{n}" media-type="application/xhtml+xml"/>' for n in chapters)
    spine = "".join(f'<itemref idref="{n}"/>' for n in chapters)
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
        f"<dc:title>{title}</dc:title><dc:identifier>{identifier}</dc:identifier><dc:language>en</dc:language>"
        "<dc:creator>Ann Lee</dc:creator><dc:date>2019-05-01</dc:date><dc:subject>Harbours</dc:subject></metadata>"
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    container = '<container><rootfiles><rootfile full-path="OEBPS/content.opf"/></rootfiles></container>'
    files: dict[str, bytes | str] = {"mimetype": "application/epub+zip", "META-INF/container.xml": container}
    files["OEBPS/content.opf"] = package
    for name, body in chapters.items():
        files[f"OEBPS/{name}"] = f"<html xmlns='http://www.w3.org/1999/xhtml'><head/><body>{body}</body></html>"
    return packed(files)


def alto(*blocks: tuple[str, Sequence[Sequence[str]]], number: int = 1) -> str:
    """An ALTO page: (id, lines of words) for each block. A word `half-|whole` is divided at the end of its line."""
    written = "".join(
        f'<TextBlock ID="{name}">{"".join(f"<TextLine>{_words(line)}</TextLine>" for line in lines)}</TextBlock>'
        for name, lines in blocks
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><alto xmlns="http://www.loc.gov/standards/alto/ns-v3#"><Description>'
        "<sourceImageInformation><fileName>scan.tif</fileName></sourceImageInformation></Description><Layout>"
        f'<Page ID="P{number}" PHYSICAL_IMG_NR="{number}"><PrintSpace>{written}</PrintSpace></Page></Layout></alto>'
    )


def _words(line: Sequence[str]) -> str:
    found = []
    for word in line:
        part, divided, whole = word.partition("|")
        if not divided:
            found.append(f'<String CONTENT="{word}" WC="0.9"/>')
        elif part.endswith("-"):
            found.append(
                f'<String CONTENT="{part[:-1]}" SUBS_TYPE="HypPart1" SUBS_CONTENT="{whole}"/><HYP CONTENT="-"/>'
            )
        else:
            found.append(f'<String CONTENT="{part}" SUBS_TYPE="HypPart2" SUBS_CONTENT="{whole}"/>')
    return "<SP/>".join(found)
