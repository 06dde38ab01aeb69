"""The parts of pages."""

import pytest
from django import forms
from django.template import engines
from django.utils.translation import override


def shown(source: str, **context: object) -> str:
    with override("vi"):
        return engines["django"].from_string("{% load components presentation %}" + source).render(context)


def test_breadcrumbs_name_this_page_without_a_link():
    html = shown('{% breadcrumbs "Kiểm tra" "/inspections/" code %}', code="KT-<1>")
    assert '<a href="/inspections/">Kiểm tra</a>' in html
    assert '<span aria-current="page">KT-&lt;1&gt;</span>' in html


@pytest.mark.parametrize("kind", ["met", "near", "late", "not_met", "active", "pending", "của phòng khác"])
def test_a_state_is_a_word_and_a_shape_never_colour_alone(kind):
    html = shown("{% status kind label %}", kind=kind, label="Trễ 3 ngày")
    assert "<span>Trễ 3 ngày</span>" in html
    assert "<svg" in html


def test_each_state_has_a_shape_of_its_own():
    shapes = {
        kind: shown("{% status kind 'x' %}", kind=kind).split("<svg")[1]
        for kind in ("met", "near", "late", "not_met")
    }
    assert len(set(shapes.values())) == 4


def test_a_figure_shows_share_threshold_and_opens_its_list():
    html = shown(
        '{% figure_card name="Kỹ năng số" percent="83.33" num=1250 den=1500 threshold=100 status="near" url="/ds/" %}'
    )
    assert '<a href="/ds/">Kỹ năng số</a>' in html
    assert "83,33%" in html
    assert "1.250 / 1.500" in html
    assert 'value="83.33"' in html
    assert 'd="M100 0V8"' in html


def test_a_figure_of_nothing_is_neither_nought_nor_a_hundred():
    html = shown('{% figure_card name="Kiểm tra số" percent=None threshold=70 %}')
    assert "0,00%" not in html
    assert "<progress" not in html


class Sheet(forms.Form):
    name = forms.CharField(label="Họ và tên", help_text="Như trong hồ sơ.")
    kind = forms.ChoiceField(label="Loại", choices=[("CB", "Cán bộ")], widget=forms.RadioSelect)
    note = forms.CharField(label="Ghi chú", required=False)


def test_an_error_stands_at_its_field_and_in_the_summary_that_leads_there():
    html = shown('{% include "base/components/form.html" %}', form=Sheet({"kind": "CB"}))
    assert '<a href="#id_name">Họ và tên</a>' in html
    assert 'id="id_name_error"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert 'aria-invalid="true"' in html


def test_a_group_of_buttons_has_a_legend_and_a_field_says_when_it_may_be_left_out():
    html = shown('{% include "base/components/form.html" %}', form=Sheet())
    assert "<legend>Loại</legend>" in html
    assert html.count('class="field__optional"') == 1
