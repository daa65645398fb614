"""The words that pages print beside a date, and the parts of a line that has several. Pure functions, for `dates`.

"Published 6 June 2024 | Updated 7 June 2024 | Reuters" states when an article was published, when it was changed, and
who wrote it. The first part that can be read counts, those that say "published" before those that say "updated".
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from indexer.ingest.months import fold

# Each phrase in its own spelling. Those of the interface's languages first, then the rest of the world's press.
_PUBLISHED = (
    "article published|article|first published|originally published|date published|published online|published|"
    "publication date|publish date|date of publication|pub date|pubdate|posted|issued|released|release date|filed|"
    "created|first posted|date posted|artikel|beitrag|meldung|veröffentlicht|veröffentlichung|"
    "veröffentlichungsdatum|erschienen|erscheinungsdatum|erstellt|publiziert|publicado|publicada|publicación|"
    "fecha de publicación|fecha|creado|posté|postée|ajouté|publié|publiée|mis en ligne|mise en ligne|"
    "date de publication|date de parution|paru|parution|créé|дата публикации|опубликовано|опубликована|опубликован|"
    "публикация|размещено|создано|дата|تاريخ النشر|تاريخ نشر|نشر|نُشر|نشرت|نشر في|تم النشر|منشور|发布时间|发布日期|"
    "发布于|发布|发表时间|发表于|发表|刊发时间|出版日期|時間|时间|日期|發布時間|發佈時間|發布|發佈|發表|刊登|"
    "publicado em|data de publicação|pubblicato|pubblicata|pubblicazione|data di pubblicazione|data|gepubliceerd|"
    "geplaatst|publicatiedatum|opublikowano|data publikacji|dodano|utworzono|yayınlanma tarihi|yayınlanma|"
    "yayın tarihi|yayınlandı|yayımlanma|giriş tarihi|giriş|oluşturulma|eklenme|опубліковано|дата публікації|"
    "публиковано|публикувано|objavljeno|publikováno|zveřejněno|vydáno|megjelent|közzétéve|publicat|publicerad|"
    "publicerat|publisert|publiceret|offentliggjort|udgivet|julkaistu|avaldatud|publicēts|paskelbta|δημοσιεύθηκε|"
    "δημοσίευση|ημερομηνία δημοσίευσης|פורסם|תאריך פרסום|تاریخ انتشار|انتشار|منتشر شده|شائع|تاریخ اشاعت|प्रकाशित|"
    "प्रकाशन तिथि|প্রকাশ|প্রকাশিত|diterbitkan|dipublikasikan|terbit|diterbitkan pada|đăng lúc|ngày đăng|xuất bản|"
    "公開日時|公開日|公開|掲載日|掲載|配信日時|配信|投稿日|発行日|発表|입력|등록|게재|작성|발행|승인|기사입력|"
    "기사등록"
)
_CHANGED = (
    "last updated|last modified|last changed|last edited|last update|date modified|updated|modified|edited|update|"
    "revised|amended|changed|corrected|zuletzt aktualisiert|zuletzt geändert|letzte aktualisierung|letzte änderung|"
    "aktualisiert|geändert|aktualisierung|stand|última actualización|ultima actualización|última modificación|"
    "actualizado|actualizada|actualización|modificado|dernière mise à jour|dernière modification|mis à jour|"
    "mise à jour|modifié|actualisé|màj|последнее обновление|дата обновления|обновлено|обновлена|обновлён|"
    "обновление|изменено|آخر تحديث|تاريخ التحديث|تم التحديث|تحديث|حدث|عدل|التعديل|更新时间|更新日期|更新于|更新於|"
    "更新時間|最后更新|最後更新|更新|修改时间|修改|última atualização|atualizado|atualizada|atualização|"
    "ultimo aggiornamento|aggiornato|aggiornata|aggiornamento|laatst bijgewerkt|bijgewerkt|gewijzigd|"
    "ostatnia aktualizacja|zaktualizowano|aktualizacja|zmodyfikowano|son güncelleme|güncellenme tarihi|güncellenme|"
    "güncelleme|güncellendi|оновлено|ažurirano|aktualizováno|aktualizované|frissítve|frissítés|actualizat|"
    "uppdaterad|uppdaterat|senast uppdaterad|oppdatert|sist oppdatert|opdateret|päivitetty|uuendatud|atjaunots|"
    "atnaujinta|ενημερώθηκε|τελευταία ενημέρωση|עודכן|آخرین بروزرسانی|به‌روزرسانی|अपडेट|अद्यतन|আপডেট|diperbarui|"
    "cập nhật lúc|cập nhật|更新日時|更新日|最終更新|수정|업데이트|최종수정|기사수정"
)
_WHO = (
    "source|quelle|fuente|fonte|bron|kaynak|источник|المصدر|来源|來源|出典|출처|author|auteur|autor|автор|الكاتب|"
    "作者|记者|記者|责任编辑|責任編輯|编辑|編輯|기자|by"
)
_SEPARATORS = re.compile(r"\s*[|•·∙▪●■►❘⋅;\n\r\t]+\s*|\s+[–—―/~*-]{1,2}\s+(?!\d{1,2}\s?[:h]\s?\d\d)|\s{3,}")


def _phrases(listed: str) -> str:
    # Letters without blanks between words (Chinese, Japanese, Korean, Thai) may touch what follows.
    written = sorted(set(listed.split("|")), key=len, reverse=True)
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in written)


_LABEL = re.compile(
    rf"(?<![^\W\d_])(?:(?P<published>{_phrases(_PUBLISHED)})|(?P<changed>{_phrases(_CHANGED)})|(?P<who>{_phrases(_WHO)}))"
    r"(?=[\W\d]|$)(?:\s?[:.]|(?![^\W\d_]))",
    re.IGNORECASE,
)
# Any words with a colon, where none of them has a digit: "Letzter Stand:", "Data wydania:".
_ANY_LABEL = re.compile(
    r"(?:^|(?<=\s))[^\W\d_](?:[^\W\d_]|[ '’.-]){0,39}\s?:(?!\d)|(?:^)[^\W\d_](?:[^\W\d_]|[ '’.-]){0,39}\s?:"
)
_LEADING = re.compile(r"^\s*[^\W\d_][^\d:]{0,39}:\s*(?=\S)")  # "Data wydania:", of which "data" alone is known
_NAME = re.compile(r"^\D{1,40}\s(?=\d)")
_RANKS = {"changed": 1, "who": 2}
_DIGIT = re.compile(r"\d")


def parts(text: str) -> Iterator[str]:
    """The parts of a line that may be a date, the likeliest first; without their labels. Nothing for a bare date."""
    ranked: list[tuple[int, str]] = []
    for piece in _SEPARATORS.split(text):
        ranked += _labelled(piece)
    ranked.sort(key=lambda part: part[0])
    for _, part in ranked:
        clean = part.strip(" ,.:;()[]-–—،、")
        if clean and clean != text:
            yield clean
    yield from _beside_names(text)


def _labelled(piece: str) -> Iterator[tuple[int, str]]:
    """The stretches between labels: 0 after "published" or no label, 1 after "updated", 2 after a name that follows
    "source"."""
    labels = [(found.start(), found.end(), found.lastgroup) for found in _LABEL.finditer(piece)]
    if not labels:
        labels = [(found.start(), found.end(), None) for found in _ANY_LABEL.finditer(piece)]
    edges = [(0, 0, None), *labels, (len(piece), len(piece), None)]
    for (_, start, kind), (end, _, _) in pairwise(edges):
        if _DIGIT.search(piece, start, end):
            leading = _NAME if kind == "who" else _LEADING
            yield _RANKS.get(kind or "", 0), leading.sub("", piece[start:end])


def _beside_names(text: str) -> Iterator[str]:
    """ "Rome, 6 June 2024" and "6 June 2024, Rome": a place, a weekday or another calendar's day beside a date."""
    cuts = [place for place, character in enumerate(text) if character in ",،、"][:4]
    for cut in cuts:
        if not _DIGIT.search(text, 0, cut):
            yield text[cut + 1 :].strip()
    for cut in reversed(cuts):
        if not _DIGIT.search(text, cut) or _OTHER_YEAR.search(text, cut):
            yield text[:cut].strip()
    if "年" in text and (found := _LAST_WORD.search(text)):
        yield text[: found.start()]


_LAST_WORD = re.compile(r"\s\D+\Z")  # the site's name after "2021年10月14日11:15"
_OTHER_YEAR = re.compile(r"(?<!\d)(?:1[0-4]\d\d|2[1-9]\d\d|[3-9]\d{3})(?!\d)")

LABEL_WORDS = frozenset(
    word
    for listed in (_PUBLISHED, _CHANGED)
    for phrase in listed.split("|")
    for word in re.findall(r"[^\W\d_]+", fold(phrase))
)
