"""Notices of paywalls, cookies and registration, told from prose."""

import pytest

from indexer.ingest.notices import only_notices, without_notices

PROSE = "The ferry will run until Sunday, the harbour office said."


@pytest.mark.parametrize(
    "notice",
    [
        "You have used all your free articles. Create an account to continue reading.",
        "Already a member? Sign in to read this story.",
        "Our website uses cookies to remember your choices. Accept all or manage preferences.",
        "Please enable JavaScript to see the page.",
        "Please enable cookies to continue.",
        "Dieser Beitrag ist exklusiv für Abonnenten. Jetzt testen und weiterlesen, jederzeit kündbar.",
        "Cet article est réservé aux abonnés. Déjà abonné ? Se connecter",
        "Para seguir leyendo, suscríbete. Cancela cuando quieras.",
        "Conteúdo exclusivo para assinantes. Já é assinante? Faça login",
        "Contenuto riservato agli abbonati. Accedi",
        "Материал доступен только подписчикам. Оформите подписку, чтобы читать дальше.",
        "هذا المقال للمشتركين فقط.",
        "本文仅限会员阅读，请登录。",
        "この記事は会員限定です。ログインして続きをお読みください。",
        "이 기사는 유료회원 전용입니다.",
    ],
)
def test_a_notice_is_no_text(notice: str) -> None:
    assert only_notices(notice)
    assert without_notices(f"{PROSE}\n\n{notice}") == (PROSE, notice)


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        "Readers who subscribe now pay half, the publisher said.",
        "The regulator fined the company because it had set cookies without asking.",
        "Die Zeitung hat im vergangenen Jahr 40.000 Abonnenten verloren.",
        "Le journal compte 300 000 abonnés.",
    ],
)
def test_prose_about_newspapers_is_text(text: str) -> None:
    assert without_notices(text) == (text, "")
