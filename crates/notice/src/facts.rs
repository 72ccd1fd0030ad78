//! What a notice says. What does not belong to a kind is left out.

use serde::{Deserialize, Serialize};

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Facts {
    pub(crate) kind: Kind,
    /// What the paper is called.
    pub(crate) title: String,
    /// An administrative licence: only then does the paper rest on the law of those (行政许可法).
    #[serde(default)]
    pub(crate) licence: bool,
    /// What it rests on otherwise, each with its articles.
    #[serde(default)]
    pub(crate) law: Vec<String>,
    /// The number of this paper.
    pub(crate) number: String,
    /// The number of the case.
    pub(crate) reference: String,
    pub(crate) applicant: String,
    pub(crate) service: String,
    pub(crate) item: String,
    pub(crate) agency: String,
    pub(crate) agency_phone: String,
    /// Of this paper, and of the day the application came.
    pub(crate) day: Day,
    pub(crate) received: Day,
    /// The last day of the promise.
    #[serde(default)]
    pub(crate) due: Option<Day>,
    #[serde(default)]
    pub(crate) due_is_provisional: bool,
    /// Of an extension: the last day before it.
    #[serde(default)]
    pub(crate) due_before: Option<Day>,
    /// Working days that the law allows, and that were promised.
    #[serde(default)]
    pub(crate) statutory: Option<u16>,
    #[serde(default)]
    pub(crate) promised: Option<u32>,
    /// Of a special procedure: the working days that it takes at most.
    #[serde(default)]
    pub(crate) procedure_days: Option<u32>,
    /// The officer; nobody where five days of silence accepted.
    #[serde(default)]
    pub(crate) handler: String,
    #[serde(default)]
    pub(crate) materials: Vec<String>,
    #[serde(default)]
    pub(crate) gaps: Vec<Gap>,
    #[serde(default)]
    pub(crate) says: String,
    #[serde(default)]
    pub(crate) basis: String,
    #[serde(default)]
    pub(crate) deliverable: String,
    /// Who reviews a refusal.
    #[serde(default)]
    pub(crate) remedies: Option<Remedies>,
    /// Where one complains.
    #[serde(default)]
    pub(crate) complaints: String,
    /// What proves the paper, and where.
    pub(crate) code: String,
    pub(crate) check_at: String,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Kind {
    /// 受理
    Accepted,
    /// 补正
    #[serde(rename = "to-mend")]
    CorrectionRequest,
    /// 不予受理
    NotAccepted,
    /// 不受理: nothing needs to be applied for
    NotNeeded,
    /// 延期
    Extended,
    /// 特别程序
    Paused,
    /// 准予, 办结
    Granted,
    /// 不予
    Refused,
}

/// Who reviews it: the authority (行政复议机关) and the court.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Remedies {
    pub(crate) authority: String,
    pub(crate) court: String,
}

/// One place to mend, and how.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Gap {
    pub(crate) place: String,
    pub(crate) says: String,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Day {
    pub(crate) year: i32,
    pub(crate) month: u8,
    pub(crate) day: u8,
}

impl Facts {
    /// Everything that somebody wrote.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        let Self { title, number, reference, applicant, service, item, agency, agency_phone, .. } = self;
        let Self { handler, says, basis, deliverable, code, check_at, materials, gaps, .. } = self;
        let Self { law, remedies, complaints, .. } = self;
        let single = [title, number, reference, applicant, service, item, agency, agency_phone];
        let more = [handler, says, basis, deliverable, code, check_at, complaints];
        let places = gaps.iter().flat_map(|gap| [&gap.place, &gap.says]);
        let reviewers = remedies.iter().flat_map(|remedies| [&remedies.authority, &remedies.court]);
        let listed = materials.iter().chain(law).chain(places).chain(reviewers);
        single.into_iter().chain(more).chain(listed).map(String::as_str)
    }
}
