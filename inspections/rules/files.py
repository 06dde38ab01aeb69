"""What a file really is, whatever it is called."""

MAX_EVIDENCE = 20 * 1024 * 1024
# First bytes → type. SVG and HTML are never taken: they run scripts.
SIGNATURES: tuple[tuple[bytes, int, str], ...] = (
    (b"\xff\xd8\xff", 0, "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", 0, "image/png"),
    (b"WEBP", 8, "image/webp"),
    (b"%PDF-", 0, "application/pdf"),
    (b"ftypheic", 4, "image/heic"),
    (b"ftypmp4", 4, "video/mp4"),
    (b"ftypisom", 4, "video/mp4"),
)


def true_type(head: bytes) -> str | None:
    """Tell a file's type by its first bytes; None for what is not taken as evidence."""
    for magic, offset, content_type in SIGNATURES:
        if head[offset : offset + len(magic)] == magic:
            return content_type
    return None
