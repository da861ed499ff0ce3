"""`create_administrator`: the first person, who gives everybody else their role."""

import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from bandeng.kit.errors import Refused
from bandeng.people import actions
from bandeng.people.forms.fields import PhoneField
from bandeng.people.models import OrganisationKind
from bandeng.trail.rules import HOUSE


class Command(BaseCommand):
    """Ask for name, phone, password and office; there is never a password by default."""

    help = "Create an administrator; asks for name, phone number, password and office."

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask, then create."""
        try:
            name = input(_("Name: ")).strip()
            phone = PhoneField(mobile=True).clean(input(_("Mobile number: ")))
            office = input(_("Name of the office, for instance the subdistrict office: ")).strip()
            password = getpass.getpass(_("Password: "))
            validate_password(password)
            if getpass.getpass(_("Password, once more: ")) != password:
                raise CommandError(_("The two are not the same."))
            if not name or not office:
                raise CommandError(_("Name and office are needed."))
            actions.create_administrator(
                name=name,
                phone=phone,
                password=password,
                office=office,
                kind=OrganisationKind.SUBDISTRICT,
                by=HOUSE,
                at=timezone.now(),
            )
        except ValidationError as refusal:
            raise CommandError("\n".join(refusal.messages)) from refusal
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        except EOFError as end:
            raise CommandError(_("This command asks questions: run it in a terminal.")) from end
        self.stdout.write(_("Done. Sign in with the phone number and the password."))
