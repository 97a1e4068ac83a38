"""Labels, fields, segments, and what is done to many contacts at once."""

import itertools

import pytest
from selenium.webdriver.support.ui import Select
from support.axe import violations
from support.installation import BERTA
from support.layout import small_targets, sticks_out
from support.waiting import until

NUMBERS = itertools.count(1)
PAGES = ["/segments", "/segments/new", "/labels", "/fields", "/bulk"]


@pytest.fixture
def label(ana):
    """Makes labels in the console; gives their names."""

    def make(name=None, color="violet"):
        name = name or f"Etiqueta {next(NUMBERS):03}"
        ana.open("/labels")
        ana.fill("#label-name-new", name)
        ana.click(f"section .swatch input[value={color}]")
        ana.click("section form[action='/labels'] .is-primary")
        ana.until_text("The label is created.", ".page-notice")
        return name

    return make


@pytest.fixture
def known(ana, customer):
    """Customers who wrote, once the console knows them."""

    def make(name):
        someone = customer(name)
        someone.writes("Hola")
        until(f"{name} is there", lambda: ana.open(f"/contacts?q={someone.phone[-8:]}") and ana.has("#contacts .contact-name"))
        return someone

    return make


def choose(console, css, text):
    """In a list, by the word that is shown."""
    Select(console.one(css)).select_by_visible_text(text)


def open_details(console, css):
    console.click(f"{css} > summary")
    until("it is open", lambda: console.has(f"{css}[open]"))


def put_on(console, name):
    """A label, in the card beside a thread."""
    open_details(console, "#contact-details .details-part:first-child details")
    console.fill("#details-label", name)
    console.click("#contact-details .details-part:first-child form.details-form button")
    console.until_text(name, "#contact-details .chips")


def test_a_label_is_put_on_beside_a_thread_and_what_was_being_written_stays(ana, customer, label):
    name = label()
    ana.converse(customer(), "Hola")
    ana.write("Un borrador")
    ana.mark()

    put_on(ana, name)
    assert ana.is_same_page()
    assert ana.one("#message-text").get_attribute("value") == "Un borrador"
    # The card may be fetched anew meanwhile.
    chip = "#contact-details .chips .label-chip"
    until("it has its tone", lambda: "label-violet" in ana.one(chip).get_attribute("class"))

    ana.click("#contact-details .chip-x")
    ana.until_text("No labels.", "#contact-details")
    assert ana.is_same_page()


def test_a_mark_has_its_reason(ana, customer):
    ana.converse(customer(), "Hola")
    mark = "#contact-details .details-part:last-child details:nth-of-type(1)"

    open_details(ana, mark)
    ana.fill(f"{mark} input[name=reason]", "Insultos")
    ana.click(f"{mark} button[value=on]")
    until("it is marked", lambda: "Yes" in ana.text(f"{mark} summary"))
    open_details(ana, mark)
    assert "Insultos" in ana.text(mark)
    ana.click(f"{mark} button[value=off]")

    until("it is off", lambda: "No" in ana.text(f"{mark} summary"))


def test_a_segment_is_built_while_its_count_follows(ana, customer, label):
    name = label()
    someone = customer()
    ana.converse(someone, "Hola")
    put_on(ana, name)

    ana.open("/segments/new")
    ana.mark()
    choose(ana, "#v-0-0", name)
    ana.until_text("1 contact meets these conditions.", "#segment-count")
    ana.until_text(someone.name, "#segment-count")
    ana.click("#segment-editor button", "Add a condition")
    ana.until_has("#s-0-1")
    until("the keyboard is in it", lambda: ana.script("return document.activeElement.id") == "s-0-1")
    choose(ana, "#s-0-1", "Activity")
    until("the comparisons follow", lambda: "never wrote" in ana.texts("#t-0-1 option"))
    choose(ana, "#t-0-1", "never wrote")
    ana.until_text("0 contacts meet these conditions.", "#segment-count")
    ana.click("[aria-label='Remove: Condition 2']")
    ana.until_text("1 contact meets", "#segment-count")
    assert ana.is_same_page()
    segment = f"Los de {name}"
    ana.fill("#segment-name", segment)
    ana.click(".segment-foot .is-primary")

    ana.until_text("The segment is saved.", ".page-notice")
    row = f"//li[contains(@class, 'thing')][.//strong[text()='{segment}']]"
    until("it is counted", lambda: "1 contact" in ana.driver.find_element("xpath", row).text)
    ana.driver.find_element("xpath", f"{row}//a[contains(@class, 'thing-count')]").click()
    ana.until_text(someone.name, "#contacts")
    assert len(ana.all("#contacts .contact-name")) == 1


def test_a_condition_that_is_wrong_says_so_beside_itself(ana, expected):
    expected.append("422")
    ana.open("/segments/new")
    choose(ana, "#s-0-0", "Phone")
    until("it is about phones", lambda: "begins with" in ana.texts("#t-0-0 option"))
    ana.fill("#v-0-0", "Dominican Republic")
    ana.fill("#segment-name", "Caribe")

    ana.click(".segment-foot .is-primary")

    ana.until_text("shares +1 with other countries", "#e-0-0")
    assert ana.one("#v-0-0").get_attribute("value") == "Dominican Republic"


def test_chosen_contacts_get_a_label_and_it_is_undone(ana, known, label):
    name = label()
    known("Masivo Alfa")
    known("Masivo Beta")
    until("both are there", lambda: ana.open("/contacts?q=masivo") and len(ana.all("#contacts .contact-name")) == 2)
    for box in ana.all("#contacts input[name=id]"):
        ana.script("arguments[0].click()", box)
    ana.until_text("2 selected", "#many")

    ana.click("#many button", "Act on selected")
    ana.until_text("2 selected contacts", ".lead")
    choose(ana, "#bulk-label", name)
    assert not ana.one("#bulk-field").is_displayed()
    ana.click(".bulk-form .is-primary")
    ana.until_text("2 of 2 contacts looked at, 2 changed.", "#bulk-progress")
    ana.open("/contacts?q=masivo")
    assert len(ana.all("#contacts .label-chip")) == 2

    ana.driver.back()
    ana.click("#bulk-progress [popovertarget=undo-bulk]")
    ana.click("#undo-bulk .is-danger")
    ana.until_text("2 of 2 entries put back.", "#bulk-progress")
    ana.open("/contacts?q=masivo")
    assert ana.all("#contacts .label-chip") == []


def test_a_deleted_label_comes_back(ana, customer, label):
    name = label(color="pink")
    ana.converse(customer(), "Hola")
    put_on(ana, name)
    ana.open("/labels")
    row = f"//li[contains(@class, 'thing')][.//*[contains(@class, 'label-chip')][contains(., '{name}')]]"

    ana.driver.find_element("xpath", f"{row}//button[@popovertarget]").click()
    ana.driver.find_element("xpath", f"{row}//button[contains(@class, 'is-danger')]").click()
    ana.until_text("The label is deleted.", ".page-notice")
    assert ana.driver.find_elements("xpath", row) == []
    ana.click(".page-notice .link-button")

    ana.until_text("2 of 2 entries put back.", "#bulk-progress")
    ana.open("/labels")
    assert "1 contact" in ana.driver.find_element("xpath", row).text


def test_a_field_is_made_and_filled_in(ana, customer, expected):
    expected.append("422")
    ana.open("/fields")
    ana.fill("#new-name", "Compras")
    choose(ana, "#new-kind", "Number")
    ana.click("form[action='/fields'] .is-primary")
    ana.until_text("The field is created.", ".page-notice")
    ana.converse(customer(), "Hola")
    field = "#contact-details .details-part:nth-child(2) details:last-of-type"

    open_details(ana, field)
    ana.fill(f"{field} input[name=value]", "muchas")
    ana.click(f"{field} .button")
    ana.until_text("is no number", field)
    ana.fill(f"{field} input[name=value]", "1,234.50")
    ana.click(f"{field} .button")

    until("it is noted", lambda: "1,234.5" in ana.text(f"{field} summary"))


def test_without_scripts(plain, customer):
    someone = customer("Sencilla Segmentada")
    someone.writes("Hola")
    until("she is there", lambda: plain.open("/contacts?q=segmentada") and plain.has("#contacts .contact-name"))
    plain.open("/segments/new")
    choose(plain, "#s-0-0", "Name")
    plain.click(".segment-tools button", "Apply choices")
    until("it is about names", lambda: "contains" in plain.texts("#t-0-0 option"))
    plain.fill("#v-0-0", "segmentada")
    plain.click("#segment-editor button", "Add a condition")
    plain.until_has("#s-0-1")
    plain.until_text("1 contact meets these conditions.", "#segment-count")
    plain.click("[aria-label='Remove: Condition 2']")
    until("it is gone", lambda: not plain.has("#s-0-1"))
    plain.fill("#segment-name", "Sin scripts")
    plain.click(".segment-foot .is-primary")
    plain.until_text("The segment is saved.", ".page-notice")

    plain.click(".thing-actions a", "Sin scripts")
    plain.until_text("1 contact of the segment “Sin scripts”", ".lead")
    choose(plain, "#bulk-action", "Set a special state")
    choose(plain, "#bulk-state", "Do not call")
    plain.click(".bulk-form .is-primary")
    plain.until_text("1 of 1 contacts looked at, 1 changed.", "#bulk-progress")


@pytest.mark.parametrize("path", PAGES)
def test_on_a_phone(phone, path):
    phone.open(path)
    phone.until_has("h1")

    assert sticks_out(phone) == []
    assert small_targets(phone, 24) == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_axe_finds_nothing(visitor, sessions, language):
    visitor.enter_with(sessions[BERTA.email])
    visitor.open("/labels")
    if visitor.one("html").get_attribute("lang") != language:
        visitor.choose("language", language)
    found = []
    for path in PAGES:
        visitor.open(path)
        visitor.until_has("h1")
        for theme in ("light", "dark"):
            visitor.script("document.documentElement.dataset.theme = arguments[0]", theme)
            found += [f"{path}, {theme}: {item}" for item in violations(visitor.driver)]
    visitor.open("/labels")
    if visitor.one("html").get_attribute("lang") != "en":
        visitor.choose("language", "en")
    assert found == []
