"""Model fields that the database cannot read."""

from typing import Any

from django.db import models

from bandeng.kit import crypto


class EncryptedTextField(models.BinaryField):  # type: ignore[type-arg]
    """A text that lies encrypted in its column; empty texts lie as NULL.

    It cannot be filtered by: keep a keyed hash in a column beside it.
    """

    def _context(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> str:
        """Decrypt on the way out."""
        return "" if value is None else crypto.decrypt(data=bytes(value), context=self._context())

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Encrypt on the way in."""
        hidden = crypto.encrypt(text=value, context=self._context()) if value else None
        return super().get_db_prep_value(hidden, connection, prepared)

    def value_to_string(self, obj: models.Model) -> str:
        """Refuse: a serialised copy would lie in the clear."""
        raise TypeError("An encrypted field is not serialised; use `bandeng backup`.")


class EncryptedBytesField(models.BinaryField):  # type: ignore[type-arg]
    """A file that lies encrypted in its column."""

    def _context(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> bytes | None:
        """Decrypt on the way out."""
        if value is None:
            return None
        return crypto.decrypt_bytes(data=bytes(value), context=self._context())

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Encrypt on the way in."""
        data = None if value is None else bytes(value)
        hidden = data and crypto.encrypt_bytes(data=data, context=self._context())
        return super().get_db_prep_value(hidden, connection, prepared)

    def value_to_string(self, obj: models.Model) -> str:
        """Refuse: a serialised copy would lie in the clear."""
        raise TypeError("An encrypted field is not serialised; use `bandeng backup`.")
