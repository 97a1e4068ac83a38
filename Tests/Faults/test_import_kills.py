"""kill -9 while a list is checked, written or put back, and while something is done to many: it goes on by itself, and in
the end everything is there once, or as it was before."""

import pytest
from conftest import ENGINES, IS_TORTURE
from rig import children
from rig.image import differences, image
from rig.imports import Imports

PEOPLE = 20_000 if IS_TORTURE else 4_000
# Some of them are here before the list comes, without their e-mail address.
KNOWN = 150
REPEATED = 60
REJECTED = 25
# Bulk actions take five hundred in one transaction.
CROWD = PEOPLE + 1_000
HEADINGS = "Nombre;Teléfono;Correo;Etiquetas"


def phone(number):
    return f"3460{number:07}"


def email(number):
    return f"persona{number}@example.com"


def listed(*lines):
    return "\n".join([HEADINGS, *lines, ""]).encode()


def known():
    return listed(*(f"Persona {number};+{phone(number)};;Antes" for number in range(KNOWN)))


def people(count):
    return [f"Persona {number};+{phone(number)};{email(number)};Lista" for number in range(count)]


def everybody():
    """Who is known, who is not, some of them twice, and rows that name nobody."""
    repeated = [f"Otra vez {number};+{phone(number)};;Lista" for number in range(0, REPEATED * 7, 7)]
    rejected = [f"Nadie {number};hola;;" for number in range(REJECTED)]
    return listed(*people(PEOPLE), *repeated, *rejected)


class Stage:
    """A server that is killed while it is at something."""

    def __init__(self, puente, dice):
        self.puente = puente
        self.server = puente.serve()
        self.dice = dice
        self.api = Imports(self.server)

    def close(self):
        self.api.close()

    def bring(self, content, name):
        identifier = self.api.check(content, name)
        assert self.api.rest(identifier)["state"] == "checked"
        self.api.step(identifier, "confirmations")
        done = self.api.rest(identifier)
        assert done["state"] == "done", done
        return done

    def image(self):
        """Once what is noted beside the work is there."""
        self.puente.until("the kinds of numbers are noted", UNREAD, 0)
        return image(self.puente.books)

    def kill(self, progress, end, rounds):
        """Kills the server so often on the way to `end`, each time a random way further.

        - `progress` is the query that says how far it is. After a start it stands where it stood, until it goes on."""
        stale = None
        for target in sorted(self.dice.uniform(0, 0.4) * end for _ in range(rounds)):
            children.until(
                f"it has come to {target:.0f} of {end}",
                lambda: (now := self.puente.count(progress)) != stale and now > target,
                patience=60,
                pause=0.002,
            )
            self.server.kill()
            stale = self.puente.count(progress)
            assert stale < end, "it had ended before it was killed"
            self.server.start()


@pytest.fixture
def stage(make, dice, request):
    made = []

    def on(engine):
        made.append(Stage(make(engine), dice))
        return made[-1]

    yield on
    for stage in made:
        stage.close()


UNREAD = "SELECT COUNT(*) FROM handle WHERE kind = 'phone' AND number_kind IS NULL"
CHECKED = "SELECT rows_read FROM import ORDER BY id DESC LIMIT 1"
WRITTEN = "SELECT position FROM import ORDER BY id DESC LIMIT 1"
CHANGED = "SELECT rows FROM change ORDER BY id DESC LIMIT 1"
PUT_BACK = "SELECT COALESCE(rows - undo_position, 0) FROM change ORDER BY id DESC LIMIT 1"
JUDGED = """
    SELECT COUNT(*), COUNT(DISTINCT position) FROM import_row WHERE import_id = (SELECT MAX(id) FROM import)
"""
ROWS = PEOPLE + REPEATED + REJECTED


@pytest.mark.parametrize("engine", ENGINES)
def test_an_import_that_is_killed_again_and_again_ends_with_exactly_its_people_and_its_undo_with_nobody(
    stage, engine, rounds
):
    stage = stage(engine)
    books, api = stage.puente.books, stage.api
    stage.bring(known(), "antes.csv")
    before = stage.image()

    identifier = api.check(everybody(), "clientes.csv")
    stage.kill(CHECKED, ROWS, rounds - 1)
    report = api.rest(identifier)["report"]
    assert differences(before, stage.image()) == [], "something is written before anybody has confirmed it"
    wanted = {"rows": ROWS, "new": PEOPLE - KNOWN, "fills": KNOWN, "duplicates": REPEATED, "rejected": REJECTED}
    assert {name: report[name] for name in wanted} == wanted
    assert books.rows(JUDGED) == [(ROWS, ROWS)]

    api.step(identifier, "confirmations")
    stage.kill(WRITTEN, ROWS, rounds - 1)
    done = api.rest(identifier)
    assert (done["state"], done["failure"]) == ("done", None)
    assert done["result"]["new"] == PEOPLE - KNOWN
    assert done["result"]["fills"] == KNOWN
    assert done["result"]["refused"] == 0
    check_people(books)

    api.step(identifier, "undos")
    stage.kill(PUT_BACK, stage.puente.count(CHANGED), rounds - 2)
    undone = api.rest(identifier)["undo"]
    assert (undone["state"], undone["kept"]) == ("undone", 0)
    assert undone["put_back"] == stage.puente.count(CHANGED)
    assert differences(before, stage.image()) == []
    assert stage.puente.command("check", "ledger").returncode == 0


def check_people(books):
    """Each of the list once, with what the list says of them, and nobody else."""
    people = books.rows(
        """
        SELECT c.name, p.value, e.value, COUNT(*) FROM contact c
        JOIN handle p ON p.contact_id = c.id AND p.kind = 'phone' AND p.valid_to IS NULL
        JOIN handle e ON e.contact_id = c.id AND e.kind = 'email' AND e.valid_to IS NULL
        JOIN contact_label l ON l.contact_id = c.id
        JOIN label n ON n.id = l.label_id AND n.name = 'Lista'
        GROUP BY c.name, p.value, e.value
        """
    )
    wanted = [(f"Persona {number}", phone(number), email(number), 1) for number in range(PEOPLE)]
    assert sorted((name, str(number), address, count) for name, number, address, count in people) == sorted(wanted)
    assert books.rows("SELECT COUNT(*) FROM contact") == [(PEOPLE,)]
    assert books.rows("SELECT COUNT(*) FROM handle") == [(2 * PEOPLE,)]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_bulk_action_that_is_killed_again_and_again_reaches_everybody_once_and_its_undo_too(stage, engine, rounds):
    stage = stage(engine)
    books, api = stage.puente.books, stage.api
    stage.bring(listed(*people(CROWD)), "clientes.csv")
    label = next(label["id"] for label in api.get("/labels")["data"] if label["name"] == "Lista")
    field = post(api, "/fields", 201, name="Ciudad", kind="text", choices=[])["id"]
    conditions = {"match": "all", "parts": [{"about": "label", "of": label, "is": "has"}]}
    segment = post(api, "/segments", 201, name="Todos", conditions=conditions)["id"]
    before = stage.image()

    begun = post(api, "/bulk-actions", 202, action="set_field", field=field, value="Puebla", segment=segment)
    bulk = f"/bulk-actions/{begun['id']}"
    stage.kill(CHANGED, CROWD, rounds - 1)
    done = settled(api, bulk, "running")
    assert (done["state"], done["seen"], done["changed"], done["failure"]) == ("done", CROWD, CROWD, None)
    assert books.rows("SELECT COUNT(*), COUNT(DISTINCT contact_id), MIN(value), MAX(value) FROM contact_field") == [
        (CROWD, CROWD, "Puebla", "Puebla")
    ]
    assert stage.puente.count(CHANGED) == CROWD

    post(api, f"{bulk}/undos", 202)
    stage.kill(PUT_BACK, CROWD, rounds - 2)
    undone = settled(api, bulk, "undoing")
    assert (undone["state"], undone["restored"], undone["kept"]) == ("undone", CROWD, 0)
    assert differences(before, stage.image()) == []


def post(api, path, status, **body):
    answer = api.http.post(path, json=body or None)
    assert answer.status_code == status, answer.text
    return answer.json()


def settled(api, path, under_way):
    children.until("it is at its end", lambda: api.get(path)["state"] != under_way, patience=60)
    return api.get(path)
