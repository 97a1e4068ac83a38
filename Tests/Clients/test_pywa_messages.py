"""pywa sends every kind of message Puente sends, and reads the refusals."""

import pytest
from pywa import types
from pywa.errors import (
    MediaUploadError,
    MissingRequiredParameter,
    RateLimitHit,
    ReEngagementMessage,
    TemplateNotExists,
    TemplateParamCountMismatch,
    TooManyMessages,
    WhatsAppError,
)
from pywa.types import Button, Section, SectionList, SectionRow, URLButton

from conftest import PHONE

TO = "+" + PHONE


def content(sandbox):
    return sandbox.get("/sandbox/messages").json()["data"][-1]


def test_text_with_tracker_and_reply(wa, sandbox, customer):
    received = customer()

    sent = wa.send_message(to=TO, text="Hola", tracker="job-1", reply_to_message_id=received["id"])

    assert sent.id.startswith("wamid.")
    assert sent.chat.id == PHONE
    message = content(sandbox)
    assert message["id"] == sent.id
    assert message["content"]["body"] == "Hola"
    assert message["callback_data"] == "job-1"
    assert message["context"]["message_id"] == received["id"]


@pytest.mark.parametrize(
    ("kind", "buttons"),
    [
        ("button", [Button(title="Sí", callback_data="yes"), Button(title="No", callback_data="no")]),
        (
            "list",
            SectionList(
                button_title="Ver",
                sections=[Section(title="A", rows=[SectionRow(title="x", callback_data="1", description="d")])],
            ),
        ),
        ("cta_url", URLButton(title="Ver", url="https://x.example")),
    ],
)
def test_interactive(wa, sandbox, customer, kind, buttons):
    customer()

    wa.send_message(to=TO, text="¿Seguimos?", footer="Ejemplo", buttons=buttons)

    assert content(sandbox)["content"]["type"] == kind


def test_other_kinds(wa, sandbox, customer):
    received = customer()

    wa.send_location(to=TO, latitude=19.43, longitude=-99.13, name="Casa", address="Centro")
    wa.request_location(to=TO, text="¿Dónde estás?")
    wa.send_contact(
        to=TO, contact=types.Contact(name=types.Contact.Name(formatted_name="Ana López", first_name="Ana"))
    )
    wa.send_reaction(to=TO, emoji="👍", message_id=received["id"])
    wa.remove_reaction(to=TO, message_id=received["id"])

    kinds = [message["type"] for message in sandbox.get("/sandbox/messages").json()["data"]]
    assert kinds == ["location", "interactive", "contacts", "reaction", "reaction"]


def test_media_goes_up_and_comes_down(wa, sandbox, customer):
    customer()
    picture = b"\xff\xd8\xff\xe0" + bytes(range(256))

    sent = wa.send_image(to=TO, image=picture, mime_type="image/jpeg", caption="Foto")
    wa.send_document(to=TO, document="https://x.example/a.pdf", filename="a.pdf")

    info = wa.get_media_url(media_id=sent.uploaded_media.id)
    assert info.file_size == len(picture)
    assert info.mime_type == "image/jpeg"
    assert wa.get_media_bytes(info.url) == picture
    assert wa.delete_media(sent.uploaded_media.id)
    with pytest.raises(WhatsAppError):
        wa.get_media_url(media_id=sent.uploaded_media.id)


def test_wrong_file_is_refused(wa, customer):
    customer()

    with pytest.raises(MediaUploadError):
        wa.upload_media(media=b"x" * ((5 << 20) + 1), mime_type="image/png", filename="a.png")


def test_read_and_typing(wa, sandbox, customer):
    received = customer()

    assert wa.mark_message_as_read(message_id=received["id"])
    assert wa.indicate_typing(message_id=received["id"])

    assert sandbox.get("/sandbox/summary").json()["whatsapp"]["typing_marks"] == 1


def test_recipient_without_a_phone(wa, sandbox, customer):
    user_id = customer(text="Hola", identity="username")["customer"]["user_id"]

    sent = wa.send_message(to=user_id, text="Hola")

    assert sent.id.startswith("wamid.")
    assert content(sandbox)["to"] == user_id


def test_closed_window(wa, sandbox):
    sandbox.put("/sandbox/settings", json={"window_refusal": "answer"})

    with pytest.raises(ReEngagementMessage):
        wa.send_message(to=TO, text="Hola")


def test_pair_limit(wa, sandbox, customer):
    customer()
    sandbox.put("/sandbox/faults", json={"vendor_limits": True})
    sandbox.post("/sandbox/clock", json={"held": True})
    for _ in range(45):
        wa.send_message(to=TO, text="x")

    with pytest.raises(TooManyMessages):
        wa.send_message(to=TO, text="x")


def test_throughput(wa, sandbox, customer):
    customer()
    sandbox.put(
        "/sandbox/faults", json={"faults": [{"target": "whatsapp", "kind": "graph_code", "code": 130429}]}
    )

    with pytest.raises(RateLimitHit):
        wa.send_message(to=TO, text="x")


def test_templates_are_held_to_their_form(wa, customer):
    language = types.templates.TemplateLanguage
    link = types.templates.URLButton.params(url_variable="A-1", index=0)
    body = types.templates.BodyText

    sent = wa.send_template(
        to=TO, name="pedido_en_camino", language=language.SPANISH, params=[body.params("Ana", "A-1", "martes"), link]
    )
    assert sent.id.startswith("wamid.")

    with pytest.raises(TemplateParamCountMismatch):
        wa.send_template(
            to=TO, name="pedido_en_camino", language=language.SPANISH, params=[body.params("Ana"), link]
        )
    with pytest.raises(MissingRequiredParameter):
        wa.send_template(
            to=TO, name="pedido_en_camino", language=language.SPANISH, params=[body.params("Ana", "A-1", "martes")]
        )
    with pytest.raises(TemplateNotExists):
        wa.send_template(to=TO, name="nadie_la_hizo", language=language.SPANISH, params=[])


def test_named_template(wa, customer):
    templates = types.templates

    sent = wa.send_template(
        to=TO,
        name="recordatorio_cita",
        language=templates.TemplateLanguage.SPANISH,
        params=[
            templates.HeaderText.params(place="Centro"),
            templates.BodyText.params(first_name="Ana", day="12/03", hour="10:30"),
            templates.QuickReplyButton.params(callback_data="confirm", index=0),
        ],
    )

    assert sent.id.startswith("wamid.")
