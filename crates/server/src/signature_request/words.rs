//! What people are told by SMS about a request to sign. Nothing of the answers is in it: a number may be mistyped.

use contract::Service;
use contract::signing::SigningPlace;

use crate::backend::Backend;
use crate::partners::in_changde;
use crate::store::{Citizen, Seconds, SignatureRequestRecord};

/// To the signer, when asked.
pub(super) fn asked(
    backend: &Backend,
    owner: &Citizen,
    service: &Service,
    place: &SigningPlace<'_>,
    id: &str,
    ends_at: Seconds,
) -> String {
    let (who, title, link) = (masked(&owner.name), &service.title.zh, link(backend, id));
    let role = role(place);
    format!(
        "【一件事】{who}请您{role}在“{title}”上签名，{}前有效。用您自己的手机号登录后看内容再签：{link}",
        day(ends_at)
    )
}

/// To the signer, as long as nothing was signed.
pub(super) fn reminder(
    backend: &Backend,
    owner: &Citizen,
    service: &Service,
    record: &SignatureRequestRecord,
) -> String {
    let (who, title, link) = (masked(&owner.name), &service.title.zh, link(backend, &record.id));
    let day = day(record.ends_at);
    format!("【一件事】{who}请您在“{title}”上签名，还没有签，{day}前有效。不同意的也请点开说一声：{link}")
}

/// To the owner, when it is signed.
pub(super) fn signed(service: &Service, record: &SignatureRequestRecord) -> String {
    let (name, title) = (&record.signer.name, &service.title.zh);
    format!("【一件事】{name}已经在“{title}”上签名。请打开“我的草稿”，核对后提交。")
}

/// To the owner, when the signer does not sign.
pub(super) fn objected(service: &Service, record: &SignatureRequestRecord) -> String {
    let (name, title) = (&record.signer.name, &service.title.zh);
    format!("【一件事】{name}对“{title}”有不同意见，没有签名。请打开“我的草稿”看原因，改好后再发一次。")
}

/// To the owner, when nobody answered.
pub(super) fn ended(service: &Service, record: &SignatureRequestRecord, unsigned: &str) -> String {
    let (name, title) = (&record.signer.name, &service.title.zh);
    format!(
        "【一件事】{name}一直没有在“{title}”上签名，这次请求已经结束。可以再发一次，或请本人在您的手机上签。{unsigned}"
    )
}

/// To the signers and to the owner, when signatures are lost: because the content changed, or taken back by the owner.
pub(crate) fn voided(service: &Service, is_changed: bool) -> (String, String) {
    let title = &service.title.zh;
    if is_changed {
        let signer =
            format!("【一件事】“{title}”的内容在您签名以后改过，您的签名已经作废。改好后会再请您看、再请您签。");
        let owner = format!("【一件事】“{title}”的内容改过，对方的签名已经作废。改好后请在签名那一步再发一次。");
        return (signer, owner);
    }
    let signer = format!("【一件事】您在“{title}”上的签名已由申请人撤回。需要再签的，会再请您。");
    (signer, format!("【一件事】您撤回了对方在“{title}”上的签名。还要签的，请再发一次。"))
}

/// `王*`: enough for whoever knows the person.
pub(super) fn masked(name: &str) -> String {
    let mut letters = name.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(_)) => format!("{first}{}", "*".repeat(letters.count().saturating_add(1).min(3))),
        (Some(first), None) => first.to_string(),
        _ => "有人".to_owned(),
    }
}

fn role(place: &SigningPlace<'_>) -> String {
    place.signature.role.as_ref().map(|role| format!("作为{}", role.zh)).unwrap_or_default()
}

fn link(backend: &Backend, id: &str) -> String {
    match &backend.address {
        Some(address) => format!("{address}/sign/{id}"),
        None => format!("在“一件事”的网址后面加 /sign/{id}"),
    }
}

fn day(at: Seconds) -> String {
    let day = in_changde(at).date();
    format!("{} 月 {} 日", u8::from(day.month()), day.day())
}
