"""On a phone: one pane at a time, nothing cut off, everything large enough to touch."""

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select
from support.browser import PHONE
from support.layout import small_targets, sticks_out
from support.waiting import until

PAGES = ["/inbox", "/contacts", "/contacts/new", "/changes", "/ledger", "/dead-letters", "/unrouted", "/connections", "/account", "/staff", "/api-keys", "/nowhere"]


def test_list_thread_and_contact_come_one_after_the_other(phone, customer):
    clara = customer()
    clara.writes("Desde el móvil")
    phone.open_inbox()
    assert _panes(phone) == [".pane-list"]

    phone.open_conversation(clara.name)
    until("the thread alone", lambda: _panes(phone) == [".pane-thread"])
    phone.until_bubble("Desde el móvil")
    phone.click(".contact-link")
    until("the contact alone", lambda: _panes(phone) == [".pane-contact"])
    phone.until_text(clara.phone[-4:], "#contact-panel")
    phone.click(".contact-back")
    until("the thread again", lambda: _panes(phone) == [".pane-thread"])
    phone.click(".thread-back")
    until("the list again", lambda: _panes(phone) == [".pane-list"])


def _panes(console):
    return [css for css in (".pane-list", ".pane-thread", ".pane-contact") if any(
        item.is_displayed() for item in console.all(css))]


@pytest.mark.parametrize("path", PAGES)
def test_nothing_sticks_out_and_all_can_be_touched(phone, customer, puente, path, expected):
    expected.append("404")
    customer().writes("Un texto bastante largo que no cabe en una sola línea de una pantalla pequeña")
    phone.open(path)
    phone.until_has("h1")

    assert sticks_out(phone) == []
    assert small_targets(phone, 24) == []


def test_the_main_controls_are_large(phone, customer):
    nieves = customer()
    phone.converse(nieves, "Hola")
    for css in (".thread-back", ".contact-link", "#composer .send", "#conversation-header [data-key=a]"):
        box = phone.one(css).size
        assert min(box["width"], box["height"]) >= 34, f"{css}: {box}"
    assert sticks_out(phone) == []
    assert small_targets(phone, 24) == []
    phone.click(".thread-back")
    until("the list", lambda: _panes(phone) == [".pane-list"])
    for item in phone.all(".rail-place"):
        assert item.size["height"] >= 40


def test_the_composer_stays_above_the_keyboard(phone, customer):
    pilar = customer()
    for number in range(12):
        pilar.writes(f"Línea {number}", ago=60)
    phone.converse(pilar, "La última")
    phone.until_bubble("La última")
    phone.click("#message-text")

    phone.size(PHONE[0], PHONE[1] - 336, touch=True)

    until("it is on the screen", lambda: _bottom(phone, "#composer") <= PHONE[1] - 336 and phone.one(
        "#composer .send").is_displayed())
    until("the last message too", lambda: _bottom(phone, "#thread-messages .message:last-of-type .bubble")
          <= _top(phone, "#composer"))
    assert sticks_out(phone) == []


def _bottom(console, css):
    return console.script("return document.querySelector(arguments[0]).getBoundingClientRect().bottom", css)


def _top(console, css):
    return console.script("return document.querySelector(arguments[0]).getBoundingClientRect().top + 1", css)


def test_an_answer_is_sent_with_the_button(phone, customer):
    fidel = customer()
    phone.converse(fidel, "Hola")
    phone.write("Desde el bolsillo")
    phone.click("#composer .send")

    phone.until_tick("Desde el bolsillo", "Accepted by WhatsApp")
    assert len(fidel.got()) == 1


def test_a_template_is_filled_in(phone, customer):
    elena = customer()
    phone.converse(elena, "Hola", ago=172_800)
    phone.click("#composer a", "Choose a template")
    phone.until_has("#template-choices a")
    assert sticks_out(phone) == []

    phone.fill("#template-search", "pedido")
    until("only that one", lambda: {"pedido_en_camino"} == set(phone.texts("#template-choices strong")))
    phone.click("#template-choices a")
    phone.until_has(".template-form")

    assert sticks_out(phone) == []
    assert small_targets(phone, 24) == []
    for number in range(len(phone.all(".template-fields input"))):
        phone.all(".template-fields input")[number].send_keys("uno")
    phone.script("document.querySelector('.template-form .send').scrollIntoView()")
    phone.click(".template-form .send")
    until("it went out", lambda: len(elena.got()) == 1)


def test_a_dead_letter_is_read_and_tried_again(phone, customer, puente):
    gonzalo = customer()
    phone.converse(gonzalo, "Hola")
    puente.sandbox.refuses_sends()
    phone.send("Se queda aquí con un texto más bien largo para una pantalla estrecha")
    phone.until_bubble("Se queda aquí", ".message-failure")
    puente.sandbox.works()
    assert sticks_out(phone) == []
    phone.open("/dead-letters")
    phone.open_item(gonzalo.name)

    assert sticks_out(phone) == []
    assert small_targets(phone, 24) == []
    phone.in_item(gonzalo.name, "form[action='/dead-letters/retries'] button")
    until("it went out", lambda: len(gonzalo.got()) == 1)


def test_what_a_crm_says_without_a_space_stays_inside_its_card(phone, customer, puente):
    puente.sandbox.fails("hubspot", "status", status=400, path="communications")
    rut = customer()
    rut.writes("No se registra")
    phone.open("/dead-letters")
    phone.until_item(rut.name)
    puente.sandbox.works()
    phone.open_item(rut.name)

    phone.script(
        "arguments[0].querySelectorAll('.attempts .meta').forEach(text => { text.textContent = 'x'.repeat(400) })",
        phone.item(rut.name))

    assert sticks_out(phone) == []
    phone.in_item(rut.name, "form[action='/dead-letters/retries'] button")
    until("it is settled", lambda: phone.item(rut.name) is None)


def test_the_account_menu_fits(phone):
    phone.open("/ledger")
    phone.open_account_menu()
    box = phone.one("#account").rect
    assert box["x"] >= 0 and box["x"] + box["width"] <= PHONE[0]
    assert box["y"] >= 0 and box["y"] + box["height"] <= PHONE[1]
    phone.click("[data-open-dialog=help]")
    until("the help", lambda: phone.one("#help").is_displayed())
    assert sticks_out(phone) == []
    assert phone.one("#help .icon-button").find_elements(By.CSS_SELECTOR, "svg")


def test_the_filters_of_the_contacts_lie_behind_a_button(phone, customer):
    alba = customer()
    alba.writes("Hola")
    until("she is here", lambda: phone.open(f"/contacts?q={alba.phone[-8:]}") and phone.has("#contacts .contact-name"))
    above = phone.one("#contacts tbody tr").location["y"] - phone.one("h1").location["y"]
    assert above < 260, f"{above} pixels stand above the first contact"
    assert not phone.one("#filters select[name=consent]").is_displayed()

    phone.click(".filter-opener")
    until("they are there", lambda: phone.one("#filters select[name=consent]").is_displayed())
    Select(phone.one("#filters select[name=consent]")).select_by_value("withdrawn")

    phone.until_has("#contacts .empty")  # She opted out of nothing.
    assert sticks_out(phone) == []
    phone.click("#filters .is-primary")
    until("they are gone", lambda: not phone.one("#filters select[name=consent]").is_displayed())
