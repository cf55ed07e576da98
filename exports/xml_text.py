"""XML that other programs read: letters that XML forbids are taken out, everything else is escaped by the library."""

from pathlib import Path
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

from exports.text import clean
from exports.writing import written_whole


def add(parent: Element, tag: str, text: object = None, /, **said: str) -> Element:
    """Add an element with plain text below `parent`, and return it."""
    made = SubElement(parent, tag, {name: clean(value) for name, value in said.items()})
    if text is not None:
        made.text = clean(str(text))
    return made


def write_xml(root: Element, path: Path) -> None:
    """Write a document; raise `InputError` where the file cannot be written."""
    indent(root, space=" ")
    with written_whole(path) as part:
        ElementTree(root).write(part, encoding="utf-8", xml_declaration=True)
