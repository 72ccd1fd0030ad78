//! Deliverables of a case: certificates with numbers from the registers, their delivery, and their fees.

use std::collections::BTreeMap;

use contract::api::{CertificateView, DeliveryView, PaymentView};
use contract::case::{Action, Actor, CaseStatus};
use contract::condition::Scope;
use contract::service::{Issue, Item, NumberRule};
use contract::{Service, Text, date};
use time::Date;

use crate::backend::Backend;
use crate::case::OpenCase;
use crate::certificate::{self, redacted_number};
use crate::error::ApiError;
use crate::messages;
use crate::offices::Destination;
use crate::partners::{NumberOrder, in_changde, rfc3339};
use crate::renewal;
use crate::secret::token;
use crate::store::{Citizen, IssuedRecord, PaymentRecord, Step, TaskRecord};

/// Hex digits of a certificate's code: 128 bits.
const CODE_LENGTH: usize = 32;

/// Whether a fee may be paid: only after the office has accepted the item.
pub(crate) fn may_be_paid(status: CaseStatus) -> bool {
    !status.is_end() && !matches!(status, CaseStatus::Waiting | CaseStatus::Submitted)
}

/// Issues the certificate of an approved item, with a number from its register. Issuing again gives the same number.
pub(crate) async fn issue(backend: &Backend, case: &OpenCase, item: &str) -> Result<Option<IssuedRecord>, ApiError> {
    if case.owed().iter().any(|(due, _)| *due.fee.item == *item) {
        return Err(ApiError::NotPaid);
    }
    let Some((item, issue)) = issue_of(&case.service, item) else { return Ok(None) };
    let task = case.record.tasks.iter().find(|task| task.item == *item.id).ok_or(ApiError::Internal)?;
    let agency = case.decider(task).map(|decider| decider.name).unwrap_or_default();
    let now = backend.now();
    let until = case.valid_until(task).as_deref().and_then(date::parse);
    Ok(Some(IssuedRecord {
        reference: case.record.reference.clone(),
        item: item.id.0.clone(),
        r#type: issue.r#type.clone(),
        title_zh: issue.title.zh.clone(),
        title_en: issue.title.en.clone(),
        number: number(backend, case, (item, task), issue).await?,
        holder: holder(backend, case, issue).await?,
        agency_zh: agency.zh,
        agency_en: agency.en,
        issued_at: now,
        code: token()?.chars().take(CODE_LENGTH).collect(),
        remind_on: until.map(|last| date::print(renewal::remind_on(&case.service, item, last))),
        valid_until: until.map(date::print),
        replaces: case.renewed(item).map(|renewed| renewed.issued.code.clone()),
        replaced_at: None,
    }))
}

fn issue_of<'a>(service: &'a Service, item: &str) -> Option<(&'a Item, &'a Issue)> {
    let item = service.item(&item.into())?;
    Some((item, item.issues.as_ref()?))
}

async fn number(
    backend: &Backend,
    case: &OpenCase,
    (item, task): (&Item, &TaskRecord),
    issue: &Issue,
) -> Result<String, ApiError> {
    let reference = &case.record.reference;
    if let Some(number) = case.renewed(item).and_then(|renewed| renewed.number().map(str::to_owned)) {
        return Ok(number);
    }
    if issue.number == NumberRule::Same {
        let issued = backend.store.issued_of_case(reference).await?;
        let same = issued.into_iter().find(|other| issue.same_as.as_ref().is_some_and(|id| **id == *other.item));
        // The checker proves that it was issued before.
        return same.map(|other| other.number).ok_or(ApiError::Internal);
    }
    let born = text(case, issue.born.as_deref()).unwrap_or_default();
    let order = NumberOrder {
        key: format!("{reference}/{}", item.id),
        rule: issue.number,
        pattern: issue
            .pattern
            .as_deref()
            .unwrap_or_default()
            .replace("{division}", backend.divisions.mark(&task.destination.division)),
        division: task.destination.division.clone(),
        year: in_changde(backend.now()).year(),
        born: born.get(..10).and_then(date::parse),
        is_male: text(case, issue.sex.as_deref()).is_some_and(|sex| sex == "male"),
    };
    Ok(backend.partners.numbers.number(&order).await?)
}

async fn holder(backend: &Backend, case: &OpenCase, issue: &Issue) -> Result<String, ApiError> {
    match text(case, issue.holder.as_deref()) {
        Some(name) => Ok(name),
        None => Ok(backend.store.citizen(&case.record.citizen).await?.map(|citizen| citizen.name).unwrap_or_default()),
    }
}

/// The delivery that follows an approval at once: of an item whose certificate is electronic only, and of a
/// post-approval inspection, which delivers nothing.
pub(crate) fn automatic_delivery(case: &OpenCase, approved: &Step) -> Option<Step> {
    let item = case.service.item(&approved.item.as_str().into())?;
    let electronic = item.issues.as_ref().and_then(|issue| issue.electronic.as_ref());
    let is_electronic = electronic.is_some_and(|when| when.holds(&case.scope()));
    if item.after_check.is_none() && !is_electronic {
        return None;
    }
    Some(Step {
        from: CaseStatus::Approved,
        version: approved.version + 1,
        action: Action::Deliver,
        to: CaseStatus::Delivered,
        assignee: None,
        by: Actor::System,
        done_by: None,
        says: String::new(),
        issued: None,
        notice: None,
        ..approved.clone()
    })
}

/// A certificate with its whole number, for its owner's eyes.
pub(crate) fn whole(issued: &IssuedRecord, today: Date) -> CertificateView {
    let state = certificate::state_of(issued, today);
    CertificateView {
        id: issued.code.clone(),
        r#type: issued.r#type.clone(),
        title: Text::new(&issued.title_zh, &issued.title_en),
        number: issued.number.clone(),
        holder: issued.holder.clone(),
        valid_until: issued.valid_until.clone(),
        state,
        says: certificate::says(state, issued.valid_until.as_deref(), today),
        code: Some(issued.code.clone()),
        renewal: None,
    }
}

pub(crate) fn paid(payment: &PaymentRecord) -> PaymentView {
    PaymentView {
        amount: format!("{}.{:02}", payment.cents / 100, payment.cents % 100),
        number: payment.number.clone(),
        paid_at: rfc3339(payment.paid_at),
        refunded_at: payment.refunded_at.map(rfc3339),
    }
}

/// How the result of each item comes.
pub(crate) fn deliveries(backend: &Backend, scope: &Scope<'_>, tasks: &[TaskRecord]) -> BTreeMap<String, DeliveryView> {
    let of_task = |task: &TaskRecord| {
        let item = scope.service.item(&task.item.as_str().into()).filter(|item| item.after_check.is_none())?;
        Some((task.item.clone(), delivery(backend, scope, item, &task.destination)?))
    };
    tasks.iter().filter_map(of_task).collect()
}

/// How the result of one item comes: as the applicant chose, at the window or the office that the answers name.
fn delivery(backend: &Backend, scope: &Scope<'_>, item: &Item, destination: &Destination) -> Option<DeliveryView> {
    let service = scope.service;
    let electronic = item.issues.as_ref().and_then(|issue| issue.electronic.as_ref());
    let Some(delivery) = service.delivery_of(item, scope) else {
        let is_electronic = electronic.is_some_and(|when| when.holds(scope));
        return is_electronic.then(electronic_only);
    };
    let division = destination.division.as_str().into();
    let office = backend.offices.of_answers(&backend.divisions, (service, item), scope.answers);
    let office = office.filter(|_| delivery.at_office);
    // An office that is known by name is where the window is.
    let window = service.window(&division).filter(|_| delivery.at_window && office.is_none());
    let mut lines: Vec<Text> = delivery.says.clone().into_iter().collect();
    lines.extend(window.map(|window| [window.name.clone(), window.address.clone()]).into_iter().flatten());
    lines.extend(office.map(|office| [office.name.clone(), same(&office.address)]).into_iter().flatten());
    lines.extend(service.hours_of(delivery, &division));
    lines.extend(window.map(|window| same(&window.phone)).or_else(|| office.map(|office| same(&office.phone))));
    Some(DeliveryView { title: delivery.title.clone(), lines })
}

fn electronic_only() -> DeliveryView {
    DeliveryView {
        title: Text::new("电子证照", "Electronic certificate"),
        lines: vec![Text::new("办结后在“我的证照”里查看", "In “My certificates” once it is approved")],
    }
}

fn same(words: &str) -> Text {
    Text::new(words, words)
}

/// Pays what is owed, once.
pub(crate) async fn pay(backend: &Backend, citizen: &Citizen, reference: &str) -> Result<(), ApiError> {
    let case = OpenCase::of(backend, citizen, reference).await?;
    let owed = case.owed();
    if owed.is_empty() && backend.store.payment_of(reference).await?.is_some() {
        return Ok(());
    }
    if owed.is_empty() || !owed.iter().all(|(_, status)| may_be_paid(*status)) {
        return Err(ApiError::NothingToPay);
    }
    let cents = owed.iter().map(|(due, _)| due.cents.cast_signed()).sum();
    backend.store.order_payment(reference, backend.now()).await?;
    let number = backend.partners.payment.charge(reference, cents).await?;
    let message = format!("【一件事】办件 {reference}：缴费成功，单号 {number}。");
    let payment =
        PaymentRecord { reference: reference.to_owned(), cents, number, paid_at: backend.now(), refunded_at: None };
    backend.store.keep_payment(payment, &citizen.id, message).await?;
    messages::deliver_soon(backend);
    Ok(())
}

/// A certificate's number and holder as a stranger with the code may see them.
pub(crate) fn redacted(issued: &IssuedRecord) -> (String, String) {
    (redacted_number(&issued.number), redacted_name(&issued.holder))
}

pub(crate) fn redacted_name(name: &str) -> String {
    name.chars().take(1).chain("**".chars()).collect()
}

/// The text of an answer.
fn text(case: &OpenCase, field: Option<&str>) -> Option<String> {
    case.record.answers.get(field?).as_str().map(str::to_owned)
}
