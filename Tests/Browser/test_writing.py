"""Writing: what the first message says by itself, whether one may, and to whom nobody has written yet."""

import pytest
from support.axe import violations
from support.layout import small_targets, sticks_out
from support.waiting import until

LINE = "— Ejemplo S.A."


def test_the_composer_tells_before_sending_that_the_company_s_name_is_added(ana, customer):
    lola = customer()
    ana.converse(lola, "¿Siguen abiertos?")
    ana.until_text(f"“{LINE}” is added at the end", "#composer")

    ana.send("Hasta las ocho.")

    ana.until_bubble(f"Hasta las ocho.\n{LINE}")
    until("nothing more is added", lambda: LINE not in ana.text("#composer"))
    ana.send("¿Le reservo uno?")
    until("both went out", lambda: len(lola.got()) == 2)
    assert [sent["content"]["body"] for sent in lola.got()] == [f"Hasta las ocho.\n{LINE}", "¿Le reservo uno?"]


def test_whether_one_may_write_and_promote_stands_beside_the_thread(ana, customer):
    ines = customer()
    ana.converse(ines, "Hola")
    ana.until_text("Freely. The window stays open for", "#contact-panel")
    ana.until_text("Promotions: no, nobody has said yes.", "#contact-panel")

    ines.writes("STOP")
    ana.until_text("Promotions: no, this person wants none.", "#contact-panel")

    ana.click("#contact-panel .contact-may a")
    ana.until_text("How it stands", "main")

    old = customer()
    ana.converse(old, "Hola", ago=172_800)
    ana.until_text("By template only.", "#contact-panel")


@pytest.fixture
def stranger(ana, customer):
    """Somebody with a phone and a contact, who never wrote."""

    def make(name, console=ana):
        someone = customer(name)
        console.open("/contacts/new")
        console.fill("#new-name", name)
        console.fill("#new-phone", f"+{someone.phone}")
        console.click("form[action='/contacts'] .is-primary")
        console.until_text("The contact is created.", ".page-notice")
        return someone

    return make


def choose(console):
    console.click("section a[href$='/writing']", "Write a message")
    console.until_text("It begins with an approved template", "main")
    assert not console.has("#message-text")
    console.fill("#template-search", "recordatorio")
    until("only that one", lambda: {"recordatorio_cita"} == set(console.texts("#template-choices strong")))
    console.click("#template-choices a.template-choice", "en")
    console.until_has(".template-form")


def fill(console):
    for number in range(len(console.all(".template-fields input"))):
        field = console.all(".template-fields input")[number]
        field.clear()
        field.send_keys(f"Valor{number}")


def test_somebody_without_a_conversation_is_written_to_from_their_page(ana, stranger):
    nilo = stranger("Nilo Sin Hilo")
    ana.until_text("No conversation yet.")

    choose(ana)
    fill(ana)
    ana.until_text("Valor1", "#template-preview")
    ana.click(".template-form .send")

    until("the conversation is open", lambda: ana.path.startswith("/inbox/"))
    ana.until_bubble("Valor1")
    assert ana.row("Nilo Sin Hilo")
    (sent,) = until("it went out", lambda: nilo.got())
    assert sent["type"] == "template"
    nilo.writes("Ahí estaré")
    ana.until_bubble("Ahí estaré")
    # The template has named the company.
    until("it may be answered", lambda: ana.has("#message-text") and LINE not in ana.text("#composer"))


def test_writing_is_given_up(ana, stranger):
    stranger("Nadie Escribe")
    page = ana.path
    choose(ana)
    ana.click(".picker-head a.icon-button")
    ana.until_has("#template-search")
    ana.click(".picker-head a.icon-button")
    until("the page of the contact", lambda: ana.path == page)
    ana.until_text("No conversation yet.")


def test_without_scripts(plain, stranger):
    otto = stranger("Otto Sencillo", plain)
    plain.click("section a[href$='/writing']", "Write a message")
    plain.until_has("#template-choices a")
    plain.click("#template-choices a.template-choice", "recordatorio_cita")
    plain.until_has(".template-form")
    fill(plain)
    plain.click(".template-form .send")
    plain.until_bubble("Valor1")
    until("it went out", lambda: len(otto.got()) == 1)


def test_on_a_phone_and_for_axe(ana, phone, stranger):
    stranger("Fita Estrecha")
    path = f"{ana.path}/writing"
    ana.open(path)
    ana.until_has("#template-choices a")
    assert violations(ana.driver) == []
    phone.open(path)
    phone.until_has("#template-choices a")
    assert sticks_out(phone) == []
    assert small_targets(phone, 24) == []
