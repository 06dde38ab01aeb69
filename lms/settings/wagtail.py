"""Wagtail: pages, images and documents."""

from lms.settings.environment import env

WAGTAIL_SITE_NAME = "Sông Tiền"
WAGTAILADMIN_BASE_URL = env.str("SITE_URL", "http://localhost:8000")
WAGTAIL_CONTENT_LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
WAGTAIL_I18N_ENABLED = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False  # addresses of courses and lessons are plain letters
WAGTAILADMIN_PERMITTED_LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
WAGTAIL_ENABLE_UPDATE_CHECK = False  # no request leaves the site
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
# Passwords are changed where one signs in, e-mail addresses by the HR import.
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []  # nor does an embed
WAGTAILDOCS_EXTENSIONS = [
    "csv",
    "docx",
    "pdf",
    "pptx",
    "txt",
    "xlsx",
    "odt",
    "ods",
    "odp",
    "mp4",
    "webm",
    "vtt",
]
WAGTAILDOCS_INLINE_CONTENT_TYPES = ["application/pdf"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_USER_TIME_ZONES = ["Asia/Ho_Chi_Minh"]
