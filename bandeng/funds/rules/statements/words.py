"""What banks and merchants' bills call their columns, bank by bank.

Source: headers as exports carry them, from use; no bank publishes them as a promise, so a
column is recognised by its name and the balances prove that it was understood.
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from bandeng.places.rules.roster.text import squeezed, text_of


class Field(StrEnum):
    """What a column tells."""

    BOOKED = "booked"
    DATE = "date"
    TIME = "time"
    AMOUNT = "amount"
    MONEY_IN = "money_in"
    MONEY_OUT = "money_out"
    OUT_SIGNED = "out_signed"
    SIDE = "side"
    BALANCE = "balance"
    NAME = "name"
    ACCOUNT = "account"
    PAYER_NAME = "payer_name"
    PAYER_ACCOUNT = "payer_account"
    PAYEE_NAME = "payee_name"
    PAYEE_ACCOUNT = "payee_account"
    OWN_ACCOUNT = "own_account"
    MEMO = "memo"
    REF = "ref"
    CURRENCY = "currency"
    KIND = "kind"
    STATE = "state"
    FEE = "fee"
    REFUND = "refund"


LABELS = {
    Field.BOOKED: "记账日期 记账日 入账日期 入账日 记帐日期",
    Field.DATE: "日期 交易日期 交易日 发生日期 业务日期 DATE TRANSACTIONDATE",
    Field.TIME: "时间 交易时间 记账时间 入账时间 交易时刻 发生时间 交易日期时间",
    Field.AMOUNT: "金额 交易金额 发生额 交易额 收支金额 人民币金额 AMOUNT",
    Field.MONEY_IN: "收入 收入金额 贷方 贷方金额 贷方发生额 贷方发生额/收入 存入 存入金额 转入金额"
    " 收款金额 贷 收入金额/+ CREDIT CREDITAMOUNT",
    Field.MONEY_OUT: "支出 支出金额 借方 借方金额 借方发生额 借方发生额/支取 支取 支取金额 转出金额"
    " 付款金额 借 DEBIT DEBITAMOUNT",
    Field.SIDE: "借贷 借/贷 借贷标志 借贷标识 借贷方向 收支 收/支 收支类型 收支方向 收付标志 收付方向"
    " 方向 交易方向",
    Field.BALANCE: "余额 账户余额 帐户余额 交易后余额 账户结余 本次余额 当前余额 结余 账面余额 BALANCE",
    Field.NAME: "对方户名 对方账户名 对方账户名称 对方名称 对方单位 对方单位名称 收/付方名称"
    " 收付方名称 交易对方 交易对方名称 交易对手 对手户名 对方客户名称 往来单位",
    Field.ACCOUNT: "对方账号 对方帐号 对方账户 收/付方帐号 收/付方账号 收付方帐号 收付方账号 交易对方账号"
    " 对手账号 对方卡号 对方卡号/账号",
    Field.PAYER_NAME: "付款人名称 付款人户名 付款方名称 付款方户名",
    Field.PAYER_ACCOUNT: "付款人账号 付款人帐号 付款方账号",
    Field.PAYEE_NAME: "收款人名称 收款人户名 收款方名称 收款方户名",
    Field.PAYEE_ACCOUNT: "收款人账号 收款人帐号 收款方账号",
    Field.OWN_ACCOUNT: "本方账号 本方帐号 账号 帐号 查询账号 本方账户 卡号",
    Field.MEMO: "摘要 用途 附言 备注 交易附言 交易用途 交易摘要 个性化信息 扩展摘要 其它摘要 其他摘要"
    " 业务摘要 业务名称 商品名称 转账附言 摘要/用途 客户附言 REFERENCE PURPOSE REMARK",
    Field.REF: "流水号 交易流水号 银行流水号 账户明细编号-交易流水号 核心流水号 业务参考号 主机流水号"
    " 资金流水单号 账务流水号 明细编号 交易参考号 交易序号",
    Field.CURRENCY: "币种 交易货币 货币 币别 货币种类 CURRENCY",
}
_UNITS = re.compile(r"\((?:单位[::])?(?:人民币)?元?[)]|\(元\)|\[[^\]]*\]|:$|^\*")
_SLASHED = re.compile(r"\(([^)]*)\)")
IN = frozenset(
    {"贷", "收", "收入", "贷方", "来账", "存入", "转入", "入账", "C", "CR", "CRDT", "+", "入"}
)
OUT = frozenset(
    {"借", "支", "支出", "借方", "往账", "支取", "转出", "付", "D", "DR", "DBIT", "-", "出"}
)
CHINESE_YUAN = frozenset({"", "CNY", "RMB", "人民币", "人民币元", "156", "01", "元"})
TOTAL = re.compile(r"^(?:本页|本月|本年|本期|本日|当日|当页)?(?:合计|总计|小计|累计|总合计|共计)")
WHOLE_TOTAL = re.compile(r"^(?:合计|总计|总合计|共计)")
OPENING = re.compile(r"期初余额|上期余额|承前页|承前余额|上页余额|上日余额|期初结余")
CLOSING = re.compile(r"期末余额|本期余额|期末结余|过次页")


@dataclass(frozen=True)
class Profile:
    """One bank's or merchant's way: recognised by columns that only it has.

    `means` adds to or overrides the common names. `chained` is false where the balances
    beside the lines need not follow each other.
    """

    name: str
    has: frozenset[str] = frozenset()
    means: dict[str, Field] = field(default_factory=dict)
    chained: bool = True


def _profile(name: str, has: str, /, *, chained: bool = True, **means: str) -> Profile:
    named = {label: Field(key) for key, labels in means.items() for label in labels.split()}
    return Profile(name, frozenset(has.split()), named, chained)


PROFILES = (
    _profile(
        "boc", "付款人账号 收款人账号 交易后余额", side="交易类型", ref="交易流水号 记录标识号"
    ),
    _profile("ccb", "账户明细编号-交易流水号", time="交易时间", memo="摘要 备注"),
    _profile("icbc", "借/贷 对方单位名称", memo="摘要 用途 附言 个性化信息"),
    _profile(
        "cmb", "收/付方名称 收/付方帐号", ref="流水号", memo="摘要 用途 业务摘要 其它摘要 扩展摘要"
    ),
    _profile("abc", "账户余额 交易用途", name="对方户名", memo="交易用途 摘要"),
    _profile(
        "wechat.flow",
        "微信支付业务单号 资金流水单号 账户结余",
        kind="业务类型",
        ref="微信支付业务单号",
    ),
    _profile(
        "alipay.flow",
        "账务流水号 业务流水号",
        chained=False,  # the bill itself says that its balances need not be continuous
        kind="业务类型",
        money_in="收入金额/+元",
        out_signed="支出金额/-元",
    ),
    _profile(
        "wechat.trades",
        "微信订单号 商户订单号 交易状态 手续费",
        time="交易时间",
        ref="微信订单号",
        amount="订单金额 总金额 应结订单金额",
        refund="退款金额",
        fee="手续费",
        state="交易状态",
        account="用户标识",
        memo="商品名称 商户数据包 商户订单号",
        currency="货币种类",
    ),
    _profile(
        "alipay.trades",
        "支付宝交易号 商户订单号 服务费",
        time="完成时间",
        ref="支付宝交易号",
        amount="订单金额",
        fee="服务费",
        state="业务类型",
        account="对方账户",
        memo="商品名称 备注 商户订单号",
    ),
)
ANY = Profile("table")
TRADES = frozenset({"wechat.trades", "alipay.trades"})
FLOWS = frozenset({"wechat.flow", "alipay.flow"})
# As whom a payment service's lump sums reach the bank.
SERVICES = {"wechat": re.compile("财付通|微信"), "alipay": re.compile("支付宝")}


@lru_cache(maxsize=4096)
def plain_label(*, label: str) -> str:
    """Give a column's name without unit, English gloss, blanks: 收入金额（+元） → 收入金额/+元."""
    text = _UNITS.sub("", squeezed(text=text_of(cell=label)).replace("`", "").lstrip("#"))
    return _SLASHED.sub(r"/\1", text).strip("/")


@lru_cache(maxsize=64)
def meanings(*, profile: str) -> dict[str, Field]:
    """Give every column's name that a profile knows."""
    common = {label: name for name, labels in LABELS.items() for label in labels.split()}
    own = next((p.means for p in PROFILES if p.name == profile), {})
    return common | own


def profile_of(*, labels: frozenset[str]) -> Profile:
    """Recognise whose header this is."""
    return next((p for p in PROFILES if p.has <= labels), ANY)
