"""A caregiver who reads in Spanish objects, sees the change, and agrees; by touch, and by the keyboard alone without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import check_page
from tests.browser.conftest import Stage

pytestmark = pytest.mark.browser
SCENE = "deciding"
OBJECTION = "Trabajo los lunes hasta las seis."
STEPS = 120  # of the Tab key, before a page is one that cannot be used by keyboard


def amended(stage: Stage, phone: Callable[..., Page], text: str) -> None:
    """The facilitator reads the objection and changes what is proposed."""
    page = phone("facilitator")
    page.goto(stage.url + stage.paths["round"])
    expect(page.locator("section[aria-labelledby=objections]")).to_contain_text(OBJECTION)
    page.locator("a[href$='/amend/']").click()
    page.locator("textarea[name=words]").fill(text)
    page.locator("main .btn.lamp").click()
    expect(page.locator("main h1")).to_be_visible()
    expect(page.locator("main .said").first).to_contain_text(text)


def tabbed_to(page: Page, selector: str) -> None:
    """Goes there as somebody without a mouse does."""
    for _step in range(STEPS):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


def test_a_caregiver_in_spanish_objects_sees_the_change_and_agrees(stage: Stage, phone: Callable[..., Page]) -> None:
    page = phone("caregiver")
    page.goto(stage.url + stage.paths["round"])
    expect(page.locator("html")).to_have_attribute("lang", "es")
    page.locator("textarea[name=words]").fill(OBJECTION)
    page.locator("button[value=object]").click()
    expect(page.locator("[role=status]")).to_be_visible()
    expect(page.locator("#own")).to_contain_text(OBJECTION)
    check_page(page)
    amended(stage, phone, "El equipo se reúne los viernes")
    page.goto(stage.url + stage.paths["round"])
    expect(page.locator("main .said").first).to_contain_text("El equipo se reúne los viernes")
    expect(page.locator("#own")).to_have_count(0)
    page.locator("button[value=agree]").first.click()
    expect(page.locator("#own")).to_be_visible()


def test_the_same_by_keyboard_alone_and_without_scripts(stage: Stage, phone: Callable[..., Page]) -> None:
    page = phone("caregiver", java_script_enabled=False)
    page.goto(stage.url + stage.paths["plan"])
    tabbed_to(page, "button[name=says][value=later]")
    page.keyboard.press("Enter")
    expect(page.locator("[role=status]")).to_be_visible()
    page.goto(stage.url + stage.paths["round"])
    tabbed_to(page, "textarea[name=words]")
    page.keyboard.type(OBJECTION)
    tabbed_to(page, "button[value=object]")
    page.keyboard.press("Enter")
    expect(page.locator("#own")).to_contain_text(OBJECTION)
    amended(stage, phone, "El equipo se reúne los sábados")
    page.goto(stage.url + stage.paths["round"])
    tabbed_to(page, "button[value=agree]")
    page.keyboard.press("Enter")
    expect(page.locator("#own")).to_be_visible()
    expect(page.locator("main .said").first).to_contain_text("El equipo se reúne los sábados")
