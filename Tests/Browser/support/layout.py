"""What a page looks like, measured: what sticks out, what is too small to touch, where the focus is seen."""

STICKS_OUT = """
const width = document.documentElement.clientWidth;
const scrolls = (part) => {
  for (let up = part.parentElement; up; up = up.parentElement) {
    if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(up).overflowX)) return true;
  }
  return false;
};
const found = [];
for (const part of document.querySelectorAll("body *")) {
  const box = part.getBoundingClientRect();
  if (box.width === 0 || box.height === 0 || scrolls(part) || getComputedStyle(part).position === "fixed") continue;
  if (box.right > width + 1 || box.left < -1) found.push(part.outerHTML.slice(0, 120) + ` → ${Math.round(box.right)}`);
}
if (document.documentElement.scrollWidth > width) found.push(`the page is ${document.documentElement.scrollWidth} wide`);
for (const part of document.querySelectorAll("main, .thread-scroll, .rows, .pane-contact, .composer, .thread-head")) {
  if (part.clientWidth && part.scrollWidth > part.clientWidth + 1) {
    found.push(`${part.className || part.tagName} scrolls sideways: ${part.scrollWidth} > ${part.clientWidth}`);
  }
}
return found;
"""

SMALL_TARGETS = """
const least = arguments[0];
const found = [];
for (const part of document.querySelectorAll("a[href], button, input, select, textarea, summary, label.work-check")) {
  if (!part.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
  // What nobody sees or reaches is no target, such as the button that Enter presses.
  if (part.matches("input[type=hidden], .skip-link, input[type=file], [aria-hidden=true][tabindex='-1']")) continue;
  // A label that holds its field is touched in its stead; links within a sentence flow with it.
  const target = part.closest("label") ?? part;
  if (getComputedStyle(target).display === "inline" && target.matches("a")) continue;
  const box = target.getBoundingClientRect();
  if (box.width === 0 || box.bottom < 0 || box.top > innerHeight) continue;
  if (Math.round(box.width) < least || Math.round(box.height) < least) {
    found.push(`${part.outerHTML.slice(0, 110)} → ${Math.round(box.width)}×${Math.round(box.height)}`);
  }
}
return found;
"""

# What has the focus, and whether that can be seen: an outline or ring on it, on the form around it, or beside it.
FOCUS = """
const part = document.activeElement;
if (!part || part === document.body) return null;
const rings = (item) => {
  if (!item) return false;
  const style = getComputedStyle(item);
  return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1) || style.boxShadow !== "none";
};
const box = part.getBoundingClientRect();
return {
  name: (part.getAttribute("aria-label") || part.innerText || part.labels?.[0]?.innerText || part.name || "").trim().slice(0, 60),
  tag: part.tagName.toLowerCase(),
  id: part.id,
  html: part.outerHTML.slice(0, 120),
  isSeen: rings(part) || rings(part.nextElementSibling) || rings(part.closest("form")),
  isOnScreen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
};
"""


def sticks_out(console):
    return console.script(STICKS_OUT)


def small_targets(console, least):
    return console.script(SMALL_TARGETS, least)


def focus(console):
    return console.script(FOCUS)
