"""axe finds nothing to complain about: every page, both languages, light and dark."""

import pytest
from support.axe import violations
from support.installation import BERTA
from support.waiting import until


@pytest.fixture(scope="module")
def scene(puente):
    """Something on every page."""
    sandbox = puente.sandbox
    talker = sandbox.customer("Aurora Beltrán")
    talker.writes("Ayer", ago=90_000)
    talker.writes("Hola 👋 *negrita* https://ejemplo.example")
    for message in ({"image": {"caption": "Foto"}}, {"document": {"filename": "a.pdf"}}, {"type": "voice"}, {"sticker": {}},
                    {"location": {"latitude": 1, "longitude": 2, "name": "Aquí"}}, {"unsupported": {}}):
        talker.writes(**message)
    silent = sandbox.customer("Silvia Cerrada")
    silent.writes("Hace días", ago=172_800)
    sandbox.webhook({
        "object": "whatsapp_business_account",
        "entry": [{"id": "102290129340398", "changes": [{"field": "axe_field", "value": {}}]}],
    })
    return talker, silent


@pytest.fixture(params=["en", "es"])
def reader(request, visitor, sessions):
    visitor.enter_with(sessions[BERTA.email])
    visitor.open("/ledger")
    if visitor.one("html").get_attribute("lang") != request.param:
        visitor.choose("language", request.param)
    yield visitor
    visitor.open("/ledger")
    if visitor.one("html").get_attribute("lang") != "en":
        visitor.choose("language", "en")


def check(console, place):
    """In both themes, as the page stands."""
    found = []
    for theme in ("light", "dark"):
        console.script("document.documentElement.dataset.theme = arguments[0]", theme)
        found += [f"{place}, {theme}: {item}" for item in violations(console.driver)]
    console.script("document.documentElement.dataset.theme = 'auto'")
    return found


def test_the_inbox(reader, scene):
    talker, silent = scene
    reader.open_inbox()
    found = check(reader, "list")
    reader.open_conversation(talker.name)
    reader.until_has(".media.is-image img")
    found += check(reader, "thread")
    reader.open_conversation(silent.name)
    found += check(reader, "window closed")
    reader.click("#composer .composer-closed a")
    reader.until_has("#template-choices a")
    found += check(reader, "templates")
    reader.click("#template-choices a")
    reader.until_has(".template-form")
    found += check(reader, "template form")
    assert found == []


def test_a_failed_message_and_its_dead_letter(reader, scene, customer, puente):
    someone = customer()
    reader.converse(someone, "Hola")
    puente.sandbox.refuses_sends()
    reader.send("Se rompe")
    reader.until_bubble("Se rompe", ".message-failure")
    puente.sandbox.works()
    found = check(reader, "failed message")
    reader.open("/dead-letters")
    reader.open_item(someone.name)
    found += check(reader, "dead letters")
    reader.script("document.querySelector('.work-item details[open] [popovertarget^=dismiss]').click()")
    found += check(reader, "dismissal")
    assert found == []


@pytest.mark.parametrize("path", ["/ledger", "/unrouted", "/connections", "/account", "/staff", "/api-keys", "/nowhere"])
def test_the_other_pages(reader, scene, path, expected):
    expected.append("404")
    reader.open(path)
    reader.until_has("h1")
    reader.script("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    assert check(reader, path) == []


def test_menus_and_help(reader):
    reader.open("/ledger")
    reader.open_account_menu()
    found = check(reader, "account menu")
    reader.click("[data-open-dialog=help]")
    until("the help", lambda: reader.one("#help").is_displayed())
    found += check(reader, "help")
    assert found == []


def test_on_a_phone(reader, scene):
    talker, _ = scene
    reader.size(390, 844, touch=True)
    reader.open_inbox()
    found = check(reader, "list")
    reader.open_conversation(talker.name)
    found += check(reader, "thread")
    reader.click(".contact-link")
    reader.until_has("#contact-panel")
    found += check(reader, "contact")
    assert found == []


def test_an_empty_list_and_one_without_matches(reader):
    reader.open("/inbox?view=mine&q=nadie-que-exista")
    reader.until_has(".list-empty")
    found = check(reader, "nothing found")
    reader.open("/dead-letters?view=overdue")
    reader.until_has(".empty")
    found += check(reader, "no dead letter")
    assert found == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_door(visitor, language, expected):
    expected.append("422")
    visitor.open("/sign-in")
    visitor.click(f"button[name=language][value={language}]")
    until("in that language", lambda: visitor.one("html").get_attribute("lang") == language)
    found = check(visitor, "sign-in")
    visitor.sign_in(BERTA, password="wrong")
    visitor.until_has("#sign-in-problem")
    found += check(visitor, "wrong password")
    assert found == []
