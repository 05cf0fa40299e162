"""A Word file is a zip of XML parts: open it within bounds, and find them. Not here: what they say."""

import io
import posixpath
import zipfile
import zlib
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from bot.documents.document import Unreadable

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"  # the same words under the other name that Word can save them
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
DOCUMENT = "/officeDocument"  # how the kind of the relation to the main part ends
LARGEST_PART = 20_000_000  # bytes, unpacked: five hundred pages of text are less
MOST_PARTS = 5_000
OFF = frozenset({"0", "false", "off"})


class Parts:
    """The parts of one file, each unpacked when asked for and never beyond its bound."""

    def __init__(self, raw: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(raw))
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            raise Unreadable("is damaged, or no Word file: open it in Word and save it again as .docx.") from None
        self._names = frozenset(self._zip.namelist())
        if len(self._names) > MOST_PARTS:
            raise Unreadable(f"has more than {MOST_PARTS:,} parts, which no policy has: save its text as a new .docx.")
        self._main = self._main_name()
        body = self._parsed(self._main)
        found = body.find(f"{W}body") if body is not None else None
        if found is None:
            raise Unreadable("is no Word document inside: open it in Word and save it again as .docx.")
        self.body = found

    def part(self, name: str) -> Element | None:
        """Return a part that stands beside the main one, None when there is none."""
        return self._parsed(posixpath.join(posixpath.dirname(self._main), name))

    def _main_name(self) -> str:
        relations = self._parsed("_rels/.rels")
        targets = [one.get("Target", "") for one in relations or () if one.get("Type", "").endswith(DOCUMENT)]
        return targets[0].lstrip("/") if targets else "word/document.xml"

    def _parsed(self, name: str) -> Element | None:
        if name not in self._names:
            return None
        try:
            raw = self._unpacked(name).replace(STRICT, W.strip("{}").encode())
            parsed: Element = fromstring(raw, forbid_dtd=True)
        except DefusedXmlException:
            raise Unreadable(f"holds XML that Word never writes ({name} defines entities): have it saved anew in Word.") from None
        except (ParseError, ValueError):
            raise Unreadable(f"is damaged (its part {name}): open it in Word and save it again as .docx.") from None
        return parsed

    def _unpacked(self, name: str) -> bytes:
        try:
            with self._zip.open(name) as part:
                raw = part.read(LARGEST_PART + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
            raise Unreadable(f"is damaged or locked (its part {name}): open it in Word and save it again as .docx.") from None
        if len(raw) > LARGEST_PART:
            raise Unreadable(f"unpacks to more than {LARGEST_PART // 1_000_000} MB of text, which no policy has: save it as a new .docx.")
        return raw


def switched_on(element: Element | None) -> bool:
    """Tell whether a property is there and not switched off."""
    return element is not None and element.get(f"{W}val", "1").lower() not in OFF
