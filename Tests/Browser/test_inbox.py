"""The inbox: what customers do appears by itself, and nothing is hidden from whoever answers."""

from selenium.webdriver.common.by import By
from support.waiting import until


def test_a_customer_writes_and_row_and_bubble_appear_by_themselves(ana, customer):
    lucia = customer("Lucía Ferrer")
    ana.open_inbox()
    ana.mark()

    lucia.writes("¿Tienen la talla 38?")

    assert "¿Tienen la talla 38?" in ana.row_text("Lucía Ferrer")
    assert ana.names()[0] == "Lucía Ferrer"
    ana.open_conversation("Lucía Ferrer")
    ana.until_bubble("¿Tienen la talla 38?")
    lucia.writes("En azul, si puede ser")
    ana.until_bubble("En azul, si puede ser")
    assert ana.bubbles()[-2:] == ["¿Tienen la talla 38?", "En azul, si puede ser"]
    assert ana.is_same_page()


def test_what_arrives_is_said_aloud(ana, customer):
    tomas = customer()
    ana.converse(tomas, "Hola")

    tomas.writes("¿Hay alguien?")

    until("it is announced", lambda: "¿Hay alguien?" in ana.content("#announcer"))
    assert tomas.name in ana.content("#announcer")


def test_unread_messages_are_counted_until_they_are_read(ana, customer):
    first, second = customer(), customer()
    ana.converse(first, "Hola")
    badge = ".rail-place[href='/inbox'] .rail-count"

    second.writes("Uno")
    second.writes("Dos")

    def unread():
        return [item.text for item in ana.until_row(second.name).find_elements(By.CSS_SELECTOR, ".unread")]

    until("two unread", lambda: unread() == ["2"])
    until("the rail counts it", lambda: ana.has(badge))
    ana.open_conversation(second.name)
    until("all is read", lambda: unread() == [])


def test_an_answer_goes_from_clock_to_tick_to_two_ticks_to_read(ana, customer, puente):
    maria = customer()
    ana.converse(maria, "¿A qué hora abren?")
    puente.sandbox.delays_sends(2000)

    ana.send("A las nueve.")

    ana.until_tick("A las nueve.", "Queued", "Sending")
    assert ana.icon_of("A las nueve.") == "clock"
    puente.sandbox.works()
    ana.until_tick("A las nueve.", "Accepted by WhatsApp")
    assert ana.icon_of("A las nueve.") == "check"
    (sent,) = maria.got()
    puente.sandbox.tells(sent["id"], "delivered")
    ana.until_tick("A las nueve.", "Delivered")
    assert ana.icon_of("A las nueve.") == "check-check"
    quiet = _colour(ana, "A las nueve.")
    puente.sandbox.tells(sent["id"], "read")
    ana.until_tick("A las nueve.", "Read")
    assert ana.icon_of("A las nueve.") == "check-check"
    assert _colour(ana, "A las nueve.") != quiet
    assert ana.one("#message-text").get_attribute("value") == ""


def _colour(console, text):
    return until(f"the colour of the tick of '{text}'", lambda: console.script(
        "return getComputedStyle(arguments[0]).color", console.bubble(text).find_element(By.CSS_SELECTOR, ".tick")))


def test_statuses_in_the_wrong_order_never_move_a_message_back(ana, customer, puente):
    pedro = customer()
    ana.converse(pedro, "Hola")
    ana.send("Buenos días.")
    ana.until_tick("Buenos días.", "Accepted by WhatsApp")
    (sent,) = pedro.got()

    puente.sandbox.tells(sent["id"], "read")
    ana.until_tick("Buenos días.", "Read")
    puente.sandbox.tells(sent["id"], "delivered")
    pedro.writes("Gracias")

    ana.until_bubble("Gracias")
    assert ana.tick("Buenos días.") == "Read"


def test_the_mark_says_when_the_crm_has_a_message(ana, customer, puente):
    rosa = customer()
    ana.converse(rosa, "Hola")
    puente.sandbox.fails("hubspot", "delay", milliseconds=4000)
    rosa.writes("Quiero una cita")

    ana.until_bubble("Quiero una cita", ".record.is-waiting")
    puente.sandbox.works()
    ana.until_bubble("Quiero una cita", ".record.is-recorded[title='Recorded in HubSpot']")


def test_pictures_documents_and_voice_messages_are_shown(ana, customer):
    ines = customer()
    ines.writes(image={"caption": "Mi pasaporte"})
    ines.writes(document={"filename": "contrato.pdf"})
    ines.writes(type="voice")
    ines.writes(sticker={})
    ines.writes(location={"latitude": 19.43, "longitude": -99.13, "name": "Oficina", "address": "Calle 1"})
    ana.converse(ines, "Todo enviado")

    until("the picture is drawn", lambda: _width(ana, ".media.is-image img") > 0)
    ana.until_text("contrato.pdf", ".file-name")
    until("the voice message can be played", lambda: _duration(ana, ".media audio") > 0)
    until("the sticker is drawn", lambda: _width(ana, "img.sticker") > 0)
    ana.until_text("Oficina", ".location")
    ana.until_text("Mi pasaporte", "figcaption")


def _width(console, css):
    image = console.one(css)
    console.script("arguments[0].scrollIntoView()", image)
    return console.script("return arguments[0].naturalWidth", image)


def _duration(console, css):
    console.script("arguments[0].load()", console.one(css))
    return until("its length", lambda: console.script("return document.querySelector(arguments[0]).duration", css) or 0)


def test_a_picture_that_arrives_in_an_open_thread_shows_by_itself(ana, customer):
    eva = customer()
    ana.converse(eva, "Le mando la foto")
    ana.mark()

    eva.writes(image={"caption": "Aquí está"})

    until("the picture is drawn", lambda: _width(ana, ".media.is-image img") > 0)
    assert ana.is_same_page()


def test_a_failed_message_tells_why_and_can_be_tried_again(ana, customer, puente):
    oscar = customer()
    ana.converse(oscar, "Hola")
    ana.send("Su pedido está listo.")
    ana.until_tick("Su pedido está listo.", "Accepted by WhatsApp")
    puente.sandbox.tells(oscar.got()[0]["id"], "failed", code=131026)

    ana.until_bubble("Su pedido está listo.", ".message-failure")
    reason = ana.text(".message-failure p")
    assert "131026" in reason and len(reason) > 20
    ana.in_bubble("Su pedido está listo.", ".message-failure button")

    until("it went out again", lambda: len(oscar.got()) == 2)
    ana.until_bubble("Another attempt")
    until("one message is offered no more", lambda: len(ana.all(".message-failure button")) == 0)


def test_days_are_told_apart(ana, customer):
    juan = customer()
    juan.writes("Ayer pregunté", ago=26 * 3600)
    ana.converse(juan, "Y hoy otra vez")

    days = ana.texts("#thread-messages .day")

    assert days[-1] == "Today"
    assert len(days) == 2 and days[0] not in ("", "Today")


def test_a_thread_that_is_scrolled_back_stays_and_offers_the_newest(ana, customer):
    sofia = customer()
    for number in range(30):
        sofia.writes(f"Línea {number}\ny otra", ago=60)
    ana.converse(sofia, "La última")
    ana.until_bubble("La última")
    ana.script("document.getElementById('thread-scroll').scrollTop = 0")
    until("the reader is at the top", lambda: ana.script("return document.getElementById('thread-scroll').scrollTop") == 0)

    sofia.writes("Una más")

    until("the newest are offered", lambda: ana.one("[data-jump]").is_displayed())
    assert ana.script("return document.getElementById('thread-scroll').scrollTop") < 200
    ana.click("[data-jump]")
    until("the end is shown", lambda: ana.bubble("Una más").is_displayed() and not ana.one("[data-jump]").is_displayed())


def test_a_list_that_is_scrolled_down_stays_where_it_is(ana, customer):
    for number in range(12):
        customer().writes(f"Fila {number}")
    late = customer()
    ana.open_inbox()
    until("the list is long", lambda: len(ana.names()) >= 12)
    name = ana.names()[8]
    ana.script("arguments[0].scrollIntoView()", ana.until_row(name))
    place = "return Math.round(arguments[0].getBoundingClientRect().top)"
    before = ana.script(place, ana.row(name))
    ana.mark()

    late.writes("Arriba del todo")

    ana.until_row(late.name)
    until("the row is where it was", lambda: abs(ana.script(place, ana.row(name)) - before) <= 2)
    assert ana.is_same_page()


def test_a_search_finds_by_name_and_number(ana, customer):
    xochitl = customer("Xóchitl Aguirre")
    xochitl.writes("Busco una guitarra zurda")
    customer().writes("Otra cosa")
    ana.open_inbox()

    for query in ("xóchitl", "AGUIRRE", xochitl.phone[-6:]):
        ana.fill("#search", query).submit()
        until(f"only one for '{query}'", lambda: ana.names() == ["Xóchitl Aguirre"])
        assert ana.one("#search").get_attribute("value") == query

    ana.fill("#search", "nadie se llama así").submit()
    ana.until_text("Nothing found", "#conversation-list")
    ana.click("#conversation-list a", "Clear the search")
    ana.until_row("Xóchitl Aguirre")


def test_the_list_says_when_it_lost_the_server_and_catches_up(ana, customer, expected):
    expected.extend(["net::", "htmx:"])
    raul = customer()
    ana.converse(raul, "Hola")
    network = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    ana.driver.execute_cdp_cmd("Network.enable", {})
    ana.mark()
    ana.driver.execute_cdp_cmd("Network.emulateNetworkConditions", {"offline": True, **network})
    ana.click("#composer a[href*=templates]")
    ana.until_text("No connection to the server", "#toast")
    ana.driver.execute_cdp_cmd("Network.emulateNetworkConditions", {"offline": False, **network})

    raul.writes("¿Sigue ahí?")

    ana.until_bubble("¿Sigue ahí?")
    assert ana.is_same_page()
