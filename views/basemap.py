"""The basemap the ward brings, handed out by our own server tile by tile; named by `DIABAN_BASEMAP`."""

import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import workflow

PATH = "/ban-do-nen"
# Tiles do not change while the server runs, nor does anybody else need to keep them.
KEPT = "private, max-age=86400"


def told() -> dict[str, Any] | None:
    """Return what the map needs to know of the basemap; None without one."""
    basemap = _opened()
    if basemap is None:
        return None
    zooms = {"least": basemap.least_zoom, "most": basemap.most_zoom}
    return {"path": f"{PATH}/{{z}}/{{x}}/{{y}}", "credit": basemap.credit, **zooms}


def routes() -> Sequence[Route]:
    """Return how the server answers for tiles; raise `InputError` for a basemap that cannot be drawn."""
    if _opened() is None:
        return []
    return [Route(f"{PATH}/{{z:int}}/{{x:int}}/{{y:int}}", _tile, methods=["GET"])]


def _tile(request: Request) -> Response:
    basemap = _opened()
    place = (request.path_params[name] for name in ("z", "x", "y"))
    found = None if basemap is None else basemap.tile(*place)
    if found is None:
        return Response(status_code=204)
    content, kind = found
    return Response(content, media_type=kind, headers={"Cache-Control": KEPT})


@cache
def _opened() -> workflow.Basemap | None:
    named = os.environ.get("DIABAN_BASEMAP")
    return workflow.open_basemap(Path(named).expanduser()) if named else None
