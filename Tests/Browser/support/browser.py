"""Chromium without a window, and what tests ask of any page."""

import os
import re
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from .waiting import until

DESK = (1440, 900)
PHONE = (390, 844)


def start(scripts=True):
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    options.add_argument("--headless=new")
    options.add_argument(f"--window-size={DESK[0]},{DESK[1]}")
    options.add_argument("--lang=en-GB")
    options.add_argument("--force-prefers-reduced-motion")  # colours are compared: none may be on its way
    for switch in ("disable-dev-shm-usage", "disable-gpu", "hide-scrollbars", "no-first-run", "disable-extensions"):
        options.add_argument(f"--{switch}")
    for switch in ("disable-background-networking", "disable-component-update", "disable-sync"):
        options.add_argument(f"--{switch}")
    if os.geteuid() == 0:
        options.add_argument("--no-sandbox")
    options.add_experimental_option("prefs", {
        "intl.accept_languages": "en-GB,en",
        **({} if scripts else {"profile.managed_default_content_settings.javascript": 2}),
    })
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options, webdriver.ChromeService("/usr/bin/chromedriver"))
    driver.set_page_load_timeout(30)
    driver.set_script_timeout(30)
    return driver


class Browser:
    """One window, pointed at one installation."""

    def __init__(self, driver, url):
        self.driver, self.url = driver, url

    # Going places

    def open(self, path):
        self.driver.get(self.url + path)
        return self

    @property
    def path(self):
        return self.driver.current_url.removeprefix(self.url)

    def until_at(self, path):
        until(f"the page {path}", lambda: re.split("[?#]", self.path)[0] == path)

    def mark(self):
        """From now on `is_same_page` tells whether the page was loaded anew."""
        self.script("window.isSamePage = true")

    def is_same_page(self):
        return self.script("return window.isSamePage === true")

    # Looking

    def script(self, text, *arguments):
        return self.driver.execute_script(text, *arguments)

    def all(self, css):
        return self.driver.find_elements(By.CSS_SELECTOR, css)

    def one(self, css):
        """The element, once it is there."""
        return until(f"{css} is there", lambda: self.driver.find_element(By.CSS_SELECTOR, css))

    def has(self, css):
        return bool(self.all(css))

    def text(self, css="body"):
        return until(f"the text of {css}", lambda: [self.driver.find_element(By.CSS_SELECTOR, css).text])[0]

    def texts(self, css):
        """The shown texts of all that match, read at one moment."""
        return self.script("return [...document.querySelectorAll(arguments[0])].map((part) => part.innerText.trim())", css)

    def content(self, css):
        """The text as it is in the document, shown or not."""
        return self.script("return document.querySelector(arguments[0])?.textContent.trim() ?? ''", css)

    def until_has(self, css):
        return until(f"{css} is there", lambda: self.all(css))

    def until_text(self, text, css="body"):
        until(f"'{text}' in {css}", lambda: text in self.driver.find_element(By.CSS_SELECTOR, css).text)

    def until_gone(self, css):
        until(f"{css} is gone", lambda: not self.all(css))

    # Doing

    def click(self, css, text=None):
        """Clicks the first shown element of `css`, with `text` in it when given."""

        def press():
            for element in self.all(css):
                if element.is_displayed() and (text is None or text in element.text):
                    element.click()
                    return True
            return False

        until(f"{css} {text or ''} can be clicked", press)

    def fill(self, css, text):
        field = self.one(css)
        field.clear()
        field.send_keys(text)
        return field

    def press(self, *keys):
        """Keys to whatever has the focus, one after the other."""
        ActionChains(self.driver).send_keys(*keys).perform()

    def press_shifted(self, key):
        ActionChains(self.driver).key_down(Keys.SHIFT).send_keys(key).key_up(Keys.SHIFT).perform()

    def hover(self, element):
        ActionChains(self.driver).move_to_element(element).perform()

    @property
    def focused(self):
        return self.driver.switch_to.active_element

    # The reader's machine

    def size(self, width, height, touch=False):
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": touch},
        )
        self.driver.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": touch})

    def prefers(self, **features):
        """Media features such as `prefers_color_scheme="dark"`."""
        all_features = [{"name": name.replace("_", "-"), "value": value} for name, value in features.items()]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": all_features})

    def keep_evidence(self, file):
        """A picture of the window and the page's source, beside each other."""
        self.driver.save_screenshot(f"{file}.png")
        Path(f"{file}.html").write_text(self.driver.page_source)

    def complaints(self):
        """What the browser complained about since it was last asked: errors of scripts, the policy, missing files.

        A request that gives way to a newer one, as the pages mean it to, is told twice: as sent in vain and as ended."""
        told = [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] == "SEVERE"]
        given_up = [text for text in told if '"htmx:sendAbort,' in text]
        for text in given_up:
            told.remove(text)
            ended = next((other for other in told if '"htmx:afterRequest,' in other), None)
            if ended is not None:
                told.remove(ended)
        return told
