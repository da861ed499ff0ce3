"""Data for the room's papers, as its reads give them."""

from bandeng.kit.documents import qr_svg

QR = qr_svg("https://bandeng.example/f/3k9")
ACCOUNT = {
    "name": "福鑫南郡消防工程共管账户", "holder": "某第三方监管机构", "bank": "某银行株洲分行",
    "number": "4300 1500 0620 5000 1234",
}  # fmt: skip


def notice(n=0):
    return {
        "home": f"3栋2单元{1500 + n}", "payer": "王*明", "reference": "RF74 1000 0123 45", "short": "1000 0123 45",
        "qr": QR, "address": "https://bandeng.example/f/3k9",
        "instalments": [], "left": "",
        "rows": [[f"{year}年1—12月", "88.50 m²", "1.50 元", "12", "1,593.00 元", ""] for year in (2021, 2022, 2023)],
        "total": "4,779.00 元", "capitals": "人民币肆仟柒佰柒拾玖元整", "remarks": ["2021年已临近诉讼时效，自愿缴纳有效。"],
    }  # fmt: skip


def notices(count):
    return {
        "account": ACCOUNT, "creditor": "某物业服务有限公司", "estate": "福鑫南郡小区",
        "purpose": "专用于本小区消防设施，支出须经多方会签。", "issuer": "某第三方监管机构", "phone": "0731-2828 0000",
        "cash": "", "date": "2024年9月10日", "pay_until": "2024年10月10日", "notices": [notice(n) for n in range(count)],
    }  # fmt: skip


ONE_STATEMENT = {
    "number": "A1B2C3D4", "home": "3栋2单元1502", "payer": "王*明", "reference": "1000 0123 45",
    "since": "2022年1月1日", "until": "2024年9月1日", "opening": "1,593.00", "charged": "3,186.00",
    "paid": "2,593.00", "waived": "93.00", "closing": "2,093.00", "capitals": "人民币贰仟零玖拾叁元整",
    "entries": [["2022-01-01", "2022年物业费", "1,593.00", "", "3,186.00"]] * 30,
    "open": [["2023年", "2,093.00", "时效内，2026年12月31日前", ""], ["2021年", "500.00", "有争议", "人民调解委员会"]],
    "date": "2024年9月1日",
}  # fmt: skip
STATEMENT = {
    "estate": "福鑫南郡小区", "creditor": "某物业服务有限公司", "issuer": "某第三方监管机构",
    "statements": [ONE_STATEMENT],
}  # fmt: skip
PAYMENTS = [
        {"day": "11-15", "payee": "某消防工程有限公司", "purpose": "一期预付款（合同30%）", "sum": "480,000.00",
         "approvals": "业主代表2人（通行密钥）、监管机构1人（通行密钥）、物业公司1人（纸质签章）"},
        {"day": "11-28", "payee": "某银行", "purpose": "账户管理费", "sum": "5.00", "approvals": "银行自扣"},
]  # fmt: skip
LOBBY = {
    "estate": "福鑫南郡小区", "account": "消防工程共管账户", "month": "2024年11月收支", "opening": "1,203,000.00",
    "received": "315,600.50", "paid_out": "480,000.00", "closing": "1,038,600.50", "held": "20,000.00",
    "funds": [["消防设施专款", "1,018,600.50"], ["应急", "20,000.00"]],
    "buildings": [[f"{n}栋", str(20 + n), str(60 - n), f"{31_000 + n}.00"] for n in range(1, 8)],
    "payments": PAYMENTS,
    "notes": ["外墙应急垫付 3,200 元已由责任单位归还。"],
    "log": {"fingerprint": "9f86 d081 884c 7d65 9a2f eaa0 c55a d015", "size": "2,417", "origin": "bandeng.example/log",
            "signed_at": "2024-11-30 23:59", "witnesses": ["业主代表", "监管机构"]},
    "qr": QR, "address": "https://bandeng.example/log", "issuer": "某第三方监管机构", "date": "2024年12月1日",
}  # fmt: skip
RECEIPT = {
    "number": "R-2024-000317", "home": "3栋2单元1502", "estate": "福鑫南郡小区", "payer": "王*明", "day": "2024年9月12日",
    "sum": "300.00 元", "capitals": "人民币叁佰元整", "rows": [["2021年", "300.00 元"]], "rest": "", "way": "银行转账",
    "account": "福鑫南郡消防工程共管账户", "qr": QR, "purpose": "消防设施", "left": "1,293.00 元",
    "proof": qr_svg("bandeng-proof " * 140),
    "log": {"entry": "1,204", "size": "2,417", "origin": "bandeng.example/log", "fingerprint": "9f86d081884c7d65"},
    "issuer": "某第三方监管机构", "date": "2024年9月12日",
}  # fmt: skip
CASH = {
    "number": "A-000012", "account": "福鑫南郡消防工程共管账户", "issuer": "某第三方监管机构", "creditor": "某物业服务有限公司",
    "clause": "监管协议第九条", "home": "福鑫南郡小区 3栋2单元1502", "payer": "王*奶", "sum": "300.00 元",
    "capitals": "人民币叁佰元整", "day": "2024年9月12日 10:30", "taker": "某收款员", "void": "",
}  # fmt: skip
PAPERS = {
    "funds/payment_notice.typ": notices(3),
    "funds/account_statement.typ": STATEMENT,
    "funds/lobby_statement.typ": LOBBY,
    "funds/receipt.typ": RECEIPT,
    "funds/cash_receipt.typ": CASH,
}
