//! Faults in Chinese, for the analyst who writes no code: what is wrong by its code, then the names that it is about.

use super::Fault;

impl Fault {
    /// One line: the place, what is wrong, and which names.
    pub fn in_chinese(&self) -> String {
        let (division, says) = match self.says.strip_prefix("in ").and_then(|rest| rest.split_once(": ")) {
            Some((code, says)) if code.len() == 6 => (format!("{code} 的规定里，"), says),
            _ => (String::new(), &*self.says),
        };
        let Some(sentence) = sentence(self.code) else { return self.to_string() };
        let names = named(says);
        let details = match self.code {
            // Reading stops at the place that the sentence names.
            "unreadable" => format!("：{}", read(says)),
            _ if names.is_empty() => String::new(),
            _ => format!("：{}", names.join("、")),
        };
        format!("{}：{division}{sentence}{details}（{}）", self.place, self.code)
    }
}

/// What stands in backquotes or quotation marks, and numbers.
fn named(says: &str) -> Vec<String> {
    let mut names: Vec<String> = says.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    names.extend(says.split('“').skip(1).filter_map(|rest| rest.split_once('”')).map(|(name, _)| format!("“{name}”")));
    if names.is_empty() {
        let is_number = |word: &&str| word.starts_with(|first: char| first.is_ascii_digit());
        let words = says.split(|c: char| c.is_whitespace() || c == ',');
        names.extend(words.filter(is_number).map(str::to_owned));
    }
    names
}

/// What reading said, in Chinese as far as it has words of its own.
pub fn read(says: &str) -> String {
    let mut says = says.to_owned();
    for (english, chinese) in READING {
        says = says.replace(english, chinese);
    }
    says
}

const READING: &[(&str, &str)] = &[
    (" is missing", " 没有写"),
    ("there is no setting ", "这里没有这个设置："),
    (" here, put it into `with`", "，请放进 `with`"),
    (" here", ""),
    ("there is no kind ", "没有这种题型："),
    ("there is no list ", "没有这个代码表："),
    ("there is no paper ", "没有这份材料："),
    ("there is no block ", "没有这个模块："),
    ("there is no ", "没有 "),
    ("must be one of ", "只能是其中之一："),
    ("must be a table", "应当是一个表"),
    ("must be a list", "应当是一个列表"),
    ("must be a text", "应当是文字"),
    ("must be a whole number", "应当是整数"),
    ("must be a number", "应当是数字"),
    ("must be true or false", "应当是 true 或 false"),
    (" is no operator of a condition", " 不是条件的比较方式"),
    (" needs a `field` beside it", " 旁边要写 `field`"),
    (
        "a condition has exactly one of: a name, all, any, not, or a field with one operator",
        "一个条件只能写一样：名称、all、any、not，或者一个 field 加一种比较方式",
    ),
    (
        "`rows` names a group, with one of `every` and `none` beside it",
        "`rows` 写明哪一组，旁边写 `every` 或 `none` 中的一个",
    ),
    ("wants one of above, below, at_least, at_most, equals", "要写 above、below、at_least、at_most、equals 中的一个"),
    ("wants one of `options` and `options_from`", "`options` 和 `options_from` 要写一个，也只能写一个"),
    ("`others` goes with `options_from`", "`others` 要和 `options_from` 写在一起"),
    ("a period is in months or in days", "期限按月（months）或按天（days）写"),
    ("a formula is one of product, sum, count, pick", "计算方式是 product、sum、count、pick 中的一种"),
    (
        " cannot be set by a division: limits, texts, windows and promises can",
        " 不能由区县另定，区县只能定 limits、texts、windows、promises",
    ),
    (
        " is no text: of what is no text, a division sets limits and promises",
        " 不是文字；不是文字的，区县只能改 limits 和 promises",
    ),
    (": it is used nowhere", "：没有任何地方用到它"),
    ("its first line must be ", "第一行应当是 "),
    (" has not four cells", " 不是四格"),
];

/// What is wrong, by the code.
const SENTENCES: &[(&str, &str)] = &[
    ("after-check-of-nothing", "事后核查要在 needs 里写明核查哪个事项"),
    ("asks-too-early", "事后核查要的，必须是标了 later 的题"),
    ("branch-ends-elsewhere", "这个情形没有走到写明的出口"),
    ("branch-misses", "这个情形里应当有，却没有"),
    ("branch-shows", "这个情形里不应当有，却有"),
    ("cannot-be-kept", "同意、签名、核验、自动算的数和以后才交的，每次都要重新来，不能从上次带过来"),
    ("cannot-route", "这一题说不出在哪里办"),
    ("certificate-without-picker", "电子证照类的材料，field 要写选证照的题"),
    ("complaints-without-phone", "没有写投诉电话"),
    ("condition-circle", "条件绕了一圈又回到自己"),
    ("empty-section", "这个部分下面没有任何一屏"),
    ("empty-step", "这一屏什么也没问"),
    ("example-ends-at-gate", "这个例子走到出口就结束了"),
    ("example-hidden-answer", "按例子的其他答案，根本不会问这一题"),
    ("example-spare-answer", "最短的例子里，少了这个答案照样能提交"),
    ("example-wrong", "例子里的这个答案不对"),
    ("fee-never-paid", "这笔钱付不了"),
    ("figure-alone", "改革前和改革后的数字要成对写"),
    ("form-not-generated", "只有自动生成的材料才写 form 和 signed_by"),
    ("generated-with-upload", "自动生成的材料，不能再让人上传"),
    ("generated-without-consent", "自动生成的材料，field 要写一个同意书的题"),
    ("hours-twice", "时间只写在一个地方：窗口有自己的时间，其他的写进 hours"),
    ("id-gone", "已经发布过的编号不能删：草稿和办件里还在用"),
    ("id-not-folder", "编号要和文件夹的名字一样"),
    ("id-not-kebab", "编号要用小写字母和数字，中间用连字符"),
    ("id-twice", "有两个同名的"),
    ("item-sees-nothing", "要写明这个事项的部门看得到哪些部分、屏和题"),
    ("item-without-kind", "没有写明事项类型：licence、confirmation、payment 或 service"),
    ("item-without-law", "没有写明依据哪部法的哪一条"),
    ("knows-less", "最短的例子里，自动带出的比例比承诺的低（百分比）"),
    ("list-empty", "代码表是空的"),
    ("looks-forward", "条件看了后面才问的题"),
    ("material-without-item", "没有写明这份材料交给哪个事项"),
    ("material-without-source", "没有写明材料从哪里来（source）"),
    ("maximal-misses-field", "最长的例子还可以多显示这一题"),
    ("never-asked", "写了，但没有任何地方用到，或者永远不会问"),
    ("never-reached", "不管怎么回答，都走不到这里"),
    ("next-leads-nowhere", "下一步要写明去哪里：本系统的 service，或者别处的 url（https://）、phone"),
    ("no-amount", "没有写明这个选项收多少钱"),
    ("no-day-of-the-year", "截止日写成“月-日”，例如 12-31"),
    ("no-fallback", "核验不了、没有证照时，没有让人上传的题"),
    ("no-item", "有的答案，一个事项也没有申请"),
    ("no-source", "没有写明数字的出处"),
    ("no-window", "要有市本级的窗口 430701，区县没有窗口时用它"),
    ("not-exactly-one", "每种答案都应当正好落在其中一个"),
    ("not-given", "有的答案要这份材料，却没有办法交"),
    ("notes-missing", "有假定的数字，就要在 notes 里说明"),
    ("operator-does-not-fit", "这种比较方式不适合这样的题或数值"),
    ("procedure-without-limit", "特别程序要写明有哪几种、多少个工作日"),
    ("promise-over-statutory", "承诺时限比法定时限长"),
    ("remote-without-end", "发给别人签，要写明几天结束（1 到 60 天）"),
    ("remote-without-words", "发给别人签，要写明以什么身份签（role），一直没签怎么办（unsigned）"),
    ("remote-wrong-kind", "发给别人签，name 要写姓名题，phone 要写手机号题（不收座机），id 要写身份证号题"),
    ("rests-on-assumption", "假定的数字只能提醒，不能拦人、换办理方式、要材料"),
    ("source-missing", "没有写明出处"),
    ("stuck", "有的答案会卡住，既不能往下走也没有出口"),
    ("takes-longer", "最短的例子按击键模型算，超过了承诺的分钟数（秒）"),
    ("text-missing", "文字没有写"),
    ("text-not-english", "英文里有汉字"),
    ("too-many-inputs", "一屏问得太多"),
    ("unknown-agency", "没有这个部门"),
    ("unknown-condition", "没有这个名称的条件"),
    ("unknown-consent", "没有这份同意书"),
    ("unknown-field", "没有这一题，或者它在后面才问"),
    ("unknown-item", "没有这个事项，或者它排在后面"),
    ("unknown-limit", "没有这个数字（limits）"),
    ("unknown-material", "没有这份材料"),
    ("unknown-number", "证照编号的写法不完整"),
    ("unknown-option", "没有这个选项"),
    ("unknown-section", "没有这个部分"),
    ("unknown-step", "没有这一屏"),
    ("unmarked-number", "数字要写进 [limits]，注明依据和出处"),
    ("unreadable", "读不了"),
    ("upload-without-field", "要上传的材料，没有让人上传的题"),
    ("validity-without-term", "有效期要写 years 或 months 中的一个，数字是 limits 里的整数"),
    ("verified-without-lookup", "核验类的材料，field 要写查询登记的题"),
    ("visits-differ", "和 visits 里写的次数不一样"),
];

/// What is wrong, by the code.
pub fn sentence(code: &str) -> Option<&'static str> {
    SENTENCES.iter().find(|(known, _)| *known == code).map(|(_, sentence)| *sentence)
}
