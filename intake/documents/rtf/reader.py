"""Read the tokens of an RTF file into HTML, without recursion and in linear time."""

from intake.documents.document import Picture
from intake.documents.refusal import DocumentRefused
from intake.documents.rtf import charsets, tokens
from intake.documents.rtf.destinations import ESCAPES, KNOWN, SKIPPED, SYMBOLS
from intake.documents.rtf.fields import RtfField
from intake.documents.rtf.flow import Flow
from intake.documents.rtf.formatting import CHANGES
from intake.documents.rtf.picture_data import PictureData
from intake.documents.rtf.state import State
from intake.documents.rtf.text_sink import OVERHEAD, TABLES, TextSink

MAX_TOKENS = 1_000_000
"""Maximum number of tokens in a file, which take up to 4 s. Word writes up to 30 for each change of formatting."""
_BREAKS = frozenset({"par", "sect", "page", "column", "pagebb"})
_LINES = frozenset({"line", "softline", "lbr"})
_BOXES = frozenset({"shptxt", "dptxbxtext"})
_DEEPEST = 20
"""Maximum nesting of text boxes. Deeper ones are part of the paragraph around them, because each level copies the text."""


class RtfReader:
    """Reader for one file. After `read`, `body`, `notes`, `pictures` and `removed` hold the result."""

    def __init__(self) -> None:
        self.body = Flow()
        self.notes: list[Flow] = []
        self.pictures: list[Picture] = []
        self._sink = TextSink()
        self.removed = self._sink.removed
        self._state = State(self.body)
        self._stack: list[State] = []
        self._skipped = 0
        self._begins = self._starred = False
        self._picture = PictureData()

    def read(self, data: bytes) -> None:
        """Read a file. Groups that are not closed end with the file. Raises DocumentRefused (too_slow, too_long)."""
        for count, token in enumerate(tokens.read(data)):
            if count > MAX_TOKENS:
                raise DocumentRefused("too_slow", "tokens")
            self._take(token)
            if token.kind == "close" and not self._stack:
                break
        self._sink.flush(self._state)
        while self._stack:
            self._close()
        self.body.finish(self._sink.shape(self._state))

    def _take(self, token: tokens.RtfToken) -> None:
        match token.kind:
            case "text":
                self._text(token.value)
            case "hex":
                self._text(bytes([int(token.value, 16)]))
            case "word":
                self._word(token.value.decode("ascii"), token.number)
            case "symbol":
                self._symbol(token.value.decode("latin-1"))
            case "open":
                self._sink.flush(self._state)
                self._stack.append(self._state)
                self._begins, self._starred, self._skipped = True, False, 0
            case "close":
                self._sink.flush(self._state)
                self._close()
            case "binary" if self._state.target == "picture":
                self._picture.add_bytes(token.value)

    def _text(self, value: bytes) -> None:
        if self._skipped:
            skipped = min(self._skipped, len(value))
            self._skipped -= skipped
            value = value[skipped:]
        self._begins = False
        if self._state.target == "picture":
            self._picture.add_hex(value)
        elif value and self._state.target != "skip":
            self._sink.add_bytes(value, self._state)

    def _symbol(self, symbol: str) -> None:
        if symbol == "*":
            self._starred = True
        elif symbol in "\r\n":
            self._break()
        elif symbol in ESCAPES:
            if self._skipped:
                self._skipped -= 1
            elif symbol in "\\{}":
                self._text(symbol.encode())
            else:
                self._sink.flush(self._state)
                self._sink.put(ESCAPES[symbol], self._state)

    def _word(self, word: str, number: int | None) -> None:
        if word == "u" and number is not None:
            self._unicode(number)
            return
        begins, starred = self._begins, self._starred
        self._begins = self._starred = False
        if self._skipped and word in SYMBOLS:
            self._skipped -= 1
            return
        self._sink.flush(self._state)
        self._skipped = 0
        if self._state.target == "skip" or ((begins or starred) and self._destination(word, starred)):
            return
        self._apply(word, number)

    def _unicode(self, number: int) -> None:
        self._begins = False
        if self._state.target != "skip":
            self._sink.add_unit(number, self._state)
        self._skipped = self._state.skipped

    def _apply(self, word: str, number: int | None) -> None:
        state = self._state
        if state.target in TABLES:
            self._sink.header.word(state.target, word, number)
        elif state.target == "picture":
            self._picture.word(word)
        elif word in CHANGES:
            self._state = CHANGES[word](state, number)
        elif word == "cs":
            hidden = self._sink.header.style("cs", number or 0).hidden
            self._state = state._replace(hidden_style=hidden)
        elif word in SYMBOLS:
            self._sink.put(SYMBOLS[word], self._state)
        elif word == "ansicpg":
            self._sink.header.encoding = charsets.of_page(number or 0) or self._sink.header.encoding
        elif word in charsets.HEADERS:
            self._sink.header.encoding = charsets.HEADERS[word]
        elif state.target == "text":
            self._structure(word, number)

    def _structure(self, word: str, number: int | None) -> None:
        flow = self._state.flow
        if word in _BREAKS or word in ("cell", "row") or word in _LINES:
            self._sink.spend(OVERHEAD)
        if word in _BREAKS:
            self._break()
        elif word in _LINES:
            flow.markup("<br>")
        elif word == "cell":
            flow.cell(self._sink.shape(self._state))
        elif word == "row":
            flow.row()
        elif word == "trowd":
            self._sink.row_is_shaded = False
        elif word == "clcbpat":
            self._sink.row_is_shaded = self._sink.row_is_shaded or bool(number)

    def _break(self) -> None:
        self._sink.flush(self._state)
        if self._state.target == "text":
            self._state.flow.paragraph(self._sink.shape(self._state))

    def _destination(self, word: str, starred: bool) -> bool:
        """Enter the destination that the first word of a group names. Returns whether the word needs no further handling."""
        state = self._state
        if word in SKIPPED:
            if kind := SKIPPED[word]:
                self.removed[kind] += 1
            self._state = state._replace(target="skip")
        elif word in KNOWN:
            self._enter(word)
        elif state.target != "stylesheet" and (starred or (word.startswith("m") and word.endswith("Pr"))):
            self._state = state._replace(target="skip")
        else:
            return False
        return True

    def _enter(self, word: str) -> None:
        state = self._state
        if word in TABLES:
            self._state = state._replace(target=word)
        elif word in ("info", "sp"):
            self._state = state._replace(target="property")
        elif word == "upr":
            self._state = state._replace(target="property", outer=state.target)
        elif word == "ud":
            self._state = state._replace(target=state.outer)
        elif word == "pict":
            self._enter_picture()
        elif word == "field":
            self._state = state._replace(field=RtfField(state.target, state.href, state.is_private))
        elif word == "fldinst" and state.field:
            self._state = state._replace(target="code")
        elif word == "fldrslt" and state.field:
            self._enter_result(state.field)
        elif state.target == "text":
            self._sink.spend(OVERHEAD)
            self._enter_flow(word)

    def _enter_flow(self, word: str) -> None:
        if word in ("pntext", "listtext"):
            self._state = self._state._replace(target="marker")
        elif word in _BOXES:
            if (depth := self._state.flow.depth + 1) <= _DEEPEST:
                self._state = self._state.paragraph()._replace(flow=Flow(depth=depth))
        elif word == "footnote":
            if kind := self._sink.unseen(self._state):
                self._sink.drop(kind)
                self._state = self._state._replace(target="skip")
                return
            self.notes.append(Flow(is_note=True))
            number = len(self.notes)
            self._state.flow.markup(f'<sup><a id="ref-{number}" href="#note-{number}">{number}</a></sup>')
            self._state = self._state.paragraph().plain()._replace(flow=self.notes[-1])

    def _enter_picture(self) -> None:
        self._picture = PictureData()
        seen = self._state.target in ("text", "property") and not self._sink.unseen(self._state)
        self._state = self._state._replace(target="picture" if seen else "skip")

    def _enter_result(self, field: RtfField) -> None:
        self._state = self._state._replace(
            target="skip" if field.ruby() else field.target,
            href=field.web_address() or field.href,
            is_private=field.is_private or field.removed() == "field-code",
        )

    def _close(self) -> None:
        """End a group: restore the state in front of it, and finish what the group held."""
        self._skipped, self._begins = 0, False
        if not self._stack:
            return
        inner, self._state = self._state, self._stack.pop()
        outer = self._state
        if not self._stack:
            # The last paragraph may have no `\par` at its end.
            inner.flow.paragraph(self._sink.shape(inner))
        if inner.flow is not outer.flow:
            inner.flow.finish(self._sink.shape(inner))
            if not inner.flow.is_note:
                outer.flow.box(inner.flow.blocks)
        if inner.target == "picture" != outer.target:
            self._end_picture()
        if inner.target == "code" != outer.target and inner.field and inner.field.target == "text":
            self._sink.put(inner.field.ruby(), self._state)
        if inner.field and inner.field is not outer.field and (kind := inner.field.removed()):
            self.removed[kind] += 1

    def _end_picture(self) -> None:
        data = self._picture.data()
        if data:
            self.pictures.append(Picture(data))
            self._state.flow.text(f" [picture {len(self.pictures)}] ")
        else:
            self.removed["drawing"] += 1
