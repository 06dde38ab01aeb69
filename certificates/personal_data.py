"""What this room holds about persons, field by field."""

from lms.people.personal_data import CERTIFICATE, PLAIN, WORK, declare

declare(
    "certificates.Certificate",
    (CERTIFICATE, "person facts facts_sha256 short_code person_name search_text name_key salutation birth_date position agency_name completion course_code course_version course_name hours form started_on completed_on result kind public_code year number issued_at issued_on file_name file_size file_sha256 state released_at valid_until replaces replaced_by reissue_reason"),
    (WORK, "signer_name signer_title"),
    (PLAIN, "id issuer issuer_code issuer_name superior_name place_name rule_version evidence_sha256 template_version"),
)  # fmt: skip
declare("certificates.Spoilt", (WORK, "by by_name"), (PLAIN, "id certificate reason spoilt_at"))
declare(
    "certificates.RegisterYear",
    (WORK, "by by_name"),
    (PLAIN, "id agency agency_name year closed_at last counts sha256"),
)
declare(
    "certificates.TemplateVersion",
    (WORK, "published_by"),
    (PLAIN, "id template number state published_at sha256 language paper ground superior superior_words title wording title_en wording_en hidden logo"),
)  # fmt: skip
declare("certificates.TemplateSigner", (WORK, "name title"), (PLAIN, "id version place authority body"))
declare(
    "certificates.FileSignature",
    (WORK, "signer organisation key_sha256"),
    (PLAIN, "id certificate field signed_at is_stamped sha256 known_at"),
)  # fmt: skip
declare(
    "certificates.Credential",
    (CERTIFICATE, "certificate text sha256"),
    (PLAIN, "id key made_at list_number list_index"),
)  # fmt: skip
declare(
    "certificates.RegisterRequest",
    (WORK, "asked_by"),
    (CERTIFICATE, "files refused completions"),
    (PLAIN, "id key wish agency agency_name course_code start end asked_at made_at counts"),
)
