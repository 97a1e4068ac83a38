"""The wizard: a CRM connected by hand, tried before it is kept, and at work without a restart."""

import pytest
from support.axe import violations
from support.browser import PHONE
from support.installation import Installation
from support.layout import small_targets, sticks_out
from support.waiting import until

TOKEN = "sandbox-token"


@pytest.fixture(scope="module")
def elsewhere():
    """An installation that may be broken."""
    with Installation() as installation:
        yield installation


def fill_in(console, elsewhere, token=TOKEN):
    console.fill("#connection-token", token)
    if not console.has(".wizard-further[open]"):
        console.click(".wizard-further summary")
    console.fill("#connection-base_url", f"{elsewhere.sandbox.url}/hubspot")


def send(console, command):
    console.mark()
    console.click(f"[name=do][value={command}]")
    until("the page comes anew", lambda: not console.is_same_page())


def classes(console):
    return console.script("return [...document.querySelectorAll('.wizard-checks li')].map((item) => item.className)")


def connect(console, elsewhere):
    """Gives the name of a connection that was just made."""
    console.open("/connections/new/hubspot")
    name = console.one("#connection-name").get_attribute("value")
    fill_in(console, elsewhere)
    send(console, "save")
    console.until_text("HubSpot is connected", "h1")
    return name


def test_a_crm_is_chosen_tried_and_connected(operator, elsewhere, expected):
    expected.append("422")
    operator.open("/connections")
    operator.click("a[href='/connections/new']")
    operator.until_at("/connections/new")
    assert len(operator.all(".wizard-kind")) == 5
    operator.click(".wizard-kind a[href$='/hubspot']")
    operator.until_at("/connections/new/hubspot")
    assert "crm.objects.contacts.write" in operator.text("#vendor")

    fill_in(operator, elsewhere, token="not-the-token")
    send(operator, "test")
    assert "is-failed" in classes(operator)
    assert "Failed" in operator.text(".wizard-steps")

    fill_in(operator, elsewhere)
    send(operator, "test")
    found = classes(operator)
    assert "is-failed" not in found and "is-passed" in found
    name = operator.one("#connection-name").get_attribute("value")
    send(operator, "save")
    operator.until_text("HubSpot is connected", "h1")

    # At work without a restart: the message of somebody new is recorded there.
    customer = elsewhere.sandbox.customer("Recién Conectada")
    operator.converse(customer, "Hola")

    def is_heard():
        operator.open("/connections")
        card = operator.script(
            "return [...document.querySelectorAll('.card-item')].find((item) => item.innerText.includes(arguments[0]))?.innerText",
            name)
        return card and "Nothing heard yet" not in card

    until("it has recorded something", is_heard, within=60)


def test_a_mistake_stands_beside_its_field(operator, elsewhere, expected):
    expected.append("422")
    operator.open("/connections/new/hubspot")
    fill_in(operator, elsewhere)
    operator.fill("#connection-base_url", "http://10.1.2.3")
    send(operator, "test")
    assert "private network" in operator.text("#connection-base_url-note")
    assert "Needs you" in operator.text(".wizard-steps")


def test_credentials_are_changed_and_never_shown(operator, elsewhere):
    name = connect(operator, elsewhere)
    operator.open(f"/connections/{name}/credentials")
    assert TOKEN not in operator.driver.page_source
    assert operator.one("#connection-token").get_attribute("value") == ""

    send(operator, "test")
    assert "is-failed" not in classes(operator)
    send(operator, "save")
    operator.until_text("The new credentials are in use.", ".page-notice")

    operator.open(f"/connections/{name}/credentials")
    operator.click("form[action$='/switches'] button")
    operator.until_text("The connection is off.", ".page-notice")
    operator.open(f"/connections/{name}/credentials")
    operator.click("[popovertarget='remove']")
    operator.click("#remove form[action$='/deletions'] .is-danger")
    operator.until_text("The connection was removed.", ".page-notice")
    assert not operator.has(f"a[href='/connections/{name}/credentials']")


def test_what_the_file_names_is_changed_there(operator):
    operator.open("/connections/hubspot/credentials")
    assert "puente.yaml" in operator.text("main")
    assert not operator.has("#connection-token")


def test_it_works_without_scripts(plain, puente):
    plain.open("/connections/new/hubspot")
    plain.one("#connection-token").send_keys(TOKEN)
    if not plain.has(".wizard-further[open]"):
        plain.one(".wizard-further summary").click()
    plain.one("#connection-base_url").send_keys(f"{puente.sandbox.url}/hubspot")
    plain.click("[name=do][value=test]")
    plain.until_text("Every step is through", "#test")


@pytest.mark.parametrize("kind", ["hubspot", "salesforce", "zoho", "odoo", "own"])
def test_it_fits_a_phone_and_everybody(phone, kind):
    for path in ("/connections/new", f"/connections/new/{kind}"):
        phone.open(path)
        phone.script("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
        assert sticks_out(phone) == [], path
        assert small_targets(phone, 24) == [], path
        for theme in ("light", "dark"):
            phone.script("document.documentElement.dataset.theme = arguments[0]", theme)
            assert violations(phone.driver) == [], f"{path} {theme}"
