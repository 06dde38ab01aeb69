"""The product's addresses and one that nobody classified."""

from django.urls import path

from lms.urls import urlpatterns as ours

urlpatterns = [path("people/backdoor/", lambda request: None), *ours]
