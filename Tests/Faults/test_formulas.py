"""Formulas in lists of contacts: what a spreadsheet program would run comes in as text and goes out as text."""

import csv
import io
import zipfile

from rig import hostile, watch
from rig.house import GROWS_AT_MOST, mark

FORMULAS = ['=HYPERLINK("http://evil.example","Ana")', "+1+1|cmd", "-2+3", "@SUM(A1)", "＝1+1"]


def test_formulas_come_in_as_text_and_go_out_escaped(house, request):
    lines = [f'"{name.replace(chr(34), chr(34) * 2)}";+3460033300{n};' for n, name in enumerate(FORMULAS)]
    with watch.unharmed(house.puente, mark(request), GROWS_AT_MOST):
        identifier = house.api.check(hostile.csv(*lines, "=1+1;hola;"), "fórmulas.csv", label="Fórmulas")
        assert house.api.rest(identifier)["report"]["new"] == len(FORMULAS)
        house.api.step(identifier, "confirmations")
        assert house.api.rest(identifier)["state"] == "done"

        rejected = cells(house.console.get(f"/imports/{identifier}/rejected.csv").content, ";")
        exported = cells(house.console.get("/contacts/export?format=csv").content, ",")
        workbook = house.console.get("/contacts/export?format=xlsx").content

    assert not any(is_formula(cell) for cell in rejected + exported)
    assert {f"'{name}" for name in FORMULAS} <= set(exported)
    assert "'=1+1" in rejected
    with zipfile.ZipFile(io.BytesIO(workbook)) as opened:
        sheet = opened.read(hostile.SHEET).decode()
    assert "<f>" not in sheet and "<f " not in sheet
    assert all(f't="inlineStr"><is><t xml:space="preserve">{text}<' in sheet for text in ("-2+3", "@SUM(A1)"))
    house.api.step(identifier, "undos")
    house.api.rest(identifier)


def test_of_a_formula_in_a_sheet_its_result_is_read(house):
    cell = '<c r="A2" t="str"><f>HYPERLINK("http://evil.example","Ana")</f><v>Ana Calculada</v></c>'
    sheet = hostile.row(1, "Nombre", "Teléfono") + f'<row r="2">{cell}' + hostile.row(2, "+34600222009")[11:]
    identifier = house.api.check(hostile.workbook(sheet), "clientes.xlsx")
    assert house.api.rest(identifier)["report"]["new"] == 1

    (row,) = house.api.get(f"/imports/{identifier}/rows")["data"]

    assert row["name"] == "Ana Calculada"
    assert "HYPERLINK" not in str(row)


def cells(content, delimiter):
    return [cell for line in csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=delimiter) for cell in line]


def is_formula(cell):
    return cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))
