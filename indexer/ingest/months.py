"""Month names, weekdays and the small words of dates, in the languages the date parser reads itself.

Data for `dates`. Every word is looked up in folded form (`fold`): lower case, no accents, Arabic alef and hamza
unified. Names that differ between regions stand side by side: Arabic has the Gregorian names of Egypt and the Gulf,
the Syriac ones of the Levant and the French-derived ones of the Maghreb.
"""

import unicodedata
from collections.abc import Mapping

# One row for each month, January first.
_NAMES = (
    "january jan janvier janv januar jaenner janner jan enero ene январь января янв январе gennaio gen janeiro januari "
    "يناير جانفي كانون_الثاني ocak styczen stycznia",
    "february feb febr fevrier fevr fev februar febrero февраль февраля фев февр феврале febbraio fevereiro februari "
    "فبراير فيفري شباط subat lutego luty",
    "march mar mars marz maerz mrz marzo март марта мар марте marco maart مارس اذار mart marca marzec",
    "april apr avril avr abril abr апрель апреля апр апреле aprile ابريل افريل نيسان nisan kwietnia kwiecien",
    "may mai mayo май мая мае maggio mag maio mei مايو ماي ايار mayis maja maj",
    "june jun juin juni junio июнь июня июн июне giugno giu junho يونيو جوان حزيران haziran czerwca czerwiec",
    "july jul juillet juil juli julio июль июля июл июле luglio lug julho يوليو جويلية تموز temmuz lipca lipiec",
    "august aug aout august agosto ago август августа авг августе augustus اغسطس اوت اب agustos sierpnia sierpien",
    "september sep sept septembre septiembre set сентябрь сентября сен сент сентябре settembre setembro "
    "سبتمبر ايلول eylul wrzesnia wrzesien",
    "october oct octobre oktober okt octubre октябрь октября окт октябре ottobre ott outubro out "
    "اكتوبر تشرين_الاول ekim pazdziernika pazdziernik",
    "november nov novembre noviembre ноябрь ноября ноя нояб ноябре novembro نوفمبر تشرين_الثاني kasim listopada "
    "listopad",
    "december dec decembre dezember dez diciembre dic декабрь декабря дек декабре dicembre dezembro ديسمبر "
    "كانون_الاول aralik grudnia grudzien",
)

_WEEKDAYS = (
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun "
    "lundi mardi mercredi jeudi vendredi samedi dimanche lun mer jeu ven sam dim "
    "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so "
    "lunes martes miercoles jueves viernes sabado domingo mie jue vie sab dom "
    "понедельник вторник среда четверг пятница суббота воскресенье среду пятницу субботу пн вт ср чт пт сб вс "
    "lunedi martedi mercoledi giovedi venerdi segunda terca quarta quinta sexta feira "
    "الاثنين الثلاثاء الاربعاء الخميس الجمعة السبت الاحد اثنين ثلاثاء اربعاء خميس جمعة سبت احد"
)

_SMALL_WORDS = (
    "the of on at in and day was st nd rd th a an date published posted issued est "
    "le la du de a au publie el del los las publicado um uhr am den der vom veroffentlicht "
    "в г года год опубликовано il di alle ore as в of يوم في بتاريخ الموافق سنة عام م هـ الساعة مساء صباحا "
    # Persian, Urdu and Turkish: weekdays, "at".
    "شنبه یکشنبه دوشنبه سهشنبه چهارشنبه پنجشنبه جمعه سه چهار پنج ساعت پیر منگل بدھ جمعرات جمعہ ہفتہ اتوار "
    "pazartesi sali carsamba persembe cuma cumartesi pazar saat tarihi "
    # What follows the number of a day: 1º, 2nd, 6-го, 6:e, 1ste, 6te; what stands before one: "d. 6. juni".
    "o a os as er re e eme r n t te ste de ter го е ое ого й я η ης d den "
    "do da dia op om klo kl uur h hrs godz dnia na pa pada r roku им on um le ce in ja je ho"
)


def fold(text: str) -> str:
    """Lower case without accents; Arabic alef, hamza and tatweel unified; digits of any script as ASCII."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(c for c in decomposed if not unicodedata.combining(c) and c != "\u0640")
    plain = "".join(str(unicodedata.decimal(c)) if not c.isascii() and c.isdecimal() else c for c in kept)
    return plain if plain.isascii() else unicodedata.normalize("NFC", plain)  # the syllables of Korean again


MONTHS: Mapping[str, int] = {fold(name): number for number, names in enumerate(_NAMES, 1) for name in names.split()}
# Where a name is that of another month: Poland's November is Croatia's October.
OTHER_MONTHS: Mapping[tuple[str, str], int] = {("hr", "listopada"): 10, ("hr", "listopad"): 10}
# "كانون الثاني" is two words: they are joined before the words are looked up.
TWO_WORD_MONTHS: Mapping[str, str] = {name.replace("_", " "): name for name in MONTHS if "_" in name}
# The first of a month in words.
FIRST: Mapping[str, str] = dict.fromkeys("primero premier primeiro primo pierwszego первого первое".split(), "1")
IGNORED_WORDS = frozenset(fold(word) for word in (_WEEKDAYS + " " + _SMALL_WORDS).split()) - MONTHS.keys()
