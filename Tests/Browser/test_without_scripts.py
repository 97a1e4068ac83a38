"""Without JavaScript: everything that matters still works."""

from urllib.parse import quote

from support.waiting import until


def test_a_thread_is_read_and_answered(plain, customer):
    irene = customer()
    irene.writes("¿Funciona sin scripts?")
    until("it is stored", lambda: plain.open("/inbox") and plain.row(irene.name))
    plain.row(irene.name).click()
    plain.until_bubble("¿Funciona sin scripts?")

    plain.one("#message-text").send_keys("Sí, también así.")
    plain.click("#composer .send")

    plain.until_bubble("Sí, también así.")
    until("it went out", lambda: len(irene.got()) == 1)


def test_a_long_thread_begins_at_its_newest_message(plain, customer):
    pia = customer()
    for number in range(30):
        pia.writes(f"Línea {number}\ny otra", ago=60)  # Meta's times are whole seconds: within one there is no order
    pia.writes("La última")
    until("it is stored", lambda: plain.open("/inbox") and "La última" in (plain.row(pia.name) or plain.one("h1")).text)

    plain.row(pia.name).click()

    plain.until_bubble("La última")
    below = "return arguments[0].getBoundingClientRect().bottom - document.querySelector('#composer').getBoundingClientRect().top"
    assert plain.script(below, plain.bubble("La última")) <= 0
    assert plain.script("return arguments[0].getBoundingClientRect().bottom", plain.bubble("Línea 0")) < 0


def test_a_reply_a_hand_over_and_a_template(plain, customer):
    jorge = customer()
    jorge.writes("Hola", ago=172_800)
    until("it is stored", lambda: plain.open(f"/inbox?q={quote(jorge.name)}") and plain.row(jorge.name))
    plain.row(jorge.name).click()
    plain.click("#conversation-header [data-key=a]")
    until("Ana has it", lambda: plain.owner() == "You")

    plain.click("#composer a", "Choose a template")
    plain.click("#template-choices a", "seguimos_en_contacto")
    plain.click(".template-form .send")

    until("it went out", lambda: len(jorge.got()) == 1)
    jorge.writes("Sí, sigamos")
    until("it is there", lambda: plain.driver.refresh() or plain.bubble("Sí, sigamos"))
    plain.in_bubble("Sí, sigamos", ".message-actions a")
    plain.until_text("Sí, sigamos", ".composer-reply .quote")


def test_a_dead_letter_is_tried_again(plain, customer, puente):
    lola = customer()
    lola.writes("Hola")
    until("it is stored", lambda: plain.open("/inbox") and plain.row(lola.name))
    plain.row(lola.name).click()
    puente.sandbox.refuses_sends()
    plain.one("#message-text").send_keys("No llega")
    plain.click("#composer .send")
    until("it is dead", lambda: plain.open("/dead-letters") and plain.item(lola.name))
    puente.sandbox.works()

    plain.open_item(lola.name)
    plain.in_item(lola.name, "form[action='/dead-letters/retries'] button")

    plain.until_text("1 is being tried again.", ".page-notice")
    until("it went out", lambda: len(lola.got()) == 1)


def test_language_search_and_sign_out(plain, customer):
    plain.fill("#search", "nadie que exista").submit()
    plain.until_text("Nothing found")
    plain.click("[popovertarget=account]")
    plain.click("#account form[action='/sign-out'] button")
    plain.until_at("/sign-in")
