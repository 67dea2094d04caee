"""Somebody in office before a browser: signed in, with an app that makes codes."""

import base64
import os
import time
from pathlib import Path

import pyotp
from chromium import Chromium
from moot import Moot
from selenium.webdriver.common.by import By
from selenium.webdriver.support.select import Select
from waiting import eventually

PASSWORD = "correct horse battery"
# Where pictures of pages are kept, if anywhere: MOOT_SCREENSHOTS=docs/images.
PICTURES = os.environ.get("MOOT_SCREENSHOTS")
SIZES = {"": 1280, "-phone": 390}


class Officer(Chromium):
    """One person with a browser and an authenticator app."""

    def __init__(self, moot: Moot, name: str):
        super().__init__()
        self.moot = moot
        self.name = name
        self.app: pyotp.TOTP | None = None
        self.used: set[str] = set()
        self.open("/auth/sign_in")
        self.fill(login=name, password=PASSWORD)
        self.press("Sign in")
        self.stands_at(r"^(?!.*/auth/sign_in)")

    def open(self, path: str) -> None:
        self.driver.get(path if path.startswith("http") else self.moot.base + path)

    def sets_up_an_app(self) -> "Officer":
        self.open("/settings/security/app")
        self.app = pyotp.TOTP(self.all("code.secret")[0].text.replace(" ", ""))
        self.fill(code=self.code())
        self.press("Set it up")
        self.says("Your recovery codes")
        return self

    def code(self) -> str:
        """A code that was not used yet; the one of the next half minute is taken as well (S42)."""
        assert self.app

        def unused() -> str | None:
            assert self.app
            now = int(time.time())
            codes = [self.app.at(now), self.app.at(now + 30)]
            return next((code for code in codes if code not in self.used), None)

        code = eventually("there is a new code", unused, 70)
        self.used.add(code)
        return code

    def proves_it(self) -> None:
        """Shows the second factor on the page that asks for it."""
        self.says("Is it still you?")
        self.fill(code=self.code())
        self.press("Go on")

    def write(self, **fields: str) -> None:
        """Fills in fields of any kind, by name."""
        for name, value in fields.items():
            field = self.driver.find_element(By.CSS_SELECTOR, f"main [name='{name}']:not([type=hidden])")
            if field.tag_name == "select":
                Select(field).select_by_value(value)
            else:
                field.clear()
                field.send_keys(value)

    def choose(self, field: str) -> None:
        """Ticks a box or radio button by its id, with the keyboard alone."""
        self.driver.find_element(By.ID, field).send_keys(" ")

    def unfold(self, words: str) -> None:
        for summary in self.all("summary"):
            if words in summary.text:
                summary.click()
                return
        raise AssertionError(f"nothing to unfold says {words!r}: {self.text()}")

    def picture(self, name: str) -> None:
        """Keeps a picture of the page, as wide as a desktop and as a phone."""
        self.driver.execute_cdp_cmd("Emulation.setScrollbarsHidden", {"hidden": True})
        for suffix, width in SIZES.items():
            self.driver.execute_cdp_cmd(
                "Emulation.setDeviceMetricsOverride",
                {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False},
            )
            wide = self.driver.execute_script("return document.documentElement.scrollWidth")
            assert wide <= width, f"{name} is {wide} pixels wide where there are {width}"
            if PICTURES:
                taken = self.driver.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True})
                folder = Path(PICTURES)
                folder.mkdir(parents=True, exist_ok=True)
                (folder / f"{name}{suffix}.png").write_bytes(base64.b64decode(taken["data"]))
        self.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
