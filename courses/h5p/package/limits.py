"""How much a package may hold, and which kinds of files."""

MEBIBYTE = 1024 * 1024

MAX_ENTRIES = 10_000
MAX_TOTAL_BYTES = 512 * MEBIBYTE
MAX_FILE_BYTES = 200 * MEBIBYTE
MAX_RATIO = 200
# A short file of one repeated letter passes the ratio and harms nobody.
RATIO_COUNTS_FROM = 64 * 1024
MAX_JSON_BYTES = 8 * MEBIBYTE
MAX_JSON_DEPTH = 60
MAX_NAME_BYTES = 255
# The list of entries is read into memory before it can be counted: 10,000 entries with the
# longest names and some extra fields stay below this.
MAX_DIRECTORY_BYTES = 8 * MEBIBYTE

# The highest core API the player's core (h5p-standalone 3.8.2) offers.
CORE_API = (1, 28)

# H5P's own list (h5p.org, "allowed file extensions"). No svg, html or js in content.
_IMAGES = ("png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff")
_MEDIA = ("webm", "mp4", "ogg", "mp3", "m4a", "wav", "vtt", "webvtt", "gltf", "glb")
_FONTS = ("eot", "ttf", "woff", "woff2", "otf")
_OFFICE = ("pdf", "rtf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp")
_TEXT = ("json", "txt", "csv", "md", "textile")
CONTENT_EXTENSIONS = frozenset((*_IMAGES, *_MEDIA, *_FONTS, *_OFFICE, *_TEXT))
LIBRARY_EXTENSIONS = CONTENT_EXTENSIONS | frozenset(("js", "css", "svg"))
# Real packages carry these beside their code: accepted and kept, never served.
UNSERVED_EXTENSIONS = frozenset(("diff", "patch", "swf", "xml"))

CONTENT_LICENCES = frozenset(
    (
        "U",
        "CC BY",
        "CC BY-SA",
        "CC BY-ND",
        "CC BY-NC",
        "CC BY-NC-SA",
        "CC BY-NC-ND",
        "CC0 1.0",
        "GNU GPL",
        "PD",
        "ODC PDDL",
        "CC PDM",
        "C",
        # Values of packages made before 2018.
        "pd",
        "cr",
        "MIT",
        "GPL1",
        "GPL2",
        "GPL3",
        "MPL",
        "MPL2",
    )
)
