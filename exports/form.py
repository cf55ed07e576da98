"""A campaign's form for ODK Collect and KoboCollect: an XLSForm, the households of a plan as a list in it or beside it.

As `.xlsx` the form has all in itself. As `.zip` it comes with `households.csv`, which a server takes as an attachment
of the form or as an entity list of that name. What comes back is told in `data.odk`.
"""

import io
import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from pandas import DataFrame

from exports.text import clean, clean_texts, guard_texts
from exports.writing import written_whole
from words import Lang, say

HOUSEHOLDS = "households"
COLUMNS = ("household_id", "label", "member_id", "address", "phone", "last_note", "goals_of")
SURVEY = (
    *("type", "name", "label", "required", "calculation", "default", "constraint", "relevant"),
    *("choice_filter", "appearance", "parameters"),
)
OUTCOMES = ("met", "absent", "refused", "not_found")
# As `data.odk` looks for it.
MARK = "'visits'"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormCampaign:
    """What a form asks about.

    `households`: `household_id, member_id, stop, head, address, phone, note` and `goals`, a list of ids each;
    `members`: member_id and name; `goals`: goal_id and name.
    """

    plan_id: str
    plan_name: str
    households: DataFrame
    members: DataFrame
    goals: DataFrame
    made_up: bool
    on: date


def write_form(campaign: FormCampaign, path: Path, *, lang: str = Lang.VI) -> None:
    """Write the form, `.zip` with the list beside it; raise `InputError` where the file cannot be written."""
    with written_whole(path) as part:
        if path.suffix.lower() != ".zip":
            _book(campaign, lang, inside=True).save(part)
            return
        form = io.BytesIO()
        _book(campaign, lang, inside=False).save(form)
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("form.xlsx", form.getvalue())
            archive.writestr(f"{HOUSEHOLDS}.csv", household_list(campaign))


def household_list(campaign: FormCampaign) -> bytes:
    """Return the households as the CSV that the form refers to."""
    table = guard_texts(_households(campaign))
    return table.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def _households(campaign: FormCampaign) -> DataFrame:
    rows = campaign.households
    words = rows.assign(
        label=[
            " · ".join(str(one) for one in (f"{stop}. {head or code}", address) if one)
            for stop, head, code, address in zip(
                rows["stop"],
                _texts(rows["head"]),
                rows["household_id"],
                _texts(rows["address"]),
                strict=True,
            )
        ],
        address=_texts(rows["address"]),
        phone=_texts(rows["phone"]),
        last_note=_texts(rows["note"]),
        goals_of=[" ".join(map(_coded, goals)) for goals in rows["goals"]],
    )
    return clean_texts(DataFrame(words)[list(COLUMNS)].sort_values(["member_id", "label"]))


def _texts(cells: Any) -> list[str]:
    return [str(cell) for cell in cells.astype(object).where(cells.notna(), "")]


def _coded(goal: str) -> str:
    """A goal's id without blanks, which part the answers of a question with several."""
    return quote(goal, safe="")


def _book(campaign: FormCampaign, lang: str, *, inside: bool) -> Workbook:
    book = Workbook(write_only=True)
    _sheet(book, "survey", [SURVEY, *_survey(campaign, lang, inside=inside)])
    _sheet(book, "choices", _choices(campaign, lang, inside=inside))
    _sheet(book, "settings", _settings(campaign, lang))
    return book


def _sheet(book: Workbook, name: str, rows: list[Any]) -> None:
    sheet = book.create_sheet(name)
    for row in rows:
        sheet.append([_as_text(sheet, cell) for cell in row])


def _as_text(sheet: Any, cell: Any) -> Any:
    if cell is None or cell == "":
        return None
    made = WriteOnlyCell(sheet, str(cell))
    made.data_type = "s"
    return made


def _survey(campaign: FormCampaign, lang: str, *, inside: bool) -> list[list[str | None]]:
    def told(code: str) -> str:
        return say(f"form_{code}", lang)

    key = "name" if inside else "household_id"
    of_home = f"instance('{HOUSEHOLDS}')/root/item[{key}=${{household_id}}]"
    listed = f"select_one {HOUSEHOLDS}" if inside else f"select_one_from_file {HOUSEHOLDS}.csv"
    chosen = None if inside else "value=household_id label=label"
    rows = [
        _ask("note", "made_up", say("made_up_data", lang)) if campaign.made_up else None,
        _ask("calculate", "diaban", calculation=MARK),
        _ask("calculate", "plan_id", calculation=f"'{quote(campaign.plan_id)}'"),
        _ask(
            "select_one members", "member_id", told("member"), required="yes", appearance="minimal"
        ),
        _ask(
            listed,
            "household_id",
            told("household"),
            required="yes",
            choice_filter="member_id=${member_id}",
            appearance="minimal autocomplete",
            parameters=chosen,
        ),
        *(
            _ask("calculate", name, calculation=f"{of_home}/{name}")
            for name in ("address", "phone", "last_note", "goals_of")
        ),
        _ask("note", "about", "${address}\n${phone}", relevant="${household_id} != ''"),
        _ask(
            "note", "told_last", told("last_note") + ": ${last_note}", relevant="${last_note} != ''"
        ),
        _ask("select_one outcomes", "outcome", told("outcome"), required="yes"),
        _ask(
            "select_multiple goals",
            "goals",
            told("goals"),
            required="yes",
            choice_filter="selected(${goals_of}, name)",
        )
        if len(campaign.goals)
        else None,
        _ask("text", "note", told("note"), appearance="multiline"),
        _ask(
            "dateTime",
            "visited_at",
            told("time"),
            required="yes",
            default="now()",
            constraint=". <= now()",
        ),
    ]
    return [row for row in rows if row is not None]


def _ask(kind: str, name: str, label: str | None = None, **more: str | None) -> list[str | None]:
    said = {"type": kind, "name": name, "label": label, **more}
    return [said.get(column) for column in SURVEY]


def _choices(campaign: FormCampaign, lang: str, *, inside: bool) -> list[list[Any]]:
    extra = [*COLUMNS[2:]] if inside else []
    rows: list[list[Any]] = [["list_name", "name", "label", *extra]]
    rows += [["outcomes", one, say(f"phone_{one}", lang)] for one in OUTCOMES]
    for listed, key in (("members", "member_id"), ("goals", "goal_id")):
        table = clean_texts(campaign.members if listed == "members" else campaign.goals)
        for code, name in zip(table[key], table["name"], strict=True):
            rows.append([listed, _coded(code) if listed == "goals" else code, _plain(name or code)])
    if inside:
        homes = _households(campaign).astype(object).to_numpy().tolist()
        rows += [[HOUSEHOLDS, row[0], *map(_plain, row[1:])] for row in homes]
    return rows


def _settings(campaign: FormCampaign, lang: str) -> list[list[str]]:
    title = f"{say('app_name', lang)} · {_plain(clean(campaign.plan_name))}"
    name = "concat(${household_id}, ' ', ${visited_at})"
    return [
        ["form_title", "form_id", "version", "instance_name"],
        [title, f"diaban_{quote(campaign.plan_id, safe='')}", campaign.on.strftime("%Y%m%d"), name],
    ]


def _plain(text: str) -> str:
    """Words in which a form finds no question."""
    return str(text).replace("${", "$ {")
