"""Content controls of Word (`w:sdt`): prompts, check boxes, and controls that show a property of the file."""

import re
from collections import Counter
from typing import Any

from intake.documents.docx.names import OFF, W14, W15, W, is_on

# A control may be bound to a property that names the author. Title, subject and abstract belong to the text.
_PERSONAL = re.compile(r"creator|lastModifiedBy|Company|Manager|userName", re.IGNORECASE)


def content(control: Any, removed: Counter[str]) -> Any:
    """Element with the content of a control. None if it shows only a prompt or a personal property of the file."""
    found = control.find(f"{W}sdtPr")
    if found is not None:
        if is_on(found.find(f"{W}showingPlcHdr")):
            removed["placeholder"] += 1
            return None
        for bound in (*found.iter(f"{W}dataBinding"), *found.iter(f"{W15}dataBinding")):
            if _PERSONAL.search(bound.get(f"{W}xpath") or ""):
                removed["properties"] += 1
                return None
    return control.find(f"{W}sdtContent")


def check_box(control: Any) -> str | None:
    """☐ or ☑ if a control is a check box, otherwise None."""
    box = control.find(f"{W}sdtPr/{W14}checkbox")
    if box is None:
        return None
    checked = box.find(f"{W14}checked")
    is_checked = checked is not None and (checked.get(f"{W14}val") or "1").lower() not in OFF
    return "☑" if is_checked else "☐"


def legacy_box(mark: Any) -> str | None:
    """☐ or ☑ if the begin mark of a field holds a check box of an older form, otherwise None."""
    box = mark.find(f"{W}ffData/{W}checkBox")
    if box is None:
        return None
    state = box.find(f"{W}checked")
    state = box.find(f"{W}default") if state is None else state
    return "☑" if is_on(state) else "☐"


def legacy_choice(mark: Any) -> str | None:
    """Chosen entry if the begin mark of a field holds a drop-down list of an older form, otherwise None."""
    choices = mark.find(f"{W}ffData/{W}ddList")
    if choices is None:
        return None
    entries = [one.get(f"{W}val") or "" for one in choices.iter(f"{W}listEntry")]
    result = choices.find(f"{W}result")
    result = choices.find(f"{W}default") if result is None else result
    value = "0" if result is None else result.get(f"{W}val") or "0"
    place = int(value[:4]) if value.isascii() and value.isdecimal() else 0
    return entries[place] if place < len(entries) else ""
