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
    /// 准予, 办结
    Granted,
    /// 不予
    Refused,
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
        let single = [title, number, reference, applicant, service, item, agency, agency_phone];
        let more = [handler, says, basis, deliverable, code, check_at];
        let places = gaps.iter().flat_map(|gap| [&gap.place, &gap.says]);
        single.into_iter().chain(more).chain(materials).chain(places).map(String::as_str)
    }
}
