"""Notices that stand where the text of an article should: of paywalls, cookies, registration. Used by `main_text`,
which takes them out of pages, and `normalise`, which says of an article that it has nothing else.

They are told by what they say, not by the names of their boxes: sites mark with "paywall" the text that is behind it
as often as the notice in front. A paragraph is a notice if it speaks to the reader of reading on, or says several
things that such notices say; what stands beside one and is about its offer belongs to it.
"""

import re

LONGEST = 700  # characters of a paragraph that may be a notice
LONGEST_ALONE = 400  # of one that says but one such thing
LONGEST_BODY = 1000  # of a text that is nothing else

# Paragraphs looked at, from the start and from the end of a text.
MOST_AT_START, MOST_AT_END = 20, 40

# Said to a reader who is kept from reading, and hardly ever in prose.
_TO_READER = re.compile(
    r"already (?:an? )?(?:\w+ )?(?:subscribe[rd]|member|registered)|already have an (?:account|subscription)"
    r"|to (?:continue|keep) reading|continue reading (?:this|your|the) (?:article|story)|log ?in to read"
    r"|(?:subscribe|sign (?:up|in)|register|log ?in)\b[^.!?\n]{0,40} to (?:read|access|unlock"
    r"|view) (?:this|the|our|all|full)"
    r"|this (?:article|story|content|page) is (?:only |exclusively )?(?:for|reserved|available|exclusive"
    r"|restricted|limited)"
    r"[^.!?\n]{0,40}(?:subscriber|members|registered (?:user|reader))"
    r"|you(?:['’]ve| have) (?:reached|read|used)[^.!?\n]{0,40}(?:free|limit)|(?:article|story"
    r"|stories)s? (?:left|remaining) this "
    r"|(?:we|this (?:web)?site|our (?:web)?site|our partners)[^.!?\n]{0,60}\buses? [^.!?\n]{0,30}cookies"
    r"|cookies to ensure"
    r"|(?:wir|diese (?:web)?seite|unsere partner|cookies)[^.!?\n]{0,40}(?:verwende[nt]|nutz(?:en|t)"
    r"|setz(?:en|t))[^.!?\n]{0,40}cookies"
    r"|(?:nous|ce site|nos partenaires)[^.!?\n]{0,40}(?:utilis|dépos)[^.!?\n]{0,40}cookies"
    r"|(?:utilizamos|usamos|este site|este sitio|utilizziamo|questo sito)[^.!?\n]{0,60}cookie"
    r"|(?:wij gebruiken|deze (?:web)?site gebruikt|ta strona|używamy|vi (?:använder|bruger"
    r"|bruker))[^.!?\n]{0,40}(?:cookie|kakor)"
    r"|(?:мы используем|сайт использует)[^.!?\n]{0,40}(?:cookie|куки)|çerez(?:ler)?[^.!?\n]{0,40}kullan"
    r"|نستخدم ملفات تعريف"
    r"|(?:我们|本网站|本站|当サイト|本サイト)[^。\n]{0,12}(?:使用|采用|利用)[^。\n]{0,10}[Cc]ookie|(?:[Cc]ookie|クッキー)を(?:使用|利用)"
    r"|쿠키를? (?:사용|이용)"
    r"|(?:enable|turn on|allow) (?:javascript|cookies)|(?:disable|turn off) your ad ?-?blocker|before you continue"
    r"|(?:sie haben|haben sie) (?:noch kein|bereits ein|schon ein)e? ?(?:abo|konto|zugang)"
    r"|bereits (?:abonnent|registriert|abonniert)"
    r"|(?:nur|exklusiv) für (?:\w+[- ])?abonnent|dieser (?:artikel|beitrag|inhalt|text) ist (?:nur"
    r"|exklusiv|kostenpflichtig)"
    r"|(?:artikel|beitrag|text) (?:weiterlesen|weiterzulesen|vollständig (?:zu )?lesen)"
    r"|jetzt (?:weiterlesen|anmelden und)"
    r"|réservée? (?:à nos|aux) abonnés|déjà abonné|il vous reste [\d.,]+ ?% de|pour lire la suite"
    r"|lire la suite de cet article"
    r"|(?:exclusiv[oa]|sol[oa]|reservad[oa]) (?:para|a|para los) (?:nuestros )?(?:suscriptores|socios)"
    r"|ya (?:eres|es|soy) (?:suscriptor|socio)|para (?:seguir|continuar) leyendo"
    r"|exclusivo (?:para|de) assinantes|já (?:é|sou) assinante|para continuar lendo|continue lendo"
    r"|riservat[oa] agli abbonati|già abbonat|per continuare a leggere|continua a leggere con"
    r"|(?:alleen|exclusief) voor (?:\w+ )?abonnees|al abonnee\?|(?:om )?verder (?:te )?lezen"
    r"|dla (?:prenumeratorów|subskrybentów)|masz już (?:konto|prenumeratę)|aby (?:czytać|przeczytać) (?:dalej|cały)"
    r"|abonelere özel|zaten abone|okumaya devam etmek için"
    r"|(?:только|доступ\w+) (?:для )?(?:подписчик|по подписке)|уже (?:подписаны|есть подписка)"
    r"|чтобы (?:про)?(?:читать|должить чтение)"
    r"|(?:endast|bara|kun|bare) för? (?:prenumeranter|abonnenter)|(?:redan|allerede) (?:prenumerant|abonnent)"
    r"|(?:för att|for å|for at) (?:läsa|lese|læse) (?:vidare|videre|hela|hele)"
    r"|للمشتركين فقط|حصري للمشتركين|هل أنت مشترك|لمتابعة القراءة|لديك حساب بالفعل"
    r"|(?:请|請|需要?)[^。\n]{0,4}(?:订阅|訂閱|登录|登入|注册|註冊)[^。\n]{0,8}(?:阅读|閱讀|全文|继续|繼續)|[仅僅][限供对對][^。\n]{0,8}(?:订阅"
    r"|訂閱|会员|會員|订户|訂戶)"
    r"|已经?(?:是|有)[^。\n]{0,6}(?:会员|會員|订阅|訂閱|帐号|账号|訂戶)"
    r"|(?:有料会員|会員|購読者)(?:の方)?(?:限定|のみ|専用)|残り[^。\n]{0,4}\d+文字|(?:続き|全文)[^。\n]{0,12}(?:会員|登録|ログイン|購読)"
    r"|(?:구독자|유료\s?회원|회원)\s?전용|이미 (?:구독|회원)"
    r"|(?:로그인|구독|가입)[^.\n]{0,12}(?:계속|전체|전문)[^.\n]{0,6}(?:읽|보)",
    re.IGNORECASE,
)
# What such notices also say. In prose one of these may stand, not several in a few lines.
_OF_NOTICES = re.compile(
    r"subscribe (?:now|today|for|to)|(?:start|begin) your (?:free )?(?:trial|subscription)"
    r"|unlimited (?:digital )?access"
    r"|cancel (?:at )?any ?time|create (?:an?|your) (?:free )?account|log ?in|sign (?:in|up)"
    r"|support (?:our|independent) journalism"
    r"|free trial|special offer|for (?:only|just) [$€£]?\d"
    r"|use(?:s|n)? (?:of )?cookies|cookies? (?:policy|settings|preferences)|accept (?:all )?cookies"
    r"|you (?:agree|consent) to"
    r"|manage (?:your )?(?:preferences|choices)|privacy policy|reject all|accept all|our partners"
    r"|jetzt (?:abonnieren|testen|registrieren|anmelden|abo)|jederzeit kündbar|(?:hier|jetzt) einloggen|probeabo"
    r"|cookies|datenschutzerklärung|alle akzeptieren|einwilligung"
    r"|abonnez-vous|sans engagement|accès illimité|se connecter|connectez-vous|créez (?:un|votre) compte"
    r"|tout accepter"
    r"|suscr[íi]b(?:ete|ase)|acceso ilimitado|inicia(?:r)? sesión|cancela cuando|aceptar todas|regístrate"
    r"|assine (?:já|agora|e|o|a)\b|acesso ilimitado|faça login|aceitar todos"
    r"|abbonati (?:ora|subito|per|a)\b|accesso illimitato|accedi|accetta tutti|disdici quando"
    r"|neem (?:nu )?een abonnement|word (?:nu )?abonnee|log in|maandelijks opzegbaar"
    r"|wykup (?:dostęp|prenumeratę)|zaloguj się|plik(?:i|ów) cookie|abone ol|giriş yap|çerez"
    r"|оформите подписку|подпишитесь|войдите|файлы cookie|куки"
    r"|bli (?:prenumerant|abonnent)|logga in|logg inn|log ind|kakor|informasjonskapsler"
    r"|اشترك الآن|سجل الدخول|تسجيل الدخول|ملفات تعريف الارتباط"
    r"|立即(?:订阅|訂閱)|登录|登入|注册会员|[Cc]ookie|会員登録|ログイン|クッキー|로그인|회원가입|구독하|쿠키",
    re.IGNORECASE,
)
# A sign of each of the above that is quickly looked for: most texts have none.
_SIGNS = tuple(
    (sign, frozenset(sign))
    for sign in (
        "subscri|registered|keep reading|continue reading|to read|reached your|used your|articles left|stories left|"
        "articles remaining|an account|javascript|blocker|before you continue|cookie|members only|to members|"
        "for members|abon|ein abo|kein abo|weiterlesen|weiterzulesen|jetzt anmelden|suscri|assinante|socios|leyendo|"
        "lendo|abbonat|leggere|lezen|prenumer|masz ju|czyta|lire la suite|vous reste|подпис|чита|куки|çerez|abone|"
        "okumaya|läsa|lese v|læse|kakor|للمشتركين|أنت مشترك|لمتابعة القراءة|حساب بالفعل|تعريف الارتباط|订阅|訂閱|"
        "登录|登入|注册|註冊|会员|會員|订户|訂戶|会員|購読|文字|ログイン|クッキー|구독|회원|로그인|쿠키"
    ).split("|")
)
_ASCII_SIGNS = tuple((sign, letters) for sign, letters in _SIGNS if sign.isascii())
_QUOTED = re.compile(r"[\"“”„«»「]|\b(?:said|says|told|sagte|dit|dijo|disse)\b")


def without_notices(text: str) -> tuple[str, str]:
    """A text of paragraphs without those that are notices, and the notices."""
    if not _has_sign(text):
        return text, ""
    paragraphs = text.split("\n\n")
    notices = [False] * len(paragraphs)
    signed = [number for number, paragraph in enumerate(paragraphs) if _has_sign(paragraph)]
    for number in {*signed[:MOST_AT_START], *signed[-MOST_AT_END:]}:
        notices[number] = _is_notice(paragraphs[number])
    if not any(notices):
        return text, ""
    for order in (range(1, len(paragraphs)), range(len(paragraphs) - 2, -1, -1)):
        for number in order:
            beside = notices[number - 1] if order.step > 0 else notices[number + 1]
            notices[number] = notices[number] or (beside and _is_about_the_offer(paragraphs[number]))
    kept, taken = (
        "\n\n".join(part for part, notice in zip(paragraphs, notices, strict=True) if notice is wanted)
        for wanted in (False, True)
    )
    return kept, taken


def only_notices(text: str) -> bool:
    """Whether a text is nothing but notices."""
    return 0 < len(text) <= LONGEST_BODY and _has_sign(text[:LONGEST_ALONE]) and not without_notices(text)[0].strip()


def _has_sign(text: str) -> bool:
    lower = text.lower()
    holds = set(lower).issuperset
    for sign, letters in _ASCII_SIGNS if lower.isascii() else _SIGNS:  # noqa: SIM110  # a third faster than any()
        if holds(letters) and sign in lower:
            return True
    return False


def _is_notice(paragraph: str) -> bool:
    if len(paragraph) > LONGEST:
        return False
    to_reader = _TO_READER.findall(paragraph)
    said = len({each.lower() for each in (*to_reader, *_OF_NOTICES.findall(paragraph))})
    if said >= 3:
        return bool(to_reader) or len(paragraph) <= LONGEST_ALONE
    enough = said == 2 or len(paragraph) <= LONGEST_ALONE // 2
    return bool(to_reader) and enough and not _QUOTED.search(paragraph)


def _is_about_the_offer(paragraph: str) -> bool:
    return len(paragraph) <= LONGEST_ALONE // 2 and bool(_OF_NOTICES.search(paragraph))
