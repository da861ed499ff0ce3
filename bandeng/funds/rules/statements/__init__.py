from bandeng.funds.rules.statements.model import *
from bandeng.funds.rules.statements.model import Statement, Line
