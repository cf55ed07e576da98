"""Files of wishes, one row a wish: what is wished, of whom, as planners head their columns and word their cells."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from data import cells
from data.columns import matched
from data.grid import LeftOut
from data.reading import RawTable, read
from geo.errors import InputError
from geo.terms import WishKind

# The first name of each tuple is the field; the rest, with the field itself, are headings that fill it.
HEADINGS = (
    ("wish", "Mong muốn", "Loại mong muốn", "Yêu cầu", "Loại yêu cầu", "Loại", "Kiểu"),
    ("household_id", "Mã hộ", "Hộ", "Mã HGĐ", "household"),
    ("other_household_id", "Hộ thứ hai", "Mã hộ thứ hai", "Mã hộ 2", "Hộ 2", "Cùng hộ", "Với hộ"),
    (
        *("member_id", "Mã tổ viên", "Tổ viên", "Mã thành viên", "Thành viên", "member"),
        *("Người phụ trách", "Cán bộ phụ trách", "Tổ viên phụ trách"),
    ),
    ("trait", "Đặc điểm", "Đặc điểm hộ", "Diện hộ", "Loại hộ", "traits"),
    ("skill", "Kỹ năng", "Kỹ năng cần", "skills"),
    ("within_m", "Trong vòng (m)", "Trong vòng", "Bán kính (m)", "Bán kính", "Số mét"),
)
FIELDS = tuple(names[0] for names in HEADINGS)
# What a column that is missing should be headed.
HEADED = {names[0]: names[1] for names in HEADINGS}
WISHES: dict[str, str] = {
    **dict.fromkeys(("lock", "khóa", "giữ", "giữ nguyên", "cố định"), WishKind.LOCK),
    **dict.fromkeys(("forbid", "tránh", "cấm", "không giao"), WishKind.FORBID),
    **dict.fromkeys(("together", "cùng người", "cùng tổ viên", "đi cùng"), WishKind.TOGETHER),
    **dict.fromkeys(("skill", "cần kỹ năng", "kỹ năng"), WishKind.SKILL),
    **dict.fromkeys(("home_area", "khu riêng", "địa bàn riêng"), WishKind.HOME_AREA),
}
NEEDED: dict[str, tuple[str, str]] = {
    WishKind.LOCK: ("household_id", "member_id"),
    WishKind.FORBID: ("household_id", "member_id"),
    WishKind.TOGETHER: ("household_id", "other_household_id"),
    WishKind.SKILL: ("trait", "skill"),
    WishKind.HOME_AREA: ("member_id", "within_m"),
}
PARSERS: dict[str, cells.Parser] = {
    "wish": cells.one_of(WISHES),
    "trait": cells.traits,
    "within_m": cells.number,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WishRows:
    """A file of wishes: `typed` cells with `row` as a person finds it, the heading of each field, and what was read.

    `read` has `FIELDS` on the index of `typed`: `wish` (a `WishKind`), the two cells that its kind needs and no other.
    """

    file: str
    typed: pd.DataFrame
    headings: dict[str, str]
    read: pd.DataFrame

    def refuse(self, code: str, fault: pd.Series, field: str) -> None:
        """Raise `InputError` for the first row at fault, naming its column, and how many rows are; none, no error."""
        if fault.any():
            first = fault.idxmax()
            raise InputError(
                code,
                file=self.file,
                row=self.typed.at[first, "row"],
                column=self.headings[field],
                wish=self.typed.at[first, "wish"],
                count=int(fault.sum()),
            )


def read_wishes(path: Path) -> WishRows:
    """Return the wishes of a file.

    Raises
    ------
    InputError
        Where the file cannot be read, has no column of wishes, or a row is not understood: no row is left out.
    """
    raw = read(path)
    positions = matched(raw.headings, HEADINGS, {}).positions
    sheets = [name for name, why in raw.left_out if why == LeftOut.OTHER]
    if sheets:
        raise InputError("wishes_sheets", file=path.name, sheets=sheets)
    if "wish" not in positions:
        raise InputError("wishes_no_column", file=path.name, headings=list(raw.headings))
    typed = _typed(raw, positions)
    found = WishRows(
        file=path.name,
        typed=typed,
        headings={**HEADED, **{field: raw.headings[at] for field, at in positions.items()}},
        read=pd.DataFrame({f: PARSERS.get(f, cells.text)(typed[f]) for f in FIELDS}),
    )
    _refuse_unread(found)
    return found


def _typed(raw: RawTable, positions: dict[str, int]) -> pd.DataFrame:
    numbers = raw.rows.astype("str").set_axis(raw.cells.index)
    # one sheet needs no name
    row = numbers if len(raw.taken) <= 1 else raw.sheet.str.cat(numbers, sep=": ")
    nothing = pd.Series(None, index=raw.cells.index, dtype="str")
    texts = {
        field: cells.text(raw.cells[positions[field]]) if field in positions else nothing
        for field in FIELDS
    }
    return pd.DataFrame({"row": row, **texts})


def _refuse_unread(found: WishRows) -> None:
    typed, read_ = found.typed, found.read
    found.refuse("wishes_cell_missing", typed["wish"].isna(), "wish")
    for field in PARSERS:
        found.refuse(
            f"wishes_{field}_unreadable", typed[field].notna() & read_[field].isna(), field
        )
    found.refuse("wishes_within_m_unreadable", read_["within_m"] <= 0, "within_m")
    for kind, needed in NEEDED.items():
        own = read_["wish"] == kind
        for field in FIELDS[1:]:
            empty = typed[field].isna()
            if field in needed:
                found.refuse("wishes_cell_missing", own & empty, field)
            else:
                found.refuse("wishes_cell_unused", own & ~empty, field)
