"""The ways of somebody who has a keyboard and no mouse."""

from playwright.sync_api import Page

MOST_TABS = 90
# What shows the focus: an outline, a shadow or a ground of its own, on the element or,
# where the browser's own box is hidden under a drawn one, on that of its label.
SHOWS = """() => {
  const at = document.activeElement;
  const box = at.getBoundingClientRect();
  const label = at.labels?.[0];
  const styles = [getComputedStyle(at)];
  if (label) styles.push(getComputedStyle(label, "::before"));
  const lined = (s) => s.outlineStyle !== "none" && s.outlineWidth !== "0px";
  const marked = styles.some((s) => lined(s) || s.boxShadow !== "none");
  const across = box.right > 0 && box.left < innerWidth;
  const seen = across && box.bottom > 0 && box.top < innerHeight;
  return marked && seen && at !== document.body;
}"""


def press(page: Page, selector: str, key: str = "Enter") -> None:
    tab_to(page, selector)
    page.keyboard.press(key)


def tab_to(page: Page, selector: str, key: str = "Tab") -> None:
    """Press Tab till the focus is there, seeing it at each stop on the way."""
    for _ in range(MOST_TABS):
        page.keyboard.press(key)
        if page.evaluate("document.activeElement === document.body"):
            continue
        here = page.evaluate("document.activeElement.outerHTML")
        assert page.evaluate(SHOWS), f"The focus is not to be seen: {here[:200]}"
        if page.evaluate("(s) => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"{MOST_TABS} tabs did not reach {selector}")


def back_to(page: Page, selector: str) -> None:
    tab_to(page, selector, "Shift+Tab")
