"""axe-core, whose rules are those of WCAG 2.2 AA."""

from pathlib import Path

import axe_playwright_python

SOURCE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """
const [tags, done] = arguments;
const drawn = new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)));
drawn.then(() => axe.run(document, {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]}))
  .then((result) => done(result.violations), (error) => done([{id: String(error), nodes: []}]));
"""


def violations(driver):
    """Each as one line: the rule, what is wrong, and where."""
    if not driver.execute_script("return typeof axe === 'object'"):
        driver.execute_script(SOURCE)
    found = driver.execute_async_script(RUN, TAGS)
    return [
        f"{item['id']}: {item.get('help', '')}: "
        + " | ".join(f"{node['target'][0]} {_reason(node)}" for node in item["nodes"][:4])
        for item in found
    ]


def _reason(node):
    return " ".join(node.get("failureSummary", "").split())[:260]
