"""The company's own login, OpenID Connect: who came back from it, to sign in or to sign content."""
