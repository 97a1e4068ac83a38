"""What the tables hold, to compare before and after: all rows, as the database writes them."""

# The journal itself and what says how far it is; what is noted, counted or kept for a while beside the work; what each
# node holds, and each start takes from the configuration and from Meta; and what is looked for after a change by itself.
LEFT_OUT = {
    "change", "change_row", "import", "import_row", "trail", "counter", "delay", "schema_version", "node", "lane", "job",
    "api_key", "app", "connection", "number", "number_app", "template", "idempotency", "session",
    "duplicate_key", "duplicate_scan", "search_note",
}  # fmt: skip

TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    "postgres": """
        SELECT relname FROM pg_class
        WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = 'public'::regnamespace
    """,
}


def image(books):
    """By table: its rows, sorted."""
    names = [name for (name,) in books.rows(TABLES[books.engine])]
    wanted = [name for name in names if name not in LEFT_OUT and not name.startswith("contact_search")]
    return {name: sorted(map(repr, books.rows(f"SELECT * FROM {name}"))) for name in wanted}


def differences(before, after):
    """The rows that are on one side only: what a failed comparison shows."""
    return [
        f"{sign} {name} {row}"
        for name in before.keys() | after.keys()
        for sign, ours, theirs in (("-", before, after), ("+", after, before))
        for row in set(ours.get(name, [])) - set(theirs.get(name, []))
    ]
