"""Files that are no lists of contacts, or that are meant to harm: one sentence each, and the server is as it was."""

import pytest
from rig import hostile, watch
from rig.house import GROWS_AT_MOST, dashed, mark

EXPORT = (
    "Export the list as CSV, Excel (.xlsx) or vCard and choose that file.",
    "Exporte la lista como CSV, Excel (.xlsx) o vCard y elija ese archivo.",
)
BOMB = (
    "The Excel file unpacks to far more than a list of contacts. Save the sheet as CSV.",
    "El archivo de Excel ocupa al descomprimirse mucho más que una lista de contactos. Guarde la hoja como CSV.",
)
ENTITIES = (
    "The Excel file holds XML definitions that no spreadsheet program writes. Save the sheet as CSV.",
    "El archivo de Excel contiene definiciones XML que ninguna hoja de cálculo escribe. Guárdela como CSV.",
)
EMPTY = (
    "The file is empty. Choose the file that holds the contacts.",
    "El archivo está vacío. Elija el archivo que contiene los contactos.",
)
NO_ROWS = (
    "The file has headings at most and no rows below them. Choose the file that holds the contacts.",
    "El archivo tiene como mucho títulos y ninguna fila debajo. Elija el archivo que contiene los contactos.",
)
OLD_EXCEL = (
    "This file is an old Excel workbook (.xls) or one with a password, not a list of contacts. Open it in a spreadsheet "
    "program, save it as .xlsx without a password or as CSV, and choose that file.",
    "Este archivo es un libro de Excel antiguo (.xls) o con contraseña, no una lista de contactos. Ábralo en una hoja de "
    "cálculo, guárdelo como .xlsx sin contraseña o como CSV y elija ese archivo.",
)
ZIP = (
    "This file is a ZIP archive, not a list of contacts. Unpack it and choose the CSV, Excel (.xlsx) or vCard file inside.",
    "Este archivo es un archivo ZIP, no una lista de contactos. Descomprímalo y elija el archivo CSV, Excel (.xlsx) o "
    "vCard que contiene.",
)
DAMAGED = (
    "The Excel file is damaged or incomplete. Save it again in Excel, or as CSV.",
    "El archivo de Excel está dañado o incompleto. Guárdelo otra vez en Excel, o como CSV.",
)
ENCRYPTED = (
    "The Excel file is protected by a password. Save it without one.",
    "El archivo de Excel está protegido con contraseña. Guárdelo sin ella.",
)
COLUMNS = (
    "The file has more than 500 columns. Delete those that do not belong to the contacts.",
    "El archivo tiene más de 500 columnas. Borre las que no correspondan a los contactos.",
)
MANY = [f"columna {number}" for number in range(10_000)]


def wrong(en, es):
    return (
        f"This file is {en}, not a list of contacts. {EXPORT[0]}",
        f"Este archivo es {es}, no una lista de contactos. {EXPORT[1]}",
    )


# By name: the file's name, what makes it, and what is said of it.
REFUSED = {
    "sheet bomb": ("clientes.xlsx", lambda: hostile.sheet_bomb(4), BOMB),
    "sheet bomb that lies": ("clientes.xlsx", lambda: hostile.sheet_bomb(4, claims=4000), BOMB),
    "row bomb that lies": ("clientes.xlsx", lambda: hostile.row_bomb(4, claims=4000), BOMB),
    "text bomb that lies": ("clientes.xlsx", lambda: hostile.text_bomb(4, claims=4000), BOMB),
    "echo bomb": ("clientes.xlsx", hostile.echo_bomb, BOMB),
    "nested bomb": ("clientes.xlsx", hostile.nested_bomb, ZIP),
    "a billion laughs": ("clientes.xlsx", hostile.laughs, ENTITIES),
    "a file of the server": (
        "clientes.xlsx",
        lambda: hostile.entities('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;"),
        ENTITIES,
    ),
    "a DTD from elsewhere": (
        "clientes.xlsx",
        lambda: hostile.entities('<!ENTITY % d SYSTEM "http://127.0.0.1:9/d"> %d;', "Ana"),
        ENTITIES,
    ),
    "nothing": ("clientes.csv", lambda: b"", EMPTY),
    "blank lines": ("clientes.csv", lambda: b"\xef\xbb\xbf \r\n\t\r\n", EMPTY),
    "an empty sheet": ("clientes.xlsx", hostile.workbook, EMPTY),
    "headings alone": ("clientes.csv", hostile.csv, NO_ROWS),
    "headings alone in a sheet": ("clientes.xlsx", lambda: hostile.workbook(hostile.rows()), NO_ROWS),
    "a picture": ("clientes.csv", lambda: hostile.PNG, wrong("a picture", "una imagen")),
    "a PDF": ("clientes.xlsx", lambda: hostile.PDF, wrong("a PDF document", "un documento PDF")),
    "an old workbook": ("clientes.xls", lambda: hostile.OLE, OLD_EXCEL),
    "a workbook with a password": ("clientes.xlsx", lambda: hostile.OLE, OLD_EXCEL),
    "encrypted parts": ("clientes.xlsx", hostile.encrypted, ENCRYPTED),
    "half a workbook": (
        "clientes.xlsx",
        lambda: (whole := hostile.workbook(hostile.rows(("Ana", "+34600111000", ""))))[: len(whole) // 2],
        DAMAGED,
    ),
    "10,000 columns": (
        "clientes.csv", lambda: (";".join(MANY) + "\r\n" + ";".join("x" for _ in MANY) + "\r\n").encode(), COLUMNS,
    ),
    "10,000 columns in a sheet": (
        "clientes.xlsx", lambda: hostile.workbook(hostile.row(1, *MANY) + hostile.row(2, "Ana")), COLUMNS,
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED, ids=dashed)
def test_what_is_no_list_is_refused_in_one_sentence_and_harms_nothing(house, what, request):
    name, make, sentences = REFUSED[what]
    content = make()
    contacts = house.puente.count("SELECT COUNT(*) FROM contact_field") + house.puente.count(OTHERS)

    with watch.unharmed(house.puente, mark(request), GROWS_AT_MOST) as seen:
        assert house.told_by_api(name, content) == list(sentences)
        english, spanish = sentences
        assert house.told_by_console(name, content) == [f"“{name}”: {english}", f"«{name}»: {spanish}"]

    after = house.puente.count("SELECT COUNT(*) FROM contact_field") + house.puente.count(OTHERS)
    assert after == contacts, "somebody was made of it"
    print(f"{what}: {len(content)} bytes, peak {seen.peak >> 20} MB, {seen.posted} webhooks meanwhile")


# Whoever writes by WhatsApp meanwhile is one person.
OTHERS = f"SELECT COUNT(*) FROM handle WHERE value NOT LIKE '%{watch.Watch.PHONE}%'"


def test_a_workbook_that_carries_a_bomb_beside_its_sheet_is_read_without_it(house, request):
    with watch.unharmed(house.puente, mark(request), GROWS_AT_MOST):
        checked = house.api.rest(house.api.check(hostile.hidden_bomb(), "clientes.xlsx"))

    assert (checked["state"], checked["report"]["new"]) == ("checked", 1)
