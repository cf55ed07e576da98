"""What members take along, by the name it is asked for: who gathers it, who writes it, and under which endings."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exports.form import write_form
from exports.gpx import write_gpx
from exports.phone import write_phones
from geo.errors import InputError
from steps.form_campaigns import form_campaign, routes_of
from steps.phone_pages import phone_pages


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberSheet:
    """A sheet: `gather(store, frames, plan, *, member, made_up, on)` what `write(gathered, to, *, lang)` writes."""

    gather: Callable[..., Any]
    write: Callable[..., None]
    endings: tuple[str, ...]


MEMBER_SHEETS = {
    "phone": MemberSheet(gather=phone_pages, write=write_phones, endings=(".html", ".zip")),
    "form": MemberSheet(gather=form_campaign, write=write_form, endings=(".xlsx", ".zip")),
    "route": MemberSheet(gather=routes_of, write=write_gpx, endings=(".gpx",)),
}
# Of one member alone.
OF_ONE = {("phone", ".html")}
# Endings that say which of them is meant.
SHEET_OF_ENDING = {".gpx": "route"}


def member_sheet(sheet: str, to: Path, member: str | None, *, public: bool | None) -> MemberSheet:
    """Return the sheet of a name.

    Raises
    ------
    InputError
        Where there is none of that name, `to` has an ending that is none of its, it is one member's and none is named,
        or it is asked for in public.
    """
    known = MEMBER_SHEETS.get(sheet)
    if known is None:
        raise InputError("sheet_unknown", sheet=sheet, known=sorted(MEMBER_SHEETS))
    if to.suffix.lower() not in known.endings:
        endings = ", ".join(known.endings)
        raise InputError("sheet_ending_wrong", sheet=sheet, ending=endings, file=to.name)
    if member is None and (sheet, to.suffix.lower()) in OF_ONE:
        raise InputError("phone_member_needed")
    if public:
        raise InputError("member_sheet_never_public", file=to.name)
    return known
