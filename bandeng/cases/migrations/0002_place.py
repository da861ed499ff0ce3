from django.db import migrations

from bandeng.kit.functions import function

# A CHECK sees one table alone. An estate that is moved later leaves its cases where they were.
AREA = """
CREATE FUNCTION cases_area_is_the_estates() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.area_code IS DISTINCT FROM (
        SELECT area.code FROM places_estate AS estate JOIN places_area AS area
        ON area.id = estate.area_id WHERE estate.id = NEW.estate_id
    ) THEN
        RAISE check_violation USING
            CONSTRAINT = 'case_area_is_the_estates', TABLE = TG_TABLE_NAME,
            MESSAGE = 'case_area_is_the_estates: not where its estate lies';
    END IF;
    RETURN NEW;
END $$
"""
TRIGGER = """
CREATE TRIGGER case_area_is_the_estates BEFORE INSERT OR UPDATE OF area_code, estate_id
ON cases_case FOR EACH ROW WHEN (NEW.estate_id IS NOT NULL)
EXECUTE FUNCTION cases_area_is_the_estates()
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_tables")]
    operations = [
        function(signature="cases_area_is_the_estates()", sql=AREA),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER case_area_is_the_estates ON cases_case"),
    ]
