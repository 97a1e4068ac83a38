"""Lists of customers: from the file to the undo, with and without scripts, on a phone, by keyboard."""

import itertools

import pytest
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select
from support.axe import violations
from support.layout import small_targets, sticks_out
from support.waiting import until

NUMBERS = itertools.count(10_000)


class People:
    """A list nobody imported before: everybody in it has a name and a number of their own."""

    def __init__(self, count=3):
        self.numbers = [next(NUMBERS) for _ in range(count)]
        self.names = [f"Lista {number}" for number in self.numbers]
        self.phones = [f"+52155559{number}" for number in self.numbers]

    def csv(self, *further):
        lines = ["Nombre;Teléfono;Ciudad"]
        lines += [f"{name};{phone};Puebla" for name, phone in zip(self.names, self.phones)]
        return "\n".join([*lines, *further]) + "\n"


@pytest.fixture
def file(tmp_path):
    def make(text, name="clientes.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return str(path)

    return make


def read(console, path, region="MX"):
    """Uploads a file, up to the page with its columns."""
    console.open("/imports/new")
    console.one("#import-file").send_keys(path)
    Select(console.one("#import-region")).select_by_value(region)
    console.click("form.import-new .is-primary")
    console.until_has(".import-columns")


def check(console):
    """Up to the report."""
    console.click("form[action$='/checks'] .is-primary")
    until("the report is there", lambda: console.has("form[action$='/confirmations']") or _reloaded(console))


def confirm(console):
    """Up to the result."""
    console.click("form[action$='/confirmations'] button")
    until("it is written", lambda: console.has("#written-title") or _reloaded(console))


def undo(console):
    console.click("[popovertarget=undo]")
    console.click("#undo .is-danger")
    until("it is undone", lambda: "Undone" in console.text(".lead .pill") or _reloaded(console))


def _reloaded(console):
    """Nothing yet. Without scripts the page has to be asked for anew, by the link that it shows."""
    for link in console.all("#import-progress .no-script"):
        if link.is_displayed():
            link.click()
            break
    return False


def figure(console, title):
    """The number beside a word, in the verdicts or among the people."""
    return console.script(
        """for (const part of document.querySelectorAll(".import-verdicts tr, .import-people > div")) {
          if (part.innerText.trim().startsWith(arguments[0])) {
            const number = part.querySelector("td strong, dd.number");
            return number ? number.innerText.trim() : null;
          }
        }
        return null;""",
        title,
    )


def found(console, name):
    console.open(f"/contacts?q={name.split()[-1]}")
    return name in console.text("main")


def test_a_list_is_imported_and_undone(ana, file):
    people = People()
    read(ana, file(people.csv("Sin número;hola;Puebla", f"Otra vez;{people.phones[0]};Puebla")))
    assert "Nombre" in ana.text(".import-columns")
    check(ana)

    assert figure(ana, "New contacts") == "3"
    assert figure(ana, "Rejected") == "1"
    assert figure(ana, "Duplicates") == "1"
    assert not found(ana, people.names[0])  # nothing is written yet
    ana.driver.back()
    confirm(ana)
    assert figure(ana, "New contacts") == "3"
    here = ana.path
    assert all(found(ana, name) for name in people.names)

    ana.open(here)
    undo(ana)
    assert not any(found(ana, name) for name in people.names)


def test_the_same_list_a_second_time_changes_nothing(ana, file):
    people = People()
    path = file(people.csv())
    read(ana, path)
    check(ana)
    confirm(ana)

    read(ana, path)
    check(ana)

    assert figure(ana, "New contacts") == "0"
    assert figure(ana, "Nothing new") == "3"


def test_columns_are_changed_and_a_new_field_is_made(ana, file):
    people = People()
    read(ana, file(people.csv()))
    city = ana.script(
        """return [...document.querySelectorAll(".import-columns li")]
          .find((part) => part.innerText.includes("Ciudad")).querySelector("select").id"""
    )
    Select(ana.one(f"[id='{city}']")).select_by_visible_text("New field: text")
    ana.fill("#import-labels", "Puebla 2026")
    check(ana)

    ana.until_text("New fields: Ciudad.")
    ana.until_text("New labels: Puebla 2026.")
    confirm(ana)
    ana.open("/labels")
    ana.until_text("Puebla 2026")
    ana.open("/fields")
    ana.until_text("Ciudad")


def test_it_is_read_again_in_another_way(ana, file):
    people = People()
    read(ana, file(people.csv().replace("Puebla", "Mérida"), encoding="cp1252"))
    assert "Mérida" in ana.text(".import-preview")

    Select(ana.one("#read-delimiter")).select_by_visible_text("Tab")
    ana.click("form.import-reading button")

    ana.until_has(".import-preview")
    assert len(ana.all(".import-columns li")) == 1


def test_rejected_rows_are_a_file_with_the_columns_of_the_list(ana, file):
    people = People()
    read(ana, file(people.csv("=1+1;hola;Puebla")))
    check(ana)
    link = ana.one("a[href$='rejected.csv']").get_attribute("href")

    text = ana.driver.execute_async_script(
        "const done = arguments[1]; fetch(arguments[0]).then((answer) => answer.text()).then(done, done)", link)

    lines = text.strip().splitlines()
    assert len(lines) == 2
    assert lines[0].lstrip("\ufeff").startswith("Nombre")
    assert "'=1+1" in lines[1] and "hola" in lines[1]


def test_pasted_text(ana):
    people = People(2)
    ana.open("/imports/new")
    ana.fill("#import-text", "\n".join(f"Ana Pegada {phone}" for phone in people.phones))
    ana.click("form.import-new .is-primary")
    ana.until_has(".import-columns")
    check(ana)

    assert figure(ana, "New contacts") == "2"


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n\xe2\xe3\xcf\xd3\n1 0 obj", b"\x00\x01\x02\x03" * 40])
def test_a_file_that_is_no_list_is_told_in_one_sentence(ana, file, expected, content):
    expected.append("422")  # the answer that says so
    ana.open("/imports/new")
    ana.one("#import-file").send_keys(file(content, "lista.csv"))
    country = ana.one("#import-region")
    country.send_keys("mex")  # found by typing
    assert Select(country).first_selected_option.text == "Mexico"
    ana.click("form.import-new .is-primary")

    sentence = ana.text("#import-error")
    assert sentence.endswith(".")
    assert ana.one("#import-region").get_attribute("value") == "MX"
    assert violations(ana.driver) == []


def test_consent_needs_its_words(ana, file, expected):
    expected.append("422")
    people = People()
    read(ana, file(people.csv()))
    ana.click("input[name=consent][value=everybody]")
    ana.click("form[action$='/checks'] .is-primary")
    ana.until_has(".notice.is-failure")
    assert ana.one("input[name=consent][value=everybody]").is_selected()

    ana.fill("#import-words", "Acepto recibir ofertas por WhatsApp")
    ana.fill("#import-source", "Formulario de la feria")
    check(ana)

    assert figure(ana, "New consents") == "3"


def test_who_opted_out_stays_so(ana, customer, file):
    someone = customer()
    ana.converse(someone, "STOP")
    read(ana, file(f"Nombre;Teléfono\nOtro;{someone.phone}\n"))
    ana.click("input[name=consent][value=everybody]")
    ana.fill("#import-words", "Acepto")
    ana.fill("#import-source", "Feria")
    check(ana)

    assert figure(ana, "Opted out") == "1"
    assert figure(ana, "New consents") in (None, "0")


def test_without_scripts(plain, file):
    people = People()
    read(plain, file(people.csv()))
    check(plain)
    assert figure(plain, "New contacts") == "3"
    confirm(plain)
    here = plain.path
    assert found(plain, people.names[0])
    plain.open(here)
    undo(plain)


def test_whom_the_table_shows_is_taken_as_a_file(ana, file):
    people = People()
    read(ana, file(people.csv()))
    check(ana)
    confirm(ana)
    ana.open(f"/contacts?q={people.names[1].split()[-1]}")
    ana.click(".many-actions a", "Export")

    ana.until_has(".export-form")
    assert "1 contact" in ana.text(".lead")
    assert sticks_out(ana) == []
    assert violations(ana.driver) == []
    taken = ana.driver.execute_async_script(
        """const done = arguments[0], form = document.querySelector(".export-form");
        fetch(form.action + "?" + new URLSearchParams(new FormData(form))).then(a => a.text()).then(done);"""
    )
    assert people.names[1] in taken
    assert people.names[0] not in taken


def test_a_list_is_discarded_upon_a_question(ana, file):
    read(ana, file(People().csv(), "descartada.csv"))
    ana.click("button", "Discard the list")
    ana.click("#discard button", "Go on")
    assert "/imports/" in ana.path
    ana.click("button", "Discard the list")
    ana.click("#discard button.is-danger")
    ana.until_text("Cancelled", "main")

    ana.open("/imports")
    assert "descartada.csv" in ana.text(".import-list .import-item")
    assert "Cancelled" in ana.text(".import-list .import-item")


def test_pages_are_accessible_and_fit_a_phone(phone, file):
    people = People()
    phone.open("/imports/new")
    _fits(phone)
    read(phone, file(people.csv("Sin número;hola;Puebla")))
    _fits(phone)
    check(phone)
    _fits(phone)
    phone.click(".import-verdicts a", "Rejected")
    phone.until_has(".import-rows")
    _fits(phone)
    phone.driver.back()
    confirm(phone)
    _fits(phone)
    phone.open("/imports")
    _fits(phone)


def _fits(console):
    assert sticks_out(console) == [], console.path
    assert small_targets(console, 24) == [], console.path
    assert violations(console.driver) == [], console.path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible_in_light_and_dark(ana, file, scheme):
    ana.prefers(prefers_color_scheme=scheme)
    people = People()
    read(ana, file(people.csv("Sin número;hola;Puebla")))
    assert violations(ana.driver) == []
    check(ana)
    assert violations(ana.driver) == []
    confirm(ana)
    assert violations(ana.driver) == []
    ana.open("/imports")
    assert violations(ana.driver) == []


def test_the_list_by_keyboard(ana, file):
    for name in ("primera.csv", "segunda.csv"):
        read(ana, file(People().csv(), name))
    ana.open("/imports")

    ana.press("j", Keys.ENTER)

    ana.until_has(".import-columns")
