"""Zoho's own client drives every call Puente relies on."""

import json
import time
from datetime import datetime, timedelta, timezone

import httpx
import pytest
from zohocrmsdk.src.com.zoho.api.authenticator import OAuthToken
from zohocrmsdk.src.com.zoho.api.authenticator.store import FileStore
from zohocrmsdk.src.com.zoho.crm.api import HeaderMap, Initializer, ParameterMap, SDKConfig
from zohocrmsdk.src.com.zoho.crm.api import coql, fields, find_and_merge, notes, notifications, org, record
from zohocrmsdk.src.com.zoho.crm.api import recycle_bin, related_records, tags
from zohocrmsdk.src.com.zoho.crm.api.dc import DataCenter
from zohocrmsdk.src.com.zoho.crm.api.exception import SDKException
from zohocrmsdk.src.com.zoho.crm.api.modules import MinifiedModule
from zohocrmsdk.src.com.zoho.crm.api.record import Record, RecordOperations

CLIENT_ID = "1000.SANDBOX"
CLIENT_SECRET = "sandbox-secret"
REFRESH_TOKEN = "sandbox-token"


@pytest.fixture
def sign_in(base_url, sandbox, tmp_path):
    def sign_in(secret=CLIENT_SECRET, refresh_token=REFRESH_TOKEN, grant_token=None):
        zoho = base_url + "/zoho"
        Initializer.initialize(
            environment=DataCenter.Environment(zoho, zoho + "/oauth/v2/token", zoho),
            token=OAuthToken(
                client_id=CLIENT_ID, client_secret=secret, refresh_token=refresh_token, grant_token=grant_token
            ),
            store=FileStore(str(tmp_path / "tokens.txt")),
            sdk_config=SDKConfig(),
            resource_path=str(tmp_path),
        )

    return sign_in


@pytest.fixture
def contacts(sign_in):
    sign_in()
    return RecordOperations("Contacts")


@pytest.fixture
def puente_id(contacts):
    field = fields.Fields()
    field.set_field_label("Puente Id")
    field.set_data_type("text")
    field.set_length(50)
    unique = fields.Unique()
    unique.set_casesensitive("false")
    field.set_unique(unique)
    body = fields.BodyWrapper()
    body.set_fields([field])
    made = fields.FieldsOperations().create_field(body, parameters((fields.CreateFieldParam.module, "Contacts")))
    assert made.get_status_code() == 201
    assert made.get_object().get_fields()[0].get_status().get_value() == "success"
    return "Puente_Id"


def parameters(*pairs):
    result = ParameterMap()
    for param, value in pairs:
        result.add(param, value)
    return result


def person(**values):
    made = Record()
    for name, value in values.items():
        if name == "id":
            made.set_id(value)
        else:
            made.add_key_value(name, value)
    return made


def body(*people, **keys):
    wrapper = record.BodyWrapper()
    wrapper.set_data(list(people))
    wrapper.set_trigger([])
    if keys:
        wrapper.set_duplicate_check_fields(keys["by"])
    return wrapper


def outcomes(answer):
    return [
        (one.get_status().get_value(), one.get_code().get_value(), one.get_details())
        for one in answer.get_object().get_data()
    ]


def create(contacts, *people):
    answer = contacts.create_records(body(*people), HeaderMap())
    assert answer.get_status_code() == 201
    return [int(details["id"]) for _, _, details in outcomes(answer)]


def query(text):
    wrapper = coql.BodyWrapper()
    wrapper.set_select_query(text)
    return coql.CoqlOperations().get_records(wrapper)


def test_tokens(sign_in, base_url):
    sign_in()
    answer = org.OrgOperations().get_organization()
    assert answer.get_object().get_org()[0].get_zgid() == "20071234567"
    assert Initializer.get_initializer().token.get_user_signature().get_name().startswith("bridge@ejemplo.example")

    sign_in(refresh_token=None, grant_token="sandbox-grant")
    assert Initializer.get_initializer().token.get_refresh_token() == REFRESH_TOKEN

    # Zoho's refusals come with status 200.
    form = {"grant_type": "refresh_token", "client_id": CLIENT_ID, "client_secret": "no", "refresh_token": "no"}
    refused = httpx.post(base_url + "/zoho/oauth/v2/token", data=form)
    assert (refused.status_code, refused.json()) == (200, {"error": "invalid_client_secret"})


def test_wrong_secrets_are_refused(sign_in):
    with pytest.raises(SDKException) as failure:
        sign_in(secret="no")
    assert "invalid_client_secret" in str(failure.value)


def test_a_token_ends_after_an_hour(contacts, sandbox):
    create(contacts, person(Last_Name="López"))
    sandbox.post("/sandbox/clock", json={"advance_seconds": 3601})

    answer = contacts.get_records(parameters((record.GetRecordsParam.fields, "id")), HeaderMap())

    assert answer.get_status_code() == 401
    assert answer.get_object().get_code().get_value() == "INVALID_TOKEN"


def test_contacts(contacts):
    [id] = create(contacts, person(First_Name="Ana", Last_Name="López", Mobile="+34 600 111 222", Email="ana@x.example"))

    changed = contacts.update_records(body(person(id=id, Last_Name="Gil")), HeaderMap())
    assert changed.get_status_code() == 200
    read = contacts.get_record(id, ParameterMap(), HeaderMap()).get_object().get_data()[0]
    assert read.get_key_value("Full_Name") == "Ana Gil"
    assert read.get_key_value("Email_Opt_Out") is False
    assert read.get_key_value("Phone") is None
    assert read.get_modified_time() >= read.get_created_time()

    deleted = contacts.delete_record(id, ParameterMap(), HeaderMap())
    assert outcomes(deleted)[0][:2] == ("success", "SUCCESS")
    assert contacts.get_record(id, ParameterMap(), HeaderMap()).get_status_code() == 204
    rows = contacts.get_deleted_records(
        parameters((record.GetDeletedRecordsParam.type, "all")), HeaderMap()
    ).get_object().get_data()
    assert [(row.get_id(), row.get_type()) for row in rows] == [(id, "recycle")]

    purged = recycle_bin.RecycleBinOperations().delete_recyclebin_record(id)
    assert purged.get_status_code() == 200
    rows = contacts.get_deleted_records(
        parameters((record.GetDeletedRecordsParam.type, "permanent")), HeaderMap()
    ).get_object().get_data()
    assert [row.get_id() for row in rows] == [id]


def test_refusals_can_be_read(contacts):
    answer = contacts.get_records(ParameterMap(), HeaderMap())
    assert answer.get_status_code() == 400
    assert answer.get_object().get_code().get_value() == "REQUIRED_PARAM_MISSING"

    mixed = contacts.create_records(
        body(person(Last_Name="López"), person(First_Name="Luis"), person(Last_Name="x", Email="no")), HeaderMap()
    )
    assert mixed.get_status_code() == 207
    good, mandatory, invalid = outcomes(mixed)
    assert good[0] == "success"
    assert mandatory[1:] == ("MANDATORY_NOT_FOUND", {"api_name": "Last_Name", "json_path": "$.data[1].Last_Name"})
    assert invalid[1] == "INVALID_DATA"
    assert invalid[2]["api_name"] == "Email"


def test_upsert(contacts, puente_id):
    def upsert(*people):
        return contacts.upsert_records(body(*people, by=[puente_id]), HeaderMap())

    first = upsert(person(Puente_Id="P1", Last_Name="López"))
    again = upsert(person(Puente_Id="P1", First_Name="Ana"), person(Puente_Id="P2", Last_Name="Gil"))

    actions = [(one.get_action().get_value(), one.get_duplicate_field()) for one in again.get_object().get_data()]
    assert actions == [("update", "Puente_Id"), ("insert", None)]
    assert outcomes(again)[0][2]["id"] == outcomes(first)[0][2]["id"]

    [other] = create(contacts, person(Last_Name="Ruiz"))
    conflict = contacts.update_records(body(person(id=other, Puente_Id="P2")), HeaderMap())
    assert conflict.get_status_code() == 400
    status, code, details = outcomes(conflict)[0]
    assert (status, code, details["api_name"]) == ("error", "DUPLICATE_DATA", "Puente_Id")
    assert str(details["id"]) == outcomes(again)[1][2]["id"]


def test_ambiguous_upsert(contacts):
    create(contacts, person(Last_Name="A", Email="ana@x.example"), person(Last_Name="B", Email="ana@x.example"))

    answer = contacts.upsert_records(body(person(Last_Name="C", Email="ana@x.example"), by=["Email"]), HeaderMap())

    assert outcomes(answer)[0][:2] == ("error", "AMBIGUITY_DURING_PROCESSING")


def test_pages_go_on_by_token_behind_record_2000(contacts):
    ids = set()
    for start in range(0, 2100, 100):
        ids.update(create(contacts, *[person(Last_Name=f"N{start + number}") for number in range(100)]))

    def page(*pairs):
        return contacts.get_records(
            parameters((record.GetRecordsParam.fields, "Last_Name"), (record.GetRecordsParam.per_page, 200), *pairs),
            HeaderMap(),
        )

    seen, token = set(), None
    for number in range(1, 11):
        answer = page((record.GetRecordsParam.page, number)).get_object()
        seen.update(one.get_id() for one in answer.get_data())
        token = answer.get_info().get_next_page_token()
    refused = page((record.GetRecordsParam.page, 11))
    assert refused.get_status_code() == 400
    assert refused.get_response_json()["code"] == "DISCRETE_PAGINATION_LIMIT_EXCEEDED"

    last = page((record.GetRecordsParam.page_token, token)).get_object()
    seen.update(one.get_id() for one in last.get_data())
    assert last.get_info().get_more_records() is False
    assert seen == ids


def test_search(contacts, sandbox):
    [id] = create(contacts, person(Last_Name="López", Mobile="+34 600 111 222", Email="ana@x.example"))

    def search(param, value):
        return contacts.search_records(parameters((param, value)), HeaderMap())

    assert search(record.SearchRecordsParam.phone, "600111222").get_status_code() == 204
    sandbox.post("/sandbox/clock", json={"advance_seconds": 5})
    for param, value in [
        (record.SearchRecordsParam.phone, "600111222"),
        (record.SearchRecordsParam.email, "ana@x.example"),
        (record.SearchRecordsParam.word, "lópez"),
        (record.SearchRecordsParam.criteria, "((Last_Name:starts_with:Ló)and(Email:equals:ana@x.example))"),
    ]:
        assert [one.get_id() for one in search(param, value).get_object().get_data()] == [id]


def test_coql(contacts):
    first, second = create(contacts, person(Last_Name="A", Mobile="+34600111222"), person(Last_Name="B"))

    answer = query(
        "select id, Last_Name, Mobile, Owner, Modified_Time from Contacts where "
        "Modified_Time >= '2020-01-01T00:00:00+00:00' order by Modified_Time asc, id asc limit 1"
    )
    assert [one.get_id() for one in answer.get_object().get_data()] == [first]
    assert answer.get_object().get_info().get_more_records() is True
    rest = query(f"select id from Contacts where (id > '{first}' and (Last_Name = 'B' or Mobile in ('1', '2')))")
    assert [one.get_id() for one in rest.get_object().get_data()] == [second]
    assert query("select id from Contacts where Last_Name = 'C'").get_status_code() == 204

    for text, code in [
        ("select id form Contacts where id is not null", "SYNTAX_ERROR"),
        ("select id from Contacts", "SYNTAX_ERROR"),
        ("select Nothing from Contacts where id is not null", "INVALID_QUERY"),
        ("select id from Contacts where id is not null limit 2001", "LIMIT_EXCEEDED"),
        ("select id from Contacts where Last_Name = 'A' or Last_Name = 'B' or Last_Name = 'C'", "SYNTAX_ERROR"),
    ]:
        refused = query(text)
        assert refused.get_status_code() == 400
        assert refused.get_response_json()["code"] == code


def test_if_modified_since(contacts):
    create(contacts, person(Last_Name="A"))
    headers = HeaderMap()
    headers.add(record.GetRecordsHeader.if_modified_since, datetime.now(timezone.utc) + timedelta(hours=1))

    answer = contacts.get_records(parameters((record.GetRecordsParam.fields, "id")), headers)

    assert answer.get_status_code() == 304


def test_notes(contacts):
    [id] = create(contacts, person(Last_Name="López"))
    operations = notes.NotesOperations()

    def note(text):
        made = notes.Note()
        made.set_note_title("WhatsApp")
        made.set_note_content(text)
        parent = notes.ParentId()
        parent.set_id(id)
        module = MinifiedModule()
        module.set_api_name("Contacts")
        parent.set_module(module)
        made.set_parent_id(parent)
        return made

    wrapper = notes.BodyWrapper()
    wrapper.set_data([note("← Ana: Hola"), note("→ Luis: Buenas")])
    answer = operations.create_notes(wrapper)
    assert answer.get_status_code() == 201
    made = [int(one.get_details()["id"]) for one in answer.get_object().get_data()]

    change = notes.Note()
    change.set_id(made[1])
    change.set_note_content("→ Luis: Buenas (leído)")
    wrapper = notes.BodyWrapper()
    wrapper.set_data([change])
    assert operations.update_notes(wrapper).get_status_code() == 200

    related = related_records.RelatedRecordsOperations("Notes", "Contacts").get_related_records(
        id, parameters((related_records.GetRelatedRecordsParam.fields, "Note_Title,Note_Content")), HeaderMap()
    )
    texts = {one["Note_Content"] for one in related.get_response_json()["data"]}
    assert texts == {"← Ana: Hola", "→ Luis: Buenas (leído)"}

    listed = operations.get_notes(parameters((notes.GetNotesParam.fields, "Note_Content")), HeaderMap())
    assert {one.get_id() for one in listed.get_object().get_data()} == set(made)


def test_merge(contacts, sandbox):
    master, other = create(contacts, person(Last_Name="López"), person(Last_Name="x", Mobile="+34600111222"))
    loser = find_and_merge.MergeData()
    loser.set_id(other)
    mobile = find_and_merge.DataFields()
    mobile.set_api_name("Mobile")
    loser.set_fields([mobile])
    merge = find_and_merge.Merge()
    merge.set_data([loser])
    wrapper = find_and_merge.BodyWrapper()
    wrapper.set_merge([merge])

    answer = find_and_merge.FindAndMergeOperations("Contacts", master).merge_records(wrapper)

    assert answer.get_status_code() == 200
    survivor = contacts.get_record(master, ParameterMap(), HeaderMap()).get_object().get_data()[0]
    assert survivor.get_key_value("Mobile") == "+34600111222"
    assert survivor.get_key_value("Last_Name") == "López"
    assert contacts.get_record(other, ParameterMap(), HeaderMap()).get_status_code() == 204


def test_tags(contacts):
    [id] = create(contacts, person(Last_Name="López"))
    tag = tags.Tag()
    tag.set_name("whatsapp")
    wrapper = tags.NewTagRequestWrapper()
    wrapper.set_tags([tag])

    assert tags.TagsOperations().add_tags("Contacts", id, wrapper, ParameterMap()).get_status_code() == 200

    read = contacts.get_record(id, ParameterMap(), HeaderMap()).get_object().get_data()[0]
    assert [one.get_name() for one in read.get_tag()] == ["whatsapp"]


def test_notifications(contacts, base_url, sandbox, receiver):
    operations = notifications.NotificationsOperations()
    channel = notifications.Notification()
    channel.set_channel_id("1000000068001")
    channel.set_events(["Contacts.all"])
    channel.set_notify_url(receiver.url + "/webhooks/crm/zoho")
    channel.set_token("sandbox-webhook-token")
    channel.set_channel_expiry(datetime.now(timezone.utc) + timedelta(hours=23))
    wrapper = notifications.BodyWrapper()
    wrapper.set_watch([channel])

    unknown = operations.update_notifications(wrapper)
    assert unknown.get_object().get_watch()[0].get_code().get_value() == "NOT_SUBSCRIBED"
    opened = operations.enable_notifications(wrapper)
    assert opened.get_status_code() == 201
    [event] = opened.get_object().get_watch()[0].get_details()["events"]
    assert event.get_channel_expiry() > datetime.now(timezone.utc) + timedelta(hours=22)

    [id] = create(contacts, person(Last_Name="López"))
    post = json.loads(receiver.next().body)
    assert (post["channel_id"], post["token"]) == ("1000000068001", "sandbox-webhook-token")
    assert (post["module"], post["operation"], post["ids"]) == ("Contacts", "insert", [str(id)])

    assert operations.update_notifications(wrapper).get_status_code() == 200
    contacts.update_records(body(person(id=id, Mobile="+34600111222")), HeaderMap())
    assert json.loads(receiver.next().body)["affected_fields"] == [{str(id): ["Mobile"]}]

    # A channel lapses in silence.
    def channels():
        headers = {"Authorization": f"Zoho-oauthtoken {REFRESH_TOKEN}"}
        return httpx.get(base_url + "/zoho/crm/v8/actions/watch?channel_id=1000000068001", headers=headers)

    assert channels().json()["watch"][0]["resource_name"] == "Contacts"
    sandbox.post("/sandbox/clock", json={"advance_seconds": 23 * 3600 + 60})
    assert channels().status_code == 204


def test_limits_can_be_read(contacts, sandbox):
    sandbox.put("/sandbox/faults", json={"vendor_limits": True})
    sandbox.post("/sandbox/clock", json={"held": True})

    answers = [query("select id from Contacts where id is not null") for _ in range(11)]

    assert answers[0].get_status_code() == 204
    assert answers[10].get_status_code() == 429
    assert answers[10].get_response_json()["code"] == "TOO_MANY_REQUESTS"
    assert "Retry-After" not in answers[10].get_headers()
    sandbox.post("/sandbox/clock", json={"held": False})


def test_credits_are_told_late(contacts, sandbox):
    sandbox.put("/sandbox/faults", json={"vendor_limits": True})
    sandbox.put("/sandbox/crm/zoho/credits", json={"daily": 6}).raise_for_status()

    left = []
    for _ in range(8):
        answer = contacts.get_records(parameters((record.GetRecordsParam.fields, "id")), HeaderMap())
        left.append((answer.get_status_code(), answer.get_headers().get("X-API-CREDITS-REMAINING")))
        time.sleep(0.01)

    assert left[0] == (204, None)
    assert (204, "1") in left
    assert left[-1][0] == 429
