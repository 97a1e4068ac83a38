"""Files of which some rows cannot be read: those are told of, each in a sentence, and the others are taken."""

from dataclasses import dataclass

import pytest
from rig import forms, hostile, watch
from rig.house import GROWS_AT_MOST, LANGUAGES, dashed, mark


@dataclass
class Mixed:
    """A file of which some rows are taken and the others are told of."""

    name: str
    content: bytes
    taken: list
    rejected: int
    sentences: tuple


LONG_ROW = (
    "The row is longer than 1 MB, too long for a contact. Shorten it.",
    "La fila ocupa más de 1 MB, demasiado para un contacto. Acórtela.",
)
LONG_CELL = (
    "A cell of the row is longer than 100 KB. Shorten it.",
    "Una celda de la fila ocupa más de 100 KB. Acórtela.",
)
MANY_CELLS = (
    "The row has more than 500 cells. Delete those that do not belong to the contact.",
    "La fila tiene más de 500 celdas. Borre las que no correspondan al contacto.",
)


def not_in(encoding):
    return (
        f"The row is not written in {encoding} like the rest of the file. Write it anew.",
        f"La fila no está escrita en {encoding} como el resto del archivo. Escríbala de nuevo.",
    )


def written_in(other, encoding):
    return (
        f"The row is written in {other}, the rest of the file in {encoding}. Write it anew.",
        f"La fila está escrita en {other}, el resto del archivo en {encoding}. Escríbala de nuevo.",
    )


FIVE = 5_000_000
ANA = ("Ana Íñiguez", "+34600222001", "")
EVA = ("Eva Muñoz", "+34600222002", "")
BEFORE, AFTER = ";".join(ANA), ";".join(EVA)
CHINESE = ("姓名,手機號碼\r\n陳怡君,+886912345678\r\n林志豪,+886912345670\r\n").encode("big5")


def around(middle):
    """A row between two that are as they should be."""
    return hostile.csv(BEFORE).rstrip() + b"\r\n" + middle + b"\r\n" + AFTER.encode() + b"\r\n"


def in_sheet(*cells):
    return hostile.workbook(hostile.rows(ANA, cells, EVA))


def half_a_pair():
    """UTF-16 in which half of a pair stands alone."""
    whole = hostile.csv(BEFORE, "Roto X;+34600222003;", AFTER, encoding="utf-16-le")
    return b"\xff\xfe" + whole.replace("X".encode("utf-16-le"), b"\x3d\xd8")


BOTH = [ANA[0], EVA[0]]
MIXED = {
    "a row of 5 MB": lambda: Mixed(
        "clientes.csv", around(b"Largo;+34600222003;" + b";".join([b"x" * 12_500] * 400)), BOTH, 1, LONG_ROW
    ),
    "a row of 5 MB in a sheet": lambda: Mixed(
        "clientes.xlsx", in_sheet("Largo", "+34600222003", *["x" * 12_500] * 400), BOTH, 1, LONG_ROW
    ),
    "a cell of 5 MB": lambda: Mixed(
        "clientes.csv", around(b"Largo;+34600222003;" + b"x" * FIVE), BOTH, 1, LONG_ROW
    ),
    "a cell of 5 MB in a sheet": lambda: Mixed(
        "clientes.xlsx", in_sheet("Largo", "+34600222003", "x" * FIVE), BOTH, 1, LONG_CELL
    ),
    "one row of 10,000 cells": lambda: Mixed(
        "clientes.csv", around(b"Ancho;+34600222003;" + b";".join([b"x"] * 10_000)), BOTH, 1, MANY_CELLS
    ),
    "rows of UTF-8, then of Windows-1252": lambda: Mixed(
        "clientes.csv",
        hostile.csv(BEFORE, AFTER, "Ñandú;+34600222004;")
        + "Peña;+34600222005;\r\nMuñiz;+34600222006;\r\n".encode("cp1252"),
        [*BOTH, "Ñandú"], 2, not_in("UTF-8"),
    ),
    "half a pair in UTF-16": lambda: Mixed(
        "clientes.csv", half_a_pair(), BOTH, 1, not_in("UTF-16 (little-endian)")
    ),
    "rows of Big5, then one of UTF-8": lambda: Mixed(
        "clientes.csv", CHINESE + "黃美玲,+886912345671\r\n".encode(), ["陳怡君", "林志豪"], 1,
        written_in("UTF-8", "Big5"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", MIXED, ids=dashed)
def test_a_row_that_cannot_be_read_is_told_and_the_others_are_taken(house, what, request):
    case = MIXED[what]()

    with watch.unharmed(house.puente, mark(request), GROWS_AT_MOST) as seen:
        identifier = house.api.check(case.content, case.name)
        checked = house.api.rest(identifier)
        assert (checked["state"], checked["failure"]) == ("checked", None)
        assert checked["report"]["rejected"] == case.rejected
        accepted = house.api.get(f"/imports/{identifier}/rows", verdict="new")["data"]
        assert [row["name"] for row in accepted] == case.taken
        for language, sentence in zip(LANGUAGES, case.sentences):
            rejected = house.api.get(f"/imports/{identifier}/rows", language, verdict="rejected")["data"]
            assert [reason["sentence"] for row in rejected for reason in row["reasons"]] == [sentence] * case.rejected

        seen_at = house.bring(case.name, case.content, "en").request.url.path
        for language, sentence in zip(LANGUAGES, case.sentences):
            shown = forms.words(house.read(seen_at, language))
            assert shown.count(sentence) >= case.rejected
            assert [name for name in case.taken if name in shown] == case.taken

    print(f"{what}: {len(case.content)} bytes, peak {seen.peak >> 20} MB, {seen.posted} webhooks meanwhile")
