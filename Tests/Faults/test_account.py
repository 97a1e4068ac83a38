"""The account itself: broken on purpose, it must notice. A test that cannot fail proves nothing."""

import sqlite3

import pytest
from rig import children
from rig.account import Account
from rig.installation import CUSTOMER
from rig.load import Load, Posted


def after_a_little_load(make, seed):
    """Everything written so far is settled; the server is down, and what is changed now was never so."""
    puente = make()
    server = puente.serve()
    puente.greet()
    load = Load(server.url, [CUSTOMER], seed, threads=1, pause=0.05, commands=0.5).start()
    children.until("messages of both kinds are taken", lambda: len({item.is_command for item in load.taken}) == 2)
    load.finish()
    Account(puente).check(load)
    server.stop()
    return puente, server, load


def change(puente, *statements):
    with sqlite3.connect(puente.books.path) as database:
        for sql in statements:
            assert database.execute(sql).rowcount > 0, f"nothing to change: {sql}"


def test_it_notices_a_message_that_is_sent_again_after_a_crash(make, seed):
    puente, server, load = after_a_little_load(make, seed)
    change(
        puente,
        "UPDATE message SET status = 'queued', wamid = NULL WHERE is_inbound = 0",
        "UPDATE job SET state = 'available', attempt = 0 WHERE kind = 'whatsapp.send'",
    )
    server.start()

    with pytest.raises(AssertionError, match="reached a customer more than once"):
        Account(puente).check(load)


def test_it_notices_a_message_that_is_recorded_again_after_a_crash(make, seed):
    puente, server, load = after_a_little_load(make, seed)
    change(
        puente,
        "UPDATE activity SET state = 'waiting', remote_id = NULL, recorded_status = NULL",
        "UPDATE job SET state = 'available', attempt = 0, must_verify = 0 WHERE kind = 'crm.activity'",
    )
    server.start()

    with pytest.raises(AssertionError, match="in HubSpot more than once"):
        Account(puente).check(load)


def test_it_notices_a_webhook_that_was_answered_and_lost(make, seed):
    puente, server, load = after_a_little_load(make, seed)
    load.posted.append(Posted(f"customer-{seed}-0-end", CUSTOMER, "wamid.lost", b"", is_command=False, is_taken=True))
    server.start()

    with pytest.raises(AssertionError, match="taken on and not in"):
        Account(puente).check(load)


def test_it_notices_a_figure_that_is_counted_twice(make, seed):
    puente, server, load = after_a_little_load(make, seed)
    change(puente, "UPDATE counter SET count = count + 1 WHERE kind = 'bodies.interpreted'")
    server.start()

    with pytest.raises(AssertionError, match="bodies.received"):
        Account(puente).check(load)
