"""A meeting in Chromium: slides by arrow keys, large enough, and nobody's name on any of them."""

import pytest

import workflow
from tests.chromium import CHROMIUM, opened
from tests.made_up_ward import DAY, a_made_up_ward
from tests.serving import served

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not on this machine"),
]
LONG_MS = 90_000
SMALLEST_PX = 26
# The sizes of all text that the slide shows, also inside the map.
SIZES = """() => {
  const sizes = [];
  const SIGNS = "style,script,.leaflet-bar,.diaban-north";
  const walk = (node) => {
    if (node.nodeType === 3 && node.textContent.trim()) {
      const element = node.parentElement;
      const look = element && getComputedStyle(element);
      const box = element && element.getBoundingClientRect();
      if (look && look.visibility !== "hidden" && box.width > 1 && !element.closest(SIGNS))
        sizes.push([parseFloat(look.fontSize), node.textContent.trim().slice(0, 40)]);
    }
    if (node.shadowRoot) walk(node.shadowRoot);
    for (const child of node.childNodes) walk(child);
  };
  walk(document.querySelector(".st-key-meeting"));
  return sizes;
}"""


@pytest.fixture(scope="module")
def meeting(tmp_path_factory):
    """The page of a made-up ward with a draft, and the store behind it."""
    store, database = a_made_up_ward(tmp_path_factory.mktemp("họp"), households=900)
    busiest = workflow.coverage(store, on=DAY).rows.groupby("area")["households"].max().idxmax()
    workflow.suggest_plan(store, area=str(busiest), name="Nháp", on=DAY)
    folder = tmp_path_factory.mktemp("máy chủ")
    with served(database, folder, prepared=False) as (address, calls), opened() as watched:
        watched.page.goto(f"{address}/trinh-chieu?on={DAY.isoformat()}")
        yield store, watched, calls
    store.close()


def slide(watched, title):
    """Wait for a slide whole, and return what it says."""
    watched.page.get_by_role("heading", name=title).wait_for(timeout=LONG_MS)
    watched.settled(quiet_ms=500)
    return watched.page.locator(".st-key-meeting").inner_text()


def test_a_meeting_by_keys_shows_nobody(meeting):
    store, watched, calls = meeting
    page = watched.page
    page.get_by_role("button", name="Bắt đầu chiếu").click(timeout=LONG_MS)
    titles = (
        "Phường Mẫu An",
        "đi đầu và đi sau",
        "nằm gần nhau",
        "hiện nay và đề xuất",
        "Bao giờ xong",
    )
    told, sizes = [], []
    for title in titles:
        told.append(slide(watched, title))
        sizes += page.evaluate(SIZES)
        page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    slide(watched, "hiện nay và đề xuất")

    names = {*store.load("members")["name"], *store.load("households")["head"].dropna()}
    assert not [name for name in names if any(name in text for text in told)]
    assert [one for one in sizes if one[0] < SMALLEST_PX] == []
    assert not page.locator("[data-testid=stSidebar]").is_visible()

    page.get_by_role("button", name="Chốt").click()
    page.get_by_role("textbox", name="Kết luận").fill("Đồng ý phương án")
    page.get_by_role("button", name="Ghi lại").click()
    page.get_by_role("dialog").wait_for(state="detached", timeout=LONG_MS)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Bắt đầu chiếu").wait_for(timeout=LONG_MS)

    now = workflow.plan_history(store).iloc[0]
    assert (now["action"], now["why"]) == ("decide", "Đồng ý phương án")
    assert (watched.outside, watched.faults, calls.read_text()) == ([], [], "")
