"""Long texts for journeys, built by repeating plain sentences."""

from itertools import cycle, islice

KAZAKH = (
    "Бүгін таңертең ауылдағы ғибадат үйіне он адам келіп, есікті жапты.",
    "Көршілер үнсіз қарап тұрды, ал балалар мектепке бара алмай қалды.",
    "Біз олардан қағаз сұрадық, бірақ олар ешқандай қағаз көрсетпеді.",
    "Қария айтты: мұндай күнді бұрын көрген емеспін, енді ұмытпаймын.",
    "Кешке қарай бәрі далаға шығып, шам жағып, тыныш тұрды.",
)
ARABIC = (
    "في صباح هذا اليوم جاء عشرة رجال إلى البيت الذي نصلي فيه وأغلقوا الباب.",
    "وقف الجيران صامتين ولم يذهب الأطفال إلى المدرسة.",
    "سألناهم عن ورقة من المحكمة فلم يكن معهم شيء.",
    "قال الشيخ إنه لم ير يوما مثل هذا من قبل ولن ينساه.",
    "وفي المساء خرج الناس إلى الشارع وأشعلوا الشموع ووقفوا بهدوء.",
)


def article(sentences: tuple[str, ...], words: int) -> str:
    """Return paragraphs of four sentences with at least this many words."""
    each = sum(len(sentence.split()) for sentence in sentences) / len(sentences)
    chosen = list(islice(cycle(sentences), int(words / each) + 4))
    return "\n\n".join(" ".join(chosen[i : i + 4]) for i in range(0, len(chosen), 4))
