"""Settings of checklists, hidden sections, languages of the form, and the export to WordPress."""

from dataclasses import dataclass

from intake.settings.field import setting
from intake.settings.login_values import ProviderSettings


@dataclass(frozen=True)
class PublicationSettings(ProviderSettings):
    """Settings of checklists, hidden sections, form languages and WordPress, in addition to those of the base class."""

    checklists: str = setting(
        "TRANSOM_CHECKLISTS",
        "",
        "Sections with a checklist before acceptance and publication, as `News; Opinion = captions, faces, Read by a lawyer@publish`: see"
        " [Publishing](publishing.md). `*` stands for all other sections. Empty: no section has one.",
        form=r"\s*[^;=]+(=[^;=]+)?(;[^;=]+(=[^;=]+)?)*;?\s*",
        wanted="sections separated by semicolons, each alone or with its points, such as News; Opinion = captions, faces,",
    )
    hidden_sections: str = setting(
        "TRANSOM_HIDDEN_SECTIONS",
        "",
        "Sections that contributors can no longer choose and that the desk still knows, separated by commas.",
    )
    form_languages: str = setting(
        "TRANSOM_FORM_LANGUAGES",
        "",
        "Languages in which contributors' pages are offered, as tags separated by commas, such as `en, kk, zh-Hans`. Empty: all."
        " Pages in the other languages keep their addresses.",
        form=r"\s*[A-Za-z-]{2,10}\s*(,\s*[A-Za-z-]{2,10}\s*)*",
        wanted="tags of languages such as en, kk, zh-Hans",
    )
    wordpress_uploads: str = setting(
        "TRANSOM_WORDPRESS_UPLOADS",
        "/wp-content/uploads/{year}/{month}/",
        "Address of the folder where your WordPress keeps uploaded files, in the text of the ZIP: see [Into WordPress](wordpress.md)."
        " `{year}` and `{month}` stand for those of the download.",
        form=r"(https?://[^\s/\"<>]+)?/[^\s\"<>]*",
        wanted="a path or an address such as https://www.example.org/wp-content/uploads/{year}/{month}/",
    )
