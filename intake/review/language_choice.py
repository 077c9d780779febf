"""Language of a submission: the contributor's choice, or the language detected in the text."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from intake import languages
from intake.languages import LANGUAGES, NAMES, UNTOLD
from intake.plurals import ENGLISH, Translator, desk_noop
from intake.text.language import Told

NOTE = desk_noop("The contributor chose %(chosen)s; the text reads as %(told)s.")


@dataclass(frozen=True)
class LanguageChoice:
    """Language to store. `told` is the detected language if it clearly differs from the contributor's choice."""

    stored: str
    told: str = UNTOLD

    @property
    def report(self) -> dict[str, Any]:
        """Entry for the cleaning report of the text. Empty if choice and text agree."""
        return {"language": {"chosen": self.stored, "told": self.told}} if self.told else {}


def choose(chosen: str, told: Told | None) -> LanguageChoice:
    """Return the language to store. `chosen` is UNTOLD if the contributor chose none, `told` is the detected language."""
    stored = languages.settled(chosen, told.tag if told else UNTOLD)
    differs = told is not None and told.sure and told.tag in LANGUAGES and told.tag != stored
    return LanguageChoice(stored, told.tag if told and differs else UNTOLD)


def note(report: Mapping[str, Any], language: str, translator: Translator = ENGLISH) -> str:
    """Return a sentence for editors if the text reads as another language than the contributor chose.

    `language` is the present language of the submission. Returns "" once an editor has changed it.
    """
    choice = report.get("language")
    if not choice or choice["chosen"] != language:
        return ""
    return translator.gettext(NOTE) % {key: NAMES.get(code, code) for key, code in choice.items()}
