"""Figures and tables as people read them: every part with its whole, unknown said as unknown."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from words import number, percent, say, written

ROW_PX = 35
BORDER_PX = 2
# Nine rows and a half with their heading: the cut row says that there are more.
MOST_PX = 369


def coverage_line(
    total: Mapping[str, Any], lang: str, *, more: Sequence[tuple[str, str]] = ()
) -> None:
    """Show reached, unreached, due again and ever reached in one line, each with its denominator; then `more`."""
    whole = total["households"]
    if not whole:
        line([(say("map_reached", lang), say("no_denominator", lang))])
        return
    share = percent(total["share_reached"], lang)
    parts = [
        (say("figure_reached", lang, share=share), total["reached"]),
        (say("figure_unreached", lang), total["unreached"]),
        (say("figure_due_again", lang), total["due_again"]),
        (say("figure_ever_reached", lang), total["ever_reached"]),
    ]
    told = [(label, say("figure_of", lang, part=part, whole=whole)) for label, part in parts]
    line([*told, *more])


def line(figures: list[tuple[str, str]]) -> None:
    """Show figures side by side, as many as fit."""
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        for label, value in figures:
            st.metric(label, value, width="content")


def coverage_table(rows: pd.DataFrame, lang: str) -> None:
    """Show the figures of areas: name, households, reached, unreached, due again, share."""
    named = rows.assign(name=rows["name"].fillna(say("outside_areas", lang)))
    table(
        named,
        {
            "name": "table_name",
            "share_reached": "table_share",
            "reached": "table_reached",
            "households": "table_households",
            "unreached": "table_unreached",
            "due_again": "table_due_again",
        },
        lang=lang,
        shares=("share_reached",),
        unknown=say("no_denominator", lang),
    )


def reported(rows: pd.DataFrame, ward: str, lang: str) -> None:
    """Show what reports say of a ward, its own figures first, each with its date and source."""
    own = rows.assign(first=rows["area"] != ward).sort_values("first", kind="stable")
    days = pd.to_datetime(own["as_of"]).dt.strftime("%d/%m/%Y")
    told = own.assign(
        value=[written(value, lang) for value in own["value"]],
        of=["" if pd.isna(whole) else written(whole, lang) for whole in own["of"]],
        share=[percent(share, lang, decimals=2) for share in own["share"]],
        counted=["" if pd.isna(count) else written(count, lang) for count in own["counted"]],
        as_of=days.fillna(""),
    )
    headings = {
        "name": "table_name",
        "indicator": "table_indicator",
        "value": "table_value",
        "of": "table_of",
        "share": "table_share",
        "counted": "table_counted",
        "as_of": "table_as_of",
        "source": "table_source",
    }
    table(told, headings, lang=lang)


def table(
    frame: pd.DataFrame,
    headings: Mapping[str, str],
    *,
    lang: str,
    shares: tuple[str, ...] = (),
    tenths: tuple[str, ...] = (),
    days: tuple[str, ...] = (),
    wide: tuple[str, ...] = (),
    most_px: int = MOST_PX,
    unknown: str = "",
) -> None:
    """Show some columns of a frame under their headings, numbers written as the language does.

    `headings`: the columns in order, each with the code of its heading; `shares`, `tenths` and `days`: which are
    percent, have a decimal, are dates; `wide`: texts that need room; `unknown`: what stands for a missing number;
    `most_px`: how high the table may be, beyond which it is scrolled.
    """
    if frame.empty:
        st.caption(say("nothing_here", lang))
        return
    shown = frame[list(headings)].reset_index(drop=True)
    titles = {name: say(code, lang) for name, code in headings.items()}
    numeric = [name for name in headings if pd.api.types.is_numeric_dtype(shown[name])]
    written: dict[Any, str | Callable[[object], str] | None] = {
        titles[name]: _share(lang) if name in shares else _count(lang, decimals=int(name in tenths))
        for name in numeric
    }
    for name in days:
        shown[name] = pd.to_datetime(shown[name])
    texts = shown.columns.difference([*numeric, *days])
    shown[texts] = shown[texts].astype(object).where(shown[texts].notna(), "")
    st.dataframe(
        shown.rename(columns=titles).style.format(written),
        hide_index=True,
        height=min(ROW_PX * (len(shown) + 1) + BORDER_PX, most_px),
        row_height=ROW_PX,
        placeholder=unknown,
        column_config={
            **{titles[name]: st.column_config.DateColumn(format="DD/MM/YYYY") for name in days},
            **{titles[name]: st.column_config.TextColumn(width="medium") for name in wide},
        },
    )


def _share(lang: str) -> Callable[[Any], str]:
    return lambda value: percent(value, lang)


def _count(lang: str, *, decimals: int) -> Callable[[Any], str]:
    return lambda value: number(value, lang, decimals=decimals)
