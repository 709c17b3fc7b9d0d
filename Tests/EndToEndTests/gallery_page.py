"""The gallery's page in Chromium, through its stable hooks, with everything it complains about written down."""

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, FilePayload, Locator, Page, expect

from pictures import Picture

FINAL_STATES = ("done", "duplicate", "refused", "failed", "cancelled")
SECONDS = 1000

# Before the page's own scripts: note every policy violation and every layout shift that no one's input explains.
WATCH = """
// The browser's newer file picker cannot be driven from outside; without it the page takes the file input.
delete globalThis.showOpenFilePicker;
globalThis.violations = [];
addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
  violations.push(`${violatedDirective} ${blockedURI}`);
});
globalThis.shifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    if (entry.hadRecentInput) continue;
    shifts.push([entry.value, entry.sources.map((source) => source.node?.outerHTML?.slice(0, 80))]);
  }
}).observe({ type: 'layout-shift', buffered: true });
"""


@dataclass
class GalleryPage:
    """One open page. Playwright waits by itself until what is asked for is there, at most so long."""

    page: Page
    url: str
    complaints: list[str] = field(default_factory=list)

    @classmethod
    def open(cls, context: BrowserContext, url: str) -> "GalleryPage":
        """Opens a page, listening to its console from the start."""
        opened = cls(context.new_page(), url)
        opened.page.set_default_timeout(20 * SECONDS)
        opened.page.on("console", opened._note_console)
        opened.page.on("pageerror", lambda error: opened.complaints.append(f"uncaught: {error}"))
        opened.page.on("dialog", opened._note_dialog)
        opened.page.on("filechooser", lambda _: None)  # listened for from the start, or the first one may be missed
        opened.page.add_init_script(WATCH)
        opened.page.goto(url)
        return opened

    def _note_console(self, message) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.type}: {message.text} ({message.location.get('url')})")

    def _note_dialog(self, dialog) -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def violations(self) -> list[str]:
        """What the content security policy stopped."""
        return self.page.evaluate("globalThis.violations")

    def layout_shift(self) -> tuple[float, list]:
        """How far things moved by themselves (CLS, 0 is still), and which ones."""
        shifts = self.page.evaluate("globalThis.shifts")
        return sum(value for value, _ in shifts), shifts

    @property
    def file_input(self) -> Locator:
        """The file picker."""
        return self.page.locator("#file-input")

    def choose(self, *pictures: Picture | Path) -> None:
        """Picks files; pictures come with their hostile names, which no disk would take."""
        self.file_input.set_input_files([as_file(picture) for picture in pictures])

    def drop(self, files: list[Path]) -> None:
        """Drops files from the desktop on the middle of the page, as the operating system would."""
        session = self.page.context.new_cdp_session(self.page)
        data = {"items": [], "files": [str(file) for file in files], "dragOperationsMask": 1}
        for kind in ("dragEnter", "dragOver", "drop"):
            session.send("Input.dispatchDragEvent", {"type": kind, "x": 300, "y": 300, "data": data})
        session.detach()

    def swipe(self, start: int, end: int, y: int = 400) -> None:
        """Draws a finger sideways over the screen."""
        session = self.page.context.new_cdp_session(self.page)
        for kind, x in (("touchStart", start), ("touchMove", (start + end) // 2), ("touchMove", end)):
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        session.detach()

    def limit_upload(self, bytes_per_second: int) -> None:
        """Lets the browser send no faster than this, so that loopback looks like a network."""
        conditions = {"offline": False, "latency": 5, "downloadThroughput": -1, "uploadThroughput": bytes_per_second}
        session = self.page.context.new_cdp_session(self.page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", conditions)

    def watch_progress(self) -> None:
        """Notes every value that an upload's bar shows from now on, until the page is left."""
        self.page.evaluate(
            """() => {
              globalThis.seen = [];
              new MutationObserver(() => {
                const bar = document.querySelector('#tray progress');
                if (bar?.hasAttribute('value')) seen.push(bar.value / bar.max);
              }).observe(document.querySelector('#tray'), { subtree: true, childList: true, attributes: true });
            }"""
        )

    def progress_seen(self) -> list[float]:
        """The values that were noted, first one first."""
        return self.page.evaluate("globalThis.seen")

    def wait_for_progress(self, share: float, seconds: float = 60) -> None:
        """Waits until the one upload's bar is so far."""
        reached = "share => document.querySelector('#tray progress')?.value >= share"
        self.page.wait_for_function(reached, arg=share, timeout=seconds * SECONDS)

    def row(self, name: str) -> Locator:
        """The tray's row of a file."""
        return self.page.locator("#tray [data-upload]").filter(has=self.page.locator(".upload-name", has_text=name))

    def expect_state(self, name: str, state: str, seconds: float = 30) -> Locator:
        """Waits until the file's row is in the state, and returns the row."""
        row = self.row(name)
        expect(row).to_have_attribute("data-state", state, timeout=seconds * SECONDS)
        return row

    def expect_all_final(self, count: int, seconds: float = 120) -> list[str]:
        """Waits until so many rows came to an end, and returns their states."""
        final = ",".join(f"#tray [data-upload][data-state={state}]" for state in FINAL_STATES)
        expect(self.page.locator(final)).to_have_count(count, timeout=seconds * SECONDS)
        return self.page.locator("#tray [data-upload]").evaluate_all("rows => rows.map((row) => row.dataset.state)")

    def tile(self, image_id: str) -> Locator:
        """The tile of an image in the grid."""
        return self.page.locator(f'#gallery [data-id="{image_id}"]')

    @property
    def tiles(self) -> Locator:
        """All tiles, first one first."""
        return self.page.locator("#gallery [data-id]")

    @property
    def lightbox(self) -> Locator:
        """The lightbox, shown or not."""
        return self.page.locator("dialog#lightbox")

    def button(self, name: str) -> Locator:
        """A visible button by its accessible name."""
        return self.page.get_by_role("button", name=name, exact=True)

    def scroll_to_the_end(self) -> None:
        """Scrolls until the gallery has no more to show."""
        more = self.page.locator("#more")
        while more.count():
            known = self.tiles.count()
            more.scroll_into_view_if_needed()
            self.page.wait_for_function("n => document.querySelectorAll('#gallery [data-id]').length > n", arg=known)


def as_file(picture: Picture | Path) -> FilePayload | Path:
    """A picture as the browser's file picker takes it."""
    if isinstance(picture, Path):
        return picture
    return FilePayload(name=picture.name, mimeType=picture.content_type, buffer=picture.data)


def chromium_context(browser: Browser, **options) -> BrowserContext:
    """A fresh profile: desktop size and light colours unless told otherwise."""
    defaults = {"viewport": {"width": 1280, "height": 800}, "color_scheme": "light"}
    return browser.new_context(**(defaults | options))
