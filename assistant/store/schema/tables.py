"""What every table shares: the naming of constraints, and the columns that all use."""

from sqlalchemy import Column, ForeignKey, MetaData, String

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
ID = String(40)
SHA = String(64)


def ref(name: str, target: str, **options: bool) -> Column[str]:
    """A foreign key with its index: `target` is `table.column`."""
    return Column(name, ForeignKey(target), nullable=options.get("nullable", False), index=True)
