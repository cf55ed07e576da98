"""A packet of paper for each member: the zone on a map, the households in walking order, and a page for each team."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from geopandas import GeoDataFrame
from reportlab.pdfgen.canvas import Canvas

from exports.content import PlanExport
from exports.packets_list import HEADINGS, Row, draw_headings, draw_row, pages_of, row_of
from exports.packets_map import Ground, draw_zone
from exports.packets_team import MemberLine, draw_team, team_pages
from exports.pdf_page import FOOT, HEAD, PageHead, draw_foot, draw_head, new_book
from exports.pdf_qr import page_code
from exports.pdf_text import in_order
from exports.writing import written_whole
from words import Lang, number, say, written

Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Packets:
    """A plan with what goes on paper beyond it.

    `households`: those that have a member, in EPSG:4326: household_id, member_id, team_id (missing: none),
    neighbourhood_id, head, address, `stop` (from 1, in walking order), `located`, `goals_first` and `goals_again`
    (names of goals to be met for, first or again; an empty name where no goals are defined), `last_outcome` and
    `last_on` (None: never visited), `note` (the last one anybody left), load_min. `teams`: names by id. `weeks`: by
    member, until the last first visit, None where unknown. `address`: where the ward's own app is reached, empty where
    nobody said.
    """

    plan: PlanExport
    households: GeoDataFrame
    teams: Mapping[str, str]
    weeks: Mapping[str, int | None]
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Packet:
    """The packet of one member, its pages counted."""

    member: str
    name: str
    team: str
    places: tuple[str, ...]
    households: GeoDataFrame
    pages: list[list[Row]]

    @property
    def to_do(self) -> int:
        return sum(not row.done for page in self.pages for row in page)


def write_packets(
    packets: Packets,
    path: Path,
    *,
    lang: str = Lang.VI,
    progress: Progress | None = None,
) -> None:
    """Write one PDF (A4): team by team a summary and the packets of its members, by neighbourhood and name.

    Each page of a packet has a code that says `diaban:PLAN/MEMBER/PAGE`. `progress` is told the name of each member
    and the share that is done. Errors as in `written_whole`.
    """
    content = packets.plan
    ground = Ground.of(content)
    bound = sorted(_bound(packets, lang), key=_order)
    with written_whole(path) as part:
        book = new_book(str(part), content, lang, title=say("packet_title", lang))
        for place, packet in enumerate(bound):
            if progress is not None:
                progress(packet.name, place / len(bound))
            if place == 0 or packet.team != bound[place - 1].team:
                _team(book, [one for one in bound if one.team == packet.team], packets, lang)
            _packet(book, packet, packets, ground, lang)
        book.save()
    if progress is not None:
        progress("", 1.0)


def _bound(packets: Packets, lang: str) -> Iterator[_Packet]:
    """Return the packet of each member, not yet in order."""
    content = packets.plan
    places = content.neighbourhoods.set_index("neighbourhood_id")["name"]
    names = content.members.set_index("member_id")["name"].dropna()
    room = HEAD - HEADINGS - FOOT
    for member, own in packets.households.sort_values("stop").groupby("member_id", sort=True):
        rows = [row_of(household, lang) for household in _records(own)]
        team = own["team_id"].iloc[0]
        lived_in = [
            str(places.get(code, code)) for code in own["neighbourhood_id"].dropna().unique()
        ]
        yield _Packet(
            member=str(member),
            name=str(names.get(member, member)),
            team=packets.teams.get(team, team) if isinstance(team, str) else "",
            places=tuple(sorted(lived_in, key=in_order)),
            households=own,
            pages=pages_of(rows, room),
        )


def _order(packet: _Packet) -> tuple[object, ...]:
    """Sort by team (those without one last), neighbourhood and name."""
    named = (packet.team, ", ".join(packet.places), packet.name, packet.member)
    return (not packet.team, *(in_order(text) for text in named))


def _records(own: GeoDataFrame) -> list[dict[str, Any]]:
    return own.drop(columns=own.geometry.name).to_dict("records")  # type: ignore[no-any-return]


def _packet(book: Canvas, packet: _Packet, packets: Packets, ground: Ground, lang: str) -> None:
    content, count = packets.plan, len(packet.pages) + 1
    _page_head(book, packet, packets, 1, lang)
    draw_zone(book, ground, packet.member, packet.households, lang=lang)
    draw_foot(book, content, 1, count, lang)
    book.showPage()
    for page, rows in enumerate(packet.pages, start=2):
        _page_head(book, packet, packets, page, lang)
        top = draw_headings(book, HEAD, lang)
        for row in rows:
            top = draw_row(book, row, top)
        draw_foot(book, content, page, count, lang)
        book.showPage()


def _page_head(book: Canvas, packet: _Packet, packets: Packets, page: int, lang: str) -> None:
    content = packets.plan
    plan = str(content.plan["plan"])
    codes = [(page_code(plan, packet.member, page), say("packet_code", lang, page=page))]
    if page == 1 and packets.address:
        codes.append((_address(packets.address, plan, packet.member), say("packet_open", lang)))
    head = PageHead(
        title=packet.name,
        lines=(
            " · ".join(filter(None, (packet.team, ", ".join(packet.places)))),
            say("packet_plan", lang, plan=str(content.plan["name"]), on=written(content.on, lang)),
            say("packet_counts", lang, households=len(packet.households), to_do=packet.to_do),
        ),
        codes=tuple(codes),
    )
    draw_head(book, head, made_up=content.made_up, lang=lang)


def _address(address: str, plan: str, member: str) -> str:
    """Return where the ward's own app shows the weeks and the walking order of a member."""
    choices = urlencode({"plan": plan, "plan_part": "weeks", "weeks_member": member})
    return f"{address.rstrip('/')}/phuong-an?{choices}"


def _team(book: Canvas, team: list[_Packet], packets: Packets, lang: str) -> None:
    """Draw the pages of a team."""
    content = packets.plan
    lines = [_line(packet, packets) for packet in team]
    pages = team_pages(lines)
    for page, part in enumerate(pages, start=1):
        head = PageHead(
            title=team[0].team or say("packet_no_team", lang),
            lines=(
                ", ".join(sorted({name for one in team for name in one.places}, key=in_order)),
                say(
                    "packet_plan",
                    lang,
                    plan=str(content.plan["name"]),
                    on=written(content.on, lang),
                ),
                say("packet_team_summary", lang, members=len(team)),
            ),
        )
        draw_head(book, head, made_up=content.made_up, lang=lang)
        last = page == len(pages)
        draw_team(
            book,
            part,
            whole=lines if last else None,
            notes=_notes(team, packets, lang),
            lang=lang,
        )
        draw_foot(book, content, page, len(pages), lang)
        book.showPage()


def _line(packet: _Packet, packets: Packets) -> MemberLine:
    return MemberLine(
        name=packet.name,
        households=len(packet.households),
        to_do=packet.to_do,
        minutes=float(packet.households["load_min"].fillna(0).sum()),
        weeks=packets.weeks.get(packet.member),
        pages=len(packet.pages) + 1,
    )


def _notes(team: list[_Packet], packets: Packets, lang: str) -> list[str]:
    """Say how many households of the team's neighbourhoods have no member."""
    around = {code for one in team for code in one.households["neighbourhood_id"]}
    every = packets.plan.households
    free = every["member_id"].isna() & every["neighbourhood_id"].isin(around)
    left = int(free.sum())
    return [say("packet_unassigned", lang, households=number(left, lang))] if left else []
