"""HubSpot's own client drives every call Puente relies on."""

import json

import pytest
from hubspot.crm.associations.v4 import (
    AssociationSpec,
    BatchInputPublicAssociationMultiPost,
    BatchInputPublicFetchAssociationsBatchRequest,
    PublicAssociationMultiPost,
    PublicFetchAssociationsBatchRequest,
    PublicObjectId,
)
from hubspot.crm.contacts import (
    BatchInputSimplePublicObjectBatchInput,
    BatchInputSimplePublicObjectBatchInputForCreate,
    BatchInputSimplePublicObjectBatchInputUpsert,
    BatchInputSimplePublicObjectId,
    BatchReadInputSimplePublicObjectId,
    Filter,
    FilterGroup,
    PublicMergeInput,
    PublicObjectSearchRequest,
    SimplePublicObjectBatchInput,
    SimplePublicObjectBatchInputForCreate,
    SimplePublicObjectBatchInputUpsert,
    SimplePublicObjectId,
    SimplePublicObjectInput,
    SimplePublicObjectInputForCreate,
)
from hubspot.crm.contacts.exceptions import ApiException
from hubspot.crm.objects import communications
from hubspot.crm.properties import PropertyCreate
from hubspot.utils.signature import Signature

from conftest import SECRET


@pytest.fixture
def contact(hubspot):
    def make(**properties):
        return hubspot.crm.contacts.basic_api.create(SimplePublicObjectInputForCreate(properties=properties))

    return make


@pytest.fixture
def puente_id(hubspot):
    hubspot.crm.properties.core_api.create(
        "contacts",
        PropertyCreate(
            name="puente_id",
            label="Puente",
            type="string",
            field_type="text",
            group_name="contactinformation",
            has_unique_value=True,
        ),
    )
    return "puente_id"


def test_contacts(hubspot, contact):
    made = contact(firstname="Ana", mobilephone="+34 600 111 222")
    assert made.properties["hs_searchable_calculated_mobile_number"] == "600111222"

    api = hubspot.crm.contacts.basic_api
    api.update(made.id, SimplePublicObjectInput(properties={"lastname": "López"}))
    read = api.get_by_id(made.id, properties=["firstname", "lastname", "company"])
    assert read.properties["lastname"] == "López"
    assert read.properties["company"] is None
    assert read.updated_at >= read.created_at

    api.archive(made.id)
    with pytest.raises(ApiException) as failure:
        api.get_by_id(made.id)
    assert failure.value.status == 404
    assert [one.id for one in api.get_page(archived=True).results] == [made.id]


def test_all_pages(hubspot, contact):
    ids = {contact(firstname=str(index)).id for index in range(25)}

    assert {one.id for one in hubspot.crm.contacts.get_all()} == ids


def test_refusals_can_be_read(hubspot, contact):
    first = contact(email="ana@x.example")

    with pytest.raises(ApiException) as conflict:
        contact(email="ANA@x.example")
    assert conflict.value.status == 409
    assert f"Existing ID: {first.id}" in json.loads(conflict.value.body)["message"]

    with pytest.raises(ApiException) as unknown:
        contact(whatsapp_idx="1")
    assert unknown.value.status == 400
    assert json.loads(unknown.value.body)["errors"][0]["code"] == "PROPERTY_DOESNT_EXIST"


def test_batch_upsert(hubspot, puente_id):
    def upsert(*inputs):
        return hubspot.crm.contacts.batch_api.upsert(
            BatchInputSimplePublicObjectBatchInputUpsert(
                inputs=[
                    SimplePublicObjectBatchInputUpsert(
                        id=key, id_property=puente_id, object_write_trace_id="t-" + key, properties=properties
                    )
                    for key, properties in inputs
                ]
            )
        )

    upsert(("P1", {"firstname": "Ana"}))
    answer = upsert(("P1", {"lastname": "López"}), ("P2", {"firstname": "Luis"}))

    results = {result.object_write_trace_id: result for result in answer.results}
    assert results["t-P1"].new is False
    assert results["t-P1"].properties["firstname"] == "Ana"
    assert results["t-P2"].new is True

    mixed = upsert(("P3", {"email": "no"}), ("P4", {"firstname": "Eva"}))
    assert mixed.num_errors == 1
    assert mixed.errors[0].context["objectWriteTraceId"] == ["t-P3"]
    assert len(mixed.results) == 1


def test_batch_create_update_read_archive(hubspot):
    api = hubspot.crm.contacts.batch_api
    created = api.create(
        BatchInputSimplePublicObjectBatchInputForCreate(
            inputs=[
                SimplePublicObjectBatchInputForCreate(properties={"firstname": name}, object_write_trace_id=name)
                for name in ["Ana", "Luis"]
            ]
        )
    )
    ids = {result.object_write_trace_id: result.id for result in created.results}

    api.update(
        BatchInputSimplePublicObjectBatchInput(
            inputs=[SimplePublicObjectBatchInput(id=ids["Ana"], properties={"city": "Lima"})]
        )
    )
    read = api.read(
        BatchReadInputSimplePublicObjectId(
            inputs=[SimplePublicObjectId(id=ids["Ana"]), SimplePublicObjectId(id="1")],
            properties=["city"],
            properties_with_history=[],
        )
    )
    assert read.results[0].properties["city"] == "Lima"
    assert read.num_errors == 1

    api.archive(BatchInputSimplePublicObjectId(inputs=[SimplePublicObjectId(id=one) for one in ids.values()]))
    assert hubspot.crm.contacts.get_all() == []


def test_search(hubspot, sandbox, contact):
    made = contact(firstname="Ana", mobilephone="+34600111222")
    contact(firstname="Luis")
    sandbox.post("/sandbox/clock", json={"advance_seconds": 5})

    def search(**filters):
        return hubspot.crm.contacts.search_api.do_search(
            PublicObjectSearchRequest(
                filter_groups=[FilterGroup(filters=[Filter(**filters)])],
                properties=["firstname"],
                limit=10,
                sorts=["lastmodifieddate"],
            )
        )

    found = search(property_name="hs_searchable_calculated_mobile_number", operator="EQ", value="600111222")
    assert [one.id for one in found.results] == [made.id]
    assert search(property_name="lastmodifieddate", operator="GTE", value="0").total == 2
    assert search(property_name="firstname", operator="IN", values=["ana", "eva"]).total == 1


def test_merge(hubspot, contact):
    first, second = contact(firstname="Ana"), contact(lastname="López")

    merged = hubspot.crm.contacts.basic_api.merge(
        PublicMergeInput(primary_object_id=first.id, object_id_to_merge=second.id)
    )

    assert merged.properties["lastname"] == "López"
    assert hubspot.crm.contacts.basic_api.get_by_id(second.id).id == merged.id


def test_communications_and_associations(hubspot, sandbox, contact):
    made = contact(firstname="Ana")
    answer = hubspot.crm.objects.communications.batch_api.create(
        communications.BatchInputSimplePublicObjectBatchInputForCreate(
            inputs=[
                communications.SimplePublicObjectBatchInputForCreate(
                    object_write_trace_id="m1",
                    properties={
                        "hs_communication_channel_type": "WHATS_APP",
                        "hs_communication_logged_from": "CRM",
                        "hs_communication_body": "← Ana: Hola",
                        "hs_timestamp": "2026-11-20T09:30:00.000Z",
                    },
                    associations=[
                        communications.PublicAssociationsForObject(
                            to=communications.PublicObjectId(id=made.id),
                            types=[
                                communications.AssociationSpec(
                                    association_category="HUBSPOT_DEFINED", association_type_id=81
                                )
                            ],
                        )
                    ],
                )
            ]
        )
    )
    message = answer.results[0]

    linked = hubspot.crm.associations.v4.batch_api.get_page(
        "contacts",
        "communications",
        BatchInputPublicFetchAssociationsBatchRequest(inputs=[PublicFetchAssociationsBatchRequest(id=made.id)]),
    )
    assert str(linked.results[0].to[0].to_object_id) == message.id
    activities = sandbox.get("/sandbox/crm/hubspot/activities").json()["data"]
    assert activities[0]["contact_ids"] == [made.id]

    hubspot.crm.objects.communications.basic_api.update(
        message.id, communications.SimplePublicObjectInput(properties={"hs_communication_body": "← Ana: Hola ✓"})
    )
    other = contact(firstname="Luis")
    hubspot.crm.associations.v4.batch_api.create(
        "communications",
        "contacts",
        BatchInputPublicAssociationMultiPost(
            inputs=[
                PublicAssociationMultiPost(
                    _from=PublicObjectId(id=message.id),
                    to=PublicObjectId(id=other.id),
                    types=[AssociationSpec(association_category="HUBSPOT_DEFINED", association_type_id=81)],
                )
            ]
        ),
    )
    page = hubspot.crm.associations.v4.basic_api.get_page("communications", message.id, "contacts")
    assert {str(one.to_object_id) for one in page.results} == {made.id, other.id}


def test_labels_owners_and_account(hubspot):
    labels = hubspot.crm.associations.v4.schema.definitions_api.get_all("communications", "contacts")
    assert [label.type_id for label in labels.results] == [81]
    assert hubspot.crm.owners.owners_api.get_page(email="marta.gil@ejemplo.example").results[0].first_name == "Marta"


def test_limits_can_be_read(hubspot, sandbox):
    sandbox.put("/sandbox/faults", json={"vendor_limits": True})
    sandbox.post("/sandbox/clock", json={"held": True})

    with pytest.raises(ApiException) as failure:
        for _ in range(6):
            hubspot.crm.contacts.search_api.do_search(PublicObjectSearchRequest(filter_groups=[]))
    assert failure.value.status == 429
    assert json.loads(failure.value.body)["policyName"] == "SECONDLY"


def test_webhooks_pass_hubspots_own_check(hubspot, sandbox, receiver, contact):
    url = receiver.url + "/webhooks/crm/hubspot?a=1"
    sandbox.put("/sandbox/callbacks", json={"hubspot": url})

    made = contact(firstname="Ana")

    post = receiver.next()
    headers = {name.lower(): value for name, value in post.headers.items()}
    assert Signature.is_valid(
        signature=headers["x-hubspot-signature-v3"],
        client_secret=SECRET,
        request_body=post.body.decode(),
        http_uri=url,
        signature_version="v3",
        timestamp=headers["x-hubspot-request-timestamp"],
    )
    assert Signature.is_valid(
        signature=headers["x-hubspot-signature"],
        client_secret=SECRET,
        request_body=post.body.decode(),
        http_uri=url,
        signature_version="v2",
    )
    event = json.loads(post.body)[0]
    assert str(event["objectId"]) == made.id
    assert event["subscriptionType"] == "contact.creation"
