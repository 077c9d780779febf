"""Letters of other alphabets that look like Latin, Cyrillic and Greek letters in all fonts.

The pairs were chosen from the look of the letters. Letters that differ in some fonts are missing.
"""

# Latin letter → look-alikes: Cyrillic, Greek, Armenian, Coptic, Lisu, Deseret, Cherokee, and letters made for
# phonetics and Roman numerals.
_LOOK = {
    "a": "а", "c": "сⲥ𐐽ⅽᴄ", "d": "ԁⅾ", "e": "е", "g": "ɡց", "h": "һհ", "i": "іⅰꭵ", "j": "јϳ", "l": "ӏⅼ", "m": "ⅿ",
    "n": "ո", "o": "оοօⲟ𐐬ᴏ", "p": "рⲣ", "q": "ԛ", "s": "ѕ𐑈ꜱ", "u": "ս", "v": "ⅴᴠ", "w": "ԝᴡ", "x": "хⅹ", "y": "у", "z": "ᴢ",
    "A": "АΑᎪꓮ", "B": "ВΒᏴꓐ", "C": "СϹⅭᏟꓚ𐐕Ⲥ", "D": "ⅮᎠꓓ", "E": "ЕΕᎬꓰ", "F": "Ϝꓝ", "G": "Ԍꓖ", "H": "НΗᎻꓧⲎ",
    "I": "ІΙⅠꓲⲒӀ", "J": "ЈᎫꓙͿ", "K": "КΚᏦꓗⲔ", "L": "ⅬᏞꓡ𐐛", "M": "МΜⅯᎷꓟⲘ", "N": "ΝꓠⲚ", "O": "ОΟՕꓳⲞ𐐄",
    "P": "РΡᏢꓑⲢ", "Q": "Ԛ", "R": "ᎡꓣᏒ", "S": "ЅՏᏚꓢ", "T": "ТΤᎢꓔⲦ", "U": "Սꓴ", "V": "ⅤᏙꓦ", "W": "ԜᎳꓪ", "X": "ХΧⅩꓫⲬ",
    "Y": "ҮΥꓬ", "Z": "ΖᏃꓜ", "ä": "ӓ", "Ä": "Ӓ", "ă": "ӑ", "Ă": "Ӑ", "ë": "ё", "Ë": "Ё", "ï": "ї", "Ï": "Ї", "ö": "ӧ", "Ö": "Ӧ",
    "æ": "ӕ", "Æ": "Ӕ", "ə": "ә", "Ə": "Ә", "ɵ": "ө", "Ɵ": "Ө",
}  # fmt: skip

LATIN = {other: letter for letter, others in _LOOK.items() for other in others}
"""Letter of another alphabet → its Latin look-alike."""
CYRILLIC = {
    **dict(zip("aceopxyiABCEHKMOPTXI", "асеорхуіАВСЕНКМОРТХІ", strict=True)),
    **dict(zip("οΟΑΒΕΗΚΜΡΤΧ", "оОАВЕНКМРТХ", strict=True)),
    **dict(zip("äÄăĂëËïÏöÖæÆəƏɵƟhjsqwY", "ӓӒӑӐёЁїЇӧӦӕӔәӘөӨһјѕԛԝҮ", strict=True)),
    **dict(zip("ᴏᴄᴛᴋᴍʜʙᴦᴨ", "осткмнвгп", strict=True)),
}
"""Letter of another alphabet → its Cyrillic look-alike."""
GREEK = {
    **dict(zip("oOABEZHIKMNPTYX", "οΟΑΒΕΖΗΙΚΜΝΡΤΥΧ", strict=True)),
    **dict(zip("оОАВЕНКМРТХ", "οΟΑΒΕΗΚΜΡΤΧ", strict=True)),
}
"""Letter of another alphabet → its Greek look-alike."""
TO = {"Latn": LATIN, "Cyrl": CYRILLIC, "Grek": GREEK}
"""Target alphabet → table from a look-alike to the letter of that alphabet."""
SAME_SCRIPT = frozenset(other for other in LATIN if other in "ɡⅰⅴⅹⅼⅽⅾⅿⅠⅤⅩⅬⅭⅮⅯᴄᴏᴠᴡᴢꜱ")
"""Letters of the Latin script outside ASCII that look like ASCII letters."""
SCRIPTS = frozenset({"Latn", "Cyrl", "Grek", "Armn", "Copt", "Lisu", "Dsrt", "Cher"})
"""Script codes of all letters in the tables above."""
