"""Vietnamese first, English complete; the clock is Vietnam's (UTC+7, no summer time)."""

from lms.settings.environment import BASE_DIR

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
# Ours; and what Django, Wagtail and allauth leave untranslated.
LOCALE_PATHS = [BASE_DIR / "lms" / "locale", BASE_DIR / "lms" / "locale" / "libraries"]
FORMAT_MODULE_PATH = ["lms.settings.formats"]
