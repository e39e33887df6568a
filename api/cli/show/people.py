"""People and who stands for whom, for a person to read."""

from typing import Any

from api.cli.show.layout import table


def user_text(document: dict[str, Any]) -> str:
    """A person and their roles."""
    user = document["user"]
    return f"{user['name']}: {', '.join(user['roles'])}"


def users_text(document: dict[str, Any]) -> str:
    """The people."""
    rows = [{**user, "roles": ", ".join(user["roles"])} for user in document["users"]]
    return table(rows, {"name": "NAME", "roles": "ROLES", "language": "LANG"}, "Nobody yet.")


def delegations_text(document: dict[str, Any]) -> str:
    """Who stands for whom."""
    rows = [
        {**row, "by": row["by"]["name"], "deputy": row["deputy"]["name"]} for row in document["delegations"]
    ]
    columns = {
        "id": "DELEGATION", "by": "FOR", "deputy": "DEPUTY", "role": "ROLE",
        "starts_on": "FROM", "ends_on": "UNTIL", "status": "STATUS",
    }  # fmt: skip
    return table(rows, columns, "Nobody stands for anybody.")


def logins_text(document: dict[str, Any]) -> str:
    """Links to the company login."""
    rows = [
        {**row, "user": row["user"]["name"], "linked_by": row["linked_by"]["name"]}
        for row in document["logins"]
    ]
    columns = {
        "id": "ID", "user": "ACCOUNT", "state": "STATE", "linked_by": "LINKED BY", "linked_at": "ON", "signs_from": "SIGNS FROM",
    }  # fmt: skip
    return table(rows, columns, "No login is linked to your account.")
