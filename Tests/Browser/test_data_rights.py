"""What somebody may ask of a company: a copy, to be forgotten, and who looked. And how long data is kept."""

import io
import itertools
import json
import urllib.request
import zipfile

import pytest
from support.axe import violations
from support.layout import small_targets, sticks_out
from support.waiting import until

NAMES = itertools.count(1)


@pytest.fixture
def somebody(customer, ana):
    """A customer nobody else is called like, once the console knows them; and where their data is."""

    def make(*texts):
        someone = customer(f"Olvido Ruiz{next(NAMES)}")
        for text in texts or ("Hola",):
            someone.writes(text)
        until("they are there", lambda: ana.open(f"/contacts?q={someone.phone[-8:]}") and listed(ana, someone))
        ana.click("#contacts .contact-name", someone.name)
        ana.until_text(someone.name, "h1")
        return someone, f"{ana.path.split('?')[0]}/data"

    return make


def listed(console, someone):
    return any(name.endswith(someone.name) for name in console.texts("#contacts .contact-name"))


def fetched(console, url):
    """What a link leads to, for whoever is signed in."""
    cookie = console.session()
    request = urllib.request.Request(url, headers={"Cookie": f"{cookie['name']}={cookie['value']}"})
    with urllib.request.urlopen(request) as answer:
        return answer.read()


def erase(console, path, words):
    console.open(path)
    console.fill("#confirmation", words)
    console.click("form[action$='/erasures'] .is-danger")


def test_a_copy_of_everything_is_made_and_taken(ana, somebody):
    someone, path = somebody("Un pedido, por favor")
    ana.open(path)
    ana.click("form[action$='/exports'] button")
    ana.until_has("#exports a[download]")

    content = fetched(ana, ana.one("#exports a[download]").get_attribute("href"))

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        document = json.loads(archive.read("person.json"))
        page = archive.read("index.html").decode()
    assert someone.name in page and "Un pedido, por favor" in page
    assert someone.phone in json.dumps(document)
    assert document["format"] == "puente.person/1"
    ana.open(path)
    assert "downloaded the copy" in ana.text(".audit-list")


def test_nobody_is_erased_by_a_slip(ana, somebody, expected):
    expected.append("422")
    someone, path = somebody()
    erase(ana, path, "sí")
    assert "Nobody was erased" in ana.text(".field-error")
    assert ana.one("#confirmation").get_attribute("value") == "sí"
    ana.open(f"/contacts?q={someone.phone[-8:]}")
    assert listed(ana, someone)


def test_a_person_is_erased_and_comes_back_as_a_stranger(ana, somebody, expected):
    expected.append("404")  # the page of their data is no more
    someone, path = somebody("Lo que nadie debe saber")
    erase(ana, path, someone.phone[-4:])
    ana.until_text("All of it is gone.", "#erasure-report")
    report = ana.path
    assert "Messages" in ana.text("#erasure-report")
    assert someone.name not in ana.text("main")

    ana.open(f"/contacts?q={someone.phone[-8:]}")
    assert not listed(ana, someone)
    ana.open_inbox()
    assert someone.name not in ana.names()
    ana.open(path)
    assert "404" in ana.text() or someone.name not in ana.text()
    ana.open(report)
    ana.click("a[href^='/audit']")
    assert "erased a contact" in ana.text(".audit-list")

    someone.writes("Soy nuevo aquí")
    ana.open_inbox()
    ana.until_row(someone.name)
    ana.open_conversation(someone.name)
    ana.until_bubble("Soy nuevo aquí")
    assert ana.bubble("Lo que nadie debe saber") is None


def test_the_audit_trail_is_filtered_and_taken_along(ana, somebody):
    someone, path = somebody()
    ana.open("/audit")
    ana.open(f"/audit?contact={path.split('/')[2]}&kind=seen")
    assert someone.name in ana.text("main")
    assert all("looked at" in text for text in ana.texts(".audit-entry"))
    text = fetched(ana, ana.one("a[download]").get_attribute("href")).decode("utf-8-sig")
    assert len(text.splitlines()) == len(ana.all(".audit-entry")) + 1


def test_retention_is_looked_at_before_it_is_set(ana, somebody):
    somebody()
    ana.open("/retention")
    ana.fill("#days-messages", "700")
    ana.click("button[value=preview]")
    assert "would go now" in ana.text(".retention-preview")
    assert ana.one("#days-messages").get_attribute("value") == "700"
    ana.open("/retention")
    assert ana.one("#days-messages").get_attribute("value") == ""

    ana.fill("#days-messages", "700")
    ana.click("button[value=save]")
    ana.until_text("Saved.", ".page-notice")
    assert ana.one("#days-messages").get_attribute("value") == "700"
    ana.fill("#days-messages", "")
    ana.click("button[value=save]")
    ana.until_text("Saved.", ".page-notice")


def test_it_works_without_scripts(plain, ana, somebody):
    someone, path = somebody()
    plain.open(path)
    plain.fill("#confirmation", someone.name)
    plain.click("form[action$='/erasures'] .is-danger")
    until("it is done", lambda: "All of it is gone." in plain.text() or plain.open(plain.path) and False)


def test_it_fits_a_phone_and_everybody(phone, somebody):
    _, path = somebody()
    for page in (path, "/audit", "/retention"):
        phone.open(page)
        assert sticks_out(phone) == [], page
        assert small_targets(phone, 24) == [], page
        for theme in ("light", "dark"):
            phone.script("document.documentElement.dataset.theme = arguments[0]", theme)
            assert violations(phone.driver) == [], f"{page} {theme}"
