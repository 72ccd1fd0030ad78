//! Certificates that are applied for again: what is offered for one, the draft that begins with the answers of last
//! time, and what the new certificate takes over from the old one.

mod reminder;

use std::sync::Arc;

use contract::api::RenewalView;
use contract::id::{DivisionCode, ServiceId};
use contract::service::{Again, Issue, Item, Renewal};
use contract::{Service, Text, date};
use serde_json::json;
use time::{Date, Duration};

pub(crate) use reminder::remind_of_ends;

use crate::backend::Backend;
use crate::case::OpenCase;
use crate::certificate::redacted_number;
use crate::channel::Channel;
use crate::draft::{OpenDraft, kept, known_answers};
use crate::error::ApiError;
use crate::partners::in_changde;
use crate::store::{CaseRecord, Citizen, IssuedRecord, NewDraftRecord};

/// Something that may be applied for now, with the newest definition and the case of last time.
struct Offer {
    service: Arc<Service>,
    case: CaseRecord,
    again: Again,
    last: Option<Date>,
}

impl Offer {
    /// `None` where the definition offers nothing on this day, and while an office decides about a renewal.
    async fn of(backend: &Backend, citizen: &str, issued: &IssuedRecord) -> Result<Option<Self>, ApiError> {
        let case = backend.store.case_of(citizen, &issued.reference).await?.ok_or(ApiError::NotFound)?;
        let (id, division) = (ServiceId::from(&*case.service), DivisionCode::from(&*case.division));
        let Some(service) = backend.catalogue.newest(&*backend.store, &id, &division).await? else { return Ok(None) };
        let last = issued.valid_until.as_deref().and_then(date::parse);
        let today = in_changde(backend.now()).date();
        let rule = service.renews.as_ref().filter(|rule| *rule.item == *issued.item && issued.replaced_at.is_none());
        let Some(again) = rule.and_then(|rule| rule.offered(&service, last, today)) else { return Ok(None) };
        if backend.store.renewal_of(&issued.code).await?.is_some() {
            return Ok(None);
        }
        Ok(Some(Self { service, case, again, last }))
    }

    fn view(&self, today: Date) -> Option<RenewalView> {
        let rule = self.service.renews.as_ref()?;
        let (title, says) = match (self.again, &rule.change) {
            (Again::Change, Some(change)) => (&change.title, change.says.clone()),
            _ => (&rule.title, with_last_day(&rule.says, rule.send_by(&self.service, self.last?), today)),
        };
        Some(RenewalView {
            service: self.service.id.clone(),
            division: self.case.division.as_str().into(),
            title: title.clone(),
            says,
        })
    }
}

/// By when it should be sent (行政许可法 §50). Who is late may send it still: the office decides.
fn with_last_day(says: &Text, send_by: Date, today: Date) -> Text {
    let day = date::print(send_by);
    let (zh, en) = if today <= send_by {
        (format!("请在 {day} 前提交。"), format!("Please send it by {day}."))
    } else {
        (format!("应当在 {day} 前提交，请尽快。"), format!("It was to be sent by {day}; please do so soon."))
    };
    Text::new(says.zh.clone() + &zh, format!("{} {en}", says.en))
}

/// How the holder may apply for a certificate again now.
pub(crate) async fn offered(
    backend: &Backend,
    citizen: &str,
    issued: &IssuedRecord,
) -> Result<Option<RenewalView>, ApiError> {
    let today = in_changde(backend.now()).date();
    Ok(Offer::of(backend, citizen, issued).await?.and_then(|offer| offer.view(today)))
}

/// The draft that applies for one's own certificate again, with what lasts of the answers that it was issued on.
pub(crate) async fn new_draft(
    backend: &Backend,
    citizen: &Citizen,
    code: &str,
    channel: Channel,
) -> Result<NewDraftRecord, ApiError> {
    let issued = backend.store.issued_with(code).await?.ok_or(ApiError::NotFound)?;
    let offer = Offer::of(backend, &citizen.id, &issued).await?.ok_or(ApiError::NotRenewable)?;
    let Offer { service, case, again, .. } = offer;
    let rule = service.renews.as_ref().ok_or(ApiError::NotRenewable)?;
    let context = backend.context(&case.division);
    let mut begun_with = known_answers(&service, citizen);
    for (field, option) in rule.sets(again) {
        begun_with.set(field, option.as_str().into());
    }
    if let Some(picker) = &rule.picks {
        let number = redacted_number(&issued.number);
        begun_with.set(picker, json!({ "id": issued.code, "title": issued.title_zh, "number": number }));
    }
    let (answers, copies) = kept(&service, rule, &context, &case.answers, begun_with);
    Ok(NewDraftRecord {
        citizen: citizen.id.clone(),
        service: case.service,
        service_version: service.version,
        division: case.division,
        answers,
        family: None,
        corrects: None,
        renews: Some(issued.code),
        channel,
        copies,
    })
}

/// The certificate that a draft still applies for: none, once its answers say that it is about something else. Refuses to
/// send what may no longer be applied for because the certificate has expired or was replaced meanwhile.
pub(crate) async fn applied_for(
    backend: &Backend,
    citizen: &Citizen,
    draft: &OpenDraft,
) -> Result<Option<String>, ApiError> {
    let (Some(code), Some(rule)) = (&draft.record.renews, &draft.service.renews) else { return Ok(None) };
    let says =
        |again| rule.sets(again).iter().all(|(field, option)| draft.record.answers.get(field) == option.as_str());
    if !says(Again::Renewal) && !says(Again::Change) {
        return Ok(None);
    }
    let issued = backend.store.issued_with(code).await?.ok_or(ApiError::NotFound)?;
    let offer = Offer::of(backend, &citizen.id, &issued).await?.ok_or(ApiError::NotRenewable)?;
    Ok(says(offer.again).then(|| code.clone()))
}

/// So long before the last day on which it should be applied for, its holder is reminded.
const REMINDED_BEFORE: Duration = Duration::days(30);

/// The day of the reminder, of a certificate that holds until `last`: not before one may do something about it.
pub(crate) fn remind_on(service: &Service, item: &Item, last: Date) -> Date {
    match service.renews.as_ref().filter(|rule| rule.item == item.id) {
        Some(rule) => (rule.send_by(service, last) - REMINDED_BEFORE).max(rule.begins(service, last)),
        None => last - REMINDED_BEFORE,
    }
}

/// The certificate of before, in a case that applies for it again.
pub(crate) struct Renewed<'a> {
    pub(crate) issued: &'a IssuedRecord,
    rule: &'a Renewal,
    again: Again,
}

impl Renewed<'_> {
    pub(crate) fn number(&self) -> Option<&str> {
        self.rule.keeps_number.then_some(&*self.issued.number)
    }

    /// The term goes on where the old one ends, however early it is granted; a change leaves it as it was.
    pub(crate) fn valid_until(&self, service: &Service, issue: &Issue) -> Option<Date> {
        let last = date::parse(self.issued.valid_until.as_deref()?)?;
        match self.again {
            Again::Change => Some(last),
            Again::Renewal => service.valid_until(issue, last),
        }
    }

    /// What the officer has to know of it.
    pub(crate) fn says(&self, item: &Item) -> Text {
        let number = &self.issued.number;
        let last = self.issued.valid_until.as_deref();
        let until = last.map(|day| (format!("，有效期至 {day}"), format!(", valid until {day}"))).unwrap_or_default();
        match self.again {
            Again::Change => Text::new(
                format!("变更：原证 {number}{}。变更不延长有效期。", until.0),
                format!("A change of {number}{}. The term stays as it is.", until.1),
            ),
            Again::Renewal if item.kind().is_licence() => Text::new(
                format!("延续：原证 {number}{}。到期前没有作出决定的，视为准予延续（行政许可法第五十条）。", until.0),
                format!(
                    "A renewal of {number}{}. Without a decision before it ends it counts as granted (Licensing Law, article 50).",
                    until.1
                ),
            ),
            Again::Renewal => {
                Text::new(format!("续期：原证 {number}{}。", until.0), format!("A renewal of {number}{}.", until.1))
            }
        }
    }
}

impl OpenCase {
    /// The certificate that an item's approval takes the place of.
    pub(crate) fn renewed(&self, item: &Item) -> Option<Renewed<'_>> {
        let rule = self.service.renews.as_ref().filter(|rule| rule.item == item.id)?;
        let issued = self.renewed.as_ref()?;
        let last = issued.valid_until.as_deref().and_then(date::parse);
        // As on the day of sending: the office may take its time.
        let again = rule.offered(&self.service, last, self.scope().context.today).unwrap_or(Again::Renewal);
        Some(Renewed { issued, rule, again })
    }
}
