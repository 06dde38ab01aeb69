"""Addresses of this room."""

from django.urls import path, re_path

from certificates import views

CODE = r"(?P<code>[A-Za-z0-9_-]{1,300})"

urlpatterns = [
    path("verify/", views.verify, name="verify"),
    re_path(rf"^verify/{CODE}/$", views.verify_certificate, name="verify-certificate"),
    path("learn/certificates/", views.mine, name="my-certificates"),
    path("certificates/", views.register, name="certificate-register"),
    path("certificates/round/", views.issue_round, name="certificate-round"),
    path("certificates/books/", views.books, name="certificate-books"),
    path("certificates/books/ask/", views.ask, name="certificate-books-ask"),
    path("certificates/books/close/", views.close, name="certificate-year-close"),
    path("certificates/books/<uuid:key>/", views.made, name="certificate-made"),
    path("certificates/books/<uuid:key>/<int:place>/", views.made_file, name="certificate-made-file"),
    re_path(rf"^certificates/{CODE}/file/$", views.file, name="certificate-file"),
    re_path(rf"^certificates/{CODE}/credential/$", views.credential, name="certificate-credential"),
    re_path(rf"^certificates/{CODE}/bundle/$", views.bundle, name="certificate-bundle"),
    re_path(rf"^certificates/{CODE}/sign/$", views.sign, name="sign-certificate"),
    re_path(rf"^certificates/{CODE}/correct/$", views.correct, name="correct-certificate"),
    re_path(rf"^certificates/{CODE}/revoke/$", views.revoke, name="revoke-certificate"),
    # Named in credentials that holders keep for decades: these addresses stay, without a slash at their end.
    path("credentials/jwks.json", views.keys, name="credential-keys"),
    path("credentials/keys/<str:name>", views.key, name="credential-key"),
    path("credentials/status/<int:number>", views.status, name="credential-status"),
    path("credentials/issuers/<int:pk>", views.issuer, name="credential-issuer"),
    path(
        "credentials/achievements/<str:course>/<int:version>",
        views.achievement,
        name="credential-achievement",
    ),
]
