"""What the workflow would answer the ward's leader, from memory, for tests of pages."""

from datetime import date

import geopandas as gpd
import pandas as pd

import workflow
from geo.errors import NotFoundError

TOTAL = {"within_m": 50.0, "level": 0.05, "unreached": 3, "gaps": 1}
WEEKS = pd.DataFrame(
    {
        "week_begins": [date(2026, 11, 9), date(2026, 11, 16)],
        "until": [date(2026, 11, 15), date(2026, 11, 21)],
        "whole_week": [True, False],
        "first_reached": [2, 0],
        "expired": [0, 1],
        "renewed": [0, 0],
        "ever_reached": [2, 2],
        "reached": [2, 1],
        "households": [4, 4],
        "share_ever_reached": [0.5, 0.5],
        "share_reached": [0.5, 0.25],
    }
)
TEAMS = pd.DataFrame(
    {
        "name": ["Tổ 1", "Tổ 2"],
        "team_name": [None, "Tổ công nghệ số 2"],
        "members": [3, 7],
        "needed": [7, 7],
        "short": [4, 0],
        "households": [4, 0],
        "households_per_member": [1.3, 0.0],
        "members_per_100_households": [75.0, None],
        "trained_on": [None, "2026-03-01"],
        "issues": ["dưới số tối thiểu", ""],
    }
)


def one_said(text, kind, *, key=None, area=None, count=None):
    return workflow.Said(text=text, code="", kind=kind, area=area, key=key, count=count)


class LeaderAnswers:
    """Answers about gaps, weeks and staffing; `listed` is what the list of households holds."""

    gap_texts = ("2 hộ chưa tiếp cận nằm sát nhau ở Kiệt 1 Lê Lợi, Tổ 1.",)
    share_ends = (0.25, 0.25)
    listed = pd.DataFrame(
        {
            "household_id": ["h2", "h4"],
            "head": ["Nguyễn Thị Mẫu", "Lê Văn Mẫu"],
            "address": ["1 Kiệt 1 Lê Lợi", "3 Kiệt 1 Lê Lợi"],
            "neighbourhood": ["Tổ 1", "Tổ 1"],
            "cause": ["absent", "unassigned"],
            "member_name": ["Lê Thị An", None],
        }
    )

    def gaps(self, store, *, goal=None, area=None, rules=None, on):
        rows = pd.DataFrame({"gap_id": ["cluster-h2"], "kind": ["cluster"], "area": ["A"]})
        return workflow.Gaps(gpd.GeoDataFrame(rows, geometry=[None], crs=4326), TOTAL)

    def gap_sentences(self, store, found, *, lang="vi"):
        return [
            one_said(text, "cluster", key=f"cluster-h{at}", area="A", count=2)
            for at, text in enumerate(self.gap_texts, start=2)
        ]

    def gap_layers(self, store, found, *, chosen=None, lang="vi"):
        return []

    def sentences(self, store, *, goal=None, area=None, on, lang="vi"):
        return [
            one_said("1 hộ cần thăm lại.", "coverage"),
            one_said("Độ phủ là một khoảng.", "range"),
            one_said("Gặp hết vào khoảng 05/06/2027.", "trend"),
            one_said("1 nơi dưới 7 tổ viên.", "staffing", key="below_least", count=1),
        ]

    def trend(self, store, *, goal=None, area=None, on):
        return workflow.Trend(WEEKS, {"state": "too_little"})

    def coverage_between(self, store, *, goal=None, area=None, on):
        least, most = self.share_ends
        none = pd.DataFrame({"used": []})
        return workflow.CoverageRange(reached=1, counts=none, share_least=least, share_most=most)

    def gap_households(
        self, store, gap=None, *, goal=None, area=None, found=None, phones=False, on, lang="vi"
    ):
        self.done.append(("list", gap, phones))
        if gap == "cluster-gone":
            raise NotFoundError("gap_gone")
        return self.listed.assign(phone=["0905000001", None]) if phones else self.listed

    def staffing_table(self, store, *, area=None, on, lang="vi"):
        return TEAMS

    def staffing(self, store, *, area=None, on):
        return workflow.Staffing(TEAMS, {"support_dong_month": None})
