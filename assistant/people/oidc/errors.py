"""Why a login by the company's provider does not hold, or could not take place."""

from ingestion.errors import AncrageError


class LoginRefused(AncrageError):
    """The root of them all."""

    code = "login_refused"
    http_status = 403
    counted = False
    """Whether it counts towards the rest of an account, as a wrong password does."""


class LoginNotSetUp(LoginRefused):
    """The settings name no provider."""

    code = "login_not_set_up"
    http_status = 404


class PasswordsOff(LoginRefused):
    """Passphrases are switched off here."""

    code = "passwords_off"


class ProviderUnreachable(LoginRefused):
    """No connection, or no answer in time."""

    code = "provider_unreachable"
    retry = True
    http_status = 503


class ProviderUnfit(LoginRefused):
    """It answers, but not as such a provider must, or refuses this installation."""

    code = "provider_unfit"
    http_status = 502


class WrongIssuer(LoginRefused):
    """Another provider than the one of the settings speaks."""

    code = "wrong_issuer"
    counted = True


class ClockSkew(LoginRefused):
    """The provider's clock and ours disagree."""

    code = "clock_skew"


class TokenNotValid(LoginRefused):
    """The token is forged, not for us, or not of this login."""

    code = "token_not_valid"
    counted = True


class LoginStale(LoginRefused):
    """The provider did not ask the person again."""

    code = "login_stale"
    counted = True


class LoginExpired(LoginRefused):
    """The way there and back took too long, or began in another browser."""

    code = "login_expired"
    retry = True


class LoginReplayed(LoginRefused):
    """This return was used before."""

    code = "login_replayed"
    http_status = 409


class LoginDeclined(LoginRefused):
    """The provider did not let the person in, or the person turned back."""

    code = "login_declined"
    retry = True


class WrongPerson(LoginRefused):
    """Somebody else logged in than the one who is to sign."""

    code = "wrong_person"
    counted = True


class LoginTooNew(LoginRefused):
    """It is that person's login by an administrator's word alone, and of today."""

    code = "login_too_new"


class UnknownPerson(LoginRefused):
    """No account is linked to this login."""

    code = "unknown_person"


def token_not_valid() -> TokenNotValid:
    """What is wrong with it helps only whoever forged it; it is in the code's tests."""
    return TokenNotValid(
        "The company login's answer cannot be trusted.",
        help="Try again; if it happens again, tell your administrator.",
    )


def clock_skew() -> ClockSkew:
    """Only an administrator can help."""
    return ClockSkew(
        "The clock of the company login and the clock of this server do not agree.",
        help="An administrator sets the server's clock (NTP). Then try again.",
    )


def unfit(what: str) -> ProviderUnfit:
    """`what` is what was asked of it."""
    return ProviderUnfit(
        f"The company login does not answer as it should: {what}.",
        help="An administrator checks ANCRAGE_OIDC_ISSUER, the client's id and secret, and the address to return to.",
        what=what,
    )


def wrong_issuer() -> WrongIssuer:
    """Exactly that text, or none: `https://a` is not `https://a/`."""
    return WrongIssuer(
        "Another login speaks than the one of the settings.",
        help="An administrator sets ANCRAGE_OIDC_ISSUER to exactly what the login calls itself.",
    )


def passwords_off() -> PasswordsOff:
    """Of sign-ins and signatures alike."""
    return PasswordsOff(
        "Passphrases are switched off here.",
        help="Sign in, and sign, with the company login, in the browser.",
    )


def not_set_up() -> LoginNotSetUp:
    """There is none."""
    return LoginNotSetUp(
        "No company login is set up here.", help="An administrator sets ANCRAGE_OIDC_ISSUER and its client."
    )


def login_declined() -> LoginDeclined:
    """Its own page said why."""
    return LoginDeclined(
        "The company login did not let you in, or you turned back.",
        help="Try again. Nothing was signed and nothing was changed.",
    )
