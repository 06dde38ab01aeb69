"""What the API says and takes, as the schema describes it."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from certificates.models import Certificate
from lms.people.models import Agency
from lms.targets.figures import BadQuestion, read_day
from lms.targets.states import OrgView, Variant


class DayField(serializers.DateField):
    """A day, written 2025-12-31 or 31/12/2025; a wrong one is answered with our own sentence."""

    def to_internal_value(self, value: Any) -> Any:
        """Return the day."""
        try:
            return read_day(value)
        except BadQuestion as problem:
            raise serializers.ValidationError(str(problem)) from problem


class DaySerializer(serializers.Serializer):
    """The day whose organisation is asked for."""

    on = DayField(required=False, help_text="The day of the tree; today by default.")


class AgencySerializer(serializers.Serializer):
    """An agency as it is called, numbered and placed on a day."""

    code = serializers.CharField()
    name = serializers.CharField()
    level = serializers.ChoiceField(choices=Agency.Level.choices)
    parent_code = serializers.CharField(allow_null=True)
    place_name = serializers.CharField()


class QuestionSerializer(serializers.Serializer):
    """The question of `manage.py indicators`, under the same names."""

    as_of = DayField(required=False)
    known_at = DayField(required=False)
    agency = serializers.ListField(
        child=serializers.CharField(), required=False, help_text="May be repeated; several are one scope."
    )
    variant = serializers.ChoiceField(choices=Variant.choices, required=False)
    org_view = serializers.ChoiceField(choices=OrgView.choices, required=False)
    start = DayField(required=False)
    end = DayField(required=False)
    target3 = serializers.IntegerField(required=False, min_value=0, max_value=100)

    def get_fields(self) -> dict[str, serializers.Field]:
        """Name the period `from` and `to`, which Python cannot."""
        fields = super().get_fields()
        fields["from"], fields["to"] = fields.pop("start"), fields.pop("end")
        return fields


class RatioSerializer(serializers.Serializer):
    """A share of a whole against its target; no rate where there is no whole."""

    num = serializers.IntegerField()
    den = serializers.IntegerField()
    pct = serializers.CharField(allow_null=True)
    target = serializers.IntegerField()
    met = serializers.BooleanField(allow_null=True)
    missing = serializers.IntegerField()


class InspectionRatioSerializer(RatioSerializer):
    """The digital share of inspections, with what stands beside it."""

    partial = serializers.IntegerField()  # type: ignore[assignment]
    paper = serializers.IntegerField()
    remote_num = serializers.IntegerField()
    remote_pct = serializers.CharField(allow_null=True)
    subjects_num = serializers.IntegerField()
    subjects_den = serializers.IntegerField()
    subjects_pct = serializers.CharField(allow_null=True)


class FiguresSerializer(serializers.Serializer):
    """The three figures, as `manage.py indicators --format json` prints them."""

    as_of = serializers.DateField()
    variant = serializers.ChoiceField(choices=Variant.choices)
    rule_version = serializers.CharField()
    i1 = RatioSerializer()
    i2 = RatioSerializer()
    i3 = InspectionRatioSerializer()


class CertificateSerializer(serializers.ModelSerializer):
    """One of one's own certificates: what its public page shows."""

    register_number = serializers.CharField()
    serial = serializers.CharField()
    standing = serializers.CharField()
    address = serializers.URLField()

    class Meta:
        model = Certificate
        fields = [
            "public_code",
            "serial",
            "register_number",
            "issuer_name",
            "issued_on",
            "course_code",
            "course_name",
            "hours",
            "completed_on",
            "standing",
            "address",
            "file_sha256",
        ]
        read_only_fields = fields
