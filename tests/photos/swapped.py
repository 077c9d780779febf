"""Translation of a few messages into Polish. Its three plural forms reveal errors that English hides."""

from intake.plurals import EnglishMessages

MESSAGES = {
    "Removed: %(things)s.": "Usunięto: %(things)s.",
    "Removed from your text: %(things)s.": "Usunięto z tekstu: %(things)s.",
    "Nothing hidden was found in the file.": "W pliku nic nie ukryto.",
    ", ": " • ",
    "The file is empty.": "Plik jest pusty.",
    "Please choose the photo again and send it once more.": "Wybierz zdjęcie jeszcze raz.",
    "the position": "położenie",
}
FORMS = {
    "the position": ("położenie", "położenie", "położenie"),
    "a date": ("%(num)s data", "%(num)s daty", "%(num)s dat"),
}


class Swapped(EnglishMessages):
    """Looks messages up in MESSAGES and FORMS, and leaves others unchanged."""

    def gettext(self, message: str) -> str:
        """Translate a message."""
        return MESSAGES.get(message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """One of three forms, by the Polish rule."""
        few = n % 10 in {2, 3, 4} and n % 100 not in {12, 13, 14}
        return FORMS.get(msgid1, (msgid1, msgid2, msgid2))[0 if n == 1 else 1 if few else 2]
