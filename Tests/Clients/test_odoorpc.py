"""OdooRPC and Python's own XML-RPC client drive the sandbox's Odoo: every call Puente relies on, in every version."""

import json
import urllib.parse
import urllib.request
import xmlrpc.client

import httpx
import odoorpc
import pytest

from conftest import TOKEN

DATABASE = "sandbox"
LOGIN = "bridge@example.com"
OLD = [16, 17, 18]


class Prefixed:
    """OdooRPC speaks to the root of a server; the sandbox's Odoo lives under a prefix."""

    def __init__(self, prefix):
        self.prefix = prefix
        self.opener = urllib.request.build_opener()

    def open(self, request, timeout):
        parts = urllib.parse.urlsplit(request.full_url)
        request.full_url = urllib.parse.urlunsplit(parts._replace(path=self.prefix + parts.path))
        return self.opener.open(request, timeout=timeout)


@pytest.fixture
def play(sandbox):
    def change(**settings):
        sandbox.put("/sandbox/crm/odoo", json=settings).raise_for_status()

    yield change
    sandbox.put("/sandbox/callbacks", json={"odoo": []})


@pytest.fixture
def connect(base_url, play):
    def login(version=17, **settings):
        play(version=version, **settings)
        parts = urllib.parse.urlsplit(base_url)
        client = odoorpc.ODOO(parts.hostname, port=parts.port, timeout=20, opener=Prefixed("/odoo"))
        client.login(DATABASE, LOGIN, TOKEN)
        return client

    return login


@pytest.fixture
def json2(base_url, play):
    """The calls of JSON-2, which OdooRPC does not know."""
    play(version=19)
    with httpx.Client(base_url=base_url + "/odoo", headers={"Authorization": f"bearer {TOKEN}"}, timeout=20) as client:

        def call(model, method, **body):
            return client.post(f"/json/2/{model}/{method}", json=body)

        call.client = client
        yield call


@pytest.mark.parametrize("version", [16, 17, 18, 19])
def test_who_it_is(connect, version):
    odoo = connect(version)

    assert odoo.version == f"{version}.0"
    assert odoo.env.user.login == LOGIN
    assert odoo.db.list() == [DATABASE]
    assert ("mobile" in odoo.env["res.partner"].fields_get()) == (version <= 18)
    assert "res.partner" in odoo.env


def test_a_wrong_key_is_refused(base_url, play, connect):
    connect(16)
    parts = urllib.parse.urlsplit(base_url)
    client = odoorpc.ODOO(parts.hostname, port=parts.port, opener=Prefixed("/odoo"))

    with pytest.raises(odoorpc.error.RPCError, match="Wrong login"):
        client.login(DATABASE, LOGIN, "other")
    with pytest.raises(odoorpc.error.RPCError, match="does not exist"):
        client.login("elsewhere", LOGIN, TOKEN)
    uid = connect(16).env.uid
    with pytest.raises(odoorpc.error.RPCError, match="Access Denied"):
        client.json(
            "/jsonrpc",
            {"service": "object", "method": "execute_kw", "args": [DATABASE, uid, "other", "res.partner", "search", [[]]]},
        )


@pytest.mark.parametrize("version", OLD)
def test_partners(connect, version):
    partners = connect(version).env["res.partner"]
    made = partners.create({"name": "Ana López", "mobile": "+34 600 11 12 22", "category_id": [(6, 0, [1, 2])]})

    [read] = partners.read([made], ["name", "phone", "mobile", "phone_sanitized", "category_id", "parent_id", "active"])
    assert read["phone"] is False
    assert read["phone_sanitized"] == "+34600111222"
    assert read["category_id"] == [1, 2]

    company = partners.create([{"name": "Acme", "is_company": True}])[0]
    partners.write([made], {"parent_id": company, "category_id": [(3, 1), (4, 3)]})
    [read] = partners.read([made], ["parent_id", "category_id", "display_name"])
    assert read["parent_id"] == [company, "Acme"]
    assert read["category_id"] == [2, 3]
    assert read["display_name"] == "Acme, Ana López"
    assert partners.search([("id", "child_of", company)]) == sorted([made, company])

    partners.unlink([made])
    assert partners.read([made], ["name"]) == []
    with pytest.raises(odoorpc.error.RPCError, match="does not exist or has been deleted"):
        partners.write([made], {"name": "x"})


def test_records_read_like_objects(connect):
    odoo = connect(18)
    made = odoo.env["res.partner"].create({"name": "Ana", "phone": "600111222"})

    ana = odoo.env["res.partner"].browse(made)
    ana.name = "Ana López"

    assert odoo.env["res.partner"].browse(made).name == "Ana López"
    assert odoo.env["res.partner"].browse(made).phone_sanitized == "+34600111222"


@pytest.mark.parametrize("version", OLD)
def test_domains(connect, version):
    partners = connect(version).env["res.partner"]
    ana, luis, eva = partners.create(
        [
            {"name": "Ana", "phone": "+34600111222", "email": "Ana@X.example"},
            {"name": "Luis", "mobile": "+5215512345678"},
            {"name": "Eva 100%", "active": False},
        ]
    )
    everyone = partners.with_context(active_test=False)

    assert partners.search([("name", "=", "Eva 100%")]) == []
    assert everyone.search([("name", "=", "Eva 100%")]) == [eva]
    assert partners.search([("active", "=", False)]) == [eva]
    assert partners.search(["|", ("phone_sanitized", "in", ["+34600111222"]), ("name", "=", "Luis")]) == [ana, luis]
    assert partners.search(["!", ("id", "<=", ana), ("name", "ilike", "LU")]) == [luis]
    assert partners.search([("email_normalized", "=", "ana@x.example")]) == [ana]
    assert partners.search([("phone_mobile_search", "ilike", "5512345678")]) == [luis]
    assert partners.search([("name", "=like", "A_a")]) == [ana]
    assert everyone.search([("name", "=like", "Eva 100\\%")]) == [eva]
    assert partners.search_count([("id", "in", [ana, luis, eva])]) == 2
    assert partners.search([("id", "in", [ana, luis])], limit=1, order="id desc") == [luis]
    with pytest.raises(odoorpc.error.RPCError, match="Invalid field res.partner.nonsense"):
        partners.search([("nonsense", "=", 1)])


@pytest.mark.parametrize("version", OLD)
def test_load_is_the_upsert(connect, version):
    odoo = connect(version)
    partners = odoo.env["res.partner"]
    fields = ["id", "name", "mobile"]

    first = partners.load(fields, [["puente.contact_A", "Ana", "+34600111222"], ["puente.contact_B", "Luis", ""]])
    again = partners.load(["id", "name"], [["puente.contact_A", "Ana López"]])

    assert again["ids"] == first["ids"][:1]
    assert first["messages"] == again["messages"] == []
    [ana] = partners.read(first["ids"][:1], ["name", "mobile"])
    assert (ana["name"], ana["mobile"]) == ("Ana López", "+34600111222")
    assert odoo.env.ref("puente.contact_A").id == first["ids"][0]
    by_number = partners.load([".id", "city"], [[str(first["ids"][1]), "Lima"]])
    assert by_number["ids"] == first["ids"][1:]


@pytest.mark.parametrize("version", OLD)
def test_one_bad_row_undoes_the_others(connect, version):
    partners = connect(version).env["res.partner"]

    answer = partners.load(["id", "name"], [["puente.contact_A", "Ana"], ["puente.contact_B", ""]])
    unknown = partners.load([".id", "name"], [["999999", "x"]])

    assert answer["ids"] is False
    assert [message["rows"]["from"] for message in answer["messages"]] == [1]
    assert unknown["messages"][0]["field"] == ".id"
    assert partners.search([("name", "=", "Ana")]) == []
    with pytest.raises(odoorpc.error.RPCError):
        partners.create([{"name": "Luis"}, {"name": False}])
    assert partners.search([("name", "=", "Luis")]) == []


@pytest.mark.parametrize("version", OLD)
def test_load_tells_of_a_row_more_than_once(connect, version):
    partners = connect(version).env["res.partner"]

    unknown = partners.load([".id", "city"], [["999999", "Lima"]])

    assert unknown["ids"] is False
    assert [message.get("field") for message in unknown["messages"]] == [".id", None]
    assert "require a name" in unknown["messages"][1]["message"]
    with pytest.raises(odoorpc.error.RPCError, match="'nonsense'"):
        partners.load(["id", "name", "nonsense"], [["puente.contact_A", "Ana", "x"]])


@pytest.mark.parametrize("version, body", [(16, "<p>a &amp; b</p>"), (17, "<p>&lt;p&gt;a &amp;amp; b&lt;/p&gt;</p>")])
def test_notes(connect, sandbox, version, body):
    odoo = connect(version)
    ana = odoo.env["res.partner"].create({"name": "Ana"})

    note = odoo.env["res.partner"].message_post(
        [ana],
        body="<p>a &amp; b</p>",
        message_type="comment",
        subtype_xmlid="mail.mt_note",
        author_id=ana,
        email_from="Ana <ana@example.com>",
        date="2026-11-20 09:30:00",
        message_id="<P1@puente>",
    )

    messages = odoo.env["mail.message"]
    [read] = messages.read([note], ["body", "date", "author_id", "subtype_id", "model", "res_id"])
    assert read["body"] == body
    assert read["date"] == "2026-11-20 09:30:00"
    assert read["author_id"] == [ana, "Ana"]
    assert read["subtype_id"] == [2, "Note"]
    assert messages.search([("message_id", "in", ["<P1@puente>"])]) == [note]
    assert messages.search([("model", "=", "res.partner"), ("res_id", "=", ana), ("body", "ilike", "b")]) == [note]
    messages.write([note], {"body": "<p>read</p>"})
    activities = sandbox.get("/sandbox/crm/odoo/activities").json()["data"]
    assert [activity["body"] for activity in activities] == ["<p>read</p>"]


def test_notes_are_picky_from_17_on(connect):
    partners = connect(17).env["res.partner"]
    ana = partners.create({"name": "Ana"})

    with pytest.raises(odoorpc.error.RPCError, match="not supported when posting"):
        partners.message_post([ana], body="x", res_id=ana)
    with pytest.raises(odoorpc.error.RPCError, match="not supported when posting"):
        partners.message_post([ana], body="x", nonsense=1)
    note = partners.message_post([ana], body="<p>x</p>", body_is_html=True)
    assert isinstance(note, int)


@pytest.mark.parametrize("version", OLD)
def test_a_note_needs_a_sender_before_19(connect, version):
    partners = connect(version).env["res.partner"]
    ana = partners.create({"name": "Ana"})
    eva = partners.create({"name": "Eva", "email": "eva@example.com"})

    with pytest.raises(odoorpc.error.RPCError, match="configure the sender's email address"):
        partners.message_post([ana], body="x", author_id=ana)
    assert partners.message_post([ana], body="x", author_id=eva)
    assert partners.message_post([ana], body="x", author_id=ana, email_from="x@example.com")
    assert partners.message_post([ana], body="x")


def test_rights(connect):
    odoo = connect(18, may_create_fields=False, may_write_messages=False, may_use_external_ids=False)
    partners = odoo.env["res.partner"]
    ana = partners.create({"name": "Ana"})
    note = partners.message_post([ana], body="x")

    with pytest.raises(odoorpc.error.RPCError, match="not allowed to modify 'Message'"):
        odoo.env["mail.message"].write([note], {"body": "y"})
    with pytest.raises(odoorpc.error.RPCError, match="not allowed to create 'Fields'"):
        odoo.env["ir.model.fields"].create({"model_id": 1, "name": "x_a", "ttype": "char"})
    with pytest.raises(odoorpc.error.RPCError, match="not allowed to access 'Model Data'"):
        odoo.env["ir.model.data"].search([])
    partners.load(["id", "name"], [["puente.contact_A", "Luis"]])
    assert odoo.execute("ir.model.data", "check_object_reference", "puente", "contact_A")[0] == "res.partner"
    assert odoo.execute_kw("mail.message", "check_access_rights", ["write"], {"raise_exception": False}) is False


def test_own_fields(connect):
    odoo = connect(17)
    [model] = odoo.env["ir.model"].search([("model", "=", "res.partner")])
    odoo.env["ir.model.fields"].create(
        [{"model_id": model, "name": "x_puente_id", "field_description": "Puente ID", "ttype": "char", "state": "manual"}]
    )
    partners = odoo.env["res.partner"]
    ana = partners.create({"name": "Ana", "x_puente_id": "P1"})

    assert partners.search([("x_puente_id", "=", "P1")]) == [ana]
    assert partners.fields_get(["x_puente_id"], ["type"]) == {"x_puente_id": {"type": "char"}}
    with pytest.raises(odoorpc.error.RPCError, match="must have a name that starts with"):
        odoo.env["ir.model.fields"].create({"model_id": model, "name": "puente", "ttype": "char"})


def test_changes_by_time(connect, sandbox):
    partners = connect(18).env["res.partner"]
    sandbox.post("/sandbox/clock", json={"held": True})
    old = partners.create({"name": "Ana"})
    sandbox.post("/sandbox/clock", json={"advance_seconds": 100})
    new = partners.create([{"name": "Luis"}, {"name": "Eva"}])
    [luis] = partners.read(new[:1], ["write_date", "write_uid"])

    found = partners.search_read(
        [("write_date", ">=", luis["write_date"])], ["name"], order="write_date asc, id asc", limit=500
    )
    assert [one["id"] for one in found] == new
    sandbox.post("/sandbox/clock", json={"advance_seconds": 5})
    partners.write([old], {"city": "Lima"})
    found = partners.search_read([("write_date", ">=", luis["write_date"])], ["name"], order="write_date asc, id asc")
    assert [one["id"] for one in found] == new + [old]
    assert luis["write_uid"][1] == "WhatsApp Bridge"


def test_merging_moves_notes_and_external_ids(connect, sandbox):
    odoo = connect(18)
    partners = odoo.env["res.partner"]
    [loser] = partners.load(["id", "name", "mobile"], [["puente.contact_A", "Ana", "+34600111222"]])["ids"]
    winner = partners.create({"name": "Ana López"})
    note = partners.message_post([loser], body="x", author_id=loser, email_from="a@example.com")

    wizard = odoo.env["base.partner.merge.automatic.wizard"].create(
        {"partner_ids": [(6, 0, [winner, loser])], "dst_partner_id": winner}
    )
    odoo.env["base.partner.merge.automatic.wizard"].action_merge([wizard])

    assert partners.search([("id", "in", [winner, loser])]) == [winner]
    assert odoo.env.ref("puente.contact_A").id == winner
    [read] = odoo.env["mail.message"].read([note], ["res_id", "author_id"])
    assert (read["res_id"], read["author_id"][0]) == (winner, winner)
    [read] = partners.read([winner], ["name", "mobile"])
    assert (read["name"], read["mobile"]) == ("Ana López", "+34600111222")


def test_blacklist(connect):
    odoo = connect(17)
    partners = odoo.env["res.partner"]
    ana = partners.create({"name": "Ana", "phone": "+34600111222"})

    odoo.env["phone.blacklist"].add("+34 600 111 222")
    assert partners.read([ana], ["phone_sanitized_blacklisted"])[0]["phone_sanitized_blacklisted"] is True
    odoo.env["phone.blacklist"].remove("+34600111222")
    assert partners.read([ana], ["phone_sanitized_blacklisted"])[0]["phone_sanitized_blacklisted"] is False


@pytest.mark.parametrize("version", [16, 19])
def test_xml_rpc(base_url, play, version):
    play(version=version)
    common = xmlrpc.client.ServerProxy(base_url + "/odoo/xmlrpc/2/common")
    models = xmlrpc.client.ServerProxy(base_url + "/odoo/xmlrpc/2/object", allow_none=True)

    assert common.version()["server_version_info"][0] == version
    assert common.authenticate(DATABASE, LOGIN, "other", {}) is False
    uid = common.authenticate(DATABASE, LOGIN, TOKEN, {})

    def call(model, method, *arguments, **named):
        return models.execute_kw(DATABASE, uid, TOKEN, model, method, list(arguments), named)

    made = call("res.partner", "create", {"name": " Ana <& López> ñ", "phone": "+34600111222"})
    assert call("res.partner", "read", [made], fields=["name", "parent_id"]) == [
        {"id": made, "name": " Ana <& López> ñ", "parent_id": False}
    ]
    assert call("res.partner", "search", [["phone_sanitized", "=", "+34600111222"]]) == [made]
    with pytest.raises(xmlrpc.client.Fault) as missing:
        call("res.partner", "write", [999], {"name": "x"})
    assert missing.value.faultCode == 2
    with pytest.raises(xmlrpc.client.Fault) as denied:
        models.execute_kw(DATABASE, uid, "other", "res.partner", "search", [[]])
    assert denied.value.faultCode == 3


def test_json_2(json2):
    assert json2.client.get("/web/version").json()["version_info"][0] == 19
    assert json2("res.users", "context_get").json()["uid"] == 4
    [ana] = json2("res.partner", "create", vals_list=[{"name": "Ana", "phone": "+34600111222"}]).json()

    found = json2("res.partner", "search_read", domain=[["phone_sanitized", "=", "+34600111222"]], fields=["name"]).json()
    assert found == [{"id": ana, "name": "Ana"}]
    assert json2("res.partner", "write", ids=[ana], vals={"city": "Lima"}).json() is True
    [note] = json2("res.partner", "message_post", ids=[ana], body="<b>x</b>", body_is_html=True).json()
    assert json2("mail.message", "read", ids=[note], fields=["body"]).json() == [{"id": note, "body": "<b>x</b>"}]
    assert json2("res.partner", "has_access", ids=[], operation="write").json() is True
    loaded = json2("res.partner", "load", fields=["id", "name"], data=[["puente.contact_A", "Luis"]]).json()
    assert json2("ir.model.data", "search_read", domain=[["name", "=", "contact_A"]], fields=["res_id"]).json()[0][
        "res_id"
    ] == loaded["ids"][0]
    assert json2("res.partner", "unlink", ids=[ana]).json() is True


def test_refusals_of_json_2(json2):
    def refusal(*call, **body):
        answer = json2(*call, **body)
        assert set(answer.json()) == {"name", "message", "arguments", "context", "debug"}
        return answer.status_code, answer.json()["name"].rsplit(".")[-1]

    assert refusal("res.partnerx", "search", domain=[]) == (404, "NotFound")
    assert refusal("res.partner", "nonsense") == (404, "NotFound")
    assert refusal("res.partner", "_nonsense") == (403, "AccessError")
    assert refusal("res.partner", "search", ids=[1], domain=[]) == (422, "UnprocessableEntity")
    assert refusal("res.partner", "search", domian=[]) == (422, "UnprocessableEntity")
    assert refusal("res.partner", "search_read", domain=[], fields=["mobile"]) == (500, "ValueError")
    assert refusal("res.partner", "create", vals_list=[{"phone": "1"}]) == (422, "ValidationError")
    assert refusal("res.partner", "write", ids=[999], vals={"name": "x"}) == (404, "MissingError")
    unauthorized = json2.client.post(
        "/json/2/res.partner/search", json={"domain": []}, headers={"Authorization": "bearer other"}
    )
    assert unauthorized.status_code == 401
    assert unauthorized.json()["message"] == "Invalid apikey"
    other = json2.client.post("/json/2/res.users/context_get", json={}, headers={"X-Odoo-Database": "elsewhere"})
    assert other.status_code == 404
    malformed = json2.client.post("/json/2/res.partner/search", content=b"{", headers={"Content-Type": "application/json"})
    assert malformed.status_code == 400


def test_json_2_begins_with_19(base_url, play):
    play(version=18)

    assert httpx.get(base_url + "/odoo/web/version").status_code == 404
    assert httpx.post(base_url + "/odoo/json/2/res.users/context_get", json={}).status_code == 404


def test_odoo_online_throttles(base_url, play, sandbox):
    play(version=19, calls_per_second=2)
    sandbox.post("/sandbox/clock", json={"held": True})

    answers = [httpx.get(base_url + "/odoo/web/version") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].headers["Retry-After"] == "1"


def test_automation_rules_tell_of_changes(connect, sandbox, receiver):
    partners = connect(18).env["res.partner"]
    url = receiver.url + "/webhooks/crm/odoo?secret=0123456789abcdef"
    sandbox.put("/sandbox/callbacks", json={"odoo": url}).raise_for_status()

    ana = partners.create({"name": "Ana", "phone": "+34600111222"})
    post = receiver.next()
    event = json.loads(post.body)
    assert post.path.endswith("?secret=0123456789abcdef")
    assert (event["_model"], event["_id"], event["name"], event["write_uid"]) == ("res.partner", ana, "Ana", 4)

    sandbox.patch(f"/sandbox/crm/odoo/contacts/{ana}", json={"city": "Lima"}).raise_for_status()
    assert json.loads(receiver.next().body)["write_uid"] == 2
    sandbox.delete(f"/sandbox/crm/odoo/contacts/{ana}").raise_for_status()
    assert json.loads(receiver.next().body)["_id"] == ana


def test_people_make_and_merge_contacts(connect, sandbox):
    partners = connect(17).env["res.partner"]
    [first, second] = [
        sandbox.post("/sandbox/crm/odoo/contacts", json={"name": name}).json()["id"] for name in ["Ana", "Luis"]
    ]

    listed = sandbox.get("/sandbox/crm/odoo/contacts").json()
    assert [one["name"] for one in listed["data"]] == ["Ana", "Luis"]
    assert listed["data"][0]["write_uid"][1] == "Marta Gil"
    sandbox.post("/sandbox/crm/odoo/merge", json={"primary": first, "other": second}).raise_for_status()
    assert partners.search([("id", "in", [first, second])]) == [first]
