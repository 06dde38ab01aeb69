"""What the frame gets: the data H5P's core reads, the ordered scripts, and the policy around them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language

from courses.h5p.core_words import core_words
from courses.h5p.package.manifests import listed_paths

if TYPE_CHECKING:
    from courses.h5p.models import Content, Library, Play

# H5P's own interval of automatic saving, in seconds; it must be set for a state to be given back.
SAVE_SECONDS = 30


@dataclass(frozen=True)
class Player:
    """A row of what one embed page is made of."""

    play: Play
    token: str
    origin: str
    libraries: list[Library]

    @property
    def scripts(self) -> list[str]:
        """Addresses of the libraries' scripts in loading order."""
        return self._assets("preloadedJs")

    @property
    def styles(self) -> list[str]:
        """Addresses of the libraries' style sheets in loading order."""
        return self._assets("preloadedCss")

    def _assets(self, key: str) -> list[str]:
        return [
            f"{self.libraries_address}/{library.name.folder}/{path}?{library.sha256[:8]}"
            for library in self.libraries
            for path in listed_paths(library.manifest, key, library.name.folder)
        ]

    @property
    def base(self) -> str:
        """The address under which everything of this play lies, the token in it."""
        return self.origin + reverse("h5p_embed", args=[self.token]).rstrip("/")

    @property
    def libraries_address(self) -> str:
        """Where core looks for files of libraries."""
        return f"{self.base}/libraries"

    def settings(self) -> dict[str, Any]:
        """Return what our own frame script needs, core's integration in it."""
        content = self.play.content
        return {
            "integration": self._integration(content),
            "contentId": content.pk,
            "stateAddress": f"{self.base}/state/",
            "statementAddress": f"{self.base}/statements/",
        }

    def _integration(self, content: Content) -> dict[str, Any]:
        return {
            "baseUrl": self.origin,
            "url": self.base,
            "urlLibraries": self.libraries_address,
            "siteUrl": self.origin,
            # No user: core would send saves of its own, synchronously, and put a name into statements.
            "postUserStatistics": False,
            "saveFreq": SAVE_SECONDS,
            "ajax": {"setFinished": "", "contentUserData": ""},
            "l10n": {"H5P": core_words()},
            "hubIsEnabled": False,
            "reportingIsEnabled": False,
            "contents": {f"cid-{content.pk}": self._content(content)},
        }

    def _content(self, content: Content) -> dict[str, Any]:
        return {
            "library": str(content.library.name),
            "jsonContent": json.dumps(content.parameters, ensure_ascii=False),
            "fullScreen": "0",
            "url": f"{self.origin}/h5p/activity/{content.key}",
            "contentUrl": f"{self.base}/content",
            "title": content.title,
            "displayOptions": {
                "frame": False,
                "export": False,
                "embed": False,
                "copyright": False,
                "icon": False,
            },
            "metadata": {"title": content.title, "license": content.manifest.get("license", "U")},
            "contentUserData": [{"state": self.play.state}] if self.play.state else [],
            "scripts": self.scripts,
            "styles": self.styles,
        }

    def policy(self) -> str:
        """Return the Content-Security-Policy of the embed page.

        Scripts come from two folders of this site only; nothing reaches the rest of it, or another site.
        """
        own, core = f"{self.origin}/h5p/", static_folder(self.origin)
        evaluation = " 'unsafe-eval'" if any(library.uses_eval for library in self.libraries) else ""
        site = settings.SITE_URL if settings.CONTENT_ORIGIN else self.origin
        videos = " ".join(settings.H5P_VIDEO_HOSTS) or "'none'"
        return "; ".join(
            (
                "default-src 'none'",
                f"script-src {own} {core}{evaluation}",
                f"style-src {own} {core} 'unsafe-inline'",
                f"img-src {own} {core} data: blob:",
                f"media-src {own} data: blob:",
                f"font-src {own} {core} data:",
                f"connect-src {own}",
                "worker-src blob:",
                f"frame-src {videos}",
                "base-uri 'self'",
                "form-action 'none'",
                f"frame-ancestors {self.origin} {site}",
                "sandbox allow-scripts allow-popups allow-forms",
            )
        )

    @property
    def language(self) -> str:
        """The language of the page around the content."""
        return get_language() or settings.LANGUAGE_CODE


def static_folder(origin: str) -> str:
    """Return the address of the site's static files: core and our frame script lie there."""
    root = static("")
    return root if root.startswith("http") else origin + root
