"""Sync: how a connection does, what went from one side to the other, and what waits for a decision."""

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from support.installation import Installation
from support.waiting import until


@pytest.fixture(scope="module")
def elsewhere():
    """An installation whose contacts nobody else changes."""
    with Installation() as installation:
        yield installation


def crm_page(console):
    """Opens the page of the CRM from its card; gives its path."""
    console.open("/connections")
    path = console.script("return document.querySelector('.card-item h3 a').getAttribute('href')")
    console.open(path)
    return path


def test_the_card_leads_to_the_health_of_the_connection(operator):
    path = crm_page(operator)

    assert path.startswith("/connections/")
    figures = operator.texts(".sync-figures dt")
    assert len(figures) == 9
    assert operator.texts(".page-tabs a")[0] == "Overview"


def test_a_card_holds_all_that_stands_on_it(operator):
    operator.open("/connections")

    assert operator.script(
        "return [...document.querySelectorAll('.card-item')].every((card) => card.scrollWidth <= card.clientWidth)")


def test_everything_is_compared_when_a_person_asks(operator, elsewhere):
    customer = elsewhere.sandbox.customer("Sara Sincronía")
    operator.converse(customer, "Hola")
    crm_page(operator)
    button = until(
        "the last comparison is over",
        lambda: operator.script("return document.querySelector('form[action$=\"/comparisons\"] button')"))

    button.click()

    until("it is said", lambda: "Everything is compared" in operator.script("return document.body.innerText"))


def test_what_the_crm_refuses_is_corrected_where_it_stands(operator, elsewhere):
    rosa = elsewhere.sandbox.customer("Rosa Rechazo")
    operator.converse(rosa, "Hola")
    operator.open(f"/contacts?q={rosa.phone[-8:]}")
    operator.click("#contacts .contact-name")
    operator.until_has("#name")
    page = operator.path
    until("she has a record", lambda: operator.open(page).has(".crm-link"))
    field = "/sandbox/crm/hubspot/fields/lastname"
    elsewhere.sandbox.http.patch(field, json={"type": "number"}).raise_for_status()
    try:
        operator.fill("#name", "Rosa Rehusada")
        operator.click("form[action$='/edits'] button")
        operator.until_text("Saved.", ".page-notice")

        operator.open("/dead-letters")
        operator.until_item("Rosa Rehusada")
        operator.open_item("Rosa Rehusada")
        entry = operator.item_text("Rosa Rehusada")
        for text in ("Field in Puente", "Last name", "Field in HubSpot", "lastname", "Value that was sent"):
            assert text in entry, text
        assert len(operator.all(".work-item")) == 1
        item = operator.item("Rosa Rehusada")
        assert item.find_element(By.CSS_SELECTOR, f"a[href='{page}']").is_displayed()
        assert item.find_element(By.CSS_SELECTOR, "a[href*='/mapping/rows/']").is_displayed()
        value = item.find_element(By.CSS_SELECTOR, ".mend input[name=value]")
        assert value.get_attribute("value") == "Rehusada"
        value.clear()
        value.send_keys("4711")
        operator.in_item("Rosa Rehusada", ".mend button")

        operator.until_text("1 was corrected and is being tried again.", ".page-notice")
        until("it is settled", lambda: not operator.open("/dead-letters").has(".work-item"))
        operator.open(page)
        assert operator.one("#name").get_attribute("value") == "Rosa 4711"
    finally:
        elsewhere.sandbox.http.post(field).raise_for_status()


def test_the_log_is_filtered_by_what_happened(operator):
    path = crm_page(operator)
    operator.open(f"{path}/changes?kind=conflict")

    assert operator.script("return document.getElementById('sync-kind').value") == "conflict"
    assert operator.script("return document.querySelectorAll('#sync-changes').length") == 1


def test_nothing_to_decide_is_explained(operator):
    path = crm_page(operator)
    operator.open(f"{path}/conflicts")

    assert "Nothing to decide" in operator.script("return document.querySelector('#sync-conflicts').innerText")


def test_days_are_chosen_before_much_is_put_back(operator):
    path = crm_page(operator)
    operator.open(f"{path}/changes?from=2020-01-01&to=2020-01-02")
    until("the way there", lambda: operator.script("return document.querySelector('.page-head a.button')")).click()

    until("the question", lambda: "nothing to put back" in operator.script("return document.body.innerText"))


def test_the_pages_of_a_connection_fit_a_phone_and_are_reached_by_keyboard(operator, visitor):
    path = crm_page(operator)
    size = visitor.driver.get_window_size()
    visitor.driver.set_window_size(390, 844)
    try:
        for page in ("", "/mapping", "/changes", "/conflicts", "/backfill"):
            operator.open(path + page)
            assert len(operator.texts(".page-tabs a")) == 6, page
            assert operator.script("return document.documentElement.scrollWidth <= innerWidth"), page
        tab = visitor.driver.find_element(By.CSS_SELECTOR, ".page-tabs a")
        tab.send_keys(Keys.ENTER)
        until("the overview", lambda: operator.script("return Boolean(document.getElementById('sync-health'))"))
    finally:
        visitor.driver.set_window_size(size["width"], size["height"])
