"""Dead letters: what a person decides, one by one or many at once."""

import pytest
from selenium.webdriver.common.by import By
from support.waiting import until


@pytest.fixture
def refused(ana, customer, puente):
    """Makes messages that WhatsApp refuses for good; gives their customers."""

    def make(*texts):
        customers = []
        puente.sandbox.refuses_sends()
        for text in texts:
            someone = customer()
            ana.converse(someone, "Hola")
            ana.send(text)
            ana.until_bubble(text, ".message-failure")
            customers.append(someone)
        puente.sandbox.works()
        return customers

    return make


def test_a_dead_letter_appears_by_itself_and_can_be_tried_again(ana, refused, customer, puente):
    someone = customer()
    ana.converse(someone, "Hola")
    puente.sandbox.refuses_sends()
    ana.send("Factura 1")
    ana.until_bubble("Factura 1", ".message-failure")
    puente.sandbox.works()
    until("the row says so", lambda: "Failed" in ana.row_text(someone.name))

    ana.open("/dead-letters")
    ana.until_item(someone.name)
    ana.open_item(someone.name)
    entry = ana.item_text(someone.name)
    assert "Factura 1" in entry and "131009" in entry
    ana.in_item(someone.name, "form[action='/dead-letters/retries'] button")

    ana.until_text("1 is being tried again.", ".page-notice")
    until("it went out", lambda: len(someone.got()) == 1)
    until("it is settled", lambda: ana.item(someone.name) is None)


def test_a_dead_letter_of_another_person_appears_in_an_open_list(ana, customer, puente):
    ana.open("/dead-letters")
    ana.mark()
    puente.sandbox.fails("hubspot", "status", status=400, path="communications")

    customer("Teo Llano").writes("No se registra")

    ana.until_item("Teo Llano")
    assert ana.is_same_page()
    puente.sandbox.works()
    ana.open_item("Teo Llano")
    ana.in_item("Teo Llano", "form[action='/dead-letters/retries'] button")
    until("it is settled", lambda: ana.item("Teo Llano") is None)


def test_a_failed_message_is_tried_again_from_its_thread(ana, refused):
    (someone,) = refused("Desde el hilo")

    ana.in_bubble("Desde el hilo", ".message-failure button")

    ana.until_tick("Desde el hilo", "Accepted by WhatsApp")
    assert len(someone.got()) == 1


def test_a_dead_letter_is_dismissed_only_after_a_question(ana, refused):
    (someone,) = refused("No hace falta")
    ana.open("/dead-letters")
    ana.open_item(someone.name)

    ana.in_item(someone.name, "[popovertarget^=dismiss]", "Dismiss")
    ana.in_item(someone.name, ".ask button", "Cancel")
    assert ana.item(someone.name)
    ana.in_item(someone.name, "[popovertarget^=dismiss]", "Dismiss")
    ana.in_item(someone.name, ".ask .is-danger")

    ana.until_text("1 was dismissed.", ".page-notice")
    until("it is gone", lambda: ana.item(someone.name) is None)
    assert someone.got() == []


def test_many_are_tried_again_at_once(ana, refused):
    customers = refused("Muchos 1", "Muchos 2", "Muchos 3")
    ana.open("/dead-letters")
    for someone in customers:
        ana.until_item(someone.name)
        ana.choose_item(someone.name)
    ana.until_text("3 selected", "#many")

    ana.click("#many .many-actions button", "Try again")

    ana.until_text("3 are being tried again.", ".page-notice")
    for someone in customers:
        until("it went out", lambda someone=someone: len(someone.got()) == 1)


def test_many_are_dismissed_at_once(ana, refused):
    customers = refused("Fuera 1", "Fuera 2")
    ana.open("/dead-letters")
    ana.until_item(customers[0].name)
    assert not ana.one("[data-needs-selection]").is_enabled()
    for someone in customers:
        ana.choose_item(someone.name)

    ana.click("#many .many-actions button", "Dismiss")
    ana.click("#dismiss-many .is-danger")

    ana.until_text("2 were dismissed.", ".page-notice")
    assert all(ana.item(someone.name) is None for someone in customers)


def test_a_message_is_mended_and_sent(ana, refused):
    (someone,) = refused("Tezto con erata")
    ana.open("/dead-letters")
    ana.open_item(someone.name)
    field = next(
        item for item in ana.item(someone.name).find_elements(By.CSS_SELECTOR, ".mend :is(input:not([type=hidden]), textarea)")
        if item.get_attribute("value") == "Tezto con erata\n— Ejemplo S.A."
    )
    field.clear()
    field.send_keys("Texto sin errata")

    ana.in_item(someone.name, ".mend button")

    ana.until_text("1 was corrected and is being tried again.", ".page-notice")
    (sent,) = until("it went out", lambda: someone.got())
    assert "Texto sin errata" in str(sent)


def test_an_entry_leads_to_its_conversation(ana, refused):
    (someone,) = refused("Llévame allí")
    ana.open("/dead-letters")
    ana.open_item(someone.name)

    ana.in_item(someone.name, "a.button", "Open the conversation")

    ana.until_bubble("Llévame allí")


def test_what_one_reads_is_not_taken_away_by_news(ana, refused, customer, puente):
    (someone,) = refused("Léeme despacio")
    ana.open("/dead-letters")
    ana.open_item(someone.name)
    puente.sandbox.fails("hubspot", "status", status=400, path="communications")

    customer("Nadia Gil").writes("Otra avería")

    badge = ".rail-place[href='/dead-letters'] .rail-count"
    count = int(ana.text(badge))
    until("the rail counts it", lambda: int(ana.text(badge)) > count or ana.item("Nadia Gil"))
    assert ana.script("return arguments[0].querySelector('details').open", ana.item(someone.name))
