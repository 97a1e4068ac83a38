"""simple-salesforce drives every call Puente relies on.

It speaks https to *.salesforce.com and to nothing else: its session's adapter leads these hosts to the sandbox.
"""

import json
from datetime import datetime, timedelta, timezone
from urllib.parse import urlsplit

import pytest
import requests
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from requests.adapters import HTTPAdapter
from simple_salesforce import Salesforce
from simple_salesforce.exceptions import (
    SalesforceAuthenticationFailed,
    SalesforceExpiredSession,
    SalesforceMalformedRequest,
    SalesforceRefusedRequest,
    SalesforceResourceNotFound,
)

KEY = "sandbox-consumer-key"
SECRET = "sandbox-secret"
USER = "puente@ejemplo.example"
ORG = "/sandbox/crm/salesforce"
PUENTE_FIELD = {
    "FullName": "Contact.Puente_Id__c",
    "Metadata": {"label": "Puente ID", "type": "Text", "length": 18, "externalId": True, "unique": True},
}


class ToSandbox(HTTPAdapter):
    HOSTS = {"login.salesforce.com": "/salesforce/login", "ejemplo.my.salesforce.com": "/salesforce"}

    def __init__(self, base_url):
        super().__init__()
        self.base_url = base_url

    def send(self, request, **options):
        url = urlsplit(request.url)
        path = self.HOSTS.get(url.hostname, "") + url.path
        request.url = self.base_url + path + (f"?{url.query}" if url.query else "")
        return super().send(request, **options)


@pytest.fixture
def session(base_url, sandbox):
    with requests.Session() as session:
        session.mount("https://", ToSandbox(base_url))
        yield session


@pytest.fixture
def login(session):
    def sign_in(**options):
        options.setdefault("domain", "ejemplo.my")
        return Salesforce(version="66.0", session=session, consumer_key=KEY, **options)

    return sign_in


@pytest.fixture
def sf(login):
    return login(consumer_secret=SECRET)


@pytest.fixture
def org(sandbox):
    """Sets up the org."""

    def change(**settings):
        sandbox.put(f"{ORG}/org", json=settings).raise_for_status()

    return change


@pytest.fixture
def deployed(sf, sandbox):
    """The org after the package was deployed."""
    sandbox.post(f"{ORG}/deploy").raise_for_status()
    return sf


def collection(sf, path, records, method="PATCH", all_or_none=False):
    body = {"allOrNone": all_or_none, "records": records}
    return sf.restful(f"composite/sobjects{path}", method=method, data=json.dumps(body))


def contact(key, **fields):
    return {"attributes": {"type": "Contact"}, "Puente_Id__c": key, "LastName": "López", **fields}


def test_client_credentials_lead_to_the_instance(login, base_url):
    sf = login(consumer_secret=SECRET)

    assert sf.sf_instance == base_url.removeprefix("http://") + "/salesforce/my"
    assert sf.restful("limits/")["DailyApiRequests"]["Remaining"] > 0
    with pytest.raises(SalesforceAuthenticationFailed) as refusal:
        login(consumer_secret="another")
    assert refusal.value.code == "invalid_client"


def test_client_credentials_need_my_domain(base_url, sandbox):
    form = {"grant_type": "client_credentials", "client_id": KEY, "client_secret": SECRET}

    answer = requests.post(f"{base_url}/salesforce/login/services/oauth2/token", data=form)

    assert answer.status_code == 400
    assert answer.json() == {"error": "invalid_grant", "error_description": "request not supported on this domain"}


def test_a_jwt_is_verified_with_the_uploaded_key(login, org):
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    with pytest.raises(SalesforceAuthenticationFailed):
        login(username=USER, privatekey=private, domain="login")

    org(public_key=public.decode())

    assert login(username=USER, privatekey=private, domain="login").query("SELECT Id FROM Contact")["totalSize"] == 0
    with pytest.raises(SalesforceAuthenticationFailed) as refusal:
        login(username="somebody@ejemplo.example", privatekey=private, domain="login")
    assert "approved" in str(refusal.value)


def test_a_session_that_ended_is_renewed(sf, sandbox, session):
    first = sf.session_id
    sandbox.delete(f"{ORG}/sessions").raise_for_status()

    assert sf.query("SELECT Id FROM Contact")["done"] is True
    assert sf.session_id != first
    stale = Salesforce(version="66.0", session=session, session_id=first, instance=sf.sf_instance)
    with pytest.raises(SalesforceExpiredSession) as refusal:
        stale.query("SELECT Id FROM Contact")
    assert refusal.value.content[0]["errorCode"] == "INVALID_SESSION_ID"


def test_records(deployed):
    made = deployed.Contact.create({"LastName": "López", "MobilePhone": "+34 600 111 222"})
    assert made["success"] is True and len(made["id"]) == 18

    assert deployed.Contact.update(made["id"], {"FirstName": "Ana", "MobilePhone": None}) == 204
    read = deployed.Contact.get(made["id"])
    assert (read["Name"], read["MobilePhone"]) == ("Ana López", None)
    assert read["SystemModstamp"].endswith(".000+0000")

    assert deployed.Contact.upsert("Puente_Id__c/P1", {"LastName": "Ruiz"}) == 201
    assert deployed.Contact.upsert("Puente_Id__c/P1", {"FirstName": "Jorge"}) == 200
    assert deployed.Contact.get_by_custom_id("Puente_Id__c", "P1")["FirstName"] == "Jorge"

    assert deployed.Contact.delete(made["id"]) == 204
    with pytest.raises(SalesforceResourceNotFound) as refusal:
        deployed.Contact.get(made["id"])
    assert refusal.value.content[0]["errorCode"] == "ENTITY_IS_DELETED"


@pytest.mark.parametrize(
    "fields, code",
    [
        ({"FirstName": "Ana"}, "REQUIRED_FIELD_MISSING"),
        ({"LastName": "A", "Nonsense__c": "1"}, "INVALID_FIELD"),
        ({"LastName": "A" * 81}, "STRING_TOO_LONG"),
        ({"LastName": "A", "Email": "ana"}, "INVALID_EMAIL_ADDRESS"),
        ({"LastName": "A", "AccountId": "12"}, "MALFORMED_ID"),
        ({"LastName": "A", "SystemModstamp": "2026-01-01T00:00:00Z"}, "INVALID_FIELD_FOR_INSERT_UPDATE"),
    ],
)
def test_refusals_can_be_read(sf, fields, code):
    with pytest.raises(SalesforceMalformedRequest) as refusal:
        sf.Contact.create(fields)

    assert refusal.value.content[0]["errorCode"] == code


def test_a_collection_answers_for_each_record_in_order(deployed):
    records = [contact("A"), {**contact("B"), "LastName": None}, contact("C"), contact("D"), contact("D")]

    answers = collection(deployed, "/Contact/Puente_Id__c", records)

    assert [one["success"] for one in answers] == [True, False, True, False, False]
    assert answers[1]["errors"][0]["statusCode"] == "REQUIRED_FIELD_MISSING"
    assert answers[3]["errors"][0]["statusCode"] == "DUPLICATE_VALUE"
    again = collection(deployed, "/Contact/Puente_Id__c", [contact("A", FirstName="Ana")])
    assert (again[0]["id"], again[0]["created"]) == (answers[0]["id"], False)

    changes = [{"attributes": {"type": "Contact"}, "id": answers[0]["id"], "Title": "CEO"}, {**contact("X"), "id": "bad"}]
    changed = collection(deployed, "", changes)
    assert [one["success"] for one in changed] == [True, False]

    rolled_back = collection(deployed, "/Contact/Puente_Id__c", [contact("E"), {**contact("F"), "LastName": ""}],
                             all_or_none=True)
    assert rolled_back[0]["errors"][0]["statusCode"] == "ALL_OR_NONE_OPERATION_ROLLED_BACK"
    assert deployed.query("SELECT COUNT() FROM Contact")["totalSize"] == 2

    deleted = deployed.restful("composite/sobjects", params={"ids": answers[0]["id"]}, method="DELETE")
    assert deleted[0]["success"] is True


def test_more_than_200_records_are_refused(deployed):
    with pytest.raises(SalesforceMalformedRequest):
        collection(deployed, "/Contact/Puente_Id__c", [contact(str(number)) for number in range(201)])


def test_messages_are_upserted_and_refused_one_by_one(deployed):
    person = collection(deployed, "/Contact/Puente_Id__c", [contact("P")])[0]["id"]
    kind = {"attributes": {"type": "WhatsApp_Message__c"}, "Contact__c": person}
    records = [
        {**kind, "Puente_Id__c": "M1", "Direction__c": "Inbound", "Sent_At__c": "2026-11-20T09:30:00.000Z"},
        {**kind, "Puente_Id__c": "M2", "Direction__c": "Sideways"},
        {**kind, "Puente_Id__c": "M3", "Contact__c": "003000000000000AAA"},
    ]

    answers = collection(deployed, "/WhatsApp_Message__c/Puente_Id__c", records)

    codes = [[error["statusCode"] for error in one["errors"]] for one in answers]
    assert codes == [
        [], ["INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"], ["INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY"],
    ]
    found = deployed.query(f"SELECT Id, Sent_At__c FROM WhatsApp_Message__c WHERE Contact__c = '{person}'")
    assert found["records"][0]["Sent_At__c"] == "2026-11-20T09:30:00.000+0000"
    with pytest.raises(SalesforceMalformedRequest):
        deployed.query("SELECT Id FROM WhatsApp_Message__c WHERE Body__c LIKE '%x%'")


def test_a_task_on_a_contact(sf):
    person = sf.Contact.create({"LastName": "López"})["id"]

    task = sf.Task.create({"Subject": "WhatsApp · Puente 0123456789ABC", "WhoId": person, "Status": "Completed",
                           "ActivityDate": "2026-11-20"})["id"]

    query = f"SELECT Id FROM Task WHERE WhoId IN ('{person}') AND ActivityDate >= 2026-11-20 AND Subject LIKE '%Puente %'"
    assert [one["Id"] for one in sf.query(query)["records"]] == [task]
    sf.Contact.delete(person)
    assert sf.query(query)["totalSize"] == 0


def test_objects_are_described(deployed, sandbox):
    fields = {field["name"]: field for field in deployed.Contact.describe()["fields"]}
    assert fields["Puente_Id__c"]["externalId"] and fields["Puente_Id__c"]["unique"]
    assert fields["LastName"]["nillable"] is False

    with pytest.raises(SalesforceResourceNotFound):
        deployed.Nothing__c.describe()


def test_a_field_made_by_the_tooling_api_is_hidden_until_a_permission_set_shows_it(sf, org):
    assert sf.toolingexecute("sobjects/CustomField", "POST", PUENTE_FIELD)["success"] is True
    with pytest.raises(SalesforceMalformedRequest) as refusal:
        sf.query("SELECT Puente_Id__c FROM Contact")
    assert refusal.value.content[0]["errorCode"] == "INVALID_FIELD"
    with pytest.raises(SalesforceMalformedRequest) as refusal:
        sf.toolingexecute("sobjects/CustomField", "POST", PUENTE_FIELD)
    assert refusal.value.content[0]["errorCode"] == "DUPLICATE_DEVELOPER_NAME"

    permissions = sf.PermissionSet.create({"Name": "Puente", "Label": "Puente"})["id"]
    sf.FieldPermissions.create({"ParentId": permissions, "SobjectType": "Contact", "Field": "Contact.Puente_Id__c",
                                "PermissionsRead": True, "PermissionsEdit": True})
    user = sf.query(f"SELECT Id FROM User WHERE Username = '{USER}'")["records"][0]["Id"]
    sf.PermissionSetAssignment.create({"AssigneeId": user, "PermissionSetId": permissions})

    assert sf.query("SELECT Puente_Id__c FROM Contact")["totalSize"] == 0
    org(may_customise=False)
    with pytest.raises(SalesforceRefusedRequest):
        sf.toolingexecute("sobjects/CustomField", "POST", {**PUENTE_FIELD, "FullName": "Contact.Another__c"})


def test_all_pages_of_a_query(deployed):
    for start in range(0, 2200, 200):
        collection(deployed, "/Contact/Puente_Id__c", [contact(f"{start + one:04}") for one in range(200)])

    first = deployed.query("SELECT Id FROM Contact ORDER BY Id")
    everything = deployed.query_all("SELECT Puente_Id__c FROM Contact ORDER BY SystemModstamp, Id")

    assert (first["totalSize"], first["done"], len(first["records"])) == (2200, False, 2000)
    assert [one["Puente_Id__c"] for one in everything["records"]] == [f"{number:04}" for number in range(2200)]


def test_changes_are_walked_by_time_and_id(deployed):
    collection(deployed, "/Contact/Puente_Id__c", [contact(f"{number:03}") for number in range(50)])
    seen, place = [], "SystemModstamp >= 2020-01-01T00:00:00.000Z"
    while True:
        page = deployed.query(
            f"SELECT Id, Puente_Id__c, SystemModstamp FROM Contact WHERE {place} ORDER BY SystemModstamp, Id LIMIT 7",
            include_deleted=True,
        )["records"]
        seen += [one["Puente_Id__c"] for one in page]
        if len(page) < 7:
            break
        at = page[-1]["SystemModstamp"].replace("+0000", "Z")
        place = f"SystemModstamp >= {at} AND (SystemModstamp > {at} OR Id > '{page[-1]['Id']}')"

    assert seen == [f"{number:03}" for number in range(50)]


def test_the_loser_of_a_merge_names_its_master(deployed, sandbox):
    kept, lost = [one["id"] for one in collection(deployed, "/Contact/Puente_Id__c", [contact("A"), contact("B")])]

    sandbox.post(f"{ORG}/merge", json={"primary": kept, "other": lost}).raise_for_status()

    query = "SELECT Id, IsDeleted, MasterRecordId FROM Contact WHERE IsDeleted = true"
    assert deployed.query(query)["totalSize"] == 0
    found = deployed.query(query, include_deleted=True)["records"]
    assert [(one["Id"], one["MasterRecordId"]) for one in found] == [(lost, kept)]


def test_updated_and_deleted(sf):
    kept, gone = (sf.Contact.create({"LastName": name})["id"] for name in "AB")
    sf.Contact.delete(gone)
    start, end = (datetime.now(timezone.utc) + timedelta(minutes=minutes) for minutes in (-5, 5))

    assert sf.Contact.updated(start, end)["ids"] == [kept]
    assert [one["id"] for one in sf.Contact.deleted(start, end)["deletedRecords"]] == [gone]


def test_phones_are_found_by_their_end_in_any_writing(sf, sandbox):
    id = sf.Contact.create({"LastName": "López", "Phone": "(600) 111-222"})["id"]
    sandbox.post("/sandbox/clock", json={"advance_seconds": 5}).raise_for_status()

    for term, found in (("600111222", [id]), ("0111222", [id]), ("34600111222", []), ("1 OR 600111222", [id])):
        search = f"FIND {{{term}}} IN PHONE FIELDS RETURNING Contact(Id, Phone LIMIT 20)"
        assert [one["Id"] for one in sf.search(search)["searchRecords"]] == found


def test_a_duplicate_rule_refuses_and_names_the_records(sf, org):
    first = sf.Contact.create({"LastName": "López", "MobilePhone": "+34600111222"})["id"]
    org(duplicate_rule="alert")
    twin = {"LastName": "Otra", "MobilePhone": "600 111 222"}

    with pytest.raises(SalesforceMalformedRequest) as refusal:
        sf.Contact.create(twin)

    error = refusal.value.content[0]
    assert error["errorCode"] == "DUPLICATES_DETECTED"
    match = error["duplicateResult"]["matchResults"][0]["matchRecords"][0]
    assert match["record"]["Id"] == first
    allowed = sf.Contact.create(twin, headers={"Sforce-Duplicate-Rule-Header": "allowSave=true"})
    assert allowed["success"] is True


def test_composite_calls_name_each_others_answers(deployed):
    def calls(contact):
        return {
            "allOrNone": True,
            "compositeRequest": [
                {"method": "PATCH", "url": "/services/data/v66.0/sobjects/Contact/Puente_Id__c/P9",
                 "referenceId": "c1", "body": contact},
                {"method": "POST", "url": "/services/data/v66.0/sobjects/Task", "referenceId": "t1",
                 "body": {"WhoId": "@{c1.id}", "Subject": "WhatsApp"}},
            ],
        }

    refused = deployed.restful("composite", method="POST", data=json.dumps(calls({"FirstName": "Ana"})))
    done = deployed.restful("composite", method="POST", data=json.dumps(calls({"LastName": "López"})))

    assert refused["compositeResponse"][1]["body"][0]["errorCode"] == "PROCESSING_HALTED"
    assert [one["httpStatusCode"] for one in done["compositeResponse"]] == [201, 201]


def test_limits_are_told_and_enforced(sf, sandbox, org):
    sf.query("SELECT Id FROM Contact")
    assert sf.api_usage["api-usage"].total == 105_000

    org(daily_calls=1)
    sandbox.put("/sandbox/faults", json={"vendor_limits": True}).raise_for_status()
    with pytest.raises(SalesforceRefusedRequest) as refusal:
        sf.query("SELECT Id FROM Contact")
    assert refusal.value.content[0]["errorCode"] == "REQUEST_LIMIT_EXCEEDED"


def test_a_locked_row_once(deployed, sandbox):
    fault = {"target": "salesforce", "kind": "item_error", "count": 1}
    sandbox.put("/sandbox/faults", json={"faults": [fault]}).raise_for_status()

    answers = collection(deployed, "/Contact/Puente_Id__c", [contact("A"), contact("B")])

    assert answers[0]["errors"][0]["statusCode"] == "UNABLE_TO_LOCK_ROW"
    assert answers[1]["success"] is True


def test_versions_that_are_retired_or_unknown(session, sf):
    for version, status in (("30.0", 410), ("99.0", 404)):
        url = f"https://{sf.sf_instance}/services/data/v{version}/limits"
        assert session.get(url, headers={"Authorization": f"Bearer {sf.session_id}"}).status_code == status
