"""Watermarks: ways to hide bits in prose, each by a choice between two spellings that look alike.

The prose was written for these tests. Each text has room for at least 32 bits.
"""

import re
from dataclasses import dataclass

ENGLISH = (
    "On the morning of the third day a man of the town came to the gate and asked for a word with the guard. "
    "He had a letter in a bag, and a list of names that no court had seen. As it was a cold day, the guard let him sit "
    "in a room on the left, so he sat and read a book of poems. At noon an officer came in, took the list and left. "
    "The man of the town had no copy of it, but a woman at the next door had one, as she kept a copy of all of them. "
    "In the evening a group of us met at her house to read it, and we put a sign at each name that we knew."
)
HYPHENS = " ".join(
    [
        "The",
        "well-known",
        "co-author",
        "of",
        "a",
        "twenty-page",
        "half-year",
        "report",
        "met",
        "a",
        "long-term",
        "prisoner",
        "in",
        "a",
        "north-west",
        "camp.",
    ]
    * 8
)
RUSSIAN = (
    "Утром о нём никто не знал, а к вечеру о случае говорили у ворот и у школы. Он пришёл с братом, а ушёл один, с письмом "
    "в руке. О суде он узнал от соседа, а сосед узнал у охраны. У дома стояли люди с цветами, а о них никто не писал. "
    "Мать спросила о сыне, а ей сказали о законе. С утра и до ночи она ждала у дверей с другими, а о еде не думала. "
    "Она говорила о доме, о саде, о реке, а он молчал. У стены стоял сторож с ключами, а у ворот с собакой другой. "
    "Потом о деле забыли, а у нас остались письма с печатью, о которых мы и расскажем с его согласия, а не без него."
)
PERSIAN = (
    "دیروز در راه دادگاه مردی را دیدم که از زندان آزاد شده بود. او روزنامه در دست داشت و درباره روزهای زندان داستان دراز "
    "می‌گفت. مادرش در کنار در ایستاده بود و برادر کوچک او را در آغوش داشت. روز دیگر در بازار درباره او و دوستان او "
    "حرف زدند و کارگران از کار دست کشیدند."
)
ARABIC = (
    "وصل الرجل إلى المدينة في المساء وسأل عن بيت أخيه فلم يجد من يعرفه هناك ثم جلس عند الباب ينتظر حتى عاد الناس من السوق "
    "فقالت له امرأة إن أخاه في السجن منذ شهر وإن أحدا لم يسمع عنه خبرا وقد كتبت أمه رسائل كثيرة إلى القاضي ولم يصلها جواب"
)
CHINESE = (
    "那天早上他们敲了门带走了我的哥哥邻居都看见了可是没有人说话母亲在窗边站了一夜第二天我去问他们说不知道"
)
JAPANESE = "葛城さんと辻さんは邉の町で榊さんに会い、葛の花と辻の店と榊の枝を見た。渡邉さんは葛飾の辻で葛餅を食べ、榊を持つ邉さんと辻に立ち、葛と榊と辻の字を書き、邉と葛と辻と榊を見た。葛、辻、榊、邉、葛、辻、榊。"
MONGOLIAN = "ᠮᠣᠩᠭᠣᠯ ᠤᠯᠤᠰ ᠤᠨ ᠬᠦᠮᠦᠨ ᠪᠦᠷ ᠨᠣᠮ ᠤᠩᠰᠢᠬᠤ ᠡᠷᠬᠡ ᠲᠡᠢ ᠪᠠᠢᠨ᠎ᠠ " * 6
BENGALI = "কলকাতার মানুষ সকালবেলা বাজারের পাশে জড়ো হয়ে খবরের কাগজ পড়ছিল আর নদীর ধারে বসে গল্প করছিল তারপর সবাই ঘরে ফিরে গেল"
FRENCH = (
    "Qui est là ? Personne ! Il part ; elle reste ; il revient ! Pourquoi ? Sans doute ! Alors ? Rien ; rien ! "
    * 5
)
NUMBERS = "In year 3 they took 12 men and 4 women of 25 houses. " * 10
ADDRESSES = "See a.example/one and a.example/two, or mail a@a.example today. " * 12


@dataclass(frozen=True)
class Channel:
    """A way to hide bits. Each match of `slot` holds a bit: replaced by `one` if it is set, by `zero` otherwise.

    `one` and `zero` are templates of `re`. If `flag` is set, the choice can be seen in some fonts, so it is kept and flagged.
    """

    text: str
    slot: str
    one: str
    zero: str = r"\g<0>"
    flag: str = ""

    def hide(self, bits: list[bool]) -> str:
        """Return the text with the bits hidden in the first matches of `slot`."""
        rest = iter(bits)
        return re.sub(
            self.slot,
            lambda found: found.expand(self.one if next(rest) else self.zero),
            self.text,
            count=len(bits),
        )

    def places(self) -> int:
        """Number of bits that the text could hold."""
        return len(re.findall(self.slot, self.text))


LETTER = r"(?<=[^\W\d_])(?=[^\W\d_])"
ROUND = {"Cyrillic": "о", "Greek": "ο", "Armenian": "օ", "Deseret": "𐐬", "Coptic": "ⲟ"}

CHANNELS = {
    "doubled spaces": Channel(ENGLISH, " ", "  "),
    "trebled spaces": Channel(ENGLISH, " ", "   "),
    "no-break spaces": Channel(ENGLISH, " ", "\u00a0"),
    "no-break space beside a space": Channel(ENGLISH, " ", "\u00a0 "),
    "no-break spaces in Persian": Channel(PERSIAN, " ", "\u00a0"),
    "narrow no-break spaces": Channel(ENGLISH, r"(?<=\w) ", "\u202f"),
    "four-per-em spaces": Channel(ENGLISH, r"(?<=\w) ", "\u2005"),
    "thin and hair spaces": Channel(ENGLISH, r"(?<=\w) ", "\u200a", "\u2009"),
    "tabs": Channel(ENGLISH, " ", "\t"),
    "newline or space": Channel(ENGLISH, " ", " \n", "\n"),
    "spaces before units": Channel(NUMBERS, r"(?<=\d) ", "\u00a0"),
    "French spaces": Channel(FRENCH, r" (?=[?!;])", "\u202f"),
    "two French spaces": Channel(FRENCH, r" (?=[?!;])", "\u202f", "\u00a0"),
    "zero-width spaces": Channel(ENGLISH, " ", " \u200b"),
    "zero-width non-joiners in Latin": Channel(ENGLISH, LETTER, "\u200c"),
    "word joiners": Channel(ENGLISH, LETTER, "\u2060"),
    "soft hyphens": Channel(ENGLISH, LETTER, "\u00ad"),
    "tag characters": Channel(ENGLISH, LETTER, "\U000e0041"),
    "variation selectors in Latin": Channel(ENGLISH, LETTER, "\ufe01"),
    "grapheme joiners": Channel(ENGLISH, LETTER, "\u034f"),
    "Mongolian vowel separators in Latin": Channel(ENGLISH, LETTER, "\u180e"),
    "Hangul fillers": Channel(ENGLISH, LETTER, "\u3164"),
    "marks of direction in Latin": Channel(ENGLISH, LETTER, "\u200e"),
    "isolates in Latin": Channel(ENGLISH, r"\b\w+", "\u2068\\g<0>\u2069"),
    "non-breaking hyphens": Channel(HYPHENS, "-", "\u2011"),
    "hyphens of two kinds": Channel(HYPHENS, "-", "\u2010"),
    "Cyrillic short words": Channel(ENGLISH * 2, r"\ba\b|\ba(?=[st]\b)", "\u0430"),
    **{f"{name} letters": Channel(ENGLISH, "o", letter) for name, letter in ROUND.items()},
    "Lisu letters": Channel(ENGLISH.upper(), "O", "ꓳ"),
    "Cherokee letters": Channel(ENGLISH.upper(), "E", "Ꭼ"),
    "phonetic letters": Channel(ENGLISH * 4, r"g(?=\w)|(?<=\w)g", "ɡ"),
    "Latin letters in Russian": Channel(RUSSIAN, "о(?=\\w)", "o"),
    "Latin short words in Russian": Channel(RUSSIAN * 4, r"\bо\b", "o"),
    "ZWNJ after letters that do not join": Channel(PERSIAN, "(?<=[ادرزو])(?=[^\\W\\d_])", "\u200c"),
    "ZWJ between Arabic letters": Channel(ARABIC, LETTER, "\u200d"),
    "ZWJ after letters that do not join": Channel(PERSIAN * 2, "(?<=[ادرزو])(?= )", "\u200d"),
    "RLM in words": Channel(ARABIC, LETTER, "\u200f"),
    "RLM between words": Channel(ARABIC, " ", "\u200f "),
    "ALM between words": Channel(ARABIC, " ", " \u061c"),
    "isolates around Arabic words": Channel(ARABIC, r"(?<= )\w+", "\u2067\\g<0>\u2069"),
    "joiners between Bengali letters": Channel(BENGALI * 2, "(?<=[ক-হ])(?=[ক-হ])", "\u200c"),
    "selectors after Han signs": Channel(CHINESE, "(?<=.)(?=.)", "\U000e0100"),
    "unknown selectors after Han signs": Channel(JAPANESE * 2, "(?<=[葛辻榊邉])", "\U000e01d0"),
    "unknown Mongolian selectors": Channel(MONGOLIAN, "(?<=[ᠮᠯᠰᠷᠪ])(?=\\w)", "\u180d"),
    "text style of digits": Channel("1 2 3 4 5 6 7 8 9 " * 4, r"\d", "\\g<0>\ufe0e"),
    "emoji style of digits": Channel("1 2 3 4 5 6 7 8 9 " * 4, r"\d", "\\g<0>\ufe0f"),
    "emoji style of emoji": Channel("😀 and 🚀, then 🎉 " * 12, "[😀🚀🎉]", "\\g<0>\ufe0f"),
    "style of joined emoji": Channel("❤\u200d🔥 " * 34, "❤", "❤\ufe0f"),
    "spaces at line ends": Channel("\n".join(f"Line {n}" for n in range(40)), r"(?<=\d)\n", " \n"),
    "blank lines": Channel("\n\n".join(f"Line {n}" for n in range(40)), r"(?<=\d)\n\n", "\n\n\n"),
    "line ends": Channel("\n".join(f"Line {n}" for n in range(40)), r"(?<=\d)\n", "\r\n"),
    "yeh inside Persian words": Channel(PERSIAN * 34, "ی(?=[بتسمن])", "ي"),
    "kaf inside Persian words": Channel(PERSIAN * 8, r"ک(?=[^\W])", "ك"),
    "digits of Arabic and Persian": Channel("در سال ۱۳۹۸ و ۱۳۹۹ و ۱۳۸۱ " * 12, "۱", "١"),
    "radicals of Han signs": Channel("有一人在大門口 " * 34, "一", "\u2f00"),
    "micro signs in Greek": Channel("Το μωρό μου με τη μαμά " * 9, "μ", "µ"),
    "Latin schwa in Kazakh": Channel("Әжем мен әкем әр күні бәрін күтеді, сәл " * 9, "ә", "ə"),
    "Latin letters with dots in Russian": Channel("Её ёлка, её ёж, всё ещё идёт, даёт " * 5, "ё", "ë"),
    "ligatures": Channel("The first five officers filed it finally " * 9, "fi", "ﬁ"),
    "digraphs": Channel("Njegova njiva, nježni ljudi, konj i kralj " * 12, "nj", "ǌ"),
    "small capitals": Channel(ENGLISH, "o", "ᴏ"),
    "two Thai vowels": Channel("แม่แก้วแดงและแพทย์ " * 9, "แ", "เเ"),
    "Thai vowel and sign": Channel("น้ำคำทำนำจำ " * 9, "ำ", "\u0e4d\u0e32"),
    "tsheg": Channel("མི་རིགས་ཀྱི་ལོ་རྒྱུས་ནི་ " * 9, "་", "༌"),
    "dashes": Channel("a — b — c — d " * 12, "—", "―"),
    "clicks": Channel("Ha! Ho! Hi! " * 12, "!", "ǃ"),
    "chillus": Channel("അവൻ പറഞ്ഞു " * 34, "ൻ", "ന്\u200d"),
    # Visible in some fonts, so cleaning keeps and flags them.
    "registered shapes of Han signs": Channel(JAPANESE * 2, "(?<=[葛辻榊邉])", "\U000e0101", flag="variant"),
    "wide spaces": Channel(ENGLISH, " ", "\u2002", flag="odd-space"),
    "text style of signs": Channel("☀ or ☂ or ☎ or ☺ " * 9, "[☀☂☎☺]", "\\g<0>\ufe0e", flag="variant"),
    "two apostrophes": Channel("We don’t and they won’t. " * 17, "’", "ʼ", flag="apostrophe"),
    "letters in addresses": Channel(ADDRESSES, r"(?<=ex)a(?=mple)", "\u0430", flag="mixed-script"),
    "letters of mathematics": Channel(ENGLISH, "a(?=\\w)", "𝖺", flag="look-alike"),
}
