"""What offices call their columns."""

import re
from enum import StrEnum
from functools import lru_cache

from bandeng.places.rules.roster.text import CHINESE


class Field(StrEnum):
    """What a column tells; the last six are recognised and not taken."""

    PLACE = "place"
    BUILDING = "building"
    SALES = "sales"
    SURVEY = "survey"
    POLICE = "police"
    ENTRANCE = "entrance"
    FLOOR = "floor"
    HOME = "home"
    AREA_REGISTER = "area_register"
    AREA_SURVEY = "area_survey"
    AREA_CONTRACT = "area_contract"
    AREA = "area"
    STATE = "state"
    OWNER = "owner"
    OWNER_PHONE = "owner_phone"
    OWNER_ID = "owner_id"
    OCCUPANT = "occupant"
    OCCUPANT_PHONE = "occupant_phone"
    PAYER = "payer"
    PAYER_PHONE = "payer_phone"
    REMARK = "remark"
    SERIAL = "serial"
    INNER_AREA = "inner_area"
    SHARED_AREA = "shared_area"
    STOREYS = "storeys"
    OTHER = "other"


NOT_TAKEN = frozenset(
    {Field.SERIAL, Field.INNER_AREA, Field.SHARED_AREA, Field.STOREYS, Field.OTHER}
)
SEVERAL = frozenset({Field.STATE, Field.REMARK, Field.OWNER_PHONE})  # columns that add up
AREAS = (Field.AREA_REGISTER, Field.AREA_SURVEY, Field.AREA_CONTRACT, Field.AREA)  # best first
ALIASES = (Field.SALES, Field.SURVEY, Field.POLICE)
LONGEST_LABEL = 16  # characters; a longer text is a title or a note

_EXACT: dict[Field, str] = {
    Field.PLACE: "房屋 坐落 地址 住址 房产 房源 单元房号 房间全称",
    Field.BUILDING: "楼栋 栋 栋号 楼号 幢 幢号 楼 座 座号 楼宇 号楼 楼幢 栋座 栋数 楼栋号 楼座",
    Field.ENTRANCE: "单元 单元号 单元名称 门洞 梯 梯号",
    Field.FLOOR: "楼层 层 层数 所在层 所在楼层 层次 楼层号",
    Field.HOME: "房号 室 室号 户号 房 房间 房间号 门牌 门牌号 房屋编号 房屋号 户室号 室户 房名 户",
    Field.AREA: "面积 建面 建筑面积 房屋面积",
    Field.OWNER: "业主 姓名 产权人 户主 权利人 买受人 购房人 房主 所有权人 业主姓名 客户 客户名称",
    Field.OWNER_PHONE: "电话 手机 手机号 联系方式 联系电话 号码 TEL 电话号码",
    Field.OWNER_ID: "身份证 身份证号 身份证号码 证件号码 证件号 公民身份号码",
    Field.STATE: "状态",
    Field.REMARK: "备注 说明 备注说明 其他 附注",
    Field.SERIAL: "序号 编号 序 NO NO. 行号",
}
EXACT = {word: field for field, words in _EXACT.items() for word in words.split()}
# In this order: the first that is found decides.
_LIKE: tuple[tuple[str, Field], ...] = (
    (
        r"负责人|网格|栋长|楼长|楼栋长|户型|户数|日期|时间|金额|费|单价|总价|款|邮箱|微信|单位$",
        Field.OTHER,
    ),
    (r"车|朝向|性别|民族|年龄|户籍|人口|人数|合同编号|合同号|结构|用途|类型|性质", Field.OTHER),
    (r"总层|总楼层|地上层|共.*层", Field.STOREYS),
    (r"身份证|证件号|身份号", Field.OWNER_ID),
    (r"(租户|承租|住户|使用人|居住人|现住).*(电话|手机|联系|号码)", Field.OCCUPANT_PHONE),
    (r"(缴费|交费|付款).*(电话|手机|联系|号码)", Field.PAYER_PHONE),
    (r"电话|手机|联系方式|联系号码|联系号", Field.OWNER_PHONE),
    (r"租户|承租|住户|使用人|居住人|现住人", Field.OCCUPANT),
    (r"缴费人|交费人|付款人|缴费户名", Field.PAYER),
    (r"套内|使用面积|实用面积", Field.INNER_AREA),
    (r"公摊|分摊", Field.SHARED_AREA),
    (r"(产权|登记|证载|房产证|权证).*面积", Field.AREA_REGISTER),
    (r"(测绘|实测|测量).*面积", Field.AREA_SURVEY),
    (r"(合同|预测|预售|销售|购房).*面积", Field.AREA_CONTRACT),
    (r"面积|平方|平米", Field.AREA),
    (r"(销售|推广|营销|案名|售楼).*(楼|栋|幢|座|号)", Field.SALES),
    (r"(测绘|测量|实测).*(楼|栋|幢|座|号)", Field.SURVEY),
    (r"(公安|派出所|民政).*(楼|栋|幢|座|号|门牌)", Field.POLICE),
    (r"状态|情况|是否|查封|抵押|抵债|入住|交付|交房", Field.STATE),
    (r"业主|产权人|户主|权利人|买受人|购房人|房主|所有权人|姓名", Field.OWNER),
    (r"坐落|座落|地址|住址|位置", Field.PLACE),
    (r"(楼|栋|幢|座).*(室|房|户)|单元.*(室|房|户)", Field.PLACE),
    (r"房号|室号|房间|户号|户室|门牌|房屋编码|房屋编号|房屋号", Field.HOME),
    (r"单元|门洞", Field.ENTRANCE),
    (r"楼层|所在层", Field.FLOOR),
    (r"楼栋|栋|幢|座|楼号|楼宇|号楼", Field.BUILDING),
    (r"备注|说明", Field.REMARK),
)
LIKE = tuple((re.compile(pattern), field) for pattern, field in _LIKE)
_VALUE = re.compile(rf"[0-9]|^[{CHINESE}]+(?:栋|幢|座|单元|楼|层|号|室)")
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]|【[^】]*】")

# What a state column, or a remark, says of a home; a denial is looked for first.
DENIALS = re.compile(
    r"[未没无不](?:入住|交付|交房|抵押|查封|居住|装修入住|出租|收房|验房)|空置|空房|非抵押|已解封|已解押|解除(?:查封|抵押)"
)
STATES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), condition)
    for pattern, condition in (
        (r"未售|待售|未销售|在售", "unsold"),
        (r"一房[多二两]卖|重复销售|重复出售|一房数卖", "sold_twice"),
        (r"未过户|转售|转卖|私下转让", "resold"),
        (r"抵债|抵房|工抵|以房抵|抵工程款", "debt_for_flat"),
        (r"抵押|按揭中", "mortgaged"),
        (r"查封|法院封", "sealed"),
        (r"已售|已销售|售出|已购|网签", "sold"),
        (r"已交付|已交房|交房|交付|已收房", "delivered"),
        (r"入住|自住|居住|出租|在住|常住", "occupied"),
    )
)
KNOWN_OTHERWISE = re.compile(r"毛坯|装修|正常|空|自用|闲置|商用|办公|是|否")
EMPTY_HOME = re.compile(r"未售|待售|空置|空房|无|暂无|待定|开发商|库存|未知|不详")
COMPANY = re.compile(r"公司|有限|集团|银行|合作社|居委会|村委会|街道办|管理局|学校|医院|中心$|厂$")
TOTAL = re.compile(
    r"^(?:本[栋页单]?[元位]?)?(?:合计|小计|总计|共计|累计|平均|汇总|总户数|总面积)|(?:合计|小计|总计|共计)[::]?$"
)
ASIDE = re.compile(
    r"^(?:注|说明|备注|填表|制表|审核|编制|统计|联系人|日期|单位|盖章|以上|以下|附|※|\*)"
)
SUMMARY_SHEET = re.compile(
    r"汇总|统计|说明|目录|封面|填表|模板|样表|图例|首页|字典|instructions?|下拉|选项", re.I
)


@lru_cache(maxsize=1024)
def field_of(*, label: str) -> Field | None:
    """Tell what a column of this name holds; None for a name that says nothing."""
    bare = _BRACKETS.sub("", label.replace("（", "(").replace("）", ")"))
    bare = re.sub(r"[\s*:：、,.。/\\-]+", "", bare).upper()
    numbered = re.sub(r"[0-9一二]$", "", bare) or bare
    if not bare or len(bare) > LONGEST_LABEL or _VALUE.search(numbered):
        return None
    exact = EXACT.get(bare) or EXACT.get(numbered)
    return exact or next((field for like, field in LIKE if like.search(numbered)), None)


@lru_cache(maxsize=4096)
def conditions_in(*, text: str, label: str = "") -> tuple[str, ...]:
    """Give the home conditions that a cell names; a yes answers the column's own question."""
    if not text or text in ("否", "N", "×", "无"):
        return ()
    said = label if text in ("是", "Y", "√", "有", "1") else text
    positive = DENIALS.sub("", said)
    return tuple(condition for word, condition in STATES if word.search(positive))
