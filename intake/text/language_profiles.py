"""Profiles of languages that share a script: distinctive letters, and the commonest function words.

A word that two languages share counts for both languages.
"""

# Letters that only one language of a script uses, or almost only one.
LETTERS = {
    "Arab": {"ug": "ۆۈۋې", "ur": "ٹڈڑںے", "ps": "ټډړږښګڼۍ", "ckb": "ڵڕێ", "fa": "پچژگ", "ar": "ةإأ"},
    "Cyrl": {
        "ru": "ы", "kk": "ғқұіы", "tt": "җы", "tg": "ғӣқӯҳҷ", "uz": "ўқғҳ", "uk": "іїєґ", "be": "ўы", "sr": "ђјљњћџ", "mk": "ѓќѕјљњџ",
        "mn": "өү", "ky": "ңөүы",
    },
    "Latn": {
        "az": "ə", "tr": "ğış", "vi": "ơưđạảấầệộớ", "pl": "łąęśżźćń", "cs": "ěřů", "hu": "őű", "ro": "ăâîșțşţ",
        "kmr": "êîû", "de": "äß", "es": "ñ¿", "pt": "ãõ", "fr": "èêàœ",
    },
}  # fmt: skip
WORDS = {
    "Latn": {
        "en": "the of and to in is that for with was as on are be this by not have or",
        "fr": "de la le et les des en un une du que est pour dans qui par sur au ne pas",
        "es": "de la que el en y a los del se las por un para con no una su al toda",
        "pt": "de a o que e do da em um para com não uma os no se na por mais as",
        "it": "di e il la che in un per è del una i le con non della si ha al ogni",
        "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine oder",
        "nl": "de van het een en in is dat op te zijn met voor niet aan er om ook als heeft",
        "pl": "i w na z do się nie to jest że o jak po co dla ma od przez oraz prawo",
        "cs": "a v se na je že s z do o k i jako za pro by který nebo má každý",
        "ro": "și de la în a cu pe nu este să o care din mai un pentru sau are orice ca",
        "hu": "a az és hogy nem is egy van meg el de minden vagy ez csak kell joga",
        "tr": "ve bir bu için ile de da olarak her veya olan hakkı kadar gibi ne daha ya var",
        "az": "və bir bu üçün ilə hər da də olan olmaq öz kimi hüququ ya malikdir onun insan",
        "uz": "va bu bir uchun bilan har yoki ham bo'lgan o'z kerak inson huquqiga emas",
        "ug": "we ve bir bu üchün bilen her yaki hemme öz bolghan kerek ademning hoquqigha hoquqi we",
        "kmr": "û ku li ji bi di de her e ye ya yê an ne bo xwe heye kes ev mafê",
        "id": "dan yang di untuk dengan dari pada dalam setiap orang atau atas ini itu tidak hak oleh",
        "vi": "và của có quyền được các người một không trong cho những với là mọi hay tự do",
        "sv": "och i att en som det av för på är den till med har inte de om ett eller rätt",
        "fi": "ja on ei että se oli joka myös hän kun ovat tai niin oikeus jokaisella olla",
        "sw": "na ya wa kwa ni katika za la kila mtu yake haki au kama cha hii",
    },
    "Cyrl": {
        "ru": "и в на не что с по как это для из к от или его он быть каждый право при",
        "uk": "і в на не що з та до як для або його від це бути кожна людина має право за",
        "be": "і ў на не што з да як для або яго ад гэта кожны чалавек мае права",
        "bg": "и на за в се да от с не по е че като или има право всеки при без",
        "sr": "и у на је да се за не од са као или има право свако који су по",
        "kk": "және мен бір бұл үшін де да болып әр адам құқығы немесе бар өз керек тиіс",
        "ky": "жана менен бир бул үчүн ар бир адам укугу же бар өз керек болгон",
        "mn": "ба нь хүн эрх бөгөөд байна юм энэ болон аль бүр өөрийн эрхтэй хүний буюу",
        "tt": "һәм белән бер бу өчен һәр кеше хокукы яки дә да үз булган тиеш хокуклы",
        "uz": "ва бу бир учун билан ҳар ёки ҳам инсон ўз керак эга ҳуқуқига бўлган",
        "tg": "ва дар ба аз ки бо ин ҳар барои ҳуқуқ дорад кас инсон худ",
        "mk": "и на во да се за од не со е како или има право секој",
    },
    "Arab": {
        "ar": "في من على أو أن إلى كل شخص حق هذا التي لا ما عن مع الحق ولا",
        "fa": "و در به از که را این با هر حق کس است باید برای یا خود آن",
        "ur": "کے کی اور میں ہے کا سے کو ہر حق یا پر شخص اس نہیں جو ہو",
        "ug": "ۋە بىر بۇ ئۈچۈن بىلەن ھەر ياكى ئۆز ھوقۇقى بولغان ئادەم كېرەك ھەممە ھوقۇققا ئىگە",
        "ps": "د په او چې له دا يا هر څوک حق لري سره کې ته",
        "ckb": "و لە بە بۆ کە ئەو هەر مافی لەگەڵ یان هەموو کەسێک خۆی",
        "sd": "جي ۽ کي جو ۾ آهي هر حق يا سان",
    },
    "Deva": {
        "hi": "के की और है को का में से प्रत्येक व्यक्ति अधिकार या हो कि पर किसी इस",
        "ne": "र को मा लाई हरेक व्यक्ति अधिकार छ गर्ने वा हुने पनि यो",
        "mr": "व आहे या आणि च्या प्रत्येक अधिकार ते किंवा नाही असा त्याला",
    },
}
