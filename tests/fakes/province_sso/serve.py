"""Start the province's sign-in: `python -m tests.fakes.province_sso.serve PORT CALLBACK`.

The people it knows come as JSON on standard input: `{"name": "personal number or nothing"}`; the password of
each is the name and "-at-the-province". It prints one line when it listens.
"""

import json
import os
import sys
from wsgiref.simple_server import WSGIRequestHandler, make_server

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.fakes.province_sso.settings"

import django

django.setup()


class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        if self.path.split("?")[0].endswith("/authorize"):
            print(self.path, flush=True)


def main(port, callbacks):
    from allauth.idp.oidc.models import Client
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application

    call_command("migrate", verbosity=0)
    for name, number in json.load(sys.stdin).items():
        get_user_model().objects.create_user(name, password=f"{name}-at-the-province", last_name=number)
    client = Client(id="song-tien", name="Sông Tiền", skip_consent=True)
    client.set_secret("the client's secret")
    client.set_scopes(["openid", "profile"])
    client.set_redirect_uris(callbacks)
    client.save()
    server = make_server("127.0.0.1", port, get_wsgi_application(), handler_class=Quiet)
    print("listening", flush=True)
    server.serve_forever()


main(int(sys.argv[1]), sys.argv[2:])
