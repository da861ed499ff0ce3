from django.db import migrations

from bandeng.kit.functions import function
from bandeng.kit.search import pieces_sql


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_place")]
    operations = [
        function(signature="cases_pieces(text)", sql=pieces_sql(name="cases_pieces")),
        migrations.RunSQL(
            "CREATE INDEX case_pieces ON cases_case USING gin (cases_pieces(title || ' ' || place)) "
            "WITH (fastupdate = off)",
            "DROP INDEX case_pieces",
        ),
    ]
