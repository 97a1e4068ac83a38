"""pywa manages templates, numbers, profile and subscriptions."""

import pytest
from pywa.errors import WhatsAppError
from pywa.types import Pagination
from pywa.types.templates import (
    BodyText,
    Buttons,
    FooterText,
    QuickReplyButton,
    Template,
    TemplateCategory,
    TemplateLanguage,
    TemplateStatus,
)

from conftest import NUMBER_ID


def test_templates_are_listed_page_by_page(wa):
    first = wa.get_templates(pagination=Pagination(limit=5))
    names = [template.name for template in first]
    after = first.after
    while after:
        page = wa.get_templates(pagination=Pagination(limit=5, after=after))
        names += [template.name for template in page]
        after = page.after if len(page) else None

    assert len(names) == 14
    assert "recordatorio_cita" in names
    assert first.total_count == 14


def test_a_template_is_made_reviewed_read_and_deleted(wa, sandbox, receiver):
    sandbox.put("/sandbox/callbacks", json={"whatsapp": receiver.url})
    template = Template(
        name="aviso_de_prueba",
        language=TemplateLanguage.SPANISH,
        category=TemplateCategory.UTILITY,
        components=[
            BodyText("Hola {{1}}, tu trámite sigue adelante.", "Ana"),
            FooterText(text="Ejemplo S.A."),
            Buttons(buttons=[QuickReplyButton(text="De acuerdo")]),
        ],
    )

    created = wa.create_template(template)
    assert created.status == TemplateStatus.PENDING

    assert b"message_template_status_update" in receiver.next().body
    details = wa.get_template(template_id=created.id)
    assert details.status == TemplateStatus.APPROVED
    assert details.name == "aviso_de_prueba"

    assert wa.delete_template("aviso_de_prueba")
    with pytest.raises(WhatsAppError):
        wa.create_template(template)


def test_the_number_the_account_and_the_profile(wa):
    assert wa.get_business_phone_number().display_phone_number == "+15550783881"
    assert [number.id for number in wa.get_business_phone_numbers()] == [NUMBER_ID]
    assert wa.get_business_account().name == "Ejemplo S.A."

    assert wa.update_business_profile(about="Abierto 24 h", websites=["https://ejemplo.example/"])
    assert wa.get_business_profile().about == "Abierto 24 h"


def test_registration(wa):
    assert wa.register_phone_number(pin="123456")
    with pytest.raises(WhatsAppError):
        wa.register_phone_number(pin="654321")
    assert wa.deregister_phone_number()


def test_the_app_sets_its_callback(wa, sandbox, receiver):
    token = wa.get_app_access_token(app_id="670843887433847", app_secret="sandbox-secret")

    assert wa.set_app_callback_url(
        app_id="670843887433847",
        app_access_token=token,
        callback_url=receiver.url + "/hook",
        verify_token="sandbox-verify",
        fields=["messages"],
    )
    sandbox.post("/sandbox/customers/34600111222/messages", json={"text": "Hola"})

    assert receiver.next().path == "/hook"


def test_a_dead_token(wa, sandbox):
    sandbox.put("/sandbox/faults", json={"faults": [{"target": "whatsapp", "kind": "token_death"}]})

    with pytest.raises(WhatsAppError) as failure:
        wa.get_business_phone_number()
    assert failure.value.code == 190
