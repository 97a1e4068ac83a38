"""Everything without a mouse."""

import pytest
from selenium.webdriver.common.keys import Keys
from support.layout import focus
from support.waiting import until

PLACES = {"i": "/inbox", "p": "/contacts", "l": "/ledger", "d": "/dead-letters", "u": "/unrouted", "c": "/connections"}


def stops(console, most=200):
    """Where Tab leads, from the top of the page until it begins again."""
    console.script("document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex')")
    console.press(Keys.TAB)
    found = []
    for _ in range(most):
        here = focus(console)
        if here is None or (found and here["html"] == found[0]["html"]):
            break
        found.append(here)
        console.press(Keys.TAB)
    return found


def tab_to(console, css, most=120):
    """Presses Tab until it has the focus."""
    for _ in range(most):
        if console.script("return document.activeElement.matches(arguments[0])", css):
            return
        console.press(Keys.TAB)
    raise AssertionError(f"Tab never reached {css}")


@pytest.mark.parametrize("path", PLACES.values())
def test_tab_reaches_everything_and_shows_where_it_is(ana, customer, puente, path):
    if path == "/inbox":
        someone = customer()
        ana.converse(someone, "Hola")
        ana.send("Qué tal")
    else:
        ana.open(path)
        ana.until_has("h1")

    found = stops(ana)

    assert found[0]["name"] == "Skip to content"
    assert [item for item in found if not item["isSeen"]] == []
    assert [item for item in found if not item["isOnScreen"]] == []
    assert len(found) >= 7


def test_the_skip_link_leads_past_the_navigation(ana):
    ana.open("/ledger")
    ana.press(Keys.TAB)
    assert ana.focused.is_displayed()

    ana.press(Keys.ENTER)

    until("the content has the focus", lambda: ana.focused.get_attribute("id") == "main")


@pytest.mark.parametrize("key, path", PLACES.items())
def test_g_and_a_letter_go_places(ana, key, path):
    ana.open("/ledger" if path != "/ledger" else "/connections")
    ana.press("g", key)
    ana.until_at(path)


def test_the_help_lists_the_keys_and_escape_gives_the_focus_back(ana):
    ana.open_inbox()
    ana.one("#search").send_keys("")
    ana.press(Keys.ESCAPE)

    ana.press("?")

    until("the help is open", lambda: ana.one("#help").get_attribute("open") is not None)
    keys = set(ana.texts("#help kbd"))
    assert {"/", "?", "g", "j", "k", "Enter", "x", "r", "a", "e", "Esc"} <= keys
    ana.press(Keys.ESCAPE)
    until("it is closed", lambda: ana.one("#help").get_attribute("open") is None)


def test_single_keys_can_be_switched_off(ana):
    ana.open("/ledger")
    ana.press("?")
    until("the help is open", lambda: ana.one("#help").is_displayed())
    ana.click("#shortcuts-on")
    ana.press(Keys.ESCAPE)

    ana.press("g", "i")
    ana.press("?")

    assert ana.path == "/ledger"
    assert not ana.one("#help").is_displayed()
    ana.open_account_menu()
    ana.click("[data-open-dialog=help]")
    until("the menu still opens the help", lambda: ana.one("#help").is_displayed())


def test_a_conversation_from_list_to_answer(ana, customer):
    blanca, diego = customer(), customer()
    blanca.writes("Soy la segunda")
    diego.writes("Soy el primero")
    ana.open_inbox()
    ana.until_row(blanca.name)
    until("the newest is first", lambda: ana.names()[:2] == [diego.name, blanca.name])

    for key, name in (("j", diego.name), ("j", blanca.name), ("k", diego.name)):
        ana.press(key)
        until(f"{name} has the focus", lambda name=name: name in ana.focused.text)
    ana.press(Keys.ENTER)
    ana.until_bubble("Soy el primero")

    ana.press("r")
    until("the field has the focus", lambda: ana.focused.get_attribute("id") == "message-text")
    ana.press("Primera línea")
    ana.press_shifted(Keys.ENTER)
    ana.press("segunda línea", Keys.ENTER)

    ana.until_bubble("Primera línea\nsegunda línea")
    until("the field has the focus again", lambda: ana.focused.get_attribute("id") == "message-text")
    until("it went out", lambda: len(diego.got()) == 1)
    ana.press(Keys.ESCAPE)
    until("the field is left", lambda: ana.focused.get_attribute("id") != "message-text")
    ana.press(Keys.ESCAPE)
    until("the list has the focus", lambda: ana.script("return Boolean(document.activeElement.closest('[data-rows]'))"))


def test_taking_over_and_closing_by_key(ana, customer):
    olga = customer()
    ana.converse(olga, "Hola")
    ana.press("a")
    until("Ana has it", lambda: ana.owner() == "You")

    ana.press("e")
    until("it is closed", lambda: ana.text("#conversation-header [data-key=e]") == "Reopen")
    ana.press("e")
    until("it is open", lambda: ana.text("#conversation-header [data-key=e]") == "Close")


def test_handing_over_by_tab_and_enter(ana, customer):
    rocio = customer()
    ana.converse(rocio, "Hola")
    ana.press("a")
    until("Ana has it", lambda: ana.owner() == "You")

    tab_to(ana, "#conversation-header [popovertarget=transfers]")
    ana.press(Keys.ENTER)
    until("the menu is open", lambda: ana.one("#transfers").is_displayed())
    tab_to(ana, "#transfers .menu-item", most=3)
    ana.press(Keys.ENTER)

    until("another has it", lambda: ana.owner() in ("Queue", "Bot"))


def test_the_menu_closes_with_escape_and_gives_the_focus_back(ana):
    ana.open("/ledger")
    tab_to(ana, "[popovertarget=account]")
    ana.press(Keys.ENTER)
    until("the menu is open", lambda: ana.one("#account").is_displayed())

    ana.press(Keys.ESCAPE)

    until("it is closed", lambda: not ana.one("#account").is_displayed())
    assert ana.focused.get_attribute("popovertarget") == "account"


def test_a_reply_is_begun_and_a_failure_tried_again_by_keyboard(ana, customer, puente):
    saul = customer()
    ana.converse(saul, "¿Sigue en pie?")
    tab_to(ana, ".message-actions a")
    ana.press(Keys.ENTER)
    ana.until_has(".composer-reply")
    until("the field has the focus", lambda: ana.focused.get_attribute("id") == "message-text")
    puente.sandbox.refuses_sends()
    ana.press("Sí, claro.", Keys.ENTER)
    ana.until_bubble("Sí, claro.", ".message-failure button")
    puente.sandbox.works()

    ana.press(Keys.ESCAPE)
    ana.script("document.getElementById('thread-scroll').focus()")
    tab_to(ana, ".message-failure button")
    ana.press(Keys.ENTER)

    ana.until_tick("Sí, claro.", "Accepted by WhatsApp")


def test_a_template_is_sent_by_keyboard(ana, customer):
    iris = customer()
    ana.converse(iris, "Hola", ago=172_800)
    tab_to(ana, "#composer a")
    ana.press(Keys.ENTER)
    ana.until_has("#template-choices")
    tab_to(ana, "#template-search")
    ana.press("seguimos")
    until("only that one", lambda: {"seguimos_en_contacto"} == set(ana.texts("#template-choices strong")))
    tab_to(ana, "#template-choices a")
    ana.press(Keys.ENTER)
    ana.until_has(".template-form")
    tab_to(ana, ".template-form .send")

    ana.press(Keys.ENTER)

    until("it went out", lambda: len(iris.got()) == 1)


def test_news_do_not_take_a_press_away(ana, customer):
    noa = customer()
    ana.converse(noa, "Hola", ago=172_800)
    ana.until_has("#composer .composer-closed a")

    # The link is followed while the composer fetches itself anew, and is told to do so once more.
    ana.script("""
        const composer = document.getElementById("composer");
        htmx.trigger(composer, "sse:gap");
        htmx.trigger(composer, "sse:gap");
        composer.querySelector(".composer-closed a").click();
    """)

    ana.until_has("#template-choices")


def test_search_has_a_key(ana):
    ana.open_inbox()
    ana.press("/")
    until("the field has the focus", lambda: ana.focused.get_attribute("id") == "search")
    assert ana.one("#search").get_attribute("value") == ""


def test_work_is_chosen_and_settled_by_keyboard(ana, customer, puente):
    zoe = customer()
    ana.converse(zoe, "Hola")
    puente.sandbox.refuses_sends()
    ana.send("Con teclado")
    ana.until_bubble("Con teclado", ".message-failure")
    puente.sandbox.works()
    ana.open("/dead-letters")
    ana.until_item(zoe.name)

    ana.press("j")
    ana.press("x")
    ana.until_text("1 selected", "#many")
    ana.press("x")
    ana.until_text("None selected", "#many")
    ana.press(Keys.ENTER)
    until("it is open", lambda: ana.has(".work-item details[open]"))
    tab_to(ana, ".work-item details[open] form[action='/dead-letters/retries'] button")
    ana.press(Keys.ENTER)

    ana.until_has(".page-notice")
    until("it went out", lambda: len(zoe.got()) == 1)


def test_a_dismissal_is_asked_and_answered_by_keyboard(ana, customer, puente):
    aina = customer()
    ana.converse(aina, "Hola")
    puente.sandbox.refuses_sends()
    ana.send("Descartable")
    ana.until_bubble("Descartable", ".message-failure")
    puente.sandbox.works()
    ana.open("/dead-letters")
    ana.open_item(aina.name)
    ask = ".work-item details[open] [popovertarget^=dismiss]"
    tab_to(ana, ask)
    ana.press(Keys.ENTER)
    until("it is asked", lambda: ana.one(".work-item details[open] .ask").is_displayed())
    ana.press(Keys.ESCAPE)
    until("it is asked no more", lambda: not ana.one(".work-item details[open] .ask").is_displayed())
    ana.press(Keys.ENTER)
    tab_to(ana, ".work-item details[open] .ask .is-danger", most=4)

    ana.press(Keys.ENTER)

    ana.until_text("1 was dismissed.", ".page-notice")


def test_focus_stays_where_it_is_when_news_redraw_a_list(ana, customer):
    first, second = customer(), customer()
    first.writes("Hola")
    ana.open_inbox()
    ana.until_row(first.name)
    ana.press("j")
    until("the first row has the focus", lambda: first.name in ana.focused.text)

    second.writes("Yo también")

    ana.until_row(second.name)
    until("the same row has the focus", lambda: first.name in ana.focused.text)
    assert ana.script("return document.activeElement.querySelector('.row-name') !== null")
