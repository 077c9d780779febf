"""Kinds of things that the readers of documents leave out."""

KINDS = {
    "comment": "a comment",
    "deletion": "a deleted passage",
    "moved": "the old place of a moved passage",
    "hidden": "hidden text",
    "header-footer": "a header or footer",
    "properties": "a name in the properties of the file",
    "template": "the address of a template",
    "macro": "a macro",
    "embedded": "an embedded object",
    "external-link": "a link to a file or server",
    "custom-data": "data that programs keep in the file",
    "field-code": "a field that names the author, the file or the program",
    "drawing": "a drawing that is not a photo",
    "picture": "a picture that is missing in the file",
    "image": "a picture that is not in the file",
    "script": "a script",
    "placeholder": "a prompt of the template",
    "thumbnail": "a preview of the first page",
}
"""Kind → its name in a sentence, with an article."""
