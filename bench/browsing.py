"""A browser as far as the server can tell: pages asked for and buttons pressed through Streamlit's protocol."""

from collections.abc import Mapping
from contextlib import ExitStack
from time import perf_counter
from typing import NamedTuple

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

LONGEST_S = 120.0
WIDGETS = ("button", "selectbox")


class Widget(NamedTuple):
    """What the server calls a widget, and the part of the page it lies in, empty for the page itself."""

    widget_id: str
    part: str


class Browser:
    """One session: the page it is on, and the buttons and boxes it has seen, by their labels."""

    def __init__(self, address: str, query: str) -> None:
        self.page, self.query, self.page_hash = "", query, ""
        self.widgets: dict[str, Widget] = {}
        self.open = ExitStack()
        self.socket = self.open.enter_context(
            connect(
                address.replace("http", "ws") + "/_stcore/stream",
                origin=Origin(address),
                subprotocols=[Subprotocol("streamlit")],
                max_size=None,
                open_timeout=LONGEST_S,
            )
        )

    def close(self) -> None:
        """End the session."""
        self.open.close()

    def go(self, page: str, query: str | None = None) -> float:
        """Ask for a page, and return the seconds until the server says that it is whole."""
        self.page, self.query = page, query or self.query
        asked = BackMsg()
        asked.rerun_script.query_string = self.query
        asked.rerun_script.page_name = page
        return self._seconds(asked)

    def press(self, label: str, chosen: Mapping[str, str] | None = None) -> float:
        """Press a button, with boxes set to what is `chosen` by label, and return the seconds until all is drawn.

        Raises `KeyError` where no such button or box was seen.
        """
        button, asked = self.widgets[label], BackMsg()
        run = asked.rerun_script
        run.query_string, run.page_script_hash, run.fragment_id = (
            self.query,
            self.page_hash,
            button.part,
        )
        for box, value in (chosen or {}).items():
            run.widget_states.widgets.add(id=self.widgets[box].widget_id, string_value=value)
        run.widget_states.widgets.add(id=button.widget_id, trigger_value=True)
        return self._seconds(asked)

    def _seconds(self, asked: BackMsg) -> float:
        begun = perf_counter()
        self.socket.send(asked.SerializeToString())
        while True:
            told = ForwardMsg()
            told.ParseFromString(self.socket.recv(timeout=LONGEST_S))
            self._note(told)
            # A page may send itself elsewhere first; what counts is the run that ends well.
            ends = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
            if told.WhichOneof("type") == "script_finished" and told.script_finished in ends:
                return perf_counter() - begun

    def _note(self, told: ForwardMsg) -> None:
        """Remember the page's name among pages, and the widgets it shows."""
        kind = told.WhichOneof("type")
        if kind == "navigation":
            self.page_hash = told.navigation.page_script_hash
        elif kind == "delta" and told.delta.WhichOneof("type") == "new_element":
            self._seen(told.delta.new_element, told.delta.fragment_id)

    def _seen(self, element: Element, part: str) -> None:
        kind = element.WhichOneof("type")
        if kind in WIDGETS:
            shown = getattr(element, kind)
            self.widgets[shown.label] = Widget(shown.id, part)
