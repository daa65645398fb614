"""The words that stand around names in bylines: what introduces them, what people are, who they write for. Used by
`bylines`. Each row is a pattern for people of one language or script; nothing here decides what is done with it."""

import re

# "By", "Text:", "additional reporting by": at the start of a byline or of a part of one.
BY = re.compile(
    r"^(?:(?:with |and )?(?:additional |further )?(?:written |posted |published |reported |reporting "
    r"|story |words |analysis "
    r"|opinion |review |research |contributions? |produced |compiled |exclusive )?(?:and (?:written"
    r"|photographs) )?by|"
    r"von|par|por|di|door|av|af|oleh|бy|автор|авторы|بقلم|كتب|كتبت|作者|撰文|文|由|"
    r"(?:authors?|autor(?:a|in|es)?|auteurs?|tekst|texte?|texto|testo|words|byline|автор|текст|tác giả"
    r"|penulis|yazar|haber|"
    r"글|取材・文)(?=\s*[:：|/]))"
    r"[\s:：|/]+",
    re.IGNORECASE,
)
# Whoever took the pictures or edited the text did not write it.
NOT_BY = re.compile(
    r"^(?:photos?|photograph(?:s|y)|fotos?|bild(?:er)?|video|illustrations?|фото|사진|写真|摄影|摄|edit(?:ed|ing)|編集|编辑|"
    r"translated|übersetz(?:t|ung)|traduit|traducción)\b\s*(?:by|von|par|por|di)?[\s:：/]",
    re.IGNORECASE,
)
AND = re.compile(
    r"\s+(?:and|und|et|og|och|ve|dan|&|и|و|和|및)\s+|\s*[;|•、／]\s*|\s+/\s*|/(?=(?-i:[^\W\d_a-zß-ÿ]))"
    r"|(?<=[가-힣])[·ㆍ](?=[가-힣])|"
    r"(?:\s*[,(]|\s)\s*(?:with\s+)?(?:(?:additional|further)\s+)?(?:reporting|research"
    r"|contributions?)\s+(?:by|from)\s+|"
    r"\s+(?:con información de|mit material (?:von|der)|with|mit|avec|con|met)\s+",
    re.IGNORECASE,
)
# "y" and "e" part two people, and are in one name: "José Ortega y Gasset".
AND_OR_NAME = re.compile(r"\s+(?:y|e|en)\s+")
IN_PLACE = re.compile(r"\s+(?:in|from|aus|à|a|en|em|uit|fra|w|v|в|из)\s+(?=[^\W\d_a-zа-яß-ÿ])")

_KINDS = (
    "staff senior junior chief lead deputy assistant associate managing executive contributing special "
    "freelance guest "
    "political politics business sports sport foreign national international world local city metro news "
    "features arts "
    "culture education science technology tech health medical environment energy economics finance "
    "financial legal crime "
    "court defence defense security diplomatic religion travel food investigations investigative general "
    "european asia "
    "africa washington westminster white house parliamentary data digital video multimedia breaking royal "
    "social affairs "
    "home economic entertainment media market markets opinion weekend sunday web online our own "
    "ap afp bbc cnn npr reuters"
)
_NOUNS = (
    "writers? reporters? editors? correspondents? columnists? journalists? contributors? commentators? "
    "redakteur(?:in)? "
    "korrespondent(?:in)? journalistin reporterin chefredakteur(?:in)? journaliste correspondante? "
    "rédacteur rédactrice "
    "chroniqueu(?:r|se) periodista corresponsal redactora? columnista giornalista corrispondente "
    "inviat[oa] jornalista "
    "repórter correspondente корреспондент журналист обозреватель muhabiri? yazar[ıi] verslaggever redacteur "
    "dziennikarz journalisten"
)
_NOUN = rf"(?:{'|'.join(_NOUNS.split())})(?:[ -](?:in[ -]chief|at[ -]large))?"
_ROLE = rf"(?:(?:{'|'.join(_KINDS.split())}|envoyée? spéciale?|enviad[oa] especial)[ -](?:and |& )?){{0,4}}{_NOUN}"
ROLE = re.compile(_ROLE, re.IGNORECASE)
ROLE_AT_START = re.compile(rf"^{_ROLE}[,:]?\s+(?=\S+\s+\S)", re.IGNORECASE)
ROLE_AT_END = re.compile(rf"(?<=\S)\s+{_ROLE}(?:\s+(?:for|of|at|in)\s.*)?$", re.IGNORECASE)
# A part behind a name that says what its bearer is: "AP Auto Writer", "Professor of History".
WHAT_HE_IS = re.compile(
    rf"\b(?:{_NOUN}|redaktion|professor|lecturer|researcher|fellow|director|university|author of|special to)\b",
    re.IGNORECASE,
)

_AGENCIES = (
    "ap afp dpa upi reuters ansa efe tass тасс interfax интерфакс xinhua pti ani ians bloomberg aap apa "
    "sda ats belga anp "
    "ritzau ntb tt stt pap čtk ctk mti tasr hina tanjug anadolu yonhap kyodo jiji bernama antara lusa epd "
    "kna sid cnn bbc "
    "npr afp/reuters keystone-sda press-association agencies agencias agences agenturen agenzie redacción wires"
)
AGENCIES = frozenset(_AGENCIES.split())
# What the name of a newspaper, a station or an agency has in it and the name of a person has not.
OUTLET = re.compile(
    r"^the\s|\b(?:news|newspapers?|agency|tv|radio|media|network|magazine|gazette|tribune|times|herald"
    r"|chronicle|newswire|"
    r"news ?room|zeitung|nachrichten|agentur|presse-agentur|agence|france-presse|agencia|agência|agenzia|ajansı|"
    r"(?:associated|united|canadian|european|free) press|press (?:association|trust)|"
    r"(?:washington|huffington|jerusalem|new york|national|morning) post|al jazeera|deutsche welle|getty images|"
    r"агентство|новости|mediagroup)\b|(?:通讯社|通訊社|通信社|新聞|新闻|日报|日報|新华社|中央社|뉴스|일보|신문|통신|방송)$",
    re.IGNORECASE,
)
# The same at the end of a name, without a sign between: "Jane Doe Associated Press".
OUTLET_AT_END = re.compile(
    r"(?<=\S)\s+(?:(?:The )?Associated Press|Agence France[- ]Presse|Press Association|AP|AFP|dpa|UPI"
    r"|Reuters|BBC(?: News| Sport)?"
    r"|CNN|NPR|Xinhua|Bloomberg(?: News)?|Al Jazeera|USA TODAY"
    r"|(?:for|pour|für|para) (?:[Tt]he |[Ll]e |[Ll]a |[Ee]l )?[A-Z].*)$"
)
LABELS = (
    r"(?:first |last )?(?:published|updated|posted|modified|created)(?: on| at)?|date|on|publiée? le"
    r"|mis à jour le|le|"
    r"veröffentlicht(?: am)?|aktualisiert(?: am)?|stand|am|vom|publicado(?: el| em)?|actualizado|el|em"
    r"|pubblicato(?: il)?|"
    r"il|опубликовано|обновлено|yayınlanma|입력|수정|发布时间|时间|(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"(?:mon|tues?|wed|thurs?|fri|sat|sun)[.,]|"
    r"(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|lunes|martes|"
    r"miércoles|jueves|viernes|sábado|domingo|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica"
)
LABEL = re.compile(rf"(?:{LABELS})\s*[:：]?", re.IGNORECASE)

# Korean, Chinese and Japanese bylines. The title stands behind the name, or before it without a blank.
HANGUL_TITLE = re.compile(
    r"(?:\s+(?:정치|경제|사회|문화|국제|체육|스포츠|산업|과학|전국|편집|디지털)[가-힣]{0,3}(?=\s))?\s*(?:선임|수습|인턴|객원|전문|대)?(?:기자|특파원"
    r"|논설위원|논설실장|통신원|리포터|칼럼니스트|에디터|PD)"
    r"(?:\s*외\s*\d+\s*명)?\s*$"
)
HANGUL_NAME = re.compile(r"[가-힣]{2,4}")
HAN_TITLE_BEFORE = re.compile(
    r"^[\u3400-\u9fff]{0,8}?(?:记者|記者|通讯员|特派員|撰稿人?|责任编辑)[\s:：|｜]*(?=[\u3400-\u9fff])"
)
HAN_TITLE_BEHIND = re.compile(
    r"[\s　]*(?:特约|本报|本報)?(?:记者|記者|特派員|特派员|論説委員|編集委員|支局長|通讯员|报道|報道|報導|撰写|采写)$"
)
HAN_REPORT = re.compile(r"^[\u3400-\u9fff]{1,8}(?:報導|报道|報道|综合报道|電|电)$")
HAN = re.compile(r"[\u3400-\u9fff]")

# Cities of two words that no time zone is named after. Those of time zones are added to them.
CITIES = frozenset(
    "tel aviv|san francisco|new delhi|st. petersburg|saint petersburg|rio de janeiro|cape town|las vegas|san diego|"
    "san antonio|new orleans|salt lake city|kansas city|st. louis|saint louis|fort worth|den haag|the "
    "hague|abu dhabi|"
    "st. paul|los ángeles|nueva york|ciudad de méxico|washington dc|washington d.c.|tel-aviv|san josé|san salvador|"
    "frankfurt am main|nueva delhi|bad homburg|la haye|le caire|la paz|la habana|são paulo|quezon city|jammu city|"
    "new zealand|south africa|united states|united kingdom|saudi arabia|south korea|north korea|sri lanka|costa rica|"
    "northern ireland|new jersey|north carolina|south carolina|new mexico|west virginia|new hampshire".split("|")
)
