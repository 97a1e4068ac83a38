"""Consent: whether somebody may be written to, asking them, writing down what they said, the proof, and the rules."""

import pytest
from selenium.webdriver.support.ui import Select
from support.axe import violations
from support.layout import small_targets, sticks_out
from support.waiting import until

OFFER = "oferta_temporada"


@pytest.fixture
def known(ana, customer):
    """A customer who wrote, with the address of their page about consent."""

    def make(name=None):
        someone = customer(name)
        someone.writes("Hola")
        row = "#contacts .contact-name"
        until(f"{someone.name} is there", lambda: ana.open(f"/contacts?q={someone.phone[-8:]}") and ana.has(row))
        link = ana.one(f"{row}[href], {row} a[href]").get_attribute("href")
        someone.page = link.split("?")[0].split("#")[0].removeprefix(ana.url) + "/consent"
        return someone

    return make


def choose_template(console, name):
    options = Select(console.one("#may-template")).options
    Select(console.one("#may-template")).select_by_value(
        next(option.get_attribute("value") for option in options if name in option.text))


def check(console, name):
    """Asks whether the template may be sent; the page's answer."""
    choose_template(console, name)
    console.mark()
    console.click(".consent-may button")
    until("the page comes anew", lambda: not console.is_same_page())
    return console.text(".consent-verdict")


def test_nobody_who_was_never_asked_gets_a_promotion_and_the_page_says_why(ana, known):
    ana.open(known().page)

    ana.until_text("Nobody has said anything yet.")
    assert "has not agreed to promotions" in check(ana, OFFER)
    assert "Yes, it may be sent." in check(ana, "permiso_ofertas")
    ana.click(".disclosure summary")
    ana.until_text("has not agreed to promotions", ".consent-all")


def test_somebody_is_asked_says_yes_by_the_button_and_may_be_sent_promotions(ana, known):
    someone = known()
    ana.open(someone.page)

    ana.click("#ask form .is-primary")
    ana.until_text("The question is on its way.", ".page-notice")
    ana.until_text("still waits for its answer", "#ask")
    question = until("the question is on the phone", lambda: someone.got() and someone.got()[-1])
    buttons = question["content"]["action"]["buttons"]
    someone.writes(
        interactive={"type": "button_reply", "button_reply": buttons[0]["reply"]}, context={"id": question["id"]})

    until("the yes is here", lambda: ana.open(someone.page) and "Promotions too, confirmed" in ana.text())
    entry = ana.text("#entries .consent-entry")
    for proof in ("Granted and confirmed", "in answer to our question", question["id"], buttons[0]["reply"]["title"]):
        assert proof in entry
    assert "has confirmed their consent already" in ana.text("#ask")
    assert "Yes, it may be sent." in check(ana, OFFER)

    # Their own word ends it at once, and is confirmed once.
    someone.writes("¡Baja! 🙏")
    until("the no is here", lambda: ana.open(someone.page) and "Withdrawn: Promotions" in ana.text("#entries"))
    assert "wants no promotions" in check(ana, OFFER)
    assert "said no" in ana.text("#ask")
    someone.writes("STOP")
    until("it was confirmed", lambda: len(someone.got()) >= 3)
    ana.converse(someone, "Gracias")
    assert len([text for text in ana.bubbles() if "no more promotions" in text or "no le enviaremos" in text]) == 1


def test_what_somebody_was_told_is_written_down_with_its_words(ana, known, expected):
    expected.append("422")
    someone = known()
    ana.open(someone.page)

    ana.click("#record form .is-primary")
    ana.until_text("Write the words that the person was shown or said.", "#record-error")
    assert ana.one("#record-words").get_attribute("aria-invalid") == "true"
    assert ana.script("return document.activeElement.id") == "record-words"
    # Somebody presses Enter in the address of the answer.
    ana.open(ana.path)
    ana.until_at(someone.page)
    ana.click("#record form .is-primary")
    ana.until_text("Write the words that the person was shown or said.", "#record-error")
    ana.fill("#record-words", "Sí, mándeme sus ofertas <b>siempre</b>")
    ana.click("#record form .is-primary")

    ana.until_text("It is recorded.", ".page-notice")
    entry = ana.text("#entries .consent-entry")
    assert "Sí, mándeme sus ofertas <b>siempre</b>" in entry
    assert "told to Ana Pérez" in entry
    assert "Yes, it may be sent." in check(ana, OFFER)

    ana.click("#record input[value=withdrawn]")
    ana.click("#record form .is-primary")
    ana.until_text("It is recorded.", ".page-notice")
    assert "wants no promotions" in check(ana, OFFER)


def test_the_proof_has_all_of_it_and_nothing_but_it(ana, known):
    someone = known("Proba Segura")
    ana.open(someone.page)
    ana.fill("#record-words", "Acepto ofertas de Ejemplo S.A.")
    ana.click("#record form .is-primary")
    ana.until_text("It is recorded.", ".page-notice")

    ana.open(someone.page + "/proof")
    sheet = ana.text("main")
    for part in ("Proof of consent: Proba Segura", "Ejemplo S.A.", "Acepto ofertas de Ejemplo S.A.",
                 "Made by Ana Pérez", "told to Ana Pérez", someone.phone[-4:]):
        assert part in sheet
    assert not ana.has("nav")


def test_words_texts_and_rules_are_kept_or_refused_beside_their_form(ana, customer, expected):
    expected.append("422")
    ana.open("/consent")
    ana.fill("#own-withdrawals", "Fuera de aquí")
    ana.fill("#own-starts", "Fuera de aquí")
    ana.click("#words form .is-primary")
    ana.until_text("cannot end promotions and ask for them at once", "#words-error")
    assert ana.one("#own-withdrawals").get_attribute("value") == "Fuera de aquí"
    ana.fill("#own-starts", "")
    ana.click("#words form .is-primary")
    ana.until_text("The words are saved.", ".page-notice")

    someone = customer()
    someone.writes("¡FUERA de aquí!")
    until("it is confirmed", lambda: someone.got())

    ana.open("/consent?language=es")
    ana.fill("#confirmation-es", "Hecho")
    ana.click("#texts-es form .is-primary")
    ana.until_text("put {company} where your company's name belongs", "#texts-error-es")
    ana.fill("#confirmation-es", "{company}: hecho")
    ana.click("#texts-es form .is-primary")
    ana.until_text("The texts are saved.", ".page-notice")
    ana.click("#texts-es [formaction]")
    ana.until_text("The standard texts are back.", ".page-notice")

    ana.fill("#reminder-hours", "72")
    ana.click("#rules form .is-primary")
    ana.until_text("before it expires", "#rules-error")
    ana.fill("#reminder-hours", "20")
    ana.click("#rules form .is-primary")
    ana.until_text("It is saved, and holds from now on.", ".page-notice")

    ana.fill("#own-withdrawals", "")
    ana.click("#words form .is-primary")
    ana.until_text("The words are saved.", ".page-notice")


def test_without_scripts(plain, ana, known):
    someone = known("Sencilla Consentida")

    plain.open(someone.page)
    assert "has not agreed to promotions" in check_plain(plain, OFFER)
    plain.fill("#record-words", "Sí, quiero")
    plain.click("#record form .is-primary")
    plain.until_text("It is recorded.", ".page-notice")
    assert "Yes, it may be sent." in check_plain(plain, OFFER)


def check_plain(console, name):
    choose_template(console, name)
    console.click(".consent-may button")
    console.until_has(".consent-verdict")
    return console.text(".consent-verdict")


@pytest.fixture
def pages(known):
    someone = known()
    return ["/consent?language=es", someone.page, someone.page + "/proof"]


def test_on_a_phone(phone, pages):
    for path in pages:
        phone.open(path)
        phone.until_has("h1")
        assert sticks_out(phone) == [], path
        assert small_targets(phone, 24) == [], path


def test_axe_finds_nothing(ana, pages):
    found = []
    for language in ("es", "en"):
        ana.open("/ledger")
        if ana.one("html").get_attribute("lang") != language:
            ana.choose("language", language)
        for path in pages:
            ana.open(path)
            ana.until_has("h1")
            for theme in ("light", "dark"):
                ana.script("document.documentElement.dataset.theme = arguments[0]", theme)
                found += [f"{path}, {language}, {theme}: {item}" for item in violations(ana.driver)]
    assert found == []
