"""The people and bodies of the scenario: invented, but for the bodies that the page names.

Area codes below the county's 430203 are invented.
"""

from bandeng.people.models import OrganisationKind as Kind
from bandeng.people.models import Role

CITY, DISTRICT = "430200", "430203"
SUBDISTRICT, COMMUNITY, NEXT_COMMUNITY = "430203006", "430203006001", "430203006002"

AREAS = (
    (f"{DISTRICT}000000", "芦淞区"),
    (f"{SUBDISTRICT}000", "庆云街道"),
    (COMMUNITY, "庆云山社区"),
    (NEXT_COMMUNITY, "演示社区"),
)

# key: name, kind, area code
ORGANISATIONS = {
    "subdistrict": ("庆云街道办事处", Kind.SUBDISTRICT, SUBDISTRICT),
    "community": ("庆云山社区居委会", Kind.COMMUNITY, COMMUNITY),
    "next_community": ("演示社区居委会", Kind.COMMUNITY, NEXT_COMMUNITY),
    "branch": ("福鑫南郡小区党支部", Kind.PARTY_BRANCH, COMMUNITY),
    "fire": ("市住建局消防科", Kind.DEPARTMENT, CITY),
    "registry": ("市自规局不动产登记中心", Kind.DEPARTMENT, CITY),
    "developer": ("演示开发商", Kind.DEVELOPER, COMMUNITY),
    "property": ("演示物业公司", Kind.PROPERTY_COMPANY, COMMUNITY),
    "newspaper": ("板凳日报", Kind.NEWSPAPER, CITY),
    "collector": ("演示第三方监管机构", Kind.COLLECTOR, DISTRICT),
}

# key: name, role, organisation, what the person opens Bandeng for (Chinese, English)
STAFF = {
    "director": ("周主任", Role.DIRECTOR, "subdistrict"),
    "officer": ("林干事", Role.OFFICER, "subdistrict"),
    "worker": ("何社工", Role.COMMUNITY_WORKER, "community"),
    "grid": ("罗网格员", Role.GRID_WORKER, "community"),
    "neighbour": ("邓社工", Role.COMMUNITY_WORKER, "next_community"),
    "secretary": ("唐支书", Role.BRANCH_SECRETARY, "branch"),
    "fire": ("高科员", Role.HANDLER, "fire"),
    "registrar": ("许科员", Role.HANDLER, "registry"),
    "developer": ("袁经理", Role.HANDLER, "developer"),
    "property": ("彭经理", Role.HANDLER, "property"),
    "correspondent": ("周通讯员", Role.CORRESPONDENT, "subdistrict"),
    "editor": ("杨编辑", Role.EDITOR, "newspaper"),
    "auditor": ("田审计", Role.AUDITOR, "subdistrict"),
    "administrator": ("系统管理员", Role.ADMINISTRATOR, "subdistrict"),
    "collector": ("邱经办", Role.HANDLER, "collector"),
    "checker": ("程复核", Role.HANDLER, "collector"),
    "deputy": ("人大代表贺女士", Role.DEPUTY, "subdistrict"),
}
RESIDENTS = {"zhu": "朱师傅", "zhan": "占大姐", "resident": "居民代表余女士"}


def phone(*, key: str) -> str:
    """Give the invented phone by which somebody of the cast is found again."""
    keys = [*STAFF, *RESIDENTS]
    return f"+86199000001{keys.index(key):02d}"
