"""The first version of each text that a person agrees to; no row is ever changed."""

from datetime import UTC, datetime

from django.db import migrations

PUBLISHED_AT = datetime(2024, 1, 1, tzinfo=UTC)
ZH = {
    "account": """
为您开设账户，我们处理您的姓名和手机号：用于登录、核实您的身份、把事项的进展告诉您。只有负责您事
项的工作人员能看到，页面默认遮挡。账户存续期间保存；您可以随时注销，注销不影响您通过电话或窗口办
事。
""",
    "sharing": """
为解决您的事项，把您的姓名和联系电话提供给承办单位（如物业公司、施工单位）。只限该事项，办结后不
再提供。不同意也照常受理，由社区代为联系。
""",
    "publishing": """
在公开的报道和公示中以遮挡后的姓名（如王*明）讲述您的事项。不同意不影响办理；撤回后不再新增公开
，已刊出的电子版将删去姓名。
""",
    "sensitive": """
保存您的身份证号（敏感个人信息）：仅在办理依法需要核验身份的事项时使用，例如业主表决。加密保存，
查看须说明理由并留痕。不同意时改为到窗口当面核验。
""",
}  # line breaks are taken out
EN = {
    "account": """
To open an account for you we process your name and phone number: to sign you in, to know that
it is you and to tell you how your matters go. Only staff in charge of your matters see them,
masked by default. They are kept as long as the account; you may close it at any time and still
be served by telephone or at the counter.
""",
    "sharing": """
To solve your matter, your name and phone number are passed on to the body that handles it (for
instance the property company or the contractor), for this matter only and until it is closed.
Without your consent it is handled all the same: the community keeps contact.
""",
    "publishing": """
To tell of your matter in public stories and notices under your masked name (such as 王*明).
Without your consent nothing changes in how it is handled; once withdrawn, nothing new is
published and the name is taken out of what stands online.
""",
    "sensitive": """
To keep your identity number (sensitive personal information): used only where the law asks for
proof of identity, for instance when owners vote. It lies encrypted; whoever looks at it must
say why, and that is recorded. Without your consent you show it at the counter.
""",
}


def publish(apps, _schema_editor):
    text_model = apps.get_model("people", "ConsentText")
    thread_model = apps.get_model("trail", "Thread")
    for purpose in ZH:
        text_model.objects.create(
            purpose=purpose,
            version=1,
            text_zh=ZH[purpose].replace("\n", ""),
            text_en=" ".join(EN[purpose].split()),
            published_at=PUBLISHED_AT,
            thread=thread_model.objects.create(),
        )


class Migration(migrations.Migration):
    dependencies = [("people", "0001_tables")]
    operations = [migrations.RunPython(publish, migrations.RunPython.noop)]
