//! What can be wrong with an answer, and how a kind clerk says it. The only wording of errors for both sides.

use serde::Serialize;

use crate::decimal;
use crate::field::{Field, Verb};
use crate::id::{RuleId, StepId};
use crate::service::Severity;
use crate::text::Text;

/// A broken rule.
#[derive(Clone, Debug, PartialEq)]
pub enum Problem {
    Missing,
    /// The JSON is of another type than the kind's; only a client that is wrong sends this.
    WrongType,
    TooShort {
        min: usize,
    },
    TooLong {
        max: usize,
    },
    NotANumber,
    TooManyDecimals {
        max: u32,
    },
    TooSmall {
        min: f64,
    },
    TooLarge {
        max: f64,
    },
    NoSuchDay,
    NoSuchTime,
    ToCome,
    UnknownOption,
    TooFew {
        min: usize,
    },
    TooMany {
        max: usize,
    },
    NotHan,
    NotAStandardCharacter {
        character: char,
    },
    PrivateUseCharacter {
        character: char,
    },
    /// It cannot be seen, turns the text around, or breaks a line where there is one only.
    IllegibleCharacter {
        character: char,
    },
    WrongLength {
        wanted: usize,
        got: usize,
    },
    WrongCharacter {
        character: char,
    },
    BadCheckDigit,
    BadBirthDate,
    BadDocumentNumber,
    NotAPhone,
    NotAPlace,
    NoDoor,
    NotVerified,
    /// A rule of the definition, with its own sentence.
    Rule {
        id: RuleId,
        says: Text,
    },
}

/// A problem and its place. `field` is `group.field` for a field of a group, `row` counts from 0.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldError {
    pub step: StepId,
    pub field: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<usize>,
    pub severity: Severity,
    /// Kebab-case, stable: `missing`, `bad-check-digit`, or the id of a rule.
    pub code: String,
    pub message: Text,
}

impl FieldError {
    pub fn blocks(&self) -> bool {
        self.severity == Severity::Block
    }
}

impl Problem {
    pub fn code(&self) -> &str {
        match self {
            Self::Missing => "missing",
            Self::WrongType => "wrong-type",
            Self::TooShort { .. } => "too-short",
            Self::TooLong { .. } => "too-long",
            Self::NotANumber => "not-a-number",
            Self::TooManyDecimals { .. } => "too-many-decimals",
            Self::TooSmall { .. } => "too-small",
            Self::TooLarge { .. } => "too-large",
            Self::NoSuchDay => "no-such-day",
            Self::NoSuchTime => "no-such-time",
            Self::ToCome => "to-come",
            Self::UnknownOption => "unknown-option",
            Self::TooFew { .. } => "too-few",
            Self::TooMany { .. } => "too-many",
            Self::NotHan => "not-han",
            Self::NotAStandardCharacter { .. } => "not-a-standard-character",
            Self::PrivateUseCharacter { .. } => "private-use-character",
            Self::IllegibleCharacter { .. } => "illegible-character",
            Self::WrongLength { .. } => "wrong-length",
            Self::WrongCharacter { .. } => "wrong-character",
            Self::BadCheckDigit => "bad-check-digit",
            Self::BadBirthDate => "bad-birth-date",
            Self::BadDocumentNumber => "bad-document-number",
            Self::NotAPhone => "not-a-phone",
            Self::NotAPlace => "not-a-place",
            Self::NoDoor => "no-door",
            Self::NotVerified => "not-verified",
            Self::Rule { id, .. } => id,
        }
    }

    /// The sentence for people: what is wrong, and what a right answer looks like.
    pub fn says(&self, field: &Field) -> Text {
        let mut says = self.sentence(field);
        if let Some(example) = field.example.as_ref().filter(|_| !matches!(self, Self::Rule { .. })) {
            let more = Text::new(format!("，例如 {example}"), format!(", for example {example}"));
            says = Text::new(says.zh + &more.zh, says.en + &more.en);
        }
        says
    }

    fn sentence(&self, field: &Field) -> Text {
        let plain = |zh: &str, en: &str| Text::new(zh, en);
        match self {
            Self::Missing => missing(field),
            Self::WrongType => plain("这一项没有读懂，请重新填一次", "We could not read this, please answer it again"),
            Self::TooShort { min } => both(format!("至少写 {min} 个字"), format!("Use at least {min} characters")),
            Self::TooLong { max } => both(format!("最多写 {max} 个字"), format!("Use at most {max} characters")),
            Self::NotANumber => plain("请填数字", "Enter a number"),
            Self::TooManyDecimals { max: 0 } => plain("请填整数", "Enter a whole number"),
            Self::TooManyDecimals { max } => {
                both(format!("小数点后最多 {max} 位"), format!("Use at most {max} decimal places"))
            }
            Self::TooSmall { min } => {
                let min = decimal::print(*min);
                both(format!("不能小于 {min}"), format!("Must be {min} or more"))
            }
            Self::TooLarge { max } => {
                let max = decimal::print(*max);
                both(format!("不能大于 {max}"), format!("Must be {max} or less"))
            }
            Self::NoSuchDay => plain("没有这一天，请填年、月、日", "There is no such day, enter year, month and day"),
            Self::NoSuchTime => plain(
                "请填年、月、日和几点几分，例如 2026-11-20 08:32",
                "Enter day and time, for example 2026-11-20 08:32",
            ),
            Self::ToCome => {
                plain("这个时间还没有到，请对照证件再看一遍", "This is still to come, compare it with the document")
            }
            Self::UnknownOption => plain("请从列出的几项里选", "Choose one of the answers listed"),
            Self::TooFew { min } => both(format!("至少要 {min} 个"), format!("At least {min} needed")),
            Self::TooMany { max } => both(format!("最多 {max} 个"), format!("At most {max} allowed")),
            Self::NotHan => plain(
                "请照证件填写姓名：中文，或外国证件上的拉丁字母，不要混写；少数民族姓名中间用“·”隔开",
                "Enter the name as on the document: in Chinese characters, or in Latin letters, not mixed; parts of a Chinese name are separated by ·",
            ),
            Self::NotAStandardCharacter { character } => not_standard(*character),
            Self::PrivateUseCharacter { character } => private_use(*character),
            Self::IllegibleCharacter { character } => illegible(*character),
            Self::WrongLength { wanted, got } => wrong_length(*wanted, *got),
            Self::WrongCharacter { character } => wrong_character(*character),
            Self::BadCheckDigit => plain(
                "号码对不上，可能有一位填错了，请对照证件再看一遍",
                "One digit seems wrong, compare it with the document",
            ),
            Self::BadBirthDate => plain(
                "号码里的出生日期不存在，请对照证件再看一遍",
                "The birth date inside the number does not exist, compare it with the document",
            ),
            Self::BadDocumentNumber => plain(
                "号码和这种证件对不上，请对照证件再看一遍",
                "The number does not fit this document, compare the two",
            ),
            Self::NotAPhone => plain(
                "请填 11 位手机号，或带区号的座机号",
                "Enter an 11-digit mobile number, or a landline with its area code",
            ),
            Self::NotAPlace => plain("请选到乡镇或街道", "Choose down to the town or street office"),
            Self::NoDoor => plain("请写路名和门牌号", "Enter the road and house number"),
            Self::NotVerified => plain("还没有核验，请点“核验”", "Not checked yet, press “Check”"),
            Self::Rule { says, .. } => says.clone(),
        }
    }
}

fn missing(field: &Field) -> Text {
    let (zh, en) = match field.kind.kind().verb() {
        Verb::Fill => ("请填写", "Enter: "),
        Verb::Choose => ("请选择", "Choose: "),
        Verb::Add => ("请添加", "Add: "),
        Verb::Agree => ("请先阅读并同意", "Read and agree first: "),
        Verb::Verify => ("请先核验", "Check first: "),
        Verb::Sign => ("请签名：", "Sign: "),
    };
    Text { zh: format!("{zh}{}", field.label.zh), en: format!("{en}{}", field.label.en) }
}

fn both(zh: String, en: String) -> Text {
    Text { zh, en }
}

fn not_standard(character: char) -> Text {
    both(
        format!("“{character}”不在国家的通用规范汉字表里，出生证上不能用，请换一个字"),
        format!("“{character}” is not in the national table of standard characters, choose another"),
    )
}

fn private_use(character: char) -> Text {
    both(
        format!("“{character}”这个字在别的手机上显示不出来，请换输入法的生僻字重新输入"),
        format!("Other phones cannot show “{character}”, enter it again with your keyboard's rare characters"),
    )
}

fn illegible(character: char) -> Text {
    let code = u32::from(character);
    both(
        format!("里面有看不见的字符或换行（U+{code:04X}），请删掉重新打一遍"),
        format!(
            "It holds a character that cannot be seen, or a line break (U+{code:04X}): delete it and type it again"
        ),
    )
}

fn wrong_length(wanted: usize, got: usize) -> Text {
    both(format!("应为 {wanted} 位，现在是 {got} 位"), format!("It has {wanted} characters, you entered {got}"))
}

fn wrong_character(character: char) -> Text {
    both(
        format!("不会有“{character}”，请对照证件再看一遍"),
        format!("It never has “{character}”, compare it with the document"),
    )
}
