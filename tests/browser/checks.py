"""What must hold on every page, as one call: accessible, silent console, no sideways scrolling, also with large text."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page

NARROW = {"width": 320, "height": 640}
PLAIN_TEXT, LARGE_TEXT = 16, 32  # what a phone calls normal, and the same doubled
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def watch(page: Page) -> Page:
    """Collect what the page complains about from now on; `check_page` reads it."""
    complaints: list[str] = []
    page.porch_complaints = complaints  # type: ignore[attr-defined]

    def hear(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")

    page.on("console", hear)
    page.on("pageerror", lambda error: complaints.append(f"uncaught: {error}"))
    return page


def check_page(page: Page, *, asks_axe: bool = True) -> None:
    """Fails with everything that is wrong. The page needs `watch` before it was opened."""
    wrong = [*complaints_of(page), *(accessibility_of(page) if asks_axe else ()), *overflow_of(page)]
    assert not wrong, f"{page.url}\n" + "\n".join(wrong)


def complaints_of(page: Page) -> list[str]:
    found: list[str] = page.porch_complaints  # type: ignore[attr-defined]
    return found


def accessibility_of(page: Page) -> list[str]:
    page.wait_for_load_state()  # a click returns when the next page has begun, not when all of it is there
    # Else what a bar half covers counts as a small target; a talk that opens goes to its newest message when it is ready.
    page.evaluate("window.toTop = () => scrollTo(0, 0); addEventListener('scroll', toTop); toTop()")
    found = Axe().run(page, options=RULES).response["violations"]
    page.evaluate("removeEventListener('scroll', toTop)")
    return [
        f"axe {violation['id']} ({violation['help']}): {node['html'][:200]}"
        for violation in found
        for node in violation["nodes"]
    ]


def overflow_of(page: Page) -> list[str]:
    """Anything wider than the page at 320 px, at the text size it has and at twice that."""
    page.wait_for_load_state()
    before = page.viewport_size
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    devtools = page.context.new_cdp_session(page)
    wrong = []
    for size in (PLAIN_TEXT, LARGE_TEXT):
        devtools.send("Page.setFontSizes", {"fontSizes": {"standard": size, "fixed": size}})
        page.wait_for_timeout(50)
        widest = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if widest > 0:
            wrong.append(f"{widest} px too wide at 320 px with {size} px text: {page.evaluate(_WIDE)}")
    devtools.send("Page.setFontSizes", {"fontSizes": {"standard": PLAIN_TEXT, "fixed": PLAIN_TEXT}})
    devtools.detach()
    if before:
        page.set_viewport_size(before)
    return wrong


_WIDE = """
[...document.querySelectorAll("body *")]
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 || one.getBoundingClientRect().left < -1)
  .slice(0, 5).map((one) => one.outerHTML.slice(0, 120)).join(" | ")
"""
