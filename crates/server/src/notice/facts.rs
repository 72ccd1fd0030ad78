//! The facts of a notice, in the shape that the program `notice` reads. They are written with the step and never
//! again: a notice does not change when a name, an address or a definition does.

use contract::Text;
use contract::api::Reason;
use contract::case::Action;
use contract::date;
use contract::material::{AskedMaterial, Mode};
use contract::service::{Complaints, Item, ItemKind};
use serde::{Deserialize, Serialize};
use time::Date;

use crate::backend::Backend;
use crate::case::OpenCase;
use crate::divisions::Remedies;
use crate::offices::Decider;
use crate::partners::in_changde;
use crate::store::{Step, TaskRecord};

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Facts {
    kind: NoticeKind,
    title: String,
    /// Only then does it rest on the law of licences (行政许可法).
    licence: bool,
    /// What it rests on otherwise.
    #[serde(default)]
    law: Vec<String>,
    reference: String,
    pub(super) applicant: String,
    service: String,
    item: String,
    agency: String,
    agency_phone: String,
    day: Day,
    received: Day,
    due: Option<Day>,
    due_is_provisional: bool,
    /// Of an extension: the last day before it.
    #[serde(default)]
    due_before: Option<Day>,
    /// Working days that the law allows, and that were promised.
    #[serde(default)]
    statutory: Option<u16>,
    #[serde(default)]
    promised: Option<u32>,
    /// Of a special procedure: the working days that it takes at most.
    #[serde(default)]
    procedure_days: Option<u32>,
    /// Empty after a deemed acceptance.
    pub(super) handler: String,
    materials: Vec<String>,
    gaps: Vec<Gap>,
    says: String,
    basis: String,
    deliverable: String,
    /// Who reviews a refusal. Papers from before these were named have none.
    #[serde(default)]
    remedies: Option<Remedies>,
    /// Where one complains.
    #[serde(default)]
    complaints: String,
}

/// The facts with what makes the paper one of its own.
#[derive(Debug, Serialize)]
pub(super) struct Paper {
    #[serde(flatten)]
    pub(super) facts: Facts,
    pub(super) number: String,
    pub(super) code: String,
    pub(super) check_at: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum NoticeKind {
    Accepted,
    #[serde(rename = "to-mend")]
    CorrectionRequest,
    NotAccepted,
    /// Not accepted, because nothing needs to be applied for.
    NotNeeded,
    Extended,
    Paused,
    Granted,
    Refused,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Gap {
    place: String,
    says: String,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Day {
    year: i32,
    month: u8,
    day: u8,
}

impl NoticeKind {
    /// 行政许可法 §32 asks for a dated paper on 受理, 补正 and 不予受理, §38 on the decision, §42 that the reason of an
    /// extension is told, §45 the time of a special procedure. What is no licence gets the same papers.
    pub(super) fn of(step: &Step) -> Option<Self> {
        match step.action {
            Action::Accept => Some(Self::Accepted),
            Action::Return => Some(Self::CorrectionRequest),
            Action::Decline if step.not_needed => Some(Self::NotNeeded),
            Action::Decline => Some(Self::NotAccepted),
            Action::Extend => Some(Self::Extended),
            Action::Pause => Some(Self::Paused),
            Action::Approve => Some(Self::Granted),
            Action::Refuse => Some(Self::Refused),
            Action::Begin
            | Action::Drop
            | Action::RequestMaterials
            | Action::MissDeadline
            | Action::Remind
            | Action::Review
            | Action::Correct
            | Action::Resume
            | Action::Deliver
            | Action::Withdraw => None,
        }
    }

    /// The title says "licence" only where the item is one.
    pub(super) fn title(self, kind: ItemKind) -> Text {
        match (self, kind.is_licence()) {
            (Self::Accepted, _) => Text::new("受理通知书", "Notice of acceptance"),
            (Self::CorrectionRequest, _) => Text::new("补正告知书", "Notice of corrections needed"),
            (Self::NotAccepted, _) => Text::new("不予受理通知书", "Notice of non-acceptance"),
            (Self::NotNeeded, _) => Text::new("不受理告知书", "Notice that no application is needed"),
            (Self::Extended, _) => Text::new("延期办理通知书", "Notice of extension"),
            (Self::Paused, _) => Text::new("特别程序告知书", "Notice of a special procedure"),
            (Self::Granted, true) => Text::new("准予行政许可决定书", "Decision to grant the licence"),
            (Self::Granted, false) => Text::new("办结通知书", "Notice of completion"),
            (Self::Refused, true) => Text::new("不予行政许可决定书", "Decision to refuse the licence"),
            (Self::Refused, false) => Text::new("不予办理告知书", "Notice of refusal"),
        }
    }

    fn is_refusal(self) -> bool {
        matches!(self, Self::NotAccepted | Self::NotNeeded | Self::Refused)
    }
}

impl Facts {
    /// All but the names of people.
    pub(super) fn of(
        backend: &Backend,
        case: &OpenCase,
        (item, task, decider): (&Item, &TaskRecord, &Decider),
        kind: NoticeKind,
        step: &Step,
    ) -> Self {
        let (accepts, extends) = (kind == NoticeKind::Accepted, kind == NoticeKind::Extended);
        let due = step.due.as_deref().filter(|_| accepts || extends).and_then(date::parse);
        let due_before = task.due.as_deref().filter(|_| extends).and_then(date::parse);
        let procedure = item.special_procedure.as_ref().filter(|_| kind == NoticeKind::Paused);
        let remedies = backend.divisions.remedies(&task.destination.division).filter(|_| kind.is_refusal());
        Self {
            kind,
            title: kind.title(item.kind()).zh,
            licence: item.kind().is_licence(),
            law: item.law.iter().map(|law| law.zh.clone()).collect(),
            reference: case.record.reference.clone(),
            applicant: String::new(),
            service: case.service.title.zh.clone(),
            item: item.title.zh.clone(),
            agency: decider.name.zh.clone(),
            agency_phone: decider.phone.clone(),
            day: in_changde(backend.now()).date().into(),
            received: in_changde(case.record.received_at).date().into(),
            due: due.map(Day::from),
            due_is_provisional: due.is_some() && step.due_is_provisional,
            due_before: due_before.map(Day::from),
            statutory: item.statutory.filter(|_| accepts || extends),
            promised: accepts.then_some(task.promised),
            procedure_days: procedure.map(|procedure| procedure.working_days),
            handler: String::new(),
            materials: if accepts { materials(case, item) } else { Vec::new() },
            gaps: step.reasons.iter().map(|reason| gap(case, reason)).collect(),
            says: step.says.trim().to_owned(),
            basis: step.basis.trim().to_owned(),
            deliverable: if kind == NoticeKind::Granted { item.deliverable.zh.clone() } else { String::new() },
            remedies: remedies.cloned(),
            complaints: item.complaints.as_ref().map(complaints).unwrap_or_default(),
        }
    }
}

/// `0736-7221200，市民之家二楼`
fn complaints(complaints: &Complaints) -> String {
    let place = complaints.place.as_ref().map(|place| format!("，{}", place.zh)).unwrap_or_default();
    format!("{}{place}", complaints.phone)
}

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        Self { year: date.year(), month: date.month().into(), day: date.day() }
    }
}

/// The documents that were given for an item, and how.
fn materials(case: &OpenCase, item: &Item) -> Vec<String> {
    let scope = case.scope();
    let journey = case.service.journey(scope.answers, scope.context);
    let asked = case.service.asked_materials(&journey);
    let given = asked.iter().filter(|asked| asked.given && asked.material.items.contains(&item.id));
    given.map(named).collect()
}

fn named(asked: &AskedMaterial<'_>) -> String {
    let how = match asked.mode {
        Mode::Generated => "（网上填写）",
        Mode::Verified => "（联网核验，免提交）",
        Mode::Certificate => "（电子证照，免提交）",
        Mode::Upload => "（上传）",
    };
    format!("{}{how}", asked.material.title.zh)
}

/// `招牌（第 1 项）· 文字`
fn gap(case: &OpenCase, reason: &Reason) -> Gap {
    let label = |path: &str| case.service.field(path).map(|field| field.label.zh.clone()).unwrap_or_default();
    let row = reason.row.map(|row| format!("（第 {} 项）", row + 1)).unwrap_or_default();
    let place = match reason.field.split_once('.') {
        Some((group, _)) => format!("{}{row}· {}", label(group), label(&reason.field)),
        None => label(&reason.field) + &row,
    };
    Gap { place, says: reason.says.trim().to_owned() }
}
