"""The Chinese words of the site for the terms that the packages name in English."""

FUND_SOURCES = {
    "fiscal_appropriation": "财政拨款",
    "general_public_budget": "一般公共预算",
    "government_managed_funds_budget": "政府性基金预算",
    "state_capital_operations_budget": "国有资本经营预算",
    "special_fiscal_account_appropriation": "财政专户拨款",
    "institutional_revenue": "事业收入",
    "business_revenue": "经营收入",
    "other_revenue": "其他收入",
    "superior_subsidy_revenue": "上级补助收入",
    "subordinate_remittance_revenue": "附属单位上缴收入",
    "institutional_fund": "用事业基金弥补收支差额",
    "brought_forward": "上年结转",
    "other_funds": "其他资金",
}

EXPENDITURE_TYPES = {
    "basic_expenditure": "基本支出",
    "project_expenditure": "项目支出",
    "business_expenditure": "经营支出",
    "subsidies_to_subordinates": "对附属单位补助支出",
    "remittances_to_superiors": "上缴上级支出",
    "carried_forward": "结转下年",
}

THREE_PUBLIC = {
    "overseas_visits": "因公出国（境）费",
    "vehicle_purchase": "公务用车购置费",
    "vehicle_operation": "公务用车运行维护费",
    "official_hospitality": "公务接待费",
}

# Of arithmetic, in the order in which a badge names them; a remark (提示) is not one of them.
OUTCOMES = {
    "holds": "相符",
    "rounding": "尾差",
    "differs": "不符",
    "cannot_tell": "无法判断",
}

RESULTS = {**OUTCOMES, "remark": "提示"}

# What a figure in prose says of its subject, where it is not the amount itself.
MEASURES = {
    "change": "的增减额",
    "growth": "的增减百分比",
    "share": "所占的比例",
    "completion": "的完成率",
    "comparison": "与预算比较",
    "quantity": "的数量",
    "mentioned": "里提到的数",
}

TOPICS = {
    "duties": "主要职责",
    "structure": "机构设置",
    "budget_units": "预算单位构成",
    "explanation": "情况说明",
    "performance": "绩效管理",
    "glossary": "名词解释",
    "note": "附注",
    "other": "其他",
}

USES = {
    "blank": "空行",
    "contents": "目录",
    "heading": "标题",
    "title": "表名",
    "furniture": "页眉页脚",
    "header": "表头",
    "repeated_header": "重复的表头",
    "repeated_total": "重复的合计行",
    "row": "表中的行",
    "note": "表注",
    "prose": "正文",
    "unread": "未读懂",
}

SEVERITIES = {"fatal": "致命", "error": "错误", "warning": "提醒"}

LEVELS = {
    "central": "中央",
    "province": "省级",
    "city": "市级",
    "district": "区级",
    "county": "县级",
}

TYPES = {
    "string": "文字",
    "integer": "整数",
    "number": "数",
    "boolean": "是或否",
    "date": "日期",
    "year": "年",
    "any": "任意",
}

CONSTRAINTS = {
    "required": "必填",
    "unique": "不重复",
    "minimum": "最小",
    "maximum": "最大",
    "minLength": "最短",
    "maxLength": "最长",
    "pattern": "格式",
    "enum": "取值",
}

# The parts of a project's self-evaluation table, which the package names in English.
EVALUATION_SECTIONS = {
    "identity": "项目",
    "funds": "资金",
    "goal": "目标",
    "indicator": "指标",
    "total": "总分",
}
