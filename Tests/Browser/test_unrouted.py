"""Unrouted: what belongs to nobody is kept, explained, and leaves only when a person says so."""

import itertools

import pytest
from support.waiting import until

NUMBERS = itertools.count(900_000_000_000_001)


@pytest.fixture
def stray(puente):
    """A webhook of a number that is not connected; gives the number."""

    def send():
        number = str(next(NUMBERS))
        value = {
            "messaging_product": "whatsapp",
            "metadata": {"display_phone_number": "15550009999", "phone_number_id": number},
            "contacts": [{"profile": {"name": "Perdido"}, "wa_id": "34600000001", "user_id": "ES.1"}],
            "messages": [{
                "from": "34600000001", "from_user_id": "ES.1", "id": f"wamid.{number}", "timestamp": "1700000000",
                "type": "text", "text": {"body": f"para {number}"},
            }],
        }
        puente.sandbox.webhook({
            "object": "whatsapp_business_account",
            "entry": [{"id": "102290129340398", "changes": [{"field": "messages", "value": value}]}],
        })
        return number

    return send


def test_an_event_of_an_unknown_number_appears_and_tells_what_to_do(ana, stray):
    ana.open("/unrouted")
    ana.mark()

    number = stray()

    ana.until_item(number)
    assert ana.is_same_page()
    ana.open_item(number)
    entry = ana.item_text(number)
    assert "It speaks of a number that is not connected" in entry
    assert "Connect the number, then route it again." in entry
    assert f"para {number}" in entry
    ana.until_has(".rail-place[href='/unrouted'] .rail-count")


def test_an_event_is_routed_again(ana, stray):
    number = stray()
    ana.open("/unrouted")
    ana.open_item(number)

    ana.in_item(number, "form[action='/unrouted/routings'] button")

    ana.until_text("1 is being routed again.", ".page-notice")
    ana.until_item(number)


def test_one_event_is_dismissed(ana, stray):
    number = stray()
    ana.open("/unrouted")
    ana.open_item(number)

    ana.in_item(number, "[popovertarget^=dismiss]")
    ana.in_item(number, ".ask .is-danger")

    ana.until_text("1 was dismissed.", ".page-notice")
    until("it is gone", lambda: ana.item(number) is None)


def test_all_are_dismissed_at_once(ana, stray):
    numbers = [stray(), stray()]
    ana.open("/unrouted")
    for number in numbers:
        ana.until_item(number)

    ana.click("[data-select-all]")
    ana.click("#many .many-actions button", "Dismiss")
    ana.click("#dismiss-many .is-danger")

    ana.until_text("Everything found its place")


def test_a_kind_of_event_that_is_not_known_is_named(ana, puente):
    puente.sandbox.webhook({
        "object": "whatsapp_business_account",
        "entry": [{"id": "102290129340398", "changes": [{"field": "telepathy", "value": {"thought": "hmm"}}]}],
    })

    ana.open("/unrouted")

    ana.until_item("telepathy")
    assert "This version does not know events of this kind" in ana.item_text("telepathy")
