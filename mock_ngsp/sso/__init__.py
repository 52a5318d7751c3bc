"""The portal's sign-on: an OpenID Connect provider with invented people."""
