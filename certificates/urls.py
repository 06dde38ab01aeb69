"""Addresses of this room."""

from django.urls import path, re_path

from certificates import views

CODE = r"(?P<code>[A-Za-z0-9_-]{1,300})"

urlpatterns = [
    path("verify/", views.verify, name="verify"),
    re_path(rf"^verify/{CODE}/$", views.verify_certificate, name="verify-certificate"),
    path("learn/certificates/", views.mine, name="my-certificates"),
    path("certificates/", views.register, name="certificate-register"),
    re_path(rf"^certificates/{CODE}/file/$", views.file, name="certificate-file"),
    re_path(rf"^certificates/{CODE}/revoke/$", views.revoke, name="revoke-certificate"),
]
