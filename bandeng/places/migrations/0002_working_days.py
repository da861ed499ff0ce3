"""The published working days of 2015 to 2026, into our own tables."""

from datetime import date

from django.db import migrations

from bandeng.places.parameters.working_days import SOURCE, YEARS


def enter(apps, _schema_editor):
    year_of, day_of = (apps.get_model("places", name) for name in ("CalendarYear", "CalendarDay"))
    thread = apps.get_model("trail", "Thread")
    for year, days in YEARS.items():
        source = SOURCE.format(year=year)
        row = year_of.objects.create(year=year, source=source, thread=thread.objects.create())
        day_of.objects.bulk_create(
            day_of(day=date.fromisoformat(f"{year}-{day}"), works=works, name=name, year=row)
            for day, works, name in days
        )


class Migration(migrations.Migration):
    dependencies = [("places", "0001_tables")]
    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
