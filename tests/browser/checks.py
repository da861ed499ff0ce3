"""What every page must pass, whoever looks at it on whatever device."""

import json

from axe_playwright_python.sync_playwright import Axe

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
TAP, ELDER_TAP = 44, 60  # CSS pixels; 移动互联网应用适老化通用设计规范 (MIIT)
NARROWEST = (320, 390)
TOO_SMALL = """least => [...document.querySelectorAll(
  "a, button, input:not([type=hidden]), select, textarea, summary, [role=button]")]
  .filter(element => {
    const box = element.getBoundingClientRect();
    if (!box.width || box.right <= 0 || element.closest("p, .skip, li:has(> p)")) return false;
    const target = element.closest(".option, .row, .button, label") ?? element;
    return Math.max(box.height, target.getBoundingClientRect().height) < least - 0.5;
  })
  .map(element => element.outerHTML.slice(0, 90))"""


# axe would also give every element that is in order, which takes longer than to look at them
ASK = json.dumps({"runOnly": RULES, "resultTypes": ["violations"]})


def assert_accessible(page):
    """No rule of axe is broken."""
    page.evaluate(Axe().axe_script)
    found = page.evaluate(f"axe.run({ASK}).then(results => results.violations)")
    told = [(v["id"], v["help"], [n["html"][:200] for n in v["nodes"][:3]]) for v in found]
    assert told == [], page.url


def assert_large_enough_to_touch(page):
    """Everything one taps has the height of a finger; a link within a sentence need not."""
    elder = page.locator("html[data-elder]").count()
    assert page.evaluate(TOO_SMALL, ELDER_TAP if elder else TAP) == [], page.url


def assert_never_sideways(page):
    """On no phone does the page move sideways."""
    usual = page.viewport_size
    for width in NARROWEST:
        page.set_viewport_size({"width": width, "height": usual["height"]})
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{page.url} is {wide} wide on {width}"
    page.set_viewport_size(usual)


def assert_good(page):
    """All of them."""
    assert_accessible(page)
    assert_large_enough_to_touch(page)
    assert_never_sideways(page)
