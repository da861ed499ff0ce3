"""One page with every component of the kit, and one with every kind of field."""

from datetime import UTC, datetime

import django_tables2
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render

from bandeng.kit import charts
from bandeng.kit.templatetags import kit

AT = datetime(2024, 11, 11, 1, tzinfo=UTC)


class Payments(django_tables2.Table):
    on = django_tables2.Column("日期")
    purpose = django_tables2.Column("用途")
    payee = django_tables2.Column("收款方")
    sum = django_tables2.TemplateColumn(
        "{{ value|money }}", verbose_name="金额",
        attrs={"td": {"class": "num"}, "th": {"class": "num"}},
    )  # fmt: skip
    state = django_tables2.TemplateColumn("{% tag '已付' 'ok' %}", orderable=False)

    class Meta:
        caption = "付款明细"


ROWS = [
    {"on": "2024-11-05", "purpose": "工程进度款（30%）", "payee": "某消防工程有限公司", "sum": 95592615, "state": 1},
    {"on": "2024-10-20", "purpose": "设计费", "payee": "某设计院", "sum": 12000000, "state": 1},
    {"on": "2024-10-08", "purpose": "招标代理", "payee": "某招标代理有限公司", "sum": 2860000, "state": 1},
]  # fmt: skip
STORY = [
    {"title": "复工", "at": AT, "who": "某建筑公司", "text": "已入住楼栋先行施工。"},
    {"title": "开发商与施工单位签约", "at": AT, "who": "某开发公司", "url": "/sample/"},
    {"title": "等待验收", "open": True, "text": "住建局消防科"},
]


class Everything(forms.Form):
    kind = forms.ChoiceField(
        label="您要反映哪类问题？",
        help_text="选最接近的一项就行，工作人员会帮您核对",
        choices=[("a", "环境卫生（垃圾、堆物、异味）"), ("b", "房屋漏水、墙面脱落"), ("c", "不确定或其他")],
        widget=forms.RadioSelect,
    )  # fmt: skip
    where = forms.MultipleChoiceField(
        label="涉及哪几栋？", required=False, choices=[("1", "1 栋"), ("2", "2 栋")],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    text = forms.CharField(
        label="简单说明", help_text="请不要写他人的姓名、电话", widget=forms.Textarea
    )
    phone = forms.CharField(label="手机号", help_text="只用于告知办理结果，不公开")
    floor = forms.IntegerField(label="楼层", required=False)
    since = forms.DateField(
        label="何时发现", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    body = forms.ChoiceField(label="交给谁办", choices=[("", "请选择"), ("1", "某物业公司")])
    photo = forms.FileField(label="照片", required=False)
    agree = forms.BooleanField(label="同意公开处理结果（不显示姓名和门牌号）", required=False)


def _table(request):
    table = Payments(ROWS)
    table.caption = "付款明细"
    django_tables2.RequestConfig(request, paginate={"per_page": 2}).configure(table)
    return table


@login_not_required
def everything(request):
    messages.success(request, "已保存。")
    messages.error(request, "没有保存：请看下面的说明。")
    chart = charts.bars_and_line(
        title="每月上报与办结",
        description="1 至 10 月，7 月最多，265 件。",
        labels=[f"{month}月" for month in range(1, 11)],
        bars=charts.Series("上报", [132, 98, 176, 201, 188, 240, 265, 251, 230, 219]),
        line=charts.Series("办结", [120, 101, 150, 190, 185, 221, 259, 255, 228, 214]),
    )
    money = [("物业费收缴", 299876543), ("应急垫付", 1860000)]
    shares = charts.share_bars(title="钱从哪里来", shares=money, total=301736543, written=kit.money)
    words = {"table": _table(request), "story": STORY, "chart": chart, "shares": shares}
    return render(request, "sample.html", words)


@login_not_required
def form(request):
    filled = Everything(request.POST or None)
    words = {"form": filled, "title": "上报问题", "button": "提交", "back_url": "/sample/"}
    return render(request, "kit/action.html", words | {"confirm": "确定提交吗？", "danger": True})


@login_not_required
def broken(request):
    raise ZeroDivisionError
