"""Contacts: found as one types, looked at, changed, and put back."""

import pytest
from selenium.webdriver.common.keys import Keys
from support.axe import violations
from support.colleague import Colleague
from support.installation import BERTA
from support.layout import small_targets, sticks_out
from support.waiting import until


@pytest.fixture
def known(customer, ana):
    """A customer who wrote, once the console knows them."""

    def make(name):
        someone = customer(name)
        someone.writes("Hola")
        until(f"{name} is there", lambda: ana.open(f"/contacts?q={someone.phone[-8:]}") and shows(ana, name))
        return someone

    return make


def names(console):
    return console.texts("#contacts .contact-name")


def shows(console, name):
    """The name stands behind the picture's initials."""
    return any(shown.endswith(name) for shown in names(console))


def search(console, text):
    """Types into the box, letter by letter."""
    console.fill("#contact-search", text)


def open_contact(console, name):
    console.open("/contacts")
    search(console, name)
    until(f"{name} is found", lambda: shows(console, name))
    console.click("#contacts .contact-name", name)
    console.until_text(name, "h1")


def test_the_table_follows_what_is_typed(ana, known):
    someone = known("Genoveva Ibáñez")
    ana.open("/contacts")
    ana.mark()

    search(ana, "ibanez geno")
    until("she is found", lambda: [n.endswith("Genoveva Ibáñez") for n in names(ana)] == [True])
    assert ana.is_same_page()
    until("the address follows", lambda: "q=ibanez%20geno" in ana.path)
    assert ana.text("#contacts .list-count") == "1 contact"
    search(ana, someone.phone[-4:])
    until("by the last digits", lambda: shows(ana, "Genoveva Ibáñez"))
    search(ana, "nadie se llama así")
    ana.until_text("Nobody was found", "#contacts")
    assert ana.focused.get_attribute("id") == "contact-search"


def test_by_keyboard_alone(ana, known, expected):
    expected.extend(["htmx:afterRequest", "htmx:sendAbort"])  # a search that a further letter replaced
    known("Teclado Uno")
    known("Teclado Dos")
    ana.open("/labels")  # leaving the inbox may cut off what it still fetches
    ana.press("g", "p")
    ana.until_at("/contacts")

    ana.press("/", *"teclado")
    until("both are there", lambda: len(names(ana)) == 2)
    ana.press(Keys.ESCAPE)
    until("everybody is listed again", lambda: "teclado" not in ana.path)
    ana.press("j")
    until("the first has the focus", lambda: "Teclado" in ana.focused.text)
    first = ana.focused.text
    ana.press("j")
    until("the second has the focus", lambda: ana.focused.text not in ("", first))
    ana.press("k", Keys.ENTER)
    until("its page opens", lambda: "Teclado" in ana.text("h1"))


def test_who_was_chosen_stays_chosen_until_unchecked(ana, known):
    known("Casilla Uno")
    known("Casilla Dos")
    ana.open("/contacts")
    search(ana, "casilla")
    until("both are there", lambda: len(names(ana)) == 2)
    for box in ana.all("#contacts input[name=id]"):
        ana.script("arguments[0].click()", box)
    ana.until_text("2 selected", "#many")

    search(ana, "casill")
    until("the list came anew", lambda: "q=casill" in ana.path and "q=casilla" not in ana.path)
    ana.until_text("2 selected", "#many")
    ana.script("arguments[0].click()", ana.all("#contacts input[name=id]")[0])
    ana.until_text("1 selected", "#many")
    # Something else of the page was fetched.
    ana.script("htmx.trigger(document.body, 'htmx:afterSettle', {target: document.body, elt: document.body})")
    assert "1 selected" in ana.text("#many")


def test_columns_are_chosen_and_remembered(ana, known):
    known("Columna Pérez")
    ana.open("/contacts")
    headings = "#contacts thead th"
    assert "Language" not in ana.texts(headings)

    ana.click("[popovertarget=columns]")
    until("the choice is open", lambda: ana.one("#columns").is_displayed())
    ana.click("#columns input[value=language]")
    ana.click("#columns .is-primary")

    until("the column is there", lambda: "Language" in ana.texts(headings))
    ana.open("/contacts")
    assert "Language" in ana.texts(headings)


def test_two_who_edit_at_once_see_whose_change_it_was_and_choose(ana, known, puente, expected):
    expected.append("409")  # the answer that says so
    known("Dos Editoras")
    open_contact(ana, "Dos Editoras")
    form = "form[action$='/edits']"
    ana.fill("#name", "Dos Editoras, Ana")
    ana.fill("#note", "Lo que escribe Ana")

    Colleague(puente.url, BERTA).renames(ana.path, "Dos Editoras, Berta")
    ana.click(f"{form} button")

    ana.until_text("Somebody else changed this meanwhile", form)
    clash = ana.text("#clash-name")
    assert "Berta" in clash and "Dos Editoras, Berta" in clash and "Dos Editoras, Ana" in clash
    assert not ana.has("#clash-note")
    assert ana.one("#name").get_attribute("value") == "Dos Editoras, Ana"
    assert ana.one("#note").get_attribute("value") == "Lo que escribe Ana"
    assert violations(ana.driver) == []
    assert sticks_out(ana) == []
    ana.click("#clash-name input[value=theirs]")
    ana.click(f"{form} button")
    ana.until_text("Saved.", ".page-notice")
    assert ana.one("#name").get_attribute("value") == "Dos Editoras, Berta"
    assert ana.one("#note").get_attribute("value") == "Lo que escribe Ana"


def test_an_edit_is_put_back_from_the_history(ana, known):
    known("Edita Blanco")
    open_contact(ana, "Edita Blanco")

    ana.fill("#name", "Edita de Blanco")
    ana.fill("#note", "Prefiere las tardes")
    ana.click("form[action$='/edits'] button")
    ana.until_text("Saved.", ".page-notice")
    ana.click(".page-tabs a", "History")
    ana.until_text("Name: “Edita de Blanco”", ".history-list")
    ana.click("form[action$='/restorations'] button")

    ana.until_text("Put back.", ".page-notice")
    ana.until_text("Name: empty, before “Edita de Blanco”", ".history-list")
    ana.open("/changes")
    ana.click(".change-item button[popovertarget]")
    until("it asks", lambda: any(part.is_displayed() for part in ana.all(".ask")))
    ana.click(".ask .is-danger")
    ana.until_text("put back", ".page-notice")
    ana.until_text("Undone by Ana", ".change-list")


def test_an_address_that_somebody_has_stays_theirs(ana, known, expected):
    expected.append("422")
    first, second = known("Primera Dueña"), known("Segunda Dueña")
    open_contact(ana, second.name)

    ana.fill("#address", f"+{first.phone}")
    ana.click("form[action$='/addresses'] button")

    ana.until_text("Somebody else has this phone number", "#address-error")
    ana.click("#address-error a")
    ana.until_text(first.name, "h1")


def test_somebody_new(ana, expected):
    expected.append("422")
    ana.open("/contacts")
    ana.click("a[href='/contacts/new']")
    ana.until_has("#new-name")
    ana.fill("#new-name", "Nueva Fuentes")
    ana.fill("#new-phone", "123")
    ana.click("form[action='/contacts'] .is-primary")
    ana.until_has("#new-error")
    assert ana.one("#new-phone").get_attribute("value") == "123"

    ana.fill("#new-phone", "+34 600 77 88 99")
    ana.click("form[action='/contacts'] .is-primary")

    ana.until_text("The contact is created.", ".page-notice")
    assert "+34 600 77 88 99" in ana.text(".handle-list")


def test_the_inbox_leads_to_the_contact(ana, customer):
    someone = customer("Enlace Ruiz")
    ana.converse(someone, "Hola")

    ana.click("#contact-panel a[href^='/contacts/']")

    ana.until_text("Enlace Ruiz", "h1")


def test_without_scripts(plain, customer):
    someone = customer("Sencilla Plana")
    someone.writes("Hola")
    until("she is there", lambda: plain.open("/contacts?q=sencilla") and names(plain))
    plain.click("#contacts .contact-name")
    plain.until_text("Sencilla Plana", "h1")
    plain.fill("#name", "Sencilla P.")
    plain.click("form[action$='/edits'] button")
    plain.until_text("Saved.", ".page-notice")

    plain.open("/contacts")
    plain.fill("#contact-search", "sencilla p.")
    plain.click(".contact-filters noscript button")
    until("she is found", lambda: [n.endswith("Sencilla P.") for n in names(plain)] == [True])


def test_on_a_phone(phone, customer, expected):
    someone = customer("Móvil Larguísimo de los Santos Ibarra")
    someone.writes("Hola")
    until("he is there", lambda: phone.open("/contacts?q=movil") and names(phone))
    found = {"/contacts": sticks_out(phone) + small_targets(phone, 24)}
    phone.click("#contacts .contact-name")
    phone.until_text("Móvil", "h1")
    for page in ("", "/history"):
        phone.open(phone.path.split("?")[0] + page)
        phone.until_has("h1")
        found[page] = sticks_out(phone) + small_targets(phone, 24)
    assert {page: faults for page, faults in found.items() if faults} == {}


@pytest.mark.parametrize("language", ["en", "es"])
def test_axe_finds_nothing(visitor, sessions, customer, language):
    someone = customer("Accesible Ortiz")
    someone.writes("Hola")
    visitor.enter_with(sessions[BERTA.email])
    visitor.open("/contacts")
    if visitor.one("html").get_attribute("lang") != language:
        visitor.choose("language", language)
    until("he is there", lambda: visitor.open("/contacts?q=accesible") and names(visitor))
    contact = visitor.one("#contacts .contact-name").get_attribute("href").removeprefix(visitor.url)
    found = []
    for path in ("/contacts?q=accesible", "/contacts?q=zzzz", "/contacts/new", contact, f"{contact}/history", "/changes"):
        visitor.open(path)
        visitor.until_has("h1")
        for theme in ("light", "dark"):
            visitor.script("document.documentElement.dataset.theme = arguments[0]", theme)
            found += [f"{path}, {theme}: {item}" for item in violations(visitor.driver)]
    visitor.open("/contacts")
    if visitor.one("html").get_attribute("lang") != "en":
        visitor.choose("language", "en")
    assert found == []


def test_a_number_at_which_nobody_is_reached_is_marked_and_tried_again(ana, customer, puente):
    nora = customer()
    ana.converse(nora, "Hola")
    ana.send("Su pedido está listo.")
    ana.until_tick("Su pedido está listo.", "Accepted by WhatsApp")
    puente.sandbox.tells(nora.got()[0]["id"], "failed", code=131026)
    ana.until_text("Not reachable", "#contact-panel .handles")

    ana.open("/contacts?reach=unreachable")
    search(ana, nora.phone[-8:])
    until("the table marks her", lambda: shows(ana, nora.name) and "Not reachable" in ana.text("#contacts"))
    ana.click("#contacts .contact-name", nora.name)
    ana.until_text("evidence, not proof", ".handle-warning")
    assert violations(ana.driver) == []
    ana.click(".handle-warning button")
    ana.until_text("The mark is gone", "main")
    assert not ana.has(".handle-warning")

    ana.open("/contacts?reach=unreachable")
    search(ana, nora.phone[-8:])
    ana.until_text("Nobody was found", "#contacts")
