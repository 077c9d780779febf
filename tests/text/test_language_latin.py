"""Latin texts in languages that CLD2 does not know, in several spellings."""

import pytest

from intake.text.language import guess
from intake.text.language_latin import WORDS, better

KAZAKH = {
    "2021": "Qala tūrğyndary bügın ortalyq alañğa jinalyp, su bağasynyñ köterıluıne qarsy ekenın aitty.",
    "2018": "Qala turǵyndary búgin ortalyq alańǵa jınalyp, sý baǵasynyń kóterilýine qarsy ekenin aıtty.",
    "older": "Qala turğındarı bügin ortalıq alañğa jïnalıp, sw bağasınıñ köterilwine qarsı ekenin ayttı.",
    "everyday": "Qala turgyndary bugin ortalyq alanga zhinalyp, su bagasynyn koteriluine qarsy ekenin aitty.",
}
OTHERS = {
    "ug-Latn": "Sheher ahalisi bügün meydan'gha yighilip, su bahasining ösüshige qarshi ikenlikini éytti.",
    "uz": "Shahar aholisi bugun maydonga yigʻilib, suv narxining oshishiga qarshi ekanini aytdi.",
    "tr": "Kent sakinleri bugün meydanda toplanarak su fiyatlarının artmasına karşı olduklarını söyledi.",
    "az": "Şəhər sakinləri bu gün meydana toplaşaraq suyun qiymətinin artmasına qarşı olduqlarını dedilər.",
    "tk": "Şäheriň ýaşaýjylary şu gün meýdança ýygnanyp, suwuň bahasynyň galmagyna garşydyklaryny aýtdylar.",
    "kmr": "Şêniyên bajêr îro li meydanê kom bûn û gotin ku ew li dijî bilindbûna bihayê avê ne.",
    "id": "Warga kota hari ini berkumpul di alun-alun dan mengatakan bahwa mereka menolak kenaikan harga air.",
    "ms": "Penduduk bandar hari ini berkumpul di dataran dan berkata bahawa mereka membantah kenaikan harga air.",
    "sr-Latn": "Stanovnici grada danas su se okupili na trgu i rekli da su protiv poskupljenja vode za ceo svet.",
    "fr": "Les habitants de la ville se sont réunis sur la place contre la hausse du prix de l’eau.",
    "ro": "Locuitorii orașului s-au adunat astăzi în piață împotriva creșterii prețului la apă.",
}


@pytest.mark.parametrize("text", KAZAKH.values(), ids=KAZAKH)
def test_kazakh_in_every_latin_spelling(text: str) -> None:
    assert guess(text) == "kk-Latn"


@pytest.mark.parametrize(("tag", "text"), OTHERS.items(), ids=OTHERS)
def test_its_neighbours(tag: str, text: str) -> None:
    assert guess(text) == tag


def test_croatian_is_no_serbian() -> None:
    assert guess(
        "Djeca i ljudi u cijelom svijetu žele vidjeti lijepo vrijeme prije nego odu na to mjesto."
    ) in {"hr", "bs"}


def test_a_well_known_text_is_read_once() -> None:
    def never(_text: str, _tag: str) -> int:
        raise AssertionError

    assert better("the workers went to the square", "en", 1200, never) is None


def test_words_of_indonesian_are_not_malay() -> None:
    assert not set(WORDS["id"].split()) & set(WORDS["ms"].split())
