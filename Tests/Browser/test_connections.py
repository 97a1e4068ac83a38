"""Connections: asked live how they are, and loud when one is paused."""

import pytest
from selenium.webdriver.common.by import By
from support.installation import Installation
from support.waiting import until


@pytest.fixture(scope="module")
def elsewhere():
    """An installation that may be broken."""
    with Installation() as installation:
        yield installation


def card(console, title):
    return until(f"the card {title}", lambda: console.script(
        "return [...document.querySelectorAll('.card-item')]"
        ".find((item) => item.querySelector('h3').innerText.trim() === arguments[0])", title))


def check(console, title):
    """Presses "Test now" and waits for the end; gives the states of the steps."""
    console.mark()
    until("it can be pressed", lambda: _press(card(console, title)))
    until("what was found before is gone", lambda: not console.is_same_page())

    def ended():
        states = console.script(
            "return [...arguments[0].querySelectorAll('.checks li')].map((item) => item.className)", card(console, title))
        is_over = states and not {"is-running", "is-waiting"} & set(states)
        return is_over and "Testing" not in card(console, title).text and states

    return until(f"the check of {title} ends", ended)


def _press(part):
    part.find_element(By.CSS_SELECTOR, ".card-foot form .button").click()
    return True


def test_number_and_crm_are_checked_live(operator):
    operator.open("/connections")
    titles = operator.texts(".card-item h3")
    assert len(titles) == 2

    for title in titles:
        states = check(operator, title)
        assert "is-failed" not in states, states
        assert "is-passed" in states


def test_a_failing_check_says_what_is_wrong(operator, elsewhere):
    operator.open("/connections")
    title = operator.texts(".card-item h3")[1]
    elsewhere.sandbox.fails("hubspot", "token_death")

    states = check(operator, title)

    assert "is-failed" in states
    failed = until("the reason", lambda: card(operator, title).find_element(By.CSS_SELECTOR, ".checks .is-failed").text)
    assert len(failed) > 20


def test_a_number_is_paused_and_resumed_by_hand(operator, elsewhere):
    customer = elsewhere.sandbox.customer("Pausa Larga")
    operator.converse(customer, "Hola")
    operator.open("/connections")
    title = operator.texts(".card-item h3")[0]

    operator.click(".card-item [popovertarget^=pause]")
    operator.click(".ask .is-danger", "Pause")
    operator.until_text("The connection is paused.", ".page-notice")
    until("it says so", lambda: "Paused" in card(operator, title).text)
    operator.open_inbox()
    operator.open_conversation("Pausa Larga")
    operator.send("Espera aquí")
    operator.until_tick("Espera aquí", "Queued")
    assert customer.got() == []
    operator.open("/connections")
    operator.click(".card-item .notice button", "Resume")
    operator.until_text("The connection goes on.", ".page-notice")

    until("it goes out", lambda: len(customer.got()) == 1)


def test_a_dead_token_raises_an_alarm_on_every_page(operator, elsewhere):
    customer = elsewhere.sandbox.customer("Sin Llave")
    operator.converse(customer, "Hola")
    operator.mark()
    elsewhere.sandbox.fails("whatsapp", "token_death")

    operator.send("No puede salir")

    until("the alarm is shown", lambda: operator.one("#alarms .alarm.is-failure").is_displayed())
    assert operator.is_same_page()
    operator.open("/ledger")
    operator.click("#alarms a", "Open")
    operator.until_at("/connections")
    assert "Paused" in operator.text(".card-item")
    operator.until_has(".rail-place[href='/connections'] .rail-count")

    elsewhere.sandbox.works()
    operator.click(".card-item .notice button", "Resume")
    until("it goes out", lambda: len(customer.got()) == 1)
    until("the alarm is over", lambda: not operator.has("#alarms .alarm"))
