"""Addresses as people say them in one cell: `Số 12 kiệt 45/3 đường Lê Lợi, TDP 5, phường Thủy Xuân, TP Huế`.

Only what is marked by a number or a word (kiệt, đường, tổ dân phố …) is taken apart; a text that is not understood
stays whole, and nothing of it is guessed.
"""

import re

import numpy as np
import pandas as pd

from geo.addresses.address import Scheme, plain
from geo.addresses.reading import read_address

NUMBER = r"\d{1,5}[A-Za-zĐđ]{0,2}(?:[/-]\d{1,4}[A-Za-zĐđ]{0,2}){0,4}"
LANE = r"(?:kiệt|hẻm|ngõ|ngách)"
HOUSE = re.compile(
    rf"(?:(?:số nhà|nhà số|số|sn|nhà)[\s.:]*)?(?:[KH](?=\d+/))?(?P<house>{NUMBER}(?![\w+]))?[\s,]*"
    rf"(?P<lane>(?:{LANE}\s*(?:số\s*)?{NUMBER}[\s,]*){{0,3}})"
    rf"(?P<word>(?:đường|phố|đ\.)\s*)?(?P<street>[^\d\W][^,;+:]*|\d{{1,2}}/\d{{1,2}}|)",
    re.IGNORECASE,
)
PLACE = re.compile(
    r"(?:tổ dân phố|tdp|tổ|thôn|xóm|ấp|khu phố|kp|khóm|bản|buôn)[\s.]*(?:số\s*)?\S.*", re.IGNORECASE
)
UNIT = re.compile(
    r"(?:phường|xã|thị trấn|đặc khu|quận|huyện|thị xã|thành phố|tỉnh|tp|tx|tt|[pqhx]\.)[\s.]*\S.*"
    r"|việt nam",
    re.IGNORECASE,
)
LANES = re.compile(rf"{LANE}\s*(?:số\s*)?({NUMBER})", re.IGNORECASE)
# A street's name is seldom longer; what is longer is a description.
MOST_WORDS = 6
SOMETHING_DIGITAL = r"\+|://|geo:|\d[.,]\d{3}|[°º]"
TOLD = ("house_number", "alley", "street", "neighbourhood_given")


def told_apart(frame: pd.DataFrame) -> pd.DataFrame:
    """Return households with `address_given` taken apart, where a row leaves the fields of an address empty.

    A cell that holds a digital address (a Plus Code, coordinates, a link) is that row's `address_raw`.
    """
    if "address_given" not in frame:
        return frame
    texts = frame["address_given"]
    silent = frame.reindex(columns=list(TOLD[:3])).isna().all(axis=1)
    digital = _digital(texts)
    read = {text: read_spoken(text) for text in texts[silent & digital.isna()].dropna().unique()}
    told = dict(frame)
    for at, name in enumerate(TOLD):
        own = frame.get(name, pd.Series(None, index=frame.index, dtype="str"))
        said = texts.map({text: parts[at] for text, parts in read.items()}).astype("str")
        told[name] = own.fillna(said.where(silent))
    own = frame.get("address_raw", pd.Series(None, index=frame.index, dtype="str"))
    told["address_raw"] = own.fillna(digital)
    return frame.assign(**told)


def read_spoken(text: str) -> tuple[str | None, str | None, str | None, str | None]:
    """Return house number, alley, street and neighbourhood of one text; None where it does not surely say them."""
    parts = [
        part.strip(" .") for part in re.split(r"[,;]|\s[-–]\s", plain(text)) if part.strip(" .")
    ]
    places = [part for part in parts if PLACE.fullmatch(part)]
    spoken = []
    for part in parts:
        if PLACE.fullmatch(part) or UNIT.fullmatch(part):
            break
        spoken.append(part)
    house, alley, street = _house(", ".join(spoken))
    return house, alley, street, places[0] if len(places) == 1 else None


def _house(spoken: str) -> tuple[str | None, str | None, str | None]:
    found = HOUSE.fullmatch(spoken)
    if found is None:
        return None, None, None
    lanes = LANES.findall(found["lane"])
    street = found["street"].strip() or None
    marked = found["house"] or lanes or found["word"]
    if not marked or (street is not None and len(street.split()) > MOST_WORDS):
        return None, None, None
    # `ngách 3 ngõ 45` is said from the inside out, `kiệt 45/3` from the street.
    alley = "Kiệt " + "/".join(reversed(lanes)) if lanes else None
    return found["house"], alley, street


def _digital(texts: pd.Series) -> pd.Series:
    """The texts that are a digital address by themselves."""
    likely = texts[texts.str.contains(SOMETHING_DIGITAL, regex=True).eq(True)].unique()
    digital = {text: text for text in likely if _is_digital(str(text))}
    return (
        texts.map(digital).astype("str") if digital else pd.Series(np.nan, texts.index, dtype="str")
    )


def _is_digital(text: str) -> bool:
    read = read_address(text)
    return read.scheme not in (None, Scheme.OPAQUE, Scheme.AREA_CODE)
