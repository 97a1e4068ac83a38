"""What goes wrong at Meta, at the CRMs, and between them and us: nothing is lost, nothing comes twice, and a person
sees what only a person can mend."""

import threading
import time

import pytest
from rig import children, meta, work
from rig.account import Account
from rig.forwarder import Forwarder
from rig.installation import CUSTOMER

SEND_WAITS = """
    SELECT COUNT(*) FROM job WHERE kind = 'whatsapp.send' AND state = 'available' AND attempt = 0
"""
SEND_STATE = "SELECT COUNT(*) FROM job WHERE kind = 'whatsapp.send' AND state = '{}'"
WAITING_IN = """
    SELECT COUNT(*) FROM activity a JOIN connection c ON c.id = a.connection_id
    WHERE c.slug = '{}' AND a.state = '{}'
"""


@pytest.mark.parametrize(
    ("crm", "status"),
    [
        ("hubspot", 429),
        ("own", 500),
        pytest.param("own", 429, marks=pytest.mark.torture),
        pytest.param("hubspot", 500, marks=pytest.mark.torture),
        ("hubspot", 503),
        ("own", 503),
    ],
)
def test_a_crm_that_fails_for_a_moment_gets_everything_once(puente, crm, status):
    puente.greet()
    puente.sandbox.faults({"target": crm, "kind": "status", "status": status, "count": 1})

    for number in range(5):
        puente.sandbox.customer(CUSTOMER, f"message {number}")

    puente.until("all are recorded in both", work.RECORDED, 12, patience=60)
    assert puente.sandbox.fault_hits() == [1]
    assert len(puente.sandbox.activities(crm)) == 6


@pytest.mark.parametrize(
    ("crm", "kind"),
    [
        ("hubspot", "drop_answer"),
        ("own", "drop_answer"),
        ("own", "truncate"),
        pytest.param("hubspot", "truncate", marks=pytest.mark.torture),
    ],
)
def test_an_answer_lost_after_a_crm_acted_makes_no_second_activity(puente, crm, kind):
    puente.greet()
    path = {"path": "communications"} if crm == "hubspot" else {}
    puente.sandbox.faults({"target": crm, "kind": kind, "count": 1, "method": "POST", **path})

    puente.sandbox.customer(CUSTOMER, "one time only")

    puente.until("it is recorded in both", work.RECORDED, 4, patience=60)
    assert puente.sandbox.fault_hits() == [1]
    assert len(puente.sandbox.activities(crm)) == 2
    assert all(item.get("recordings", 1) == 1 for item in puente.sandbox.activities(crm))


def test_a_slow_crm_delays_neither_the_other_crm_nor_answers_to_webhooks(puente):
    puente.greet()
    puente.sandbox.faults({"target": "hubspot", "kind": "delay", "milliseconds": 60000})
    poster = puente.poster()

    for number in range(10):
        assert poster.meta(meta.envelope(meta.message(CUSTOMER, f"wamid.S{number}", f"slow {number}"))) == 200

    puente.until("the own system has all", WAITING_IN.format("own", "recorded"), 11)
    puente.until("HubSpot's wait", WAITING_IN.format("hubspot", "waiting"), 10)
    puente.sandbox.faults()
    puente.until("HubSpot has all", WAITING_IN.format("hubspot", "recorded"), 11, patience=60)
    assert len(puente.sandbox.activities("hubspot")) == 11


@pytest.mark.parametrize("status", [429, 503])
def test_meta_that_fails_for_a_moment_gets_the_message_once(puente, status):
    puente.greet()
    puente.sandbox.faults(
        {"target": "whatsapp", "kind": "status", "status": status, "count": 1, "path": "messages", "retry_after": 1}
    )

    puente.send("after a failure")

    children.until("it is sent", lambda: puente.sent("after a failure"), patience=60)
    assert puente.sandbox.fault_hits() == [1]
    Account(puente).wait_until_quiet()
    assert len(puente.sent("after a failure")) == 1


def test_a_bare_500_of_metas_says_nothing_and_the_message_is_listed_as_perhaps_sent(puente):
    """It does not say where it broke: repeating it might reach the customer twice."""
    puente.greet()
    puente.sandbox.faults(
        {"target": "whatsapp", "kind": "status", "status": 500, "body": "oops", "count": 1, "path": "messages"}
    )

    puente.send("perhaps")
    puente.send("the next one")

    children.until("the next one is sent", lambda: puente.sent("the next one"))
    assert puente.count(SEND_STATE.format("uncertain")) == 1
    assert puente.sent("perhaps") == []


def test_a_rate_limit_of_metas_pauses_the_number_and_spends_no_attempt(puente):
    puente.greet()
    puente.sandbox.faults(
        {"target": "whatsapp", "kind": "graph_code", "code": 130429, "count": 2, "path": "messages"}
    )

    puente.send("after the limit")

    children.until("it is sent", lambda: puente.sent("after the limit"), patience=90)
    assert puente.sandbox.fault_hits() == [2]
    assert len(puente.sent("after the limit")) == 1


def test_an_answer_of_metas_that_never_comes_is_no_reason_to_send_again(puente):
    """The deadline of a send is 10 s; Meta acts, and tells a status."""
    puente.greet()
    puente.sandbox.faults(
        {"target": "whatsapp", "kind": "delay", "when": "after", "milliseconds": 25000, "path": "messages", "count": 1}
    )

    puente.send("no answer")

    puente.until("a status proves it", SEND_STATE.format("completed"), 1, patience=40)
    assert len(puente.sent("no answer")) == 1


def test_a_dead_token_pauses_the_number_with_an_alarm_until_it_is_mended(puente):
    puente.greet()
    puente.sandbox.faults({"target": "whatsapp", "kind": "token_death"})

    puente.send("with a new token")

    puente.until("the alarm is raised", work.PAUSED, 1)
    puente.until("the message waits, and no attempt of its own is spent", SEND_WAITS, 1)
    puente.sandbox.customer(CUSTOMER, "they still arrive")
    puente.until("messages come in and are recorded, like the one that waits", work.RECORDED, 6, patience=60)
    # A person puts a new token into the configuration and starts the server again.
    puente.sandbox.faults()
    puente.server.stop()
    puente.server.start()
    children.until("it is sent", lambda: puente.sent("with a new token"), patience=60)
    puente.until("the alarm is over", work.PAUSED, 0)
    assert len(puente.sent("with a new token")) == 1


def test_a_dead_token_of_a_crms_pauses_it_with_an_alarm_until_it_is_mended(puente):
    puente.greet()
    puente.sandbox.faults({"target": "hubspot", "kind": "token_death"})

    puente.sandbox.customer(CUSTOMER, "with a new key")

    puente.until("the alarm is raised", work.PAUSED, 1)
    puente.until("the other CRM has it", WAITING_IN.format("own", "recorded"), 2)
    assert puente.count(WAITING_IN.format("hubspot", "waiting")) == 1
    puente.sandbox.faults()
    puente.server.stop()
    puente.server.start()
    puente.until("it is recorded", WAITING_IN.format("hubspot", "recorded"), 2, patience=60)
    puente.until("the alarm is over", work.PAUSED, 0)


@pytest.mark.torture
@pytest.mark.parametrize("target", ["whatsapp", "hubspot", "own"])
def test_an_account_that_is_mended_at_the_vendors_goes_on_by_itself(puente, target):
    """Nobody starts anything: one waiting job is tried twice a minute."""
    puente.greet()
    puente.sandbox.faults({"target": target, "kind": "token_death"})
    puente.send("waits for it")
    puente.until("the alarm is raised", work.PAUSED, 1)

    puente.sandbox.faults()

    puente.until("the alarm is over", work.PAUSED, 0, patience=60)
    account = Account(puente)
    account.wait_until_quiet()
    assert len(puente.sent("waits for it")) == 1
    assert len(puente.sandbox.activities("own")) == len(puente.sandbox.activities("hubspot")) == 2


def test_statuses_out_of_order_and_twice_never_move_a_message_back(puente):
    puente.greet()
    puente.sandbox.settings(status_delays={"sent": [60000, 60000], "delivered": [1, 1], "read": [1, 1]})
    puente.send("steps")
    sent = children.until("Meta has it", lambda: puente.sent("steps"))[0]
    poster = puente.poster()
    shown = "SELECT COUNT(*) FROM message WHERE wamid = '" + sent["id"] + "' AND status = '{}'"
    puente.until("its id is known", f"SELECT COUNT(*) FROM message WHERE wamid = '{sent['id']}'", 1)

    for word, expected in [("delivered", "delivered"), ("sent", "delivered"), ("read", "read"), ("failed", "read"),
                           ("delivered", "read"), ("sent", "read"), ("read", "read")]:  # fmt: skip
        assert poster.meta(meta.envelope(meta.status(CUSTOMER, sent["id"], word))) == 200
        puente.until("it is interpreted", work.BODIES_WAITING, 0)
        puente.until(f"it shows {expected} after {word}", shown.format(expected), 1, patience=5)

    puente.until("both CRMs show it", f"""
        SELECT COUNT(*) FROM activity a JOIN message m ON m.id = a.message_id
        WHERE m.wamid = '{sent["id"]}' AND a.recorded_status = 'read'
    """, 2)  # fmt: skip


def test_webhooks_that_come_twice_and_in_disorder_change_nothing(puente):
    puente.greet()
    puente.sandbox.faults(
        {"target": "webhooks", "kind": "duplicate", "share": 1},
        {"target": "webhooks", "kind": "reorder", "milliseconds": 800, "share": 1},
    )

    for number in range(10):
        puente.sandbox.customer(f"3460010{number:04}", f"twice {number}")
    for number in range(5):
        puente.send(f"disorder {number}")

    account = Account(puente)
    account.wait_until_quiet()
    account.check_statuses()
    account.check_ledger()
    assert len(puente.sandbox.activities("own")) == 16
    assert len(puente.sandbox.activities("hubspot")) == 16
    assert all(item["recordings"] == 1 for item in puente.sandbox.activities("own"))


def test_a_burst_of_history_does_not_hold_live_messages_up(puente):
    puente.greet()
    poster = puente.poster()
    history = [meta.encode(history_chunk(number)) for number in range(60)]

    for body in history:
        assert poster.meta(body) == 200
    behind = puente.count("SELECT COUNT(*) FROM intake WHERE is_bulk = 1 AND state <> 'interpreted'")
    assert behind > 0, "the burst was over before the live message came; the test proves nothing"
    assert poster.meta(meta.envelope(meta.message(CUSTOMER, "wamid.live", "live"))) == 200
    puente.until("the live message is stored", "SELECT COUNT(*) FROM message WHERE wamid = 'wamid.live'", 1)

    waiting = puente.count("SELECT COUNT(*) FROM intake WHERE is_bulk = 1 AND state <> 'interpreted'")
    assert waiting > 0, "the live message waited for all of the history"
    puente.until("the history is stored as well", work.BODIES_WAITING, 0, patience=120)
    assert puente.count("SELECT COUNT(*) FROM message WHERE origin = 'history'") == 60 * 100


def history_chunk(number):
    """A hundred old messages of one customer."""
    phone = f"3460020{number:04}"
    messages = [
        {
            "from": phone,
            "id": f"wamid.H.{number}.{index}",
            "timestamp": str(1700000000 + number * 1000 + index),
            "type": "text",
            "text": {"body": f"old {number} {index}"},
            "history_context": {"status": "READ"},
        }
        for index in range(100)
    ]
    value = meta.message(phone, "-", "-")
    del value["messages"], value["contacts"]
    value["history"] = [
        {
            "metadata": {"phase": 0, "chunk_order": number, "progress": min(99, number)},
            "threads": [{"id": phone, "messages": messages}],
        }
    ]
    return meta.envelope(value, field="history")


def test_a_body_that_ends_the_process_is_set_aside_and_its_neighbours_arrive(make):
    puente = make()
    server = puente.serve()
    puente.greet()
    poster = puente.poster()
    messages = [(f"wamid.N{number}", f"neighbour {number}") for number in range(4)]
    messages.insert(2, ("wamid.T", "puente-test-trap"))
    server.freeze()  # so that all of them are in one batch: none is answered before all have come
    posters = [puente.poster() for _ in messages]
    answers = [None] * len(messages)
    threads = post_together(posters, messages, answers)
    time.sleep(0.3)
    server.thaw()

    deaths = 0
    is_aside = "SELECT COUNT(*) FROM unrouted WHERE reason = 'stoppedInterpreter' AND state = 'open'"

    def outcome():
        if server.process.poll() is not None:
            return "dead"
        return "aside" if server.ready() == 200 and puente.count(is_aside) else None

    while children.until("it is dead, or the body is set aside", outcome) == "dead":
        deaths += 1
        assert deaths < 8, "it dies again and again"
        server.launch()
    for thread in threads:
        thread.join(10)

    taken = [wamid for (wamid, _), status in zip(messages, answers) if status == 200]
    assert deaths == 3, "a body is tried three times and then set aside"
    # It may have ended the process before it was answered: what is committed is taken up while its sync still runs.
    assert puente.count(is_aside + " AND excerpt LIKE '%puente-test-trap%'") == 1, "it is that body which is set aside"
    for wamid in taken:
        if wamid != "wamid.T":
            puente.until(f"{wamid} arrived", f"SELECT COUNT(*) FROM message WHERE wamid = '{wamid}'", 1)
    assert puente.poster().meta(meta.envelope(meta.message(CUSTOMER, "wamid.after", "life goes on"))) == 200
    puente.until("life goes on", "SELECT COUNT(*) FROM message WHERE wamid = 'wamid.after'", 1)
    account = Account(puente)
    account.wait_until_quiet()
    account.check_ledger()


def post_together(posters, messages, answers):
    def post(index):
        wamid, text = messages[index]
        answers[index] = posters[index].meta(meta.envelope(meta.message(CUSTOMER, wamid, text)))

    threads = [threading.Thread(target=post, args=(index,), daemon=True) for index in range(len(messages))]
    for thread in threads:
        thread.start()
    return threads


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "status", "status": 503},
        pytest.param({"kind": "status", "status": 500}, marks=pytest.mark.torture),
        pytest.param({"kind": "delay", "milliseconds": 60000}, marks=pytest.mark.torture),
    ],
)
def test_a_crm_that_takes_connections_and_fails_for_longer_than_all_attempts_take_loses_nothing(puente, fault):
    """All attempts of a message are over after some 31 s."""
    puente.greet()
    puente.sandbox.faults({"target": "hubspot", **fault}, {"target": "own", **fault})
    ends = time.monotonic() + 45
    count = 1
    while time.monotonic() < ends:
        puente.sandbox.customer(CUSTOMER, f"while it fails {count}")
        count += 1
        time.sleep(3)
    assert puente.count("SELECT COUNT(*) FROM job WHERE state = 'discarded'") == 0

    puente.sandbox.faults()
    back = time.monotonic()

    first = f"SELECT ({WAITING_IN.format('own', 'recorded')}) > 1"
    puente.until("the first is there", first, True, patience=30)
    print(f"{count} messages; recovered after {time.monotonic() - back:.2f} s")
    puente.until("HubSpot has all", WAITING_IN.format("hubspot", "recorded"), count, patience=90)
    puente.until("the own system has all", WAITING_IN.format("own", "recorded"), count, patience=60)
    assert puente.count("SELECT COUNT(*) FROM job WHERE state = 'discarded'") == 0
    for crm in ("hubspot", "own"):
        assert len(puente.sandbox.activities(crm)) == count


def test_a_crm_that_is_away_gets_everything_when_it_is_back_and_nobodys_attempts_are_spent(make):
    away(make, seconds=8)


@pytest.mark.torture
def test_a_crm_that_is_away_for_five_minutes_gets_everything(make):
    away(make, seconds=300)


def away(make, seconds):
    """The CRM cannot be connected to: nobody listens at its port."""
    port = children.free_port()
    puente = make()
    puente.serve(adjust=lambda settings: settings["crm"]["own"].update(base_url=f"http://127.0.0.1:{port}/own"))
    ends = time.monotonic() + seconds
    count = 0
    while time.monotonic() < ends:
        puente.sandbox.customer(CUSTOMER, f"while it is away {count}")
        count += 1
        time.sleep(min(0.5, seconds / 20))
    puente.until("HubSpot has all of them", WAITING_IN.format("hubspot", "recorded"), count, patience=60)
    assert puente.count(WAITING_IN.format("own", "waiting")) == count
    # People are told when it has been away for a minute.
    assert puente.count(work.AWAY) == (1 if seconds > 90 else 0)
    assert puente.count("SELECT COUNT(*) FROM job WHERE state = 'discarded'") == 0
    assert puente.count("SELECT COUNT(*) FROM job WHERE kind LIKE 'crm.%' AND state <> 'completed' AND attempt > 0") == 0

    with Forwarder(port, puente.sandbox.url):
        back = time.monotonic()
        puente.until("the first is there", f"SELECT ({WAITING_IN.format('own', 'recorded')}) > 0", True, patience=30)
        print(f"away {seconds} s, {count} messages; recovered after {time.monotonic() - back:.2f} s")
        puente.until("all of them are there", WAITING_IN.format("own", "recorded"), count, patience=60)
        puente.until("the alarm is over", work.AWAY, 0)
    recorded = puente.sandbox.activities("own")
    assert len(recorded) == count
    assert all(item["recordings"] == 1 for item in recorded)
    texts = [item["data"]["text"] for item in recorded]
    assert texts == [f"while it is away {number}" for number in range(count)]
