"""The words of the site for the terms that the packages name in English."""

from generator.website.wording.language import Words, marked

FUND_SOURCES = Words(
    {
        "fiscal_appropriation": marked("财政拨款"),
        "general_public_budget": marked("一般公共预算"),
        "government_managed_funds_budget": marked("政府性基金预算"),
        "state_capital_operations_budget": marked("国有资本经营预算"),
        "special_fiscal_account_appropriation": marked("财政专户拨款"),
        "institutional_revenue": marked("事业收入"),
        "business_revenue": marked("经营收入"),
        "other_revenue": marked("其他收入"),
        "superior_subsidy_revenue": marked("上级补助收入"),
        "subordinate_remittance_revenue": marked("附属单位上缴收入"),
        "institutional_fund": marked("用事业基金弥补收支差额"),
        "brought_forward": marked("上年结转"),
        "other_funds": marked("其他资金"),
    }
)

EXPENDITURE_TYPES = Words(
    {
        "basic_expenditure": marked("基本支出"),
        "project_expenditure": marked("项目支出"),
        "business_expenditure": marked("经营支出"),
        "subsidies_to_subordinates": marked("对附属单位补助支出"),
        "remittances_to_superiors": marked("上缴上级支出"),
        "carried_forward": marked("结转下年"),
        "personnel_expenses": marked("人员经费"),
        "public_expenses": marked("公用经费"),
        "reserve": marked("预留机动经费"),
    }
)

THREE_PUBLIC = Words(
    {
        "overseas_visits": marked("因公出国（境）费"),
        "vehicle_purchase": marked("公务用车购置费"),
        "vehicle_operation": marked("公务用车运行维护费"),
        "official_hospitality": marked("公务接待费"),
    }
)

# Of arithmetic, in the order in which a badge names them; a remark (提示) is not one of them.
OUTCOMES = Words(
    {
        "holds": marked("相符"),
        "rounding": marked("尾差"),
        "differs": marked("不符"),
        "cannot_tell": marked("无法判断"),
    }
)

RESULTS = OUTCOMES.with_more({"remark": marked("提示")})

# Why a check cannot be told.
REASONS = Words(
    {
        "no_figure": marked("缺数字"),
        "not_whole": marked("表或文件没有读全"),
        "level": marked("行的级次看不准"),
        "cell": marked("格子里的数没有读准"),
        "words": marked("文字看不准"),
        "routes": marked("两种读法不一致"),
        "form": marked("规则按另一种格式写成"),
        "alignment": marked("表没有竖线，各栏按文字的位置认出"),
    }
)

# What the digits of two figures tell of how one came of the other.
SLIPS = Words(
    {
        "transposed_digits": marked("两数只是两位数字的位置对调，可能是把数字写颠倒了。"),
        "one_digit": marked("两数只有一位数字不同。"),
        "missing_digit": marked("一个数比另一个数少一位数字。"),
        "extra_digit": marked("一个数比另一个数多一位数字。"),
        "factor_10": marked("两数正好相差十倍，可能是小数点错了一位。"),
        "factor_100": marked("两数正好相差一百倍，可能是小数点错了两位。"),
        "factor_1000": marked("两数正好相差一千倍，可能是小数点错了三位。"),
        "unit": marked("两数正好相差一万倍左右，可能把元和万元弄混了。"),
        "sign": marked("两数只差正负号。"),
    }
)

# What a figure in prose says of its subject, where it is not the amount itself.
MEASURES = Words(
    {
        "change": marked("的增减额"),
        "growth": marked("的增减百分比"),
        "share": marked("所占的比例"),
        "completion": marked("的完成率"),
        "comparison": marked("与预算比较"),
        "quantity": marked("的数量"),
        "none": marked("（写明没有）"),
        "mentioned": marked("里提到的数"),
    }
)

TOPICS = Words(
    {
        "duties": marked("主要职责"),
        "structure": marked("机构设置"),
        "budget_units": marked("预算单位构成"),
        "explanation": marked("情况说明"),
        "performance": marked("绩效管理"),
        "glossary": marked("名词解释"),
        "note": marked("附注"),
        "other": marked("其他"),
    }
)

USES = Words(
    {
        "blank": marked("空行"),
        "contents": marked("目录"),
        "heading": marked("标题"),
        "title": marked("表名"),
        "furniture": marked("页眉页脚"),
        "header": marked("表头"),
        "repeated_header": marked("重复的表头"),
        "repeated_total": marked("重复的合计行"),
        "repeated_page": marked("重复的页"),
        "row": marked("表中的行"),
        "note": marked("表注"),
        "prose": marked("正文"),
        "unread": marked("未读懂"),
    }
)

#: Why a disclosure was not read again, by the code of its problem.
NOT_READ_AGAIN = Words(
    {
        "source-gone": marked("原文件不在了"),
        "source-unread": marked("原文件没有读成"),
        "source-replaced": marked("原文件换成了另一份"),
        "result-empty": marked("原文件没有再读出金额或表格"),
    }
)

SEVERITIES = Words({"fatal": marked("致命"), "error": marked("错误"), "warning": marked("提醒")})

LEVELS = Words(
    {
        "central": marked("中央"),
        "province": marked("省级"),
        "city": marked("市级"),
        "district": marked("区级"),
        "county": marked("县级"),
    }
)

TYPES = Words(
    {
        "string": marked("文字"),
        "integer": marked("整数"),
        "number": marked("数"),
        "boolean": marked("是或否"),
        "date": marked("日期"),
        "year": marked("年"),
        "any": marked("任意"),
    }
)

CONSTRAINTS = Words(
    {
        "required": marked("必填"),
        "unique": marked("不重复"),
        "minimum": marked("最小"),
        "maximum": marked("最大"),
        "minLength": marked("最短"),
        "maxLength": marked("最长"),
        "pattern": marked("格式"),
        "enum": marked("取值"),
    }
)

# The parts of a project's self-evaluation table, which the package names in English.
EVALUATION_SECTIONS = Words(
    {
        "identity": marked("项目"),
        "funds": marked("资金"),
        "goal": marked("目标"),
        "indicator": marked("指标"),
        "total": marked("总分"),
    }
)

# The units that tables print their amounts in.
UNITS = Words(
    {
        "元": marked("元"),
        "千元": marked("千元"),
        "万元": marked("万元"),
        "百万元": marked("百万元"),
        "亿元": marked("亿元"),
    }
)

# What stands above several columns of the standard tables: their fields have no title for it.
HEADINGS = Words(
    {
        "收入": marked("收入"),
        "支出": marked("支出"),
        "人员经费": marked("人员经费"),
        "公用经费": marked("公用经费"),
        "合计": marked("合计"),
        "预算数": marked("预算数"),
        "决算数": marked("决算数"),
        "本年支出": marked("本年支出"),
        "事业收入": marked("事业收入"),
        "财政拨款": marked("财政拨款"),
        "财政拨款收入": marked("财政拨款收入"),
        "财政专户拨款收入": marked("财政专户拨款收入"),
        "其他资金收入": marked("其他资金收入"),
        "功能分类科目": marked("功能分类科目"),
        "一般公共预算支出": marked("一般公共预算支出"),
        "政府性基金预算支出": marked("政府性基金预算支出"),
        "国有资本经营预算支出": marked("国有资本经营预算支出"),
        "因公出国（境）费": marked("因公出国（境）费"),
        "公务接待费": marked("公务接待费"),
        "公务用车购置费": marked("公务用车购置费"),
        "公务用车运行费": marked("公务用车运行费"),
        "公务用车购置及运行费": marked("公务用车购置及运行费"),
        "公务用车购置及运行维护费": marked("公务用车购置及运行维护费"),
        "“三公”经费": marked("“三公”经费"),
        "年度绩效目标": marked("年度绩效目标"),
    }
)
