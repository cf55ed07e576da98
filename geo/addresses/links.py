"""`geo:` URIs, and links to places on Google Maps and OpenStreetMap."""

import re
from dataclasses import replace
from math import cos, radians
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from geo.addresses.address import Address, AddressContext, Scheme, Why, found
from geo.addresses.degrees import decimal_pair, read_degrees
from geo.addresses.plus_codes import read_plus_code

NUMBER = r"([+-]?\d{1,3}(?:\.\d{1,15})?)"
GEO_URI = re.compile(rf"geo:{NUMBER},{NUMBER}(?:,[^;?]*)?((?:;[^?]*)?)(?:\?(.*))?", re.IGNORECASE)
LINK = re.compile(
    r"(?:https?://|(?:www|maps)\.|(?:google|goo|openstreetmap|osm)\.)\S+", re.IGNORECASE
)
GOOGLE = re.compile(r"(?:www\.|maps\.)?google(?:\.[a-z]{2,3}){1,2}")
OSM = re.compile(r"(?:www\.)?(?:openstreetmap|osm)\.org")
SHORTENERS = (
    "maps.app.goo.gl",
    "goo.gl",
    "g.co",
    "g.page",
    "share.google",
    "bit.ly",
    "tinyurl.com",
)
PIN = re.compile(rf"!3d{NUMBER}!4d{NUMBER}")
VIEW = re.compile(rf"@{NUMBER},{NUMBER}(?:,(\d{{1,7}}(?:\.\d{{1,6}})?)([zm]))?")
OSM_VIEW = re.compile(rf"map=(\d{{1,2}}(?:\.\d{{1,6}})?)/{NUMBER}/{NUMBER}")
QUERIES = ("q", "query", "ll", "destination", "daddr")
PIN_OR_QUERY, CENTRE_OF_VIEW = 0.9, 0.5
# The scale of web maps: metres a pixel of the equator at zoom 0; a view is taken to be 512 pixels high.
EQUATOR_PIXEL_M, VIEW_PIXELS, USUAL_ZOOM = 156_543.0, 512, 17.0
WGS84 = ("", "wgs84")


def read_geo_uri(raw: str, context: AddressContext) -> Address | None:
    """Read a `geo:` URI (RFC 5870, and Android's `geo:0,0?q=`); None where `raw` is none."""
    written = GEO_URI.fullmatch(raw)
    if written is None:
        return None
    lat, lon, parameters, query = written.groups()
    if query is not None:
        asked = _queried(raw, query, context, Scheme.GEO_URI, Why.GEO_URI)
        if asked is not None:
            return asked
    values = dict(part.lower().partition("=")[::2] for part in parameters.split(";"))
    if values.get("crs", "") not in WGS84:
        return Address(raw, Scheme.GEO_URI, Why.GEO_URI_CRS)
    read = _at(raw, Scheme.GEO_URI, Why.GEO_URI, lat, lon)
    stated = values.get("u", "")
    if read.located and re.fullmatch(r"\d{1,6}(?:\.\d{1,6})?", stated):
        return replace(read, precision_m=max(float(stated), read.precision_m or 0.0))
    return read


def read_link(raw: str, context: AddressContext) -> Address | None:
    """Read a link: the pin, else what was asked for, else the middle of the view; None where `raw` is none.

    Nothing is fetched: a short link, which only its server can resolve, has no point and says so.
    """
    if LINK.fullmatch(raw) is None:
        return None
    try:
        url = urlsplit(raw if "://" in raw else f"https://{raw}")
        host = (url.hostname or "").lower()
    except ValueError:
        return Address(raw, Scheme.LINK, Why.LINK_UNKNOWN)
    if host in SHORTENERS or (OSM.fullmatch(host) and url.path.startswith("/go/")):
        return Address(raw, Scheme.LINK, Why.LINK_SHORT)
    if GOOGLE.fullmatch(host) and (host.startswith("maps.") or url.path.startswith("/maps")):
        return _google(raw, url, context)
    if OSM.fullmatch(host):
        return _osm(raw, url)
    return Address(raw, Scheme.LINK, Why.LINK_UNKNOWN)


def _google(raw: str, url: SplitResult, context: AddressContext) -> Address:
    text = unquote(f"{url.path}?{url.query}#{url.fragment}")
    pins: set[tuple[str, str]] = set(PIN.findall(text))
    if len(pins) > 1:
        return Address(raw, Scheme.LINK, Why.LINK_MANY_PLACES)
    if pins:
        lat, lon = pins.pop()
        return _at(raw, Scheme.LINK, Why.LINK_PIN, lat, lon)
    asked = _queried(raw, url.query, context, Scheme.LINK, Why.LINK_QUERY)
    if asked is not None:
        return asked
    view = VIEW.search(text)
    if view is None:
        return Address(raw, Scheme.LINK, Why.LINK_WITHOUT_PLACE)
    lat, lon, number, unit = view.groups()
    # `17z` is a zoom, `450m` the height of the view.
    view_m = float(number) if unit == "m" else _view_m(lat, float(number or USUAL_ZOOM))
    return _view(raw, lat, lon, view_m)


def _osm(raw: str, url: SplitResult) -> Address:
    values = parse_qs(url.query)
    lat, lon = (values.get(name, [""])[0] for name in ("mlat", "mlon"))
    if re.fullmatch(NUMBER, lat) and re.fullmatch(NUMBER, lon):
        return _at(raw, Scheme.LINK, Why.LINK_PIN, lat, lon)
    view = OSM_VIEW.search(unquote(url.fragment))
    if view is None:
        return Address(raw, Scheme.LINK, Why.LINK_WITHOUT_PLACE)
    zoom, lat, lon = view.groups()
    return _view(raw, lat, lon, _view_m(lat, float(zoom)))


def _queried(
    raw: str, query: str, context: AddressContext, scheme: Scheme, why: Why
) -> Address | None:
    """The place that a query asks for: degrees or a Plus Code; None where it asks for a name."""
    values = parse_qs(query)
    for name in QUERIES:
        asked = values.get(name, [""])[0].removeprefix("loc:").partition("(")[0].strip()
        read = read_degrees(asked, context) or read_plus_code(asked, context)
        if read is not None and read.located:
            confidence = min(read.confidence or 0.0, PIN_OR_QUERY)
            return replace(read, raw=raw, scheme=scheme, why=why, confidence=confidence)
    return None


def _at(raw: str, scheme: Scheme, why: Why, lat: str, lon: str) -> Address:
    place, precision_m = decimal_pair(lat, lon)
    return found(raw, scheme, why, place, precision_m=precision_m, confidence=PIN_OR_QUERY)


def _view(raw: str, lat: str, lon: str, view_m: float) -> Address:
    place, _ = decimal_pair(lat, lon)
    return found(
        raw, Scheme.LINK, Why.LINK_VIEW, place, precision_m=view_m / 2, confidence=CENTRE_OF_VIEW
    )


def _view_m(lat: str, zoom: float) -> float:
    return float(EQUATOR_PIXEL_M * cos(radians(float(lat))) / 2**zoom * VIEW_PIXELS)
