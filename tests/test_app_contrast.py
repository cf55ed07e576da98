"""Every page, light and dark, can be read: text stands out at least 4.5 to 1 (axe-core, the rule of WCAG 2 AA)."""

from importlib.resources import files

import pytest

from tests.chromium import CHROMIUM, opened
from tests.made_up_ward import DAY, a_made_up_ward
from tests.serving import served
from views.frame import PAGES

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not on this machine"),
]
LONG_MS = 90_000
# Asked only of text: pictures and canvases have checks of their own.
ASK = """async () => {
  const found = await axe.run(document, { runOnly: ["color-contrast"] });
  return found.violations.flatMap((one) => one.nodes.map((node) => [node.target.join(" "), node.any[0]?.message]));
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    store, database = a_made_up_ward(tmp_path_factory.mktemp("phường"))
    store.close()
    with served(database, tmp_path_factory.mktemp("máy chủ"), prepared=False) as (url, _):
        yield url


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_on_every_page_stands_out(address, scheme):
    script = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    faint = {}
    with opened() as watched:
        page = watched.page
        page.emulate_media(color_scheme=scheme)
        for place in PAGES:
            page.goto(f"{address}/{place}?on={DAY.isoformat()}")
            page.get_by_text("DỮ LIỆU MẪU").first.wait_for(timeout=LONG_MS)
            watched.settled(quiet_ms=1_500)
            page.evaluate(script)
            if found := page.evaluate(ASK):
                faint[place] = found

    assert not faint, "\n".join(
        f"{place} {one}" for place, all_of in faint.items() for one in all_of
    )
    assert watched.outside == []
