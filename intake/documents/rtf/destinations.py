"""Groups of an RTF file that hold no words of the text, by their first control word (RTF 1.9.1)."""

SKIPPED = {
    "author": "properties", "operator": "properties", "manager": "properties", "company": "properties",
    "title": "properties", "subject": "properties", "keywords": "properties", "doccomm": "properties",
    "category": "properties", "hlinkbase": "properties", "comment": "properties", "userprops": "properties",
    "template": "template",
    "header": "header-footer", "headerl": "header-footer", "headerr": "header-footer", "headerf": "header-footer",
    "footer": "header-footer", "footerl": "header-footer", "footerr": "header-footer", "footerf": "header-footer",
    "annotation": "comment", "atnid": "", "atnauthor": "", "atndate": "", "atntime": "", "atnref": "",
    "atnparent": "", "atnicn": "", "atrfstart": "", "atrfend": "",
    "objdata": "embedded", "objclass": "", "objname": "", "objalias": "", "objsect": "", "datafield": "custom-data",
    "docvar": "custom-data", "datastore": "custom-data", "xmlattrname": "", "xmlattrvalue": "",
    "factoidname": "", "passwordhash": "", "password": "", "revtbl": "", "rsidtbl": "", "generator": "",
    "filetbl": "external-link", "mailmerge": "external-link", "linkval": "external-link",
    "xe": "hidden", "tc": "hidden", "tcn": "hidden", "rxe": "", "txe": "",
    "nonshppict": "", "shprslt": "", "nonesttables": "", "picprop": "", "blipuid": "", "bliptag": "",
    "bkmkstart": "", "bkmkend": "", "listtable": "", "listoverridetable": "", "listpicture": "", "pn": "",
    "pntxta": "", "pntxtb": "", "pnseclvl": "", "ftnsep": "", "ftnsepc": "", "ftncn": "", "aftnsep": "",
    "aftnsepc": "", "aftncn": "", "themedata": "", "colorschememapping": "", "latentstyles": "", "mmathPict": "",
    "formfield": "", "htmltag": "", "mhtmltag": "", "xmlnstbl": "", "xmlopen": "", "keycode": "", "fldtype": "",
    "background": "", "pgptbl": "", "protusertbl": "", "nextfile": "external-link", "private": "",
    "wgrffmtfilter": "", "falt": "", "panose": "", "fontemb": "embedded", "fontfile": "embedded", "fname": "",
    "ebcstart": "", "ebcend": "", "svb": "", "hsv": "", "oldcprops": "", "oldpprops": "", "oldsprops": "",
    "oldtprops": "",
}  # fmt: skip
"""Control word → kind of removal, empty if the contributor need not be told."""

KNOWN = frozenset(
    """
    info upr field fldinst fldrslt footnote sp shppict pict shpinst shptxt shpgrp do dptxbxtext ud moMath moMathPara
    pntext listtext fonttbl colortbl stylesheet
    """.split()  # noqa: SIM905 - a list of so many words is read more easily so
)
r"""Destinations that are read although `\*` stands before some of them. Others with `\*` are skipped."""

SYMBOLS = {
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
    "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005", "tab": "\t", "nestcell": "\t",
    "zwj": "\u200d", "zwnj": "\u200c", "zwbo": "\u200b", "ltrmark": "\u200e", "rtlmark": "\u200f",
}  # fmt: skip
"""Control word → the character that it stands for."""
ESCAPES = {"\\": "\\", "{": "{", "}": "}", "~": "\u00a0", "_": "\u2011", "-": "\u00ad"}
"""Character behind a backslash → the character that it stands for."""
