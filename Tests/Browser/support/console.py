"""The console's pages as their readers see them."""

from urllib.parse import quote

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from .browser import Browser
from .waiting import until

SESSION = "puente_session"
FIND_BUBBLE = """
const bubble = [...document.querySelectorAll("#thread-messages .message")]
  .findLast((item) => item.innerText.includes(arguments[0]));
"""


class Console(Browser):
    # The door

    def sign_in(self, person, password=None):
        self.fill("#email", person.email)
        self.fill("#password", password or person.password)
        self.click("form[action='/sign-in'] button")

    def session(self):
        return self.driver.get_cookie(SESSION)

    def enter_with(self, cookie):
        """Signs in with a session that was begun before."""
        self.open("/health/live")
        self.driver.add_cookie({"name": SESSION, "value": cookie["value"], "path": "/", "httpOnly": True})

    def open_account_menu(self):
        self.click("[popovertarget=account]")
        until("the account menu", lambda: self.one("#account").is_displayed())

    def choose(self, name, value):
        """Language or theme, in the account menu."""
        self.open_account_menu()
        self.mark()
        self.click(f"#account button[name={name}][value={value}]")
        until("the page comes anew", lambda: not self.is_same_page())

    # The inbox

    def open_inbox(self, query=""):
        self.open(f"/inbox{query}")
        self.until_live()
        return self

    def until_live(self):
        self.until_has("[data-live].is-on")

    def row(self, name):
        return self.script(
            "return [...document.querySelectorAll('#conversation-list [data-row]')]"
            ".find((row) => row.querySelector('.row-name').innerText.trim() === arguments[0])", name)

    def names(self):
        return self.texts("#conversation-list .row-name")

    def row_text(self, name):
        return self._text(f"a row for {name}", lambda: self.row(name))

    def until_row(self, name):
        return until(f"a row for {name}", lambda: self.row(name))

    def open_conversation(self, name):
        """Opens it from the list."""
        until(f"{name}'s row can be opened", lambda: self._click(self.row(name)))
        until(f"{name}'s conversation", lambda: self.driver.find_element(By.CSS_SELECTOR, ".thread-who h2").text == name)

    def _click(self, element):
        if element is None:
            return False
        element.click()
        return True

    def converse(self, customer, *texts, **message):
        """The customer writes and the conversation is opened."""
        for text in texts or (None,):
            customer.writes(text, **message)
        # Who wrote long ago stands below the first page of the list.
        self.open_inbox(f"?q={quote(customer.name)}" if "ago" in message else "")
        self.open_conversation(customer.name)
        return self

    # The thread

    def bubbles(self):
        """The texts of the messages, oldest first."""
        return self.texts("#thread-messages .message .bubble .text")

    def bubble(self, text):
        """The message that holds the text; the newest of them."""
        return self.script(FIND_BUBBLE + "return bubble;", text)

    def until_bubble(self, text, css=None):
        """The message with that text, once it has what `css` names."""

        def find():
            bubble = self.bubble(text)
            return bubble and (css is None or bubble.find_elements(By.CSS_SELECTOR, css)) and bubble

        return until(f"the message '{text}' {css or ''}", find)

    def in_bubble(self, text, css):
        """Clicks something that belongs to a message."""
        self.until_bubble(text, css)

        def press():
            bubble = self.bubble(text)
            self.hover(bubble)
            bubble.find_element(By.CSS_SELECTOR, css).click()
            return True

        until(f"{css} of '{text}' can be clicked", press)

    def tick(self, text):
        """The word of a message's status."""
        return self.script(FIND_BUBBLE + "return bubble?.querySelector('.tick .tick-word')?.textContent.trim();", text)

    def until_tick(self, text, *words):
        return until(f"'{text}' is {' or '.join(words)}", lambda: self.tick(text) in words and self.tick(text))

    def icon_of(self, text, css=".tick"):
        href = self.script(
            FIND_BUBBLE + "return bubble.querySelector(`${arguments[1]} use`).getAttribute('href');", text, css)
        return href.split("#")[-1]

    def write(self, text):
        field = self.one("#message-text")
        field.click()
        field.send_keys(text)
        return field

    def send(self, text):
        """With Enter; on a phone, where Enter begins a new line, with the button."""
        self.write(text)
        if self.script("return matchMedia('(pointer: coarse)').matches"):
            self.click("#composer .send")
        else:
            self.press(Keys.ENTER)
        return self.until_bubble(text)

    def owner(self):
        return self.text("#conversation-header .thread-facts .pill")

    # Lists of work

    def item(self, text):
        return self.script(
            "return [...document.querySelectorAll('.work-item')].find((item) => item.innerText.includes(arguments[0]))",
            text)

    def item_text(self, text):
        """All that the entry says, read at one moment."""
        return self._text(f"an entry with '{text}'", lambda: self.item(text))

    @staticmethod
    def _text(what, find):
        """Of a part that may be drawn anew while it is read."""

        def read():
            part = find()
            return part and part.text

        return until(what, read)

    def until_item(self, text):
        return until(f"an entry with '{text}'", lambda: self.item(text))

    def open_item(self, text):
        def toggle():
            details = self.item(text).find_element(By.CSS_SELECTOR, "details")
            if details.get_attribute("open") is None:
                details.find_element(By.CSS_SELECTOR, "summary").click()
            return details.get_attribute("open") is not None

        until(f"'{text}' is open", toggle)
        return self.until_item(text)

    def choose_item(self, text):
        """Ticks its box."""

        def tick():
            box = self.item(text).find_element(By.CSS_SELECTOR, "input[name=id]")
            if not box.is_selected():
                box.click()
            return self.item(text).find_element(By.CSS_SELECTOR, "input[name=id]").is_selected()

        until(f"'{text}' is chosen", tick)

    def in_item(self, text, css, label=None):
        """Clicks something inside an entry."""

        def press():
            for part in self.item(text).find_elements(By.CSS_SELECTOR, css):
                if part.is_displayed() and (label is None or label in part.text):
                    part.click()
                    return True
            return False

        until(f"{css} in '{text}'", press)

    # The ledger

    def equations(self):
        """By title: the total, and the parts by label."""
        return self.script("""
            const figure = (part) => Number(part.querySelector(".term-figure").textContent.replace(/[^0-9]/g, ""));
            const label = (part) => part.querySelector(".term-label").textContent.trim();
            return Object.fromEntries([...document.querySelectorAll(".equation")].map((equation) => [
              equation.querySelector("h3").textContent.trim(),
              {
                total: figure(equation.querySelector(".term.is-total")),
                parts: Object.fromEntries(
                  [...equation.querySelectorAll(".part .term")].map((part) => [label(part), figure(part)])),
                verdict: equation.querySelector(".verdict").textContent.trim(),
              },
            ]));
        """)
