"""A person before a browser that runs script: Chromium without a window, and a device that holds passkeys."""

import os
import re
import shutil
import tempfile
from pathlib import Path

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.virtual_authenticator import Protocol, Transport, VirtualAuthenticatorOptions
from selenium.webdriver.remote.webelement import WebElement
from waiting import eventually

PHONE, DESK = (360, 740), (1200, 900)


class Chromium:
    """One browser with a profile of its own."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="moot-chromium-"))
        options = webdriver.ChromeOptions()
        options.binary_location = shutil.which("chromium") or "/usr/bin/chromium"
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        for argument in (
            "--headless=new",
            "--disable-dev-shm-usage",
            "--disable-gpu",
            f"--user-data-dir={self.folder}",
        ):
            options.add_argument(argument)
        # Chromium's own sandbox cannot be had as root, nor in many containers; these pages are our own.
        options.add_argument("--no-sandbox")
        service = webdriver.ChromeService(shutil.which("chromedriver") or "/usr/bin/chromedriver")
        self.driver = webdriver.Chrome(options=options, service=service)
        self.driver.set_page_load_timeout(30)

    def close(self) -> None:
        self.driver.quit()
        shutil.rmtree(self.folder, ignore_errors=True)

    # --- what it does ------------------------------------------------------------------------------------------------

    def open(self, url: str) -> None:
        self.driver.get(url)

    def fill(self, **fields: str) -> None:
        for name, value in fields.items():
            field = self.driver.find_element(By.CSS_SELECTOR, f"input[name='{name}']:not([type=hidden])")
            field.clear()
            field.send_keys(value)

    def press(self, words: str) -> None:
        """Presses the button or link with these words."""
        for place in ("main", "header"):
            for found in self.all(f"{place} button, {place} a"):
                if found.text.strip() == words and found.is_displayed():
                    found.click()
                    return
        raise AssertionError(f"nothing says {words!r} at {self.driver.current_url}:\n{self.text()}")

    def sign_out(self) -> None:
        """Signs out and waits for it: a page opened at once is overtaken by the one that signing out leads to."""
        self.press("Sign out")
        eventually("somebody is signed out", lambda: "Sign out" not in self.text())

    def holds_a_device(self) -> None:
        """From now on a phone or key is at hand that checks its owner."""
        device = VirtualAuthenticatorOptions()
        device.protocol = Protocol.CTAP2
        device.transport = Transport.INTERNAL
        device.has_resident_key = True
        device.has_user_verification = True
        device.is_user_verified = True
        device.is_user_consenting = True
        self.driver.add_virtual_authenticator(device)

    # --- what it shows -----------------------------------------------------------------------------------------------

    def text(self) -> str:
        """What can be read; nothing while one page gives way to another."""
        try:
            return self.driver.find_element(By.TAG_NAME, "body").text
        except StaleElementReferenceException:
            return ""

    def looks_right(self, name: str) -> None:
        """Looks at the page as wide as a desk and as narrow as a phone: nothing sticks out.

        With MOOT_SCREENSHOTS=FOLDER pictures are kept there, for people to look at.
        """
        for word, (width, height) in (("desk", DESK), ("phone", PHONE)):
            # A window cannot be as narrow as a phone; what the page is told can.
            size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
            self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
            widest = self.driver.execute_script("return document.documentElement.scrollWidth")
            assert widest <= width, f"{name} is {widest} wide at {width}"
            if folder := os.environ.get("MOOT_SCREENSHOTS"):
                self.driver.save_screenshot(str(Path(folder) / f"{name}-{word}.png"))

    def says(self, words: str) -> None:
        """Waits until the page says this."""
        eventually(f"the page says {words!r}", lambda: words in self.text(), 15)

    def stands_at(self, pattern: str) -> None:
        """Waits until the address is like this."""
        eventually(f"the address is like {pattern}", lambda: bool(re.search(pattern, self.driver.current_url)), 15)

    def all(self, selector: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def complaints(self) -> list[str]:
        """What the browser had to say about a page's script and policy."""
        return [line["message"] for line in self.driver.get_log("browser") if "Security Policy" in line["message"]]
