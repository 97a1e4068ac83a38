"""pywa verifies and reads what the sandbox posts to a business."""

import pytest
from pywa import types
from pywa.errors import ReEngagementMessage
from pywa.handlers import (
    CallbackButtonHandler,
    CallbackSelectionHandler,
    MessageHandler,
    MessageStatusHandler,
    PhoneNumberChangeHandler,
    UserMarketingPreferencesHandler,
)

from conftest import PHONE


@pytest.fixture
def deliver(wa, sandbox, receiver):
    """Hands the next webhook to pywa, signature first, and returns its status."""
    sandbox.put("/sandbox/callbacks", json={"whatsapp": receiver.url + "/webhooks/whatsapp"})

    def next_update():
        post = receiver.next()
        headers = {name.lower(): value for name, value in post.headers.items()}
        assert wa.webhook_update_validator(post.body, headers["x-hub-signature-256"]) is None
        _, status = wa.webhook_update_handler(post.body)
        assert status == 200
        return post

    return next_update


def test_a_spoilt_signature_is_noticed(wa, sandbox, receiver):
    sandbox.put("/sandbox/callbacks", json={"whatsapp": receiver.url})
    sandbox.post("/sandbox/webhooks?signature=wrong", content=b'{"object":"whatsapp_business_account","entry":[]}')
    post = receiver.next()
    headers = {name.lower(): value for name, value in post.headers.items()}

    assert wa.webhook_update_validator(post.body, headers["x-hub-signature-256"]) is not None


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ({"text": "¿Qué tal? 😀"}, types.MessageType.TEXT),
        ({"type": "image", "image": {"caption": "Foto"}}, types.MessageType.IMAGE),
        ({"type": "voice"}, types.MessageType.AUDIO),
        ({"type": "video"}, types.MessageType.VIDEO),
        ({"type": "document"}, types.MessageType.DOCUMENT),
        ({"type": "sticker", "sticker": {"animated": False}}, types.MessageType.STICKER),
        ({"location": {"latitude": 19.43, "longitude": -99.13, "name": "Casa"}}, types.MessageType.LOCATION),
        (
            {"contacts": [{"name": {"formatted_name": "Ana", "first_name": "Ana"}, "phones": [{"phone": "+34600"}]}]},
            types.MessageType.CONTACTS,
        ),
        ({"reaction": {"message_id": "wamid.x", "emoji": "👍"}}, types.MessageType.REACTION),
        ({"type": "unsupported"}, types.MessageType.UNSUPPORTED),
    ],
)
def test_messages_are_read(wa, deliver, customer, message, kind):
    seen = []
    wa.add_handlers(MessageHandler(lambda _, update: seen.append(update)))

    written = customer(**message)
    deliver()

    assert [update.type for update in seen] == [kind]
    assert seen[0].id == written["id"]
    assert seen[0].from_user.wa_id == PHONE
    assert seen[0].from_user.bsuid == written["customer"]["user_id"]
    if kind == types.MessageType.TEXT:
        assert seen[0].text == "¿Qué tal? 😀"


def test_media_of_a_message_is_downloaded(wa, deliver, customer):
    seen = []
    wa.add_handlers(MessageHandler(lambda _, update: seen.append(update)))
    customer(type="image")
    deliver()

    picture = seen[0].image.get_bytes()

    assert picture[:3] == b"\xff\xd8\xff"


def test_a_pressed_button(wa, deliver, customer):
    seen = []
    wa.add_handlers(
        CallbackButtonHandler(lambda _, update: seen.append(update.data)),
        CallbackSelectionHandler(lambda _, update: seen.append(update.data)),
    )
    context = {"from": "15550783881", "id": "wamid.x"}
    customer(interactive={"type": "button_reply", "button_reply": {"id": "yes", "title": "Sí"}}, context=context)
    deliver()
    customer(interactive={"type": "list_reply", "list_reply": {"id": "row", "title": "Fila"}}, context=context)
    deliver()
    customer(type="button", button={"payload": "confirm", "text": "Confirmo"}, context=context)
    deliver()

    assert seen == ["yes", "row", "confirm"]


def test_a_customer_without_a_phone(wa, deliver, customer):
    seen = []
    wa.add_handlers(MessageHandler(lambda _, update: seen.append(update)))

    customer(text="Hola", identity="username", username="ana.lopez")
    deliver()

    assert seen[0].from_user.wa_id is None
    assert seen[0].from_user.username == "ana.lopez"
    assert seen[0].from_user.bsuid.startswith("ES.")


def test_statuses_with_tracker_price_and_failure(wa, sandbox, deliver, customer):
    seen = []
    wa.add_handlers(MessageStatusHandler(lambda _, update: seen.append(update)))
    customer()
    deliver()

    sent = wa.send_message(to="+" + PHONE, text="Hola", tracker="job-1")
    while len(seen) < 3:
        deliver()

    assert {status.id for status in seen} == {sent.id}
    assert {status.status for status in seen} == {
        types.MessageStatusType.SENT,
        types.MessageStatusType.DELIVERED,
        types.MessageStatusType.READ,
    }
    assert {status.tracker for status in seen} == {"job-1"}
    assert [status.pricing.category.value for status in seen if status.pricing] == ["service"]

    # This client reads a failed status only with the contact beside it.
    sandbox.put("/sandbox/settings", json={"failed_contacts": True})
    sandbox.post("/sandbox/clock", json={"advance_seconds": 90000})
    wa.send_message(to="+" + PHONE, text="Tarde")
    while len(seen) < 4:
        deliver()
    assert isinstance(seen[3].error, ReEngagementMessage)


def test_a_new_number(wa, sandbox, deliver, customer):
    seen = []
    wa.add_handlers(PhoneNumberChangeHandler(lambda _, update: seen.append(update)))
    customer()
    deliver()

    sandbox.post(f"/sandbox/customers/{PHONE}/number", json={"new_phone": "+34600999888"}).raise_for_status()
    deliver()

    assert seen[0].new_wa_id == "34600999888"


def test_a_stopped_customer(wa, sandbox, deliver, customer):
    seen = []
    wa.add_handlers(UserMarketingPreferencesHandler(lambda _, update: seen.append(update)))
    customer()
    deliver()

    sandbox.post(f"/sandbox/customers/{PHONE}/preferences", json={"marketing": "stop"}).raise_for_status()
    deliver()

    assert not seen[0]
