"""Statement files as banks and merchants' back offices hand them out, made by the tests."""

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import openpyxl
import xlwt

from bandeng.funds.rules.statements.chain import written

OPENING = 1_000_00
OWN = "43001500062050001234"


@dataclass(frozen=True)
class Movement:
    """What really happened on the account."""

    at: datetime
    amount: int
    name: str
    account: str
    memo: str
    ref: str
    balance: int = 0


START = datetime.fromisoformat("2024-09-02 09:05:07")  # local, as a bank writes it


def movements(*, amounts, start=START, opening=OPENING):
    """Give movements an hour apart, with the balances they leave."""
    balance, made = opening, []
    for n, amount in enumerate(amounts):
        balance += amount
        at = start + timedelta(hours=7 * n)
        who = ("王小明", "李芳", "株洲消防工程有限公司")[n % 3]
        memo = f"物业费 3栋2单元15{n % 90:02}"
        made.append(Movement(at, amount, who, f"62170000{n:011}", memo, f"2024{n:010}", balance))
    return made


USUAL = movements(amounts=(318_600, 300_00, 300_00, -45_00, 1_593_00))


def comma(fen):
    return f"{fen / 100:,.2f}"


def in_out(m):
    return (comma(m.amount) if m.amount > 0 else "", comma(-m.amount) if m.amount < 0 else "")


def separated(rows, *, mark=",", code="gb18030"):
    out = io.StringIO()
    csv.writer(out, delimiter=mark, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode(code)


def workbook(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def old_workbook(rows):
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet1")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd hh:mm:ss")
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            sheet.write(r, c, cell, *([day] if isinstance(cell, datetime | date) else []))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def page(rows):
    cells = "".join(
        "<tr>" + "".join(f"<td>{c}&nbsp;</td>" for c in row) + "</tr>\n" for row in rows
    )
    return f"<html><head><meta charset='gbk'></head><body><table border=1>{cells}</table></body></html>".encode(
        "gbk"
    )


def icbc_rows(made=USUAL):
    """工商银行: a title, signed by columns 借/贷, totals at the foot."""
    yield ["中国工商银行账户明细查询结果"]
    yield [
        f"账号: {OWN}",
        "",
        f"起始日期: {made[0].at:%Y-%m-%d}",
        f"截止日期: {made[-1].at:%Y-%m-%d}",
    ]
    yield []
    yield ["凭证号", "本方账号", "对方账号", "交易时间", "借/贷", "借方发生额", "贷方发生额", "对方行号",
           "摘要", "用途", "对方单位名称", "余额", "附言"]  # fmt: skip
    for m in made:
        money_in, out = in_out(m)
        yield ["0", OWN, m.account, f"{m.at:%Y-%m-%d %H:%M:%S}", "贷" if m.amount > 0 else "借", out,
               money_in, "1029", "转账", "", m.name, comma(m.balance), m.memo]  # fmt: skip
    money_in = sum(m.amount for m in made if m.amount > 0)
    out = -sum(m.amount for m in made if m.amount < 0)
    yield ["合计", "", "", "", "", comma(out), comma(money_in)]


def ccb_rows(made=USUAL):
    """建设银行: newest first, dates as numbers, unit in the header."""
    yield ["账号", "账户名称", "交易时间", "借方发生额（支取）", "贷方发生额（收入）", "余额", "币种", "对方户名",
           "对方账号", "对方开户机构", "记账日期", "摘要", "备注", "账户明细编号-交易流水号"]  # fmt: skip
    for m in reversed(made):
        money_in, out = in_out(m)
        yield [OWN, "福鑫南郡共管账户", f"{m.at:%Y%m%d %H:%M:%S}", out or "0.00", money_in or "0.00",
               comma(m.balance), "人民币元", m.name, m.account, "建行株洲分行", f"{m.at:%Y%m%d}", "转账存入",
               m.memo, m.ref]  # fmt: skip


def cmb_rows(made=USUAL):
    """招商银行: day and time apart, blank rows, a note below."""
    yield ["交易日", "交易时间", "起息日", "交易类型", "借方金额", "贷方金额", "余额", "摘要", "流水号", "用途",
           "收/付方名称", "收/付方帐号"]  # fmt: skip
    for m in made:
        money_in, out = in_out(m)
        yield [f"{m.at:%Y/%m/%d}", f"{m.at:%H:%M:%S}", "", "汇入", out, money_in, comma(m.balance), m.memo,
               m.ref, "", m.name, m.account]  # fmt: skip
        yield []
    yield ["本对账单仅供参考，以银行柜台打印件为准"]


def boc_rows(made=USUAL):
    """中国银行: one amount, the side told by words, payer and payee in their own columns."""
    yield ["交易类型[ Transaction Type ]", "付款人账号[ Debit Account No. ]", "付款人名称[ Payer's Name ]",
           "收款人账号[ Payee's Account Number ]", "收款人名称[ Payee's Name ]", "交易日期[ Transaction Date ]",
           "交易时间[ Transaction time ]", "交易货币[ Trade Currency ]", "交易金额[ Trade Amount ]",
           "交易后余额[ After-transaction balance ]", "交易流水号[ Transaction reference number ]",
           "用途[ Purpose ]"]  # fmt: skip
    for m in made:
        own, other = ("福鑫南郡共管账户", OWN), (m.name, m.account)
        (payer, payer_no), (payee, payee_no) = (other, own) if m.amount > 0 else (own, other)
        yield ["来账" if m.amount > 0 else "往账", payer_no, payer, payee_no, payee, f"{m.at:%Y%m%d}",
               f"{m.at:%H%M%S}", "CNY", f"{abs(m.amount) / 100:.2f}", f"{m.balance / 100:.2f}", m.ref,
               m.memo]  # fmt: skip


def signed_rows(made=USUAL):
    """A village bank's: one signed amount, full-width digits, Chinese dates."""
    wide = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")
    yield ["日期", "发生额（元）", "余额（元）", "对方户名", "对方账号", "摘要"]
    for m in made:
        day = f"{m.at.year}年{m.at.month}月{m.at.day}日"
        yield [day, comma(m.amount).translate(wide), comma(m.balance).translate(wide), m.name, m.account,
               m.memo]  # fmt: skip


def excel_rows(made=USUAL):
    """As Excel keeps it: real dates and numbers; the balance carried in above the lines."""
    yield ["共管账户流水"]
    yield ["交易日期", "收入金额", "支出金额", "账户余额", "对方户名", "摘要"]
    yield ["", None, None, (made[0].balance - made[0].amount) / 100, "", "期初余额"]
    for m in made:
        money_in, out = max(m.amount, 0) / 100, max(-m.amount, 0) / 100
        yield [m.at, money_in, out, m.balance / 100, m.name, m.memo]


def wechat_flow(made=USUAL):
    """微信支付资金账单: back quotes before every value, a summary below."""
    yield ["记账时间", "微信支付业务单号", "资金流水单号", "业务名称", "业务类型", "收支类型", "收支金额(元)",
           "账户结余(元)", "资金变更提交申请人", "备注", "业务凭证号"]  # fmt: skip
    for m in made:
        kind, side = ("交易", "收入") if m.amount > 0 else ("扣除交易手续费", "支出")
        values = [f"{m.at:%Y-%m-%d %H:%M:%S}", f"420000{m.ref}", m.ref, kind, kind, side,
                  f"{abs(m.amount) / 100:.2f}", f"{m.balance / 100:.2f}", "system", m.memo, ""]  # fmt: skip
        yield [f"`{value}" for value in values]
    yield ["资金流水总笔数", "收入笔数", "收入金额", "支出笔数", "支出金额"]
    yield [f"`{len(made)}", "`4", "`5000.00", "`1", "`45.00"]


TRADES = ((300_00, 1_80, "SUCCESS"), (1_593_00, 9_56, "SUCCESS"), (300_00, -1_80, "REFUND"))


@dataclass(frozen=True)
class Trade:
    """What somebody paid by code, or was given back; sums in fen."""

    day: int  # of March 2024, or of another month
    number: str
    amount: int
    fee: int
    memo: str = "物业费"
    is_back: bool = False
    payer: str = "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"
    month: int = 3

    def at(self):
        """Say when, as both services write it."""
        return f"2024-{self.month:02}-{self.day:02} 10:00:{self.day:02}"


def wechat_bill(trades):
    """微信支付商户平台 交易账单 (所有订单): a refund repeats its payment's number."""
    yield ["交易时间", "公众账号ID", "商户号", "特约商户号", "设备号", "微信订单号", "商户订单号", "用户标识", "交易类型",
           "交易状态", "付款银行", "货币种类", "应结订单金额", "代金券金额", "微信退款单号", "商户退款单号", "退款金额",
           "充值券退款金额", "退款类型", "退款状态", "商品名称", "商户数据包", "手续费", "费率", "订单金额", "申请退款金额",
           "费率备注"]  # fmt: skip
    for n, t in enumerate(trades):
        back, sum_ = t.is_back, f"{t.amount / 100:.2f}"
        values = [t.at(), "wx2421b1c4370ec43b", "1900000109", "0", "", t.number, f"D{t.number}", t.payer, "JSAPI",
                  "REFUND" if back else "SUCCESS", "CMB_DEBIT", "CNY", "0.00" if back else sum_, "0.00",
                  f"50000{n}" if back else "0", f"R{n}" if back else "0", sum_ if back else "0.00", "0.00",
                  "ORIGINAL" if back else "", "SUCCESS" if back else "", t.memo, "",
                  f"{(-t.fee if back else t.fee) / 100:.5f}", "0.60%", "0.00" if back else sum_,
                  sum_ if back else "0.00", ""]  # fmt: skip
        yield [f"`{value}" for value in values]
    yield [
        "总交易单数",
        "应结订单总金额",
        "退款总金额",
        "充值券退款总金额",
        "手续费总金额",
        "订单总金额",
        "申请退款总金额",
    ]
    paid = sum(t.amount for t in trades if not t.is_back)
    yield [
        f"`{len(trades)}",
        f"`{paid / 100:.2f}",
        "`0.00",
        "`0.00",
        "`0.00",
        f"`{paid / 100:.2f}",
        "`0.00",
    ]


def alipay_bill(trades):
    """支付宝商家中心 业务明细: remarks with # around it, a tab after every number, fees as a minus."""
    yield ["#支付宝业务明细查询"]
    yield ["#账号：[20881234567890120156]"]
    yield ["#起始日期：[2024年03月01日 00:00:00]   终止日期：[2024年04月01日 00:00:00]"]
    yield [
        "#-----------------------------------------业务明细列表----------------------------------------"
    ]
    yield ["支付宝交易号", "商户订单号", "业务类型", "商品名称", "创建时间", "完成时间", "门店编号", "门店名称", "操作员",
           "终端号", "对方账户", "订单金额（元）", "商家实收（元）", "支付宝红包（元）", "集分宝（元）", "服务费（元）", "退款批次号/请求号",
           "备注"]  # fmt: skip
    for n, t in enumerate(trades):
        sign = -1 if t.is_back else 1
        sum_ = f"{sign * t.amount / 100:.2f}"
        yield [f"{t.number}\t", f"D{t.number}\t", "退款" if t.is_back else "交易", t.memo, t.at(), t.at(), "", "", "", "",
               f"{t.payer}\t", sum_, sum_, "0.00", "0.00", f"{-sign * t.fee / 100:.2f}",
               f"R{n}\t" if t.is_back else "", ""]  # fmt: skip
    yield [
        "#-----------------------------------------业务明细列表结束------------------------------------"
    ]
    yield ["#交易合计：若干笔，详见业务汇总", "", ""]
    yield ["#导出时间：[2024年04月02日 09:00:00]"]


def service_file(service, trades):
    """Give a bill as the service hands it out: WeChat in UTF-8 with a mark, Alipay in GB18030."""
    rows = {"wechat": wechat_bill, "alipay": alipay_bill}[service](trades)
    return separated(rows, code="utf-8-sig" if service == "wechat" else "gb18030")


def wechat_trades():
    """微信支付交易账单: sum, fee, state for each trade; the lump sum is nowhere."""
    yield ["交易时间", "商户号", "微信订单号", "商户订单号", "用户标识", "交易状态", "货币种类", "应结订单金额",
           "退款金额", "商品名称", "手续费", "费率", "订单金额"]  # fmt: skip
    for n, (amount, fee, state) in enumerate(TRADES):
        back = state == "REFUND"
        values = [f"2024-09-0{n + 2} 10:00:0{n}", "1900000109", f"42000000{n}", f"D{n}", f"oX{n}", state, "CNY",
                  "0.00" if back else f"{amount / 100:.2f}", f"{amount / 100:.2f}" if back else "0.00",
                  "物业费", f"{fee / 100:.2f}", "0.60%", f"{amount / 100:.2f}"]  # fmt: skip
        yield [f"`{value}" for value in values]
    yield ["总交易单数", "应结订单总金额", "退款总金额", "手续费总金额"]
    yield [f"`{len(TRADES)}", "`1893.00", "`300.00", "`9.56"]


def alipay_trades():
    """支付宝业务明细: notes with # around it, a tab after every number, fees as a minus."""
    yield ["#支付宝业务明细查询"]
    yield ["#账号：[20881234567890120156]"]
    yield ["#起始日期：[2024年09月01日 00:00:00]   终止日期：[2024年10月01日 00:00:00]"]
    yield ["支付宝交易号", "商户订单号", "业务类型", "商品名称", "创建时间", "完成时间", "对方账户",
           "订单金额（元）", "商家实收（元）", "服务费（元）", "备注"]  # fmt: skip
    for n, (amount, fee, state) in enumerate(TRADES):
        back = state == "REFUND"
        at, sign = f"2024-09-0{n + 2} 10:00:0{n}", -1 if back else 1
        yield [f"2024{n}\t", f"D{n}\t", "退款" if back else "交易", "物业费", at, at, "138****1234",
               f"{sign * amount / 100:.2f}", f"{sign * amount / 100:.2f}", f"{-fee / 100:.2f}", ""]  # fmt: skip
    yield ["#-----------------------------------------业务明细列表结束--------------"]


def alipay_flow(made=USUAL):
    """支付宝账务明细: its own word that the balances need not be continuous."""
    yield ["账务流水号", "业务流水号", "商户订单号", "商品名称", "发生时间", "对方账号", "收入金额（+元）",
           "支出金额（-元）", "账户余额（元）", "交易渠道", "业务类型", "备注"]  # fmt: skip
    for n, m in enumerate(made):
        shown = m.balance + 100 if n == 1 else m.balance
        yield [f"{m.ref}\t", f"B{n}\t", "", "", f"{m.at:%Y-%m-%d %H:%M:%S}", m.account,
               f"{max(m.amount, 0) / 100:.2f}", f"{min(m.amount, 0) / 100:.2f}", f"{shown / 100:.2f}", "",
               "收费" if m.amount < 0 else "在线支付", m.memo]  # fmt: skip


def camt(made=USUAL, *, version="08", prolog=""):
    """Give camt.053; older versions lack the level `Pty` and the code inside `Sts`."""
    new = int(version) >= 8

    def party(m):
        name = f"<Nm>{m.name}</Nm>"
        tag = "Dbtr" if m.amount > 0 else "Cdtr"
        return (f"<{tag}>{f'<Pty>{name}</Pty>' if new else name}</{tag}>"
                f"<{tag}Acct><Id><Othr><Id>{m.account}</Id></Othr></Id></{tag}Acct>")  # fmt: skip

    def side(fen):
        return f"<CdtDbtInd>{'CRDT' if fen >= 0 else 'DBIT'}</CdtDbtInd>"

    def entry(m):
        return (f'<Ntry><NtryRef>1</NtryRef><Amt Ccy="CNY">{written(fen=abs(m.amount))}</Amt>{side(m.amount)}'
                f"<Sts>{'<Cd>BOOK</Cd>' if new else 'BOOK'}</Sts>"
                f"<BookgDt><DtTm>{m.at:%Y-%m-%dT%H:%M:%S}+08:00</DtTm></BookgDt>"
                f"<AcctSvcrRef>{m.ref}</AcctSvcrRef><NtryDtls><TxDtls><RltdPties>{party(m)}</RltdPties>"
                f"<RmtInf><Ustrd>{m.memo}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>")  # fmt: skip

    def balance(code, fen):
        return (f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>"
                f'<Amt Ccy="CNY">{written(fen=abs(fen))}</Amt>{side(fen)}</Bal>')  # fmt: skip

    opening = made[0].balance - made[0].amount
    body = "".join(entry(m) for m in made)
    return (f'<?xml version="1.0" encoding="UTF-8"?>{prolog}<Document xmlns="urn:iso:std:iso:20022:tech:xsd:'
            f'camt.053.001.{version}"><BkToCstmrStmt><GrpHdr><MsgId>1</MsgId></GrpHdr><Stmt><Id>1</Id>'
            f"<Acct><Id><Othr><Id>{OWN}</Id></Othr></Id></Acct>{balance('OPBD', opening)}"
            f"{balance('CLBD', made[-1].balance)}{body}</Stmt></BkToCstmrStmt></Document>").encode()  # fmt: skip


FILES: dict[str, Any] = {
    "icbc.csv": lambda made: separated(icbc_rows(made)),
    "icbc.xls": lambda made: old_workbook(icbc_rows(made)),
    "ccb.xls": lambda made: old_workbook(ccb_rows(made)),
    "ccb that is a page.xls": lambda made: page(ccb_rows(made)),
    "cmb that is text.xls": lambda made: separated(cmb_rows(made), mark="\t"),
    "cmb in UTF-8.csv": lambda made: separated(cmb_rows(made), code="utf-8-sig"),
    "cmb in UTF-16.txt": lambda made: separated(cmb_rows(made), mark="\t", code="utf-16"),
    "boc.csv": lambda made: separated(boc_rows(made)),
    "signed.csv": lambda made: separated(signed_rows(made), code="utf-8"),
    "signed.xlsx": lambda made: workbook(signed_rows(made)),
    "numbers.xlsx": lambda made: workbook(excel_rows(made)),
    "numbers.xls": lambda made: old_workbook(excel_rows(made)),
    "wechat.csv": lambda made: separated(wechat_flow(made), code="utf-8-sig"),
    **{f"camt.053.001.{v}.xml": partial(camt, version=v) for v in ("02", "06", "08", "14")},
}  # fmt: skip
