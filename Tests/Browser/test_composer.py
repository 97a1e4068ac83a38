"""Writing to customers: texts, files, templates, and when none of them may be sent."""

from pathlib import Path

import pytest
from selenium.webdriver.common.keys import Keys
from support.browser import DESK
from support.layout import sticks_out
from support.picture import png
from support.waiting import until

DAY = 86_400


def test_a_message_can_be_answered_with_its_quote(ana, customer):
    gema = customer()
    question = gema.writes("¿Cuánto cuesta el envío?")
    ana.converse(gema, "¿Y la devolución?")

    ana.in_bubble("¿Cuánto cuesta el envío?", ".message-actions a")

    ana.until_text("¿Cuánto cuesta el envío?", ".composer-reply .quote")
    until("the field has the focus", lambda: ana.focused.get_attribute("id") == "message-text")
    ana.press("Cinco euros.", Keys.ENTER)
    ana.until_bubble("Cinco euros.", ".quote")
    ana.until_text("¿Cuánto cuesta el envío?", ".message.is-out .quote")
    (sent,) = until("it went out", lambda: gema.got())
    assert question in str(sent)


@pytest.fixture(params=["en", "es"])
def speaker(ana, request):
    """Ana with the console in each language."""
    ana.open_inbox()
    ana.choose("language", request.param)
    yield ana
    ana.size(*DESK)
    ana.choose("language", "en")


def test_the_button_stands_in_the_line_of_the_others(speaker, customer):
    speaker.converse(customer(), "¿Siguen abiertos?")
    speaker.until_has("#composer .composer-hint")

    for width in (1440, 1280, 1241, 1100, 900, 820, 730, 390, 320):
        speaker.size(width, 800)
        middles = speaker.script(MIDDLES)
        assert max(middles) - min(middles) <= 2, f"{width}: {middles}"
        assert sticks_out(speaker) == [], width


# How far from above the middles of the composer's buttons are.
MIDDLES = """
return [...document.querySelectorAll("#composer .composer-bar :is(.icon-button, .send)")].map((part) => {
  const box = part.getBoundingClientRect();
  return box.top + box.height / 2;
});
"""


def test_what_was_begun_stays_whatever_takes_its_place(ana, customer):
    dora, emil = customer(), customer()
    emil.writes("Hola")
    ana.converse(dora, "¿Me explica el contrato?")
    ana.write("Empiezo así")

    def is_there():
        return ana.one("#message-text").get_attribute("value") == "Empiezo así"

    ana.click("#conversation-header [data-key=a]")
    until("Ana has it", lambda: ana.owner() == "You")
    until("it is there after taking over", is_there)
    ana.in_bubble("¿Me explica el contrato?", ".message-actions a")
    ana.until_has(".composer-reply")
    until("it is there beside the quote", is_there)
    ana.click("#composer a[href*=templates]")
    ana.click(".picker-head a")
    until("it is there after the templates", is_there)
    ana.open_conversation(emil.name)
    until("the other one is empty", lambda: ana.one("#message-text").get_attribute("value") == "")
    ana.open_conversation(dora.name)
    until("it is there after another conversation", is_there)
    ana.open("/ledger")
    ana.open_inbox()
    ana.open_conversation(dora.name)
    until("it is there after another page", is_there)
    ana.one("#message-text").click()
    ana.press(Keys.ENTER)
    ana.until_bubble("Empiezo así")
    ana.driver.refresh()
    ana.until_live()
    assert ana.one("#message-text").get_attribute("value") == ""


def test_a_quote_can_be_taken_back(ana, customer):
    hugo = customer()
    ana.converse(hugo, "Hola")
    ana.in_bubble("Hola", ".message-actions a")
    ana.until_has(".composer-reply")

    ana.click(".composer-reply .icon-button")

    ana.until_gone(".composer-reply")


def test_a_customer_s_quote_leads_to_the_message_it_quotes(ana, customer):
    ivan = customer()
    ana.converse(ivan, "Hola")
    ana.send("¿Prefiere la mañana o la tarde?")
    until("it was sent", lambda: ivan.got())

    ivan.writes("La tarde", context={"from": "15550783881", "id": ivan.got()[0]["id"]})

    until("the quote", lambda: "¿Prefiere la mañana o la tarde?" in ana.until_bubble("La tarde", "a.quote").text)
    ana.in_bubble("La tarde", "a.quote")
    ana.until_has(".message.is-out:target")


def test_a_picture_is_attached_and_sent_with_its_caption(ana, customer, tmp_path):
    file = Path(tmp_path) / "plano.png"
    file.write_bytes(png())
    nuria = customer()
    ana.converse(nuria, "¿Me manda el plano?")

    ana.one("#attachment").send_keys(str(file))
    ana.until_text("plano.png", "[data-attached]")
    ana.write("Aquí lo tiene")
    ana.press(Keys.ENTER)

    ana.until_bubble("Aquí lo tiene", ".media.is-image img")
    width = "return document.querySelector('.is-out .media img')?.naturalWidth"
    until("it is drawn", lambda: ana.script(width) == 64)
    (sent,) = until("it went out", lambda: nuria.got())
    assert sent["type"] == "image"
    assert not ana.one("[data-attached]").is_displayed()


def test_a_file_that_whatsapp_does_not_carry_is_refused_before_it_travels(ana, customer, tmp_path):
    file = Path(tmp_path) / "programa.zip"
    file.write_bytes(b"PK\x05\x06" + bytes(18))
    ana.converse(customer(), "Hola")

    ana.one("#attachment").send_keys(str(file))

    ana.until_text("WhatsApp does not carry files of this kind.", "[data-attachment-error]")
    assert ana.one("#attachment").get_attribute("value") == ""


def test_a_file_can_be_taken_off_again(ana, customer, tmp_path):
    file = Path(tmp_path) / "foto.png"
    file.write_bytes(png())
    ana.converse(customer(), "Hola")
    ana.one("#attachment").send_keys(str(file))
    ana.until_text("foto.png", "[data-attached]")

    ana.click("[data-detach]")

    until("nothing is attached", lambda: not ana.one("[data-attached]").is_displayed())
    assert ana.one("#attachment").get_attribute("value") == ""


def test_a_text_is_sent_once_however_often_enter_is_pressed(ana, customer, puente):
    carla = customer()
    ana.converse(carla, "Hola")
    puente.sandbox.delays_sends(600)
    ana.write("Solo una vez")

    ana.press(Keys.ENTER, Keys.ENTER, Keys.ENTER)

    ana.until_tick("Solo una vez", "Accepted by WhatsApp")
    assert len(carla.got()) == 1
    assert ana.bubbles().count("Solo una vez\n— Ejemplo S.A.") == 1


def test_with_the_window_closed_a_template_is_offered_and_sent(ana, customer):
    alma = customer()
    ana.converse(alma, "Hola", ago=2 * DAY)
    assert not ana.has("#message-text")
    ana.until_text("WhatsApp allows only approved templates", "#composer")

    ana.click("#composer a", "Choose a template")
    ana.until_has("#template-choices a")
    ana.fill("#template-search", "recordatorio")
    until("only that one", lambda: {"recordatorio_cita"} == set(ana.texts("#template-choices strong")))
    ana.click("#template-choices a.template-choice", "en")
    ana.until_has(".template-form")
    fields = ana.all(".template-fields input")
    assert len(fields) == 4
    for number in range(len(fields)):
        ana.all(".template-fields input")[number].send_keys(f"Valor{number}")
    for number in range(len(fields)):
        ana.until_text(f"Valor{number}", "#template-preview")
    ana.click(".template-form .send")

    ana.until_bubble("Valor1")
    (sent,) = until("it went out", lambda: alma.got())
    assert sent["type"] == "template"


def test_a_template_with_an_empty_value_is_not_sent(ana, customer):
    bruno = customer()
    ana.converse(bruno, "Hola", ago=2 * DAY)
    ana.click("#composer a", "Choose a template")
    ana.fill("#template-search", "recordatorio")
    until("only that one", lambda: {"recordatorio_cita"} == set(ana.texts("#template-choices strong")))
    ana.click("#template-choices a.template-choice")
    ana.until_has(".template-form")
    empty = "return [...document.querySelectorAll('.template-fields input')].filter((field) => !field.value).length"
    assert ana.script(empty) > 0

    ana.click(".template-form .send")

    assert ana.script("return document.activeElement.matches('.template-fields input:invalid')")
    assert ana.has(".template-form")
    assert bruno.got() == []


def test_the_composer_counts_the_window_down(ana, customer):
    vera = customer()
    ana.converse(vera, "Hola", ago=DAY - 45)

    ana.until_text("Afterwards only a template can be sent.", ".composer-warning")
    header = "#conversation-list [data-row][aria-current] [data-until]"
    until("seconds are left", lambda: ana.text(header).endswith("s"))
    before = int(ana.text(header).split("\u202f")[0])
    until("time passes", lambda: int(ana.text(header).split("\u202f")[0]) < before)


def test_a_window_that_closes_while_one_writes_keeps_the_text(ana, customer, expected):
    expected.extend(["422", "409"])
    leo = customer()
    ana.converse(leo, "Hola", ago=DAY - 8)
    ana.write("Una respuesta larga")
    ends = int(ana.one("#conversation-list [data-row][aria-current] [data-until]").get_attribute("data-until"))
    until("the window is over", lambda: ana.script("return Date.now()") > ends + 300)

    ana.press(Keys.ENTER)

    until("it is told", lambda: "24" in ana.text("#composer") or "window" in ana.text("#composer").lower())
    ana.until_has("#composer [role=alert], #composer .composer-closed")
    assert leo.got() == []
    assert ana.one("#kept-draft").get_attribute("value") == "Una respuesta larga"

    leo.writes("Sigo aquí")

    until("it goes on in the field", lambda: ana.one("#message-text").get_attribute("value") == "Una respuesta larga")


def test_a_reply_reopens_the_window(ana, customer):
    abril = customer()
    ana.converse(abril, "Hola", ago=2 * DAY)
    ana.until_has(".composer-closed")

    abril.writes("Ya estoy de vuelta")

    ana.until_has("#message-text")
