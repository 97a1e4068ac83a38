"""Duplicates: suggested with their reasons, compared side by side, merged alone or as a list, and made two again."""

import pytest
from support.axe import violations
from support.installation import BERTA
from support.layout import small_targets, sticks_out
from support.waiting import until


@pytest.fixture
def twins(customer):
    """Two customers of one name, whose numbers are one slip apart."""

    def make(name):
        both = customer(name), customer(name)
        for someone in both:
            someone.writes(f"Soy {someone.phone[-3:]}")
        return both

    return make


def compare(console):
    console.open("/duplicates")
    console.click("form[action='/duplicates/passes'] button")


def until_suggested(console, name):
    def look():
        compare(console)
        return console.item(name)

    until(f"{name} is suggested", look)


def until_open(console, name):
    """The page of the pair."""
    console.in_item(name, ".work-actions a.button")
    console.until_text("Two contacts side by side", "h1")


def undo(console):
    console.click("[popovertarget=undo-merge]")
    until("it asks", lambda: console.one("#undo-merge").is_displayed())
    console.click("#undo-merge .is-danger")


def test_a_pair_is_merged_and_made_two_again(ana, twins):
    both = twins("Gemela Larrea")
    until_suggested(ana, "Gemela Larrea")
    assert "Same name: Gemela Larrea" in ana.item_text("Gemela Larrea")
    until_open(ana, "Gemela Larrea")
    sides = ana.text(".merge-sides")
    assert all(someone.phone[-4:] in sides.replace(" ", "") for someone in both)

    ana.click(".merge-form .is-primary")
    ana.until_text("Merged", "h1")
    merge = ana.path.split("?")[0]
    ana.open("/inbox?q=Gemela")
    until("one conversation", lambda: ana.names() == ["Gemela Larrea"])

    both[1].writes("Y después de fusionar")
    ana.open(merge)
    undo(ana)
    ana.until_text("two people again", ".page-notice")
    ana.open("/inbox?q=Gemela")
    until("two conversations", lambda: len(ana.names()) == 2)
    ana.open(merge)
    ana.until_text("Two contacts side by side", "h1")


def test_two_who_are_two_are_suggested_no_more(ana, twins):
    twins("Distinta Robles")
    until_suggested(ana, "Distinta Robles")

    ana.in_item("Distinta Robles", "form[action$='/dismissals'] button")
    ana.until_text("Kept as two people", ".page-notice")
    assert ana.item("Distinta Robles") is None
    ana.open("/duplicates?view=dismissed")
    ana.until_item("Distinta Robles")

    ana.in_item("Distinta Robles", "form[action$='/reopenings'] button")
    ana.until_text("Suggested again", ".page-notice")
    ana.open("/duplicates")
    ana.until_item("Distinta Robles")


def test_a_reviewed_list_is_merged_and_undone(ana, twins):
    names = ["Lista Primera", "Lista Segunda"]
    for name in names:
        twins(name)
    for name in names:
        until_suggested(ana, name)
    for name in names:
        ana.choose_item(name)
    ana.click("#many .is-primary")
    ana.until_text("Review before merging", "h1")
    ana.click("form[action='/duplicates/batches'] .is-primary")
    ana.until_text("2 pairs merged.", "#duplicate-work")
    assert [ana.item(name) for name in names] == [None, None]

    ana.click("#duplicate-work [popovertarget^=undo]")
    until("it asks", lambda: any(part.is_displayed() for part in ana.all(".batch .ask")))
    ana.click(".batch .ask .is-danger")
    ana.until_text("2 merges undone.", "#duplicate-work")
    ana.open("/duplicates")
    for name in names:
        ana.until_item(name)


def test_without_scripts(plain, twins):
    twins("Sencilla Gemela")
    until_suggested(plain, "Sencilla Gemela")
    plain.in_item("Sencilla Gemela", ".work-actions a.button")
    plain.click(".merge-form .is-primary")
    plain.until_text("Merged", "h1")
    plain.until_text("Can be undone until")


@pytest.mark.parametrize("language", ["en", "es"])
def test_axe_finds_nothing(visitor, sessions, twins, language):
    name = f"Accesible Gemela {language}"
    twins(name)
    visitor.enter_with(sessions[BERTA.email])
    visitor.open("/duplicates")
    if visitor.one("html").get_attribute("lang") != language:
        visitor.choose("language", language)
    until_suggested(visitor, name)
    review = visitor.item(name).get_attribute("data-row")
    pair = visitor.item(name).find_element("css selector", ".work-actions a.button").get_attribute("href").removeprefix(visitor.url)
    found = []
    for path in ("/duplicates", "/duplicates?view=merged", f"/duplicates/review?id={review}", pair):
        visitor.open(path)
        visitor.until_has("h1")
        found += [f"{path}: {fault}" for fault in violations(visitor.driver)]
    visitor.click(".merge-form .is-primary")
    visitor.until_has("[popovertarget=undo-merge]")
    found += [f"merged: {fault}" for fault in violations(visitor.driver)]
    assert found == []


def test_on_a_phone(phone, twins):
    twins("Móvil Gemela de los Santos Ibarra")
    until_suggested(phone, "Móvil Gemela")
    found = {"list": sticks_out(phone) + small_targets(phone, 24)}
    phone.in_item("Móvil Gemela", ".work-actions a.button")
    phone.until_has(".merge-form")
    found["pair"] = sticks_out(phone) + small_targets(phone, 24)
    phone.click(".merge-form .is-primary")
    phone.until_has("[popovertarget=undo-merge]")
    found["merged"] = sticks_out(phone) + small_targets(phone, 24)
    assert {page: faults for page, faults in found.items() if faults} == {}
