"""Plans on paper: which sheets there are, who may see them, and where their codes lead."""

from pathlib import Path
from urllib.parse import urlsplit

from data.settings import PUBLIC_ADDRESS, keep_setting, setting
from data.store import Store
from geo.errors import InputError
from steps.member_sheets import MEMBER_SHEETS

PACKETS, WALL = "packets", "wall"
PAPER_SHEETS = (PACKETS, WALL)
ENDING = ".pdf"
# A longer one makes a code too fine to read from paper.
LONGEST_ADDRESS = 100


def is_paper(sheet: str | None, to: Path) -> bool:
    """Return whether paper is asked for, by a sheet that is no member's or by the ending."""
    return (sheet or PACKETS) not in MEMBER_SHEETS and (
        sheet is not None or to.suffix.lower() == ENDING
    )


def is_public(sheet: str, to: Path, public: bool | None) -> bool:
    """Return whether a sheet is without people's data: packets never, the wall map unless that is asked for.

    Raises
    ------
    InputError
        For a sheet or an ending that is none of paper, and for packets that are to be public.
    """
    if sheet not in PAPER_SHEETS:
        known = sorted({*PAPER_SHEETS, *MEMBER_SHEETS})
        raise InputError("sheet_unknown", sheet=sheet, known=known)
    if to.suffix.lower() != ENDING:
        raise InputError("sheet_ending_wrong", sheet=sheet, ending=ENDING, file=to.name)
    if sheet == PACKETS and public:
        raise InputError("packets_public")
    return sheet == WALL and public is not False


def public_address(store: Store) -> str | None:
    """Return where phones in the ward open the app; None where nobody said."""
    found = setting(store, PUBLIC_ADDRESS).get("address")
    return None if found is None else str(found)


def set_public_address(store: Store, address: str | None) -> None:
    """Keep where phones in the ward open the app, which the codes on packets say; None: nowhere.

    Raises
    ------
    InputError
        For what is no address of a web server, or too long for a code.
    """
    if address is None:
        keep_setting(store, PUBLIC_ADDRESS, {})
        return
    keep_setting(store, PUBLIC_ADDRESS, {"address": _checked(address.strip())})


def _checked(address: str) -> str:
    fault = InputError("address_wrong", address=address, most=LONGEST_ADDRESS)
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise fault from error
    plain = address.isascii() and address.isprintable() and " " not in address
    usable = parts.scheme in {"http", "https"} and parts.hostname and not parts.query
    if not (plain and usable and not parts.fragment and len(address) <= LONGEST_ADDRESS):
        raise fault
    return address.rstrip("/")
