"""A real browser for the tests: Chromium driven through its debugging pipe, without any package to install."""

import base64
import json
import os
import select
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_WAIT = 120  # seconds for an answer, on a machine that has much else to do
_CLICKS, _PATIENCE = 5, 10  # times a link is clicked, and seconds after which a click counts as dropped
_KEYS = {"Tab": 9, "Enter": 13, "Escape": 27}


def find_chromium() -> str | None:
    """The browser on this machine: ``KEHOACH_CHROMIUM``, else a known name on the path."""
    return os.environ.get("KEHOACH_CHROMIUM") or next((path for name in NAMES if (path := shutil.which(name))), None)


class Browser:
    """One Chromium with one page. ``requests`` are all addresses it asked for, ``complaints`` what its console says."""

    def __init__(self, process: subprocess.Popen[bytes], reading: int, writing: int, downloads: Path) -> None:
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.downloads = downloads
        self._process, self._reading, self._writing = process, reading, writing
        self._number, self._rest, self._events = 0, b"", list[dict[str, Any]]()
        self._session: str | None = None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.call(f"{domain}.enable")
        self.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(downloads), eventsEnabled=True)

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command and wait for its answer."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if self._session and not method.startswith(("Target.", "Browser.")):
            message["sessionId"] = self._session
        os.write(self._writing, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                assert "error" not in answer, (method, answer["error"])
                return answer["result"]

    def wait_for(self, event: str) -> None:
        """Wait until an event has come since the last navigation began."""
        until = time.monotonic() + _WAIT
        while not any(one["method"] == event for one in self._events):
            assert time.monotonic() < until, f"no {event}"
            self._next()

    def go(self, url: str) -> None:
        """Open an address and wait until it is loaded."""
        self._events.clear()
        self.call("Page.navigate", url=url)
        self.wait_for("Page.loadEventFired")

    def follow(self, selector: str) -> None:
        """Click on an element and wait for the page it leads to.

        A browser drops clicks on a page that it has loaded but not yet shown; then it is clicked again.
        """
        for _ in range(_CLICKS):
            self._events.clear()
            self.click(selector)
            if self._comes("Page.frameRequestedNavigation", _PATIENCE):
                return self.wait_for("Page.loadEventFired")
        raise AssertionError(f"nothing follows a click on {selector}")

    def enter(self) -> None:
        """Press Enter and wait for the page it leads to."""
        self._events.clear()
        self.press("Enter")
        self.wait_for("Page.loadEventFired")

    def click(self, selector: str) -> None:
        """Click in the middle of an element's first box, as a hand would."""
        self._shown()
        place = self.js(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)}); e.scrollIntoView({{block: 'center', "
            "behavior: 'instant'}); const r = e.getClientRects()[0]; "
            "return [r.left + r.width / 2, r.top + r.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=place[0], y=place[1], button="left", clickCount=1)

    def press(self, key: str) -> None:
        """Press and release a key."""
        self._shown()
        code = {"key": key, "code": key, "windowsVirtualKeyCode": _KEYS[key]}
        text = {"text": "\r"} if key == "Enter" else {}
        self.call("Input.dispatchKeyEvent", type="keyDown", **code, **text)
        self.call("Input.dispatchKeyEvent", type="keyUp", **code)

    def type(self, text: str) -> None:
        """Type into what has the focus."""
        self.call("Input.insertText", text=text)

    def js(self, expression: str) -> Any:
        """The value of a JavaScript expression in the page."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def text(self, selector: str = "body") -> str:
        """The text of an element as shown."""
        return str(self.js(f"document.querySelector({json.dumps(selector)}).innerText"))

    def width(self, pixels: int, height: int = 900) -> None:
        """Make the window this wide, as a phone's when narrow."""
        self.call(
            "Emulation.setDeviceMetricsOverride", width=pixels, height=height, deviceScaleFactor=1, mobile=pixels < 600
        )

    def picture(self, path: Path) -> None:
        """Save what the window shows as PNG."""
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"]))

    def downloaded(self) -> Path:
        """Wait for a download to end; its file. The browser makes an empty one of that name before it is filled."""
        until = time.monotonic() + _WAIT
        while not any(
            one["method"] == "Browser.downloadProgress" and one["params"]["state"] == "completed"
            for one in self._events
        ):
            assert time.monotonic() < until, "nothing was downloaded"
            self._next()
        (found,) = (path for path in self.downloads.iterdir() if not path.name.endswith(".crdownload"))
        return found

    def _shown(self) -> None:
        """Wait until the page has been drawn: before that the browser drops what a hand does to it."""
        self.js("new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(() => drawn(true))))")

    def _comes(self, event: str, seconds: float) -> bool:
        """Whether an event has come, or comes within some seconds."""
        until = time.monotonic() + seconds
        while not any(one["method"] == event for one in self._events):
            if b"\0" not in self._rest and not self._ready(max(0.0, until - time.monotonic())):
                return False
            self._next()
        return True

    def _ready(self, seconds: float) -> bool:
        return bool(select.select([self._reading], [], [], seconds)[0])

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            told = [one["method"] for one in self._events[-20:]]
            assert self._ready(_WAIT), f"the browser is silent; its last events: {told}"
            more = os.read(self._reading, 1 << 16)
            assert more, "the browser has ended"
            self._rest += more
        line, _, self._rest = self._rest.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        if "method" in message:
            self._events.append(message)
            self._note(message["method"], message["params"])
        return message

    def _note(self, event: str, about: dict[str, Any]) -> None:
        if event == "Network.requestWillBeSent":
            self.requests.append(about["request"]["url"])
        elif event == "Log.entryAdded" and about["entry"]["level"] in ("error", "warning"):
            self.complaints.append(about["entry"]["text"])
        elif event == "Runtime.exceptionThrown":
            self.complaints.append(str(about["exceptionDetails"]))
        elif event == "Page.javascriptDialogOpening":
            self.complaints.append(f"a dialog: {about['message']}")


@contextmanager
def browser(path: str, directory: Path) -> Iterator[Browser]:
    """A running browser with an empty profile in ``directory``."""
    to_browser, writing = os.pipe()
    reading, from_browser = os.pipe()
    downloads = directory / "downloads"
    downloads.mkdir()

    def take_pipes() -> None:  # Chromium reads commands from descriptor 3 and answers on 4
        high = (os.dup(to_browser), os.dup(from_browser))
        os.dup2(high[0], 3, inheritable=True)
        os.dup2(high[1], 4, inheritable=True)

    process = subprocess.Popen(
        [
            path, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-pipe",
            "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            f"--user-data-dir={directory / 'profile'}", "--window-size=1280,900",
        ],
        preexec_fn=take_pipes,
        close_fds=False,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(to_browser)
    os.close(from_browser)
    try:
        yield Browser(process, reading, writing, downloads)
    finally:
        process.terminate()
        process.wait(_WAIT)
        os.close(reading)
        os.close(writing)
