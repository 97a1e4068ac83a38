"""Who has a conversation, and which views it belongs in."""

from selenium.webdriver.common.by import By
from support.colleague import Colleague
from support.installation import BERTA
from support.waiting import until


def tab(console, name):
    console.click("#conversation-list .tabs a", name)
    until(f"the view {name}", lambda: name in console.text("#conversation-list .tabs [aria-current]"))


def test_taking_over_and_handing_over(ana, customer):
    marta = customer()
    ana.converse(marta, "Hola")
    assert ana.owner() != "You"

    ana.click("#conversation-header [data-key=a]", "Take over")

    until("Ana has it", lambda: ana.owner() == "You")
    until("the row says so", lambda: "You" in ana.row_text(marta.name))
    ana.click("#conversation-header [popovertarget=transfers]")
    ana.click("#transfers .menu-item", "Give to the queue")
    until("the queue has it", lambda: ana.owner() == "Queue")


def test_a_colleague_who_takes_over_is_seen_at_once(ana, customer, puente):
    nora = customer()
    ana.converse(nora, "Hola")
    ana.mark()

    Colleague(puente.url, BERTA).takes_over(ana.path)

    until("Berta has it", lambda: ana.owner() == "Berta")
    assert ana.is_same_page()


def test_views_hold_what_belongs_in_them(ana, customer):
    mine, free, done = customer(), customer(), customer()
    free.writes("Nadie me atiende")
    ana.converse(done, "Ya está")
    ana.click("#conversation-header [data-key=e]", "Close")
    until("it is closed", lambda: "Closed" in ana.text("#conversation-header"))
    ana.converse(mine, "Hola")
    ana.click("#conversation-header [data-key=a]")
    until("Ana has it", lambda: ana.owner() == "You")

    ana.open_inbox()
    tab(ana, "Mine")
    assert mine.name in ana.names() and free.name not in ana.names()
    tab(ana, "Unassigned")
    assert free.name in ana.names() and mine.name not in ana.names()
    tab(ana, "Closed")
    assert done.name in ana.names() and mine.name not in ana.names()
    tab(ana, "All")
    assert done.name not in ana.names() and {mine.name, free.name} <= set(ana.names())


def test_a_closed_conversation_can_be_reopened(ana, customer):
    luis = customer()
    ana.converse(luis, "Hola")

    ana.click("#conversation-header [data-key=e]", "Close")
    until("it can be reopened", lambda: ana.text("#conversation-header [data-key=e]") == "Reopen")
    ana.click("#conversation-header [data-key=e]", "Reopen")

    until("it can be closed", lambda: ana.text("#conversation-header [data-key=e]") == "Close")


def test_answering_takes_a_conversation_over(ana, customer):
    julia = customer()
    ana.converse(julia, "Hola")

    ana.send("Buenas tardes, Julia.")

    until("Ana has it", lambda: ana.owner() == "You")


def test_a_customer_who_waits_too_long_is_marked(ana, customer):
    alba = customer()
    alba.writes("¿Hola?", ago=60)
    ana.open_inbox()

    until("it is late", lambda: ana.until_row(alba.name).find_elements(By.CSS_SELECTOR, ".avatar.is-late"))
    assert "Waiting" in ana.row_text(alba.name)
