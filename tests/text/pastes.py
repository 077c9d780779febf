"""Clipboard HTML in the manner of four programs, with a comment, a deletion, a note, a list and hidden words.

Words that begin with LEAK must be removed, and words that begin with KEEP must stay. The others only fill the text.
"""

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta name=Generator content="Microsoft Word 15"><style><!-- p.MsoNormal {margin:0cm} span.veiled {display:none} --></style></head>
<body lang=EN-US><!--StartFragment-->
<h1>KEEPheading</h1>
<p class=MsoNormal>KEEPopen <a style='mso-comment-reference:NN_1;mso-comment-date:20260102T1000'>words</a><span
class=MsoCommentReference><a class=msocomanchor id="_anchor_1" href="#_msocom_1" name="_msoanchor_1">[LEAKinitials1]</a></span>
<del cite="mailto:LEAKeditor" datetime="2026-01-02T10:00">LEAKdeleted</del><ins cite="mailto:LEAKeditor" datetime="2026-01-02T10:00">KEEPinserted</ins>
<span class=veiled>LEAKhidden</span> <b>KEEPbold</b><a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1"><span
class=MsoFootnoteReference>[1]</span></a>.</p>
<p class=MsoListParagraph style='text-indent:-18pt;mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>1.<span>&nbsp;</span></span>KEEPfirst</p>
<p class=MsoListParagraph style='text-indent:-18pt;mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>a.<span>&nbsp;</span></span>KEEPnested</p>
<div style='mso-element:footnote-list'><hr align=left size=1><div style='mso-element:footnote' id=ftn1>
<p class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1">[1]</a> KEEPnote.</p></div></div>
<div style='mso-element:comment-list'><div style='mso-element:comment'><div id="_com_1" class=msocomtxt>
<span style='mso-comment-author:"LEAKauthor"'><p class=MsoCommentText><a name="_msocom_1"></a>LEAKcomment</p></span></div></div></div>
<!--EndFragment--></body></html>"""

WORD_ONLINE = """<div class="OutlineElement Ltr"><p class="Paragraph" role="heading" aria-level="1"><span class="TextRun"><span class="NormalTextRun">KEEPheading</span></span><span class="EOP">&nbsp;</span></p></div>
<div class="OutlineElement Ltr"><p class="Paragraph"><span class="TextRun"><span class="NormalTextRun">KEEPopen </span><span class="NormalTextRun TrackedChange TrackChangeDeleteHighlight" data-author="LEAKeditor">LEAKdeleted</span><span class="NormalTextRun TrackChangeTextInsertion TrackedChange">KEEPinserted</span><span style="display:none">LEAKhidden</span></span><span class="TextRun" style="font-weight:bold">KEEPbold</span><span class="EOP">&nbsp;</span></p></div>
<div class="ListContainerWrapper"><ol class="NumberListStyle1" start="1"><li data-aria-level="1" data-aria-posinset="1"><p class="Paragraph"><span class="TextRun">KEEPfirst</span></p></li></ol></div>
<div class="ListContainerWrapper"><ol class="NumberListStyle1" start="1"><li data-aria-level="2" data-aria-posinset="1"><p class="Paragraph"><span class="TextRun">KEEPnested</span></p></li></ol></div>"""

GOOGLE_DOCS = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-7"><h1 dir="ltr"><span>KEEPheading</span></h1>
<p dir="ltr"><span>KEEPopen </span><span style="font-weight:700">KEEPbold</span><sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup><sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup><span style="font-size:0">LEAKhidden</span></p>
<ol><li dir="ltr" aria-level="1"><p dir="ltr"><span>KEEPfirst</span></p></li><ol><li dir="ltr" aria-level="2"><p dir="ltr"><span>KEEPnested</span></p></li></ol></ol>
<hr><div><p dir="ltr"><a href="#ftnt_ref1" id="ftnt1">[1]</a><span> KEEPnote.</span></p></div>
<div style="border:1px solid black"><p dir="ltr"><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>LEAKcomment by LEAKauthor</span></p></div></b>"""

LIBREOFFICE = """<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.0 Transitional//EN"><html><head><meta name="generator" content="LibreOffice 24.2 (Linux)"/>
<meta name="author" content="LEAKauthor"/><style type="text/css">span.quiet { opacity: 0 }</style></head><body lang="en-US" dir="ltr">
<h1 class="western">KEEPheading</h1><p>KEEPopen <a class="comment" href="#cmt1"></a><!-- LEAKcomment --><del cite="https://x.example" title="LEAKeditor" datetime="2026-01-02T10:00:00">LEAKdeleted</del><ins datetime="2026-01-02T10:00:00">KEEPinserted</ins> <b>KEEPbold</b><a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a><span class="quiet">LEAKhidden</span></p>
<ol><li><p>KEEPfirst</p><ol type="a"><li><p>KEEPnested</p></li></ol></li></ol>
<div id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a> KEEPnote.</p></div></body></html>"""

ALL = {"Word": WORD, "Word for the web": WORD_ONLINE, "Google Docs": GOOGLE_DOCS, "LibreOffice": LIBREOFFICE}
