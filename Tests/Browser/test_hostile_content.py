"""What strangers write is text, whatever it looks like."""

import pytest
from support.browser import DESK, PHONE
from support.layout import sticks_out
from support.waiting import until

TEXTS = {
    "markup": '<img src=x onerror="window.isHacked=1"><script>window.isHacked=1</script><b>no</b>',
    "attribute": '" onmouseover="window.isHacked=1" autofocus onfocus="window.isHacked=1" x="',
    "template": "{{layout.csrf}} {{{t.layout.skip}}} ${7*7} <%= 1 %>",
    "link": "javascript:window.isHacked=1 data:text/html,<script>window.isHacked=1</script>",
    "right to left": "\u202egnp.exe\u202c شركة الأمل \u2067חברה\u2069",
    "one long word": "Donaudampfschifffahrt" * 25,
    "emoji": "👩‍👩‍👧‍👦🏴‍☠️🇲🇽👋🏽 ¿qué tal?",
    "htmx": '<div hx-get="/inbox" hx-trigger="load" hx-target="body"></div>',
}


@pytest.mark.parametrize("kind", TEXTS)
def test_it_is_shown_as_it_was_written(ana, customer, kind):
    text = TEXTS[kind]
    name = f"{text[:70]} {kind}"
    ana.open_inbox()
    ana.mark()
    someone = customer(name)

    someone.writes(text)

    find = "return [...document.querySelectorAll('.row')].some((row) => row.querySelector('.row-name').textContent === arguments[0])"
    until("the row", lambda: ana.script(find, name))
    assert sticks_out(ana) == []
    ana.script("[...document.querySelectorAll('.row')].find((row) => row.querySelector('.row-name').textContent === arguments[0]).click()", name)
    until("the thread", lambda: ana.script("return document.querySelector('.thread-who h2')?.textContent") == name)
    shown = "return [...document.querySelectorAll('#thread-messages .text')].map((part) => part.textContent)"
    until("the bubble", lambda: text.strip() in [item.strip() for item in ana.script(shown)])
    ana.send("Recibido")
    ana.until_bubble("Recibido")

    assert ana.is_same_page()
    assert ana.script("return window.isHacked") is None
    assert ana.all(".inbox img[src=x], .inbox script, .inbox b, .inbox [onfocus], .inbox [hx-target=body]") == []
    assert ana.all("a[href^=javascript], a[href^=data]") == []
    assert sticks_out(ana) == []
    ana.size(*PHONE, touch=True)
    until("it fits a phone", lambda: sticks_out(ana) == [])
    ana.size(*DESK)


def test_a_search_is_shown_as_it_was_typed(ana):
    ana.open_inbox()
    ana.fill("#search", TEXTS["markup"]).submit()

    ana.until_has(".quoted-query")
    assert ana.text(".quoted-query") == TEXTS["markup"]
    assert ana.script("return window.isHacked") is None


def test_names_in_work_lists_are_text(ana, customer, puente):
    name = '<svg onload="window.isHacked=1"> Malicioso'
    puente.sandbox.fails("hubspot", "status", status=400, path="communications")
    customer(name).writes(TEXTS["markup"])

    ana.open("/dead-letters")
    ana.until_item("Malicioso")
    ana.open_item("Malicioso")

    assert name in ana.item_text("Malicioso")
    assert ana.script("return window.isHacked") is None
    assert sticks_out(ana) == []
    puente.sandbox.works()
    ana.in_item("Malicioso", "form[action='/dead-letters/retries'] button")
    ana.until_has(".page-notice")


def test_a_strange_body_is_text(ana, puente):
    puente.sandbox.webhook({
        "object": "whatsapp_business_account",
        "entry": [{"id": "1", "changes": [{"field": "<script>window.isHacked=1</script>", "value": {"x": "</pre><b>"}}]}],
    })
    ana.open("/unrouted")

    ana.until_item("<script>window.isHacked=1</script>")
    ana.open_item("<script>window.isHacked=1</script>")

    assert ana.script("return window.isHacked") is None
    assert ana.all(".work-list b") == []


def test_a_file_s_name_is_text(ana, customer):
    mallory = customer()
    mallory.writes(document={"filename": '"><img src=x onerror=window.isHacked=1>.pdf'})
    ana.converse(mallory, "Ábralo")

    ana.until_has(".file-name")
    assert '"><img src=x onerror=window.isHacked=1>.pdf' in ana.text(".file-name")
    assert ana.script("return window.isHacked") is None


def test_media_from_strangers_cannot_run_here(ana, customer):
    eve = customer()
    eve.writes(image={"caption": "Mira"})
    ana.converse(eve, "Hola")
    image = ana.until_has(".media.is-image img")[0].get_attribute("src")

    headers = ana.driver.execute_async_script(
        "const done = arguments[1]; fetch(arguments[0]).then((answer) => done(Object.fromEntries(answer.headers)))", image)

    assert headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in headers["content-security-policy"]
    assert headers["content-type"].startswith("image/")
    assert ana.has("#conversation figcaption")
