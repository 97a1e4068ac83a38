"""The door, and what a reader may choose."""

import pytest
from support.console import SESSION, Console
from support.demo import Demo
from support.installation import ANA, BERTA
from support.waiting import until


def test_a_wrong_password_is_told_and_the_address_kept(visitor, expected):
    expected.append("422")
    visitor.open("/sign-in")
    assert visitor.focused.get_attribute("id") == "email"

    visitor.sign_in(BERTA, password="not hers")

    visitor.until_text("E-mail or password is wrong.", "#sign-in-problem")
    assert visitor.one("#email").get_attribute("value") == BERTA.email
    assert visitor.one("#password").get_attribute("aria-invalid") == "true"
    assert visitor.focused.get_attribute("id") == "password"
    assert visitor.session() is None


def test_the_right_password_opens_the_page_one_asked_for(visitor):
    visitor.open("/ledger?span=day")
    visitor.until_at("/sign-in")

    visitor.sign_in(ANA)

    visitor.until_at("/ledger")
    assert visitor.path == "/ledger?span=day"
    assert visitor.session()["httpOnly"]


def test_signing_out_ends_the_session(visitor, expected):
    expected.append("[object Event]")  # The page's news end with the session, a moment before the page is left.
    visitor.open("/sign-in").sign_in(BERTA)
    visitor.until_at("/inbox")
    cookie = visitor.session()

    visitor.open_account_menu()
    visitor.click("#account form[action='/sign-out'] button")
    visitor.until_at("/sign-in")

    visitor.enter_with(cookie)
    visitor.open("/inbox")
    visitor.until_at("/sign-in")


def test_a_session_that_ended_leads_back_to_where_one_was(visitor, customer, expected):
    expected.append("401")
    visitor.open("/sign-in").sign_in(BERTA)
    visitor.until_at("/inbox")
    visitor.converse(customer(), "Hola")
    place = visitor.path
    visitor.driver.delete_cookie(SESSION)
    visitor.driver.add_cookie({"name": SESSION, "value": "session_of_yesterday", "path": "/", "httpOnly": True})

    # What a reader does next is refused, if the page has not noticed before.
    visitor.script("document.querySelector('#composer a[href*=templates]')?.click()")

    visitor.until_at("/sign-in")
    visitor.until_text("Your session has ended.")
    visitor.sign_in(BERTA)
    until("the page of before", lambda: visitor.path == place)


def test_the_demo_shows_its_sign_in_and_customers_write(driver, visitor):
    with Demo() as demo:
        console = Console(driver, demo.url)
        console.open("/sign-in")
        assert console.texts(".door-card code") == [demo.person.email, demo.person.password]

        console.sign_in(demo.person)
        console.until_at("/inbox")

        console.until_has("#conversation-list [data-row]")
        driver.get("about:blank")
        driver.execute_cdp_cmd("Network.clearBrowserCookies", {})


def test_in_an_empty_demo_a_sample_customer_can_be_asked_to_write(driver, visitor, expected):
    expected.extend(["htmx:afterRequest", "htmx:sendAbort"])  # leaving the page cuts off what it still fetches
    with Demo(customers=0) as demo:
        console = Console(driver, demo.url)
        console.open("/sign-in").sign_in(demo.person)
        console.until_text("Waiting for the first message", "#conversation-list")

        console.click("#conversation-list button", "Let a sample customer write")

        console.until_row("Valeria Campos")
        driver.get("about:blank")
        driver.execute_cdp_cmd("Network.clearBrowserCookies", {})


def test_the_language_can_be_changed_at_the_door(visitor):
    visitor.open("/sign-in")
    visitor.until_text("Sign in", "h1")

    visitor.click("button[name=language][value=es]")

    visitor.until_text("Contraseña")
    assert visitor.one("html").get_attribute("lang") == "es"


@pytest.fixture
def berta(visitor, sessions):
    visitor.enter_with(sessions[BERTA.email])
    yield visitor
    visitor.open("/inbox")
    if visitor.one("html").get_attribute("lang") != "en":
        visitor.choose("language", "en")
    if visitor.one("html").get_attribute("data-theme") != "auto":
        visitor.choose("theme", "auto")


def test_the_language_is_kept_with_the_person(berta, sessions):
    berta.open("/dead-letters")
    berta.choose("language", "es")
    assert berta.path == "/dead-letters"
    assert berta.one("html").get_attribute("lang") == "es"
    berta.until_text("Bandeja", "nav.rail")

    berta.driver.delete_all_cookies()
    berta.enter_with(sessions[BERTA.email])
    berta.open("/inbox")

    assert berta.one("html").get_attribute("lang") == "es"


def _ground(console):
    """The page's background, from 0 (black) to 255."""
    return console.script("return Number(getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0])")


def test_the_theme_is_the_system_s_until_one_is_chosen(berta):
    berta.open("/inbox")
    assert _ground(berta) > 200
    berta.prefers(prefers_color_scheme="dark")
    assert _ground(berta) < 60

    berta.choose("theme", "light")
    assert _ground(berta) > 200
    berta.choose("theme", "dark")
    berta.prefers(prefers_color_scheme="light")
    assert _ground(berta) < 60
    pressed = berta.script("return document.querySelector('#account [name=theme][aria-pressed=true]').value")
    assert pressed == "dark"

    berta.choose("theme", "auto")
    assert _ground(berta) > 200


def test_an_address_that_nobody_has_is_a_page_with_a_way_back(ana, expected):
    expected.append("404")
    ana.open("/nowhere")

    ana.until_text("Nothing is here", "h1")
    ana.click("main a", "Back to the inbox")
    ana.until_at("/inbox")
