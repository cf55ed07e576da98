"""The pages of the ward's leader: what to see to, its households, the weeks, the teams."""

from tests import test_views_pages as pages
from tests.test_views_pages import HOSTILE, button, page, table, told
from views.text import plain

fake = pages.fake


def sentences(app):
    return [one.value.replace("\\", "") for one in app.markdown]


def test_the_overview_tells_what_to_see_to_when_it_ends_and_what_teams_lack(fake):
    said = sentences(page())

    assert "2 hộ chưa tiếp cận nằm sát nhau ở Kiệt 1 Lê Lợi, Tổ 1." in said
    assert "Gặp hết vào khoảng 05/06/2027." in said
    assert "- 1 nơi dưới 7 tổ viên." in said


def test_the_gravest_gaps_are_told_first_and_the_rest_is_folded_away(fake):
    fake.gap_texts = [f"Điểm {n}." for n in range(1, 7)]

    app = page()

    assert [text for text in sentences(app) if text.startswith("Điểm")] == [*fake.gap_texts]
    assert [one.label for one in app.expander if "điểm khác" in one.label] == ["Còn 3 điểm khác"]


def test_a_gap_leads_to_its_households_on_the_page_of_coverage(fake):
    app = page()

    button(app, "Xem 2 hộ").click().run()

    assert not app.exception
    assert app.query_params["gap"] == "cluster-h2"
    assert ("list", "cluster-h2", False) in fake.done
    shown = table(app, "Chủ hộ")
    assert list(shown["Chủ hộ"]) == ["Nguyễn Thị Mẫu", "Lê Văn Mẫu"]
    assert list(shown["Tổ viên"]) == ["Lê Thị An", ""]
    assert "Điện thoại" not in shown


def test_a_gap_of_an_earlier_day_is_shown_as_of_that_day_and_in_the_same_language(fake):
    app = page(on="2026-11-01", lang="en")

    button(app, "See 2 households").click().run()

    assert app.query_params["on"] == "2026-11-01"
    assert app.query_params["lang"] == "en"
    assert app.date_input[0].value.isoformat() == "2026-11-01"


def test_the_address_of_a_gap_can_be_sent_to_somebody(fake):
    app = page("do-phu", gap="cluster-h2")

    assert "lần trước vắng nhà" in list(table(app, "Chủ hộ")["Vì sao chưa tiếp cận"])


def test_phones_are_shown_only_where_somebody_asks(fake):
    app = page("do-phu", gap="cluster-h2")

    app.toggle[0].set_value(True).run()

    assert ("list", "cluster-h2", True) in fake.done
    assert list(table(app, "Chủ hộ")["Điện thoại"]) == ["0905000001", ""]


def test_a_gap_can_be_left_again(fake):
    app = page("do-phu", gap="cluster-h2")

    button(app, "Bỏ chọn, xem tất cả").click().run()

    assert "gap" not in app.query_params
    assert "Độ phủ" in [one.label for one in app.tabs]


def test_a_gap_that_is_no_more_is_said_to_be_and_the_page_shows_the_rest(fake):
    app = page("do-phu", gap="cluster-h99")

    assert "không còn trong kết quả" in told(app)
    assert "gap" not in app.query_params


def test_the_range_of_coverage_stands_among_the_figures_only_where_there_is_one(fake):
    assert "theo các số hộ khác nhau" not in told(page())

    fake.share_ends, fake.version = (0.25, 0.5), fake.version + 1
    assert "= 25,0\u00a0% – 50,0\u00a0%" in told(page())


def test_the_weeks_are_a_table_with_days_and_shares(fake):
    weeks = table(page(), "Tuần đến ngày")

    assert [day.isoformat() for day in weeks["Tuần đến ngày"].dt.date] == [
        "2026-11-15",
        "2026-11-21",
    ]
    assert weeks["Tỷ lệ còn hiệu lực"].tolist() == [0.5, 0.25]


def test_first_time_and_still_valid_coverage_stand_apart(fake):
    text = told(page())

    assert "Từng tiếp cận = 1/4 hộ" in text
    assert "trong đó cần thăm lại = 0/4 hộ" in text


def test_names_in_sentences_and_lists_are_shown_as_text(fake):
    fake.gap_texts = (HOSTILE,)
    fake.listed = fake.listed.assign(head=[HOSTILE, '=HYPERLINK("x")'])

    app = page("do-phu", gap="cluster-h2")

    assert plain(HOSTILE) in [one.value for one in app.markdown]
    assert HOSTILE not in [one.value for one in app.markdown]
    assert list(table(app, "Chủ hộ")["Chủ hộ"]) == [HOSTILE, '=HYPERLINK("x")']


def test_the_pages_speak_english_too(fake):
    labels = [one.label for one in page(lang="en").button]

    assert "See 2 households" in labels


def test_a_cause_leads_to_its_households(fake):
    app = page("do-phu")

    pills(app, "Xem danh sách hộ").set_value("absent").run()

    assert not app.exception
    assert list(table(app, "Chủ hộ")["Chủ hộ"]) == ["Nguyễn Thị Mẫu"]


def test_what_teams_lack_leads_to_the_teams_that_lack_it(fake):
    app = page()
    assert len(table(app, "Cần xem")) == 2

    pills(app, "Chỉ xem các tổ").set_value("below_least").run()

    assert list(table(app, "Cần xem")["Tổ dân phố"]) == ["Tổ 1"]


def pills(app, label):
    return next(one for one in app.button_group if one.label == label)
