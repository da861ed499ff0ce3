"""Payments of an invented estate with the mess of life, each with what was really meant.

The share of each mess is a guess from how collections go, not a measurement; the names are
drawn so that, as in life, some are borne by several owners and by strangers. Beyond what
chance brings, `same_name` adds some whom nothing tells apart: about one in five thousand lines.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from bandeng.funds.rules.matching import Due, Home, Key, Payment
from bandeng.funds.rules.references import creditor_reference, grouped, short_reference

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡余杜"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰涛明超兰霞平刚桂英华文慧玲辉红玉春梅建国志海燕云飞龙欣宇晨浩然晓小雨子佳婷雪琴斌鹏"
SOUNDS = {"晓": "小", "小": "晓", "伟": "玮", "静": "婧", "丽": "莉", "明": "鸣", "华": "桦", "英": "瑛", "宇": "雨",
          "志": "智", "佳": "嘉", "文": "雯", "海": "凯", "燕": "艳", "艳": "燕", "军": "君", "红": "洪"}  # fmt: skip
AREAS = (88_50, 102_15, 119_40, 135_60)  # four flats, again and again: equal sums are the rule
RATE = 150  # fen per m² and month
START = date(2024, 9, 2)


@dataclass
class Labelled:
    """A payment, which mess it is, and what was meant: homes, and dues where those are certain."""

    payment: Payment
    kind: str
    homes: frozenset[int] = frozenset()
    dues: frozenset[str] | None = None


@dataclass
class Estate:
    """Homes, dues, and what everybody does."""

    dice: Random
    homes: list[Home] = field(default_factory=list)
    person: list[int] = field(default_factory=list)  # whose home it is; one may own several
    dues: dict[Key, list[Due]] = field(default_factory=dict)
    lines: list[Labelled] = field(default_factory=list)


def estate(
    *, homes: int, seed: int = 0, since: tuple[int, ...] = (2020, 2021, 2022, 2023, 2023)
) -> Estate:
    """Give an estate: buildings of two entrances, four flats a floor; some own two, some share."""
    dice = Random(seed)
    made = Estate(dice)
    owner, person = "", 0
    for n in range(homes):
        floor, flat, entrance, building = n // 4 % 28 + 1, n % 4, n // 112 % 2 + 1, n // 224 + 1
        if not owner or dice.random() > 0.03:
            owner, person = name(dice), n
        made.person.append(person)
        owners = (owner, name(dice)) if dice.random() < 0.25 else (owner,)
        number = f"{floor}{flat + 1:02}"
        reference = short_reference(number=10_000_000 + (n * 7_919_003 + 13) % 89_999_999)
        home = Home(n, str(building), str(entrance), number, owners, reference)
        made.homes.append(home)
        years = range(dice.choice(since), 2024)
        sum_ = AREAS[flat] * RATE * 12 // 100
        made.dues[n] = [
            Due(f"{n}-{y}", n, sum_, date(y, 1, 1), dice.random() < 0.02) for y in years
        ]
    return made


def name(dice):
    """Give a name; the common ones are borne by several."""
    surname = SURNAMES[min(int(dice.expovariate(0.09)), len(SURNAMES) - 1)]
    return surname + "".join(dice.choice(GIVEN) for _ in range(dice.choice((1, 2, 2, 2))))


def account(dice):
    """Give a bank card's number."""
    return f"62{dice.randrange(10**17):017}"


def total(dues):
    """Sum what is open."""
    return sum(due.open for due in dues)


class Life:
    """Payers, one home after the other."""

    def __init__(self, made):
        self.made, self.dice = made, made.dice
        self.accounts = {}

    def say(self, kind, amount, *, who, card, memo, homes=(), dues=None, on=None):
        """Write one line of the account."""
        on = on or START + timedelta(days=self.dice.randrange(84))
        key = len(self.made.lines)
        payment = Payment(key, on, amount, who, card, memo)
        meant = None if dues is None else frozenset(due.key for due in dues)
        self.made.lines.append(Labelled(payment, kind, frozenset(homes), meant))
        return on

    def card(self, who, home=None):
        """Give somebody's usual account; two of one name are two."""
        person = (who, self.made.person[home.key]) if home else who
        return self.accounts.setdefault(person, account(self.dice))

    def reference(self, home):
        """Write a reference as people do."""
        short, rf = home.reference, creditor_reference(number=int(home.reference[:-2]))
        wide = "".join(chr(ord(c) + 0xFEE0) for c in short)
        forms = (short, short, f"物业费{short}", f"编号{short}", grouped(reference=short), rf, wide,
                 grouped(reference=rf), f"{short} {home.owners[0]}", f"欠费 {rf.lower()}",
                 f"{short}，{home.building}栋{home.number}")  # fmt: skip
        return self.dice.choice(forms)

    def room(self, home):
        """Write a home as people do; some leave out the entrance."""
        b, e, n = home.building, home.entrance, home.number
        forms = (f"{b}栋{e}单元{n}", f"{b}栋{e}单元{n}室物业费", f"{b}-{e}-{n}", f"{b}#{e}-{n}", f"福鑫南郡{b}栋{e}单元{n}号",
                 f"{b}号楼{e}单元{n} 2024年物业费", f"第{b}栋 {e}单元 {n}", f"{b}幢{e}单元{n}房", f"{b}栋{n}", f"{b}-{n}",
                 f"{e}-{n}")  # fmt: skip
        return self.dice.choice(forms)

    def owner(self, home):
        """Give one of those who own it."""
        return self.dice.choice(home.owners)

    def relative(self):
        """Give somebody whose name says nothing, or by chance says another home."""
        return name(self.dice)

    # What happens; each takes a home and its dues.

    def by_reference(self, home, dues):
        who = self.owner(home) if self.dice.random() < 0.75 else self.relative()
        self.say("reference", total(dues), who=who, card=self.card(who, home), memo=self.reference(home),
                 homes=[home.key], dues=dues)  # fmt: skip

    def wrong_reference(self, home, dues):
        place, who = self.dice.randrange(10), self.owner(home)
        digit = str((int(home.reference[place]) + self.dice.randrange(1, 10)) % 10)
        wrong = home.reference[:place] + digit + home.reference[place + 1 :]
        who = who if self.dice.random() < 0.7 else self.relative()
        self.say("wrong reference", total(dues), who=who, card=self.card(who, home), memo=wrong,
                 homes=[home.key], dues=dues)  # fmt: skip

    def neighbours_reference(self, home, dues):
        near = self.made.homes[(home.key + self.dice.choice((1, 4, 8))) % len(self.made.homes)]
        who = self.owner(home)
        self.say("neighbour's reference", total(dues), who=who, card=self.card(who, home), memo=near.reference,
                 homes=[home.key], dues=dues)  # fmt: skip

    def by_room(self, home, dues):
        who = self.owner(home) if self.dice.random() < 0.6 else self.relative()
        self.say("room", total(dues), who=who, card=self.card(who, home), memo=self.room(home), homes=[home.key],
                 dues=dues)  # fmt: skip

    def wrong_room(self, home, dues):
        near = self.made.homes[(home.key + self.dice.choice((1, 4, 8, 112))) % len(self.made.homes)]
        who = self.owner(home) if self.dice.random() < 0.8 else self.relative()
        self.say("wrong room", total(dues), who=who, card=self.card(who, home), memo=self.room(near),
                 homes=[home.key], dues=dues)  # fmt: skip

    def by_name(self, home, dues):
        who = self.owner(home)
        self.say("name", total(dues), who=who, card=self.card(who, home), memo=self.dice.choice(("物业费", "", "转账")),
                 homes=[home.key], dues=dues)  # fmt: skip

    def by_name_in_memo(self, home, dues):
        memo = self.dice.choice(("代{}交物业费", "{}物业费", "{} {}栋", "业主{}"))
        who = self.relative()
        self.say("name in memo", total(dues), who=who, card=self.card(who, home),
                 memo=memo.format(self.owner(home), home.building), homes=[home.key], dues=dues)  # fmt: skip

    def homophone(self, home, dues):
        who = "".join(SOUNDS.get(c, c) if n else c for n, c in enumerate(self.owner(home)))
        self.say("homophone", total(dues), who=who, card=self.card(who, home), memo="物业费", homes=[home.key],
                 dues=dues)  # fmt: skip

    def grandmother(self, home, dues):
        """She says nothing the first time but the room, later nothing at all."""
        who = self.relative()
        on = START
        for n, due in enumerate(dues):
            memo = self.room(home) if n == 0 and self.dice.random() < 0.7 else "转账"
            on = self.say("grandmother", due.open, who=who, card=self.card(who, home), memo=memo,
                          homes=[home.key], on=on + timedelta(days=self.dice.randrange(25)))  # fmt: skip

    def other_grandchild(self, home, dues):
        """The same account pays for two homes, one after the other, and says nothing."""
        other = self.made.homes[home.key - self.dice.choice((1, 4))]
        if other.key < 0 or not dues:
            return
        who = self.relative()
        card, first = self.card(who, home), START + timedelta(days=self.dice.randrange(30))
        self.say("other grandchild", total(dues), who=who, card=card, memo=self.reference(home),
                 homes=[home.key], dues=dues, on=first)  # fmt: skip
        self.say("other grandchild", total(self.made.dues[other.key]), who=who, card=card, memo="物业费",
                 homes=[other.key], on=first + timedelta(days=20))  # fmt: skip

    def two_homes(self, home, dues):
        other = self.made.homes[(home.key + self.dice.choice((1, 2, 113))) % len(self.made.homes)]
        near = (home.building, home.entrance) == (other.building, other.entrance)
        both = dues + self.made.dues[other.key]
        who = self.owner(home) if self.dice.random() < 0.5 else self.relative()
        memo = self.dice.choice((
            f"{home.reference} {other.reference}", f"{home.reference}、{other.reference}",
            f"{home.building}栋{home.entrance}单元{home.number}和{other.building}栋{other.entrance}单元{other.number}",
            f"{home.building}栋{home.entrance}单元{home.number}、{other.number}" if near else "两套房", "两套房物业费",
        ))  # fmt: skip
        self.say("two homes", total(both), who=who, card=self.card(who, home), memo=memo,
                 homes=[home.key, other.key], dues=both)  # fmt: skip

    def agent(self, home, dues):
        """A letting agent pays for many, each with its room, or in one sum."""
        who = self.dice.choice(("株洲安家房产经纪有限公司", "湘江公寓管理有限公司", "林国栋"))
        memo = self.room(home) if self.dice.random() < 0.8 else "代付物业费"
        self.say("agent", total(dues), who=who, card=self.card(who), memo=memo, homes=[home.key],
                 dues=dues)  # fmt: skip

    def twice(self, home, dues):
        who, hint = (
            self.owner(home),
            self.dice.choice((self.reference, self.room, lambda _home: "物业费")),
        )
        memo = hint(home)
        on = self.say(
            "twice",
            total(dues),
            who=who,
            card=self.card(who, home),
            memo=memo,
            homes=[home.key],
            dues=dues,
        )
        self.say("twice", total(dues), who=who, card=self.card(who, home), memo=memo, homes=[home.key], dues=[],
                 on=on + timedelta(days=self.dice.randrange(9)))  # fmt: skip

    def bounced(self, home, dues):
        who, sum_ = self.owner(home), total(dues)
        on = self.say("bounced", sum_, who=who, card=self.card(who, home), memo=self.reference(home),
                      homes=[home.key], dues=dues)  # fmt: skip
        back = on + timedelta(days=self.dice.randrange(4))
        self.say("bounced", -sum_, who=who, card=self.card(who, home), memo=self.dice.choice(("退汇", "冲正 户名不符")),
                 on=back)  # fmt: skip
        if self.dice.random() < 0.6:
            self.say("paid again", sum_, who=who, card=self.card(who, home), memo=self.reference(home),
                     homes=[home.key], dues=dues, on=back + timedelta(days=1))  # fmt: skip

    def part(self, home, dues):
        sum_ = min(self.dice.choice((500_00, 1_000_00, 300_00)), total(dues) - 1)
        who = self.owner(home)
        memo = (
            self.reference(home)
            if self.dice.random() < 0.6
            else self.dice.choice((self.room(home), "先交一部分"))
        )
        self.say("part", sum_, who=who, card=self.card(who, home), memo=memo, homes=[home.key])

    def one_year(self, home, dues):
        """Only one period of several, named or not."""
        who = self.owner(home)
        memo = self.dice.choice((self.reference(home), self.room(home), "2023年物业费"))
        self.say(
            "one year",
            dues[-1].open,
            who=who,
            card=self.card(who, home),
            memo=memo,
            homes=[home.key],
        )

    def too_much(self, home, dues):
        who = self.owner(home)
        memo = self.dice.choice((self.reference(home), self.room(home), "物业费"))
        self.say("too much", total(dues) + self.dice.choice((1, 50, 100_00)), who=who, card=self.card(who, home), memo=memo,
                 homes=[home.key], dues=dues)  # fmt: skip

    def stranger(self, home, dues):
        """A tenant with no hint but a sum that fits, whose name an owner elsewhere may bear."""
        who = self.relative()
        self.say("stranger", total(dues), who=who, card=self.card(who, home), memo="房租物业",
                 homes=[home.key], dues=dues)  # fmt: skip

    def same_name(self, home, dues):
        """Another bearer of an owner's name, who lives elsewhere in a flat of the same size."""
        other = self.made.homes[home.key - 4]
        self.say("same name", total(self.made.dues[other.key]), who=self.owner(home), card=account(self.dice),
                 memo="物业费", homes=[other.key])  # fmt: skip

    def not_a_payment(self, home, dues):
        who, memo, sign = self.dice.choice((
            ("", "结息", 1), ("", "转账手续费", -1), ("财付通支付科技有限公司", "商户结算", 1),
            ("支付宝（中国）网络技术有限公司", "结算款", 1), ("株洲消防工程有限公司", "消防一期工程款", -1),
            ("株洲消防工程有限公司", "退汇 账号有误", 1), ("株洲市福利彩票中心", "误汇", 1),
        ))  # fmt: skip
        self.say("not a payment", sign * self.dice.choice((1_593_00, 23_45, 5_00, 80_000_00)), who=who,
                 card=self.card(who) if who else "", memo=memo, dues=[])  # fmt: skip


MESS = {
    "by_reference": 44, "by_room": 14, "by_name": 10, "by_name_in_memo": 4, "wrong_reference": 3, "grandmother": 3,
    "agent": 3, "part": 3, "one_year": 3, "two_homes": 2.5, "homophone": 2, "twice": 1.5, "too_much": 1.5,
    "bounced": 1.2, "stranger": 1.2, "not_a_payment": 1.5, "neighbours_reference": 0.4, "wrong_room": 0.6,
    "same_name": 0.03, "other_grandchild": 0.1,
}  # fmt: skip


def labelled(*, homes: int, seed: int = 0, **options: Any) -> Estate:
    """Give an estate with its payments in the order of their days."""
    made = estate(homes=homes, seed=seed, **options)
    life, dice = Life(made), made.dice
    busy: set[int] = set()
    for home in made.homes:
        kind = dice.choices([*MESS], [*MESS.values()])[0]
        if home.key not in busy and dice.random() < 0.97:
            getattr(life, kind)(home, made.dues[home.key])
        busy |= made.lines[-1].homes if made.lines else set()
    made.lines.sort(key=lambda line: line.payment.on)
    return made


def kinds(made):
    """Count each mess."""
    return Counter(line.kind for line in made.lines)
