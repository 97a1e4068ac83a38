"""Label rules: made in the browser, applied by the program, deleted with their labels."""

import itertools

import pytest
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select
from support.axe import violations
from support.installation import BERTA
from support.layout import small_targets, sticks_out
from support.waiting import until

NUMBERS = itertools.count(1)
PAGES = ["/label-rules", "/label-rules/new"]


@pytest.fixture
def rule(ana, customer):
    """A customer, a label, and a rule that puts it on them: their name, the label's and the rule's."""

    def make():
        number = next(NUMBERS)
        label, name = f"Regla {number:03}", f"Los de la regla {number:03}"
        someone = customer(f"Reglada Número{number:03}")
        ana.converse(someone, "Hola")
        ana.open("/labels")
        ana.fill("#label-name-new", label)
        ana.click("section .swatch input[value=indigo]")
        ana.click("section form[action='/labels'] .is-primary")
        ana.until_text("The label is created.", ".page-notice")
        ana.click(".page-head a", "Label rules")
        ana.until_has("a[href='/label-rules/new']")
        ana.open("/label-rules/new")
        ana.fill("#rule-name", name)
        Select(ana.one("#rule-label")).select_by_visible_text(label)
        Select(ana.one("#s-0-0")).select_by_visible_text("Name")
        until("it is about names", lambda: "contains" in ana.texts("#t-0-0 option"))
        ana.fill("#v-0-0", someone.name)
        ana.until_text("1 contact meets these conditions.", "#segment-count")
        # Enter in a field saves.
        ana.one("#rule-name").send_keys(Keys.ENTER)
        ana.until_text("It is being applied to all contacts.", ".page-notice")
        return someone, label, name

    return make


def row(name):
    return f"//li[contains(@class, 'thing')][.//strong[text()='{name}']]"


def test_a_rule_is_applied_by_itself_and_goes_with_its_labels(ana, rule):
    someone, label, name = rule()
    find = lambda path: ana.driver.find_element("xpath", f"{row(name)}{path}")

    def carried():
        ana.open("/label-rules")
        return find("").text

    until("it has put its label on", lambda: "1 contact by this rule" in carried())
    assert f"If name contains “{someone.name}”" in find("").text
    assert "label-indigo" in find("//span[contains(@class, 'label-chip')]").get_attribute("class")
    ana.open(f"/contacts?q={someone.phone[-8:]}")
    ana.click("#contacts .contact-name")
    chip = ana.one("#contact-details .chips .label-chip")
    assert label in chip.text and chip.get_attribute("title") == f"Put on by the rule: {name}"

    ana.open("/label-rules")
    find("//button[contains(., 'Delete')][@popovertarget]").click()
    until("it asks", lambda: find("//input[@value='go']").is_displayed())
    find("//input[@value='go']").click()
    find("//button[contains(@class, 'is-danger')]").click()

    ana.until_text("The label rule is deleted.", ".page-notice")
    ana.open(f"/contacts?q={someone.phone[-8:]}")
    ana.until_has("#contacts .contact-name")
    assert label not in ana.text("#contacts")


def test_what_somebody_takes_off_stays_off(ana, rule):
    someone, label, _ = rule()
    ana.converse(someone, "Otra vez")
    chip = "#contact-details .chips .label-chip"
    until("it is on", lambda: ana.has(chip) and label in ana.text(chip))
    ana.click("#contact-details .chip-x")
    ana.until_text("No labels.", "#contact-details")

    ana.converse(someone, "Y otra más")
    ana.open(f"/contacts?q={someone.phone[-8:]}")
    ana.until_has("#contacts .contact-name")

    assert ana.all("#contacts .label-chip") == []


@pytest.mark.parametrize("path", PAGES)
def test_on_a_phone(phone, path):
    phone.open(path)
    phone.until_has("h1")

    assert sticks_out(phone) == []
    assert small_targets(phone, 24) == []


def test_axe_finds_nothing(visitor, sessions):
    visitor.enter_with(sessions[BERTA.email])
    found = []
    for path in PAGES:
        visitor.open(path)
        visitor.until_has("h1")
        for theme in ("light", "dark"):
            visitor.script("document.documentElement.dataset.theme = arguments[0]", theme)
            found += [f"{path}, {theme}: {item}" for item in violations(visitor.driver)]
    assert found == []
