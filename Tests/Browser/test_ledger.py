"""The ledger: every figure is explained, and moves as it happens."""

from support.waiting import until


def _adds_up(console):
    return all(item["total"] == sum(item["parts"].values()) for item in console.equations().values())


def test_every_equation_adds_up(ana, customer):
    customer().writes("Uno")
    ana.open("/ledger")

    ana.until_has(".equation")
    until("the sums are right", lambda: _adds_up(ana))
    assert {"Webhook bodies", "Messages", "Statuses"} <= set(ana.equations())
    assert {item["verdict"] for item in ana.equations().values()} == {"Balanced"}
    ana.until_text("Everything is accounted for", ".way .verdict")


def test_the_figures_move_as_messages_come(ana, customer):
    ana.open("/ledger")
    ana.until_has(".equation")
    before = ana.equations()
    ana.mark()

    for number in range(3):
        customer().writes(f"Mensaje {number}")

    until("three more are stored", lambda: _stored(ana) == before["Messages"]["parts"]["stored"] + 3)
    until("the CRM has them", lambda: ana.equations()["HubSpot"]["parts"]["recorded"]
          >= before["HubSpot"]["parts"]["recorded"] + 3)
    until("and all is balanced", lambda: _adds_up(ana))
    assert ana.is_same_page()


def _stored(console):
    return console.equations()["Messages"]["parts"]["stored"]


def test_the_span_can_be_changed_and_the_chart_read_as_a_table(ana, customer):
    customer().writes("Hola")
    ana.open("/ledger")
    ana.until_has(".chart-column")
    ana.click(".chart-table summary")
    assert len(ana.all(".chart-table tbody tr")) >= 1

    for label in ("24 hours", "7 days", "Last hour"):
        ana.click("main .segments a", label)
        until(label, lambda: ana.text("main .segments [aria-current]") == label)
        ana.until_has(".equation")


def test_delays_are_measured_against_their_target(ana, customer):
    elsa = customer()
    ana.converse(elsa, "Hola")
    ana.send("Buenas")
    ana.until_bubble("Hola", ".record.is-recorded")

    ana.open("/ledger")

    until("hops are measured", lambda: len(ana.all(".delays li")) >= 2)
    assert all("target" in text for text in ana.texts(".delays li"))


def test_a_dead_letter_explains_its_difference(ana, customer, puente):
    puente.sandbox.fails("hubspot", "status", status=400, path="communications")
    customer("Rita Mora").writes("No se registra")
    ana.open("/ledger")

    ana.click(".differences a[href^='/dead-letters']")

    ana.until_at("/dead-letters")
    ana.until_item("Rita Mora")
    puente.sandbox.works()
    ana.open_item("Rita Mora")
    ana.in_item("Rita Mora", "form[action='/dead-letters/retries'] button")
    ana.until_has(".page-notice")
