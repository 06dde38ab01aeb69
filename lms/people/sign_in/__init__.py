"""Signing in: passwords, second factors, a province's own sign-in, lock-outs, first codes."""
