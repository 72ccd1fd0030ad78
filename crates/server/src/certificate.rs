//! Certificates as they leave the server, with redacted numbers.

use contract::api::{CertificateState, CertificateView};
use contract::{Text, date};
use time::Date;

use crate::deliverable;
use crate::partners::Certificate;
use crate::store::IssuedRecord;

/// So many days before its end a certificate is said to end soon.
const SOON_DAYS: i64 = 60;

pub(crate) fn view(certificate: &Certificate, today: Date) -> CertificateView {
    let until = certificate.valid_until.as_deref();
    let state = state(until, today);
    CertificateView {
        id: certificate.id.clone(),
        r#type: certificate.r#type.clone(),
        title: certificate.title.clone(),
        number: redacted_number(&certificate.number),
        holder: certificate.holder.clone(),
        valid_until: certificate.valid_until.clone(),
        state,
        says: says(state, until, today),
        code: None,
        renewal: None,
    }
}

/// One that was issued here.
pub(crate) fn issued(issued: &IssuedRecord, today: Date) -> CertificateView {
    let whole = deliverable::whole(issued, today);
    CertificateView { number: redacted_number(&whole.number), ..whole }
}

/// One that was issued here, as pickers take it.
pub(crate) fn of_issued(issued: IssuedRecord) -> Certificate {
    Certificate {
        id: issued.code,
        r#type: issued.r#type,
        title: Text::new(issued.title_zh, issued.title_en),
        number: issued.number,
        holder: issued.holder,
        valid_until: issued.valid_until,
    }
}

/// Both days as `YYYY-MM-DD`; the last day counts.
pub(crate) fn is_valid(certificate: &Certificate, today: &str) -> bool {
    certificate.valid_until.as_deref().is_none_or(|last| today <= last)
}

/// Whether one that was issued here holds today.
pub(crate) fn state_of(issued: &IssuedRecord, today: Date) -> CertificateState {
    match issued.replaced_at {
        Some(_) => CertificateState::Replaced,
        None => state(issued.valid_until.as_deref(), today),
    }
}

fn state(valid_until: Option<&str>, today: Date) -> CertificateState {
    match days_left(valid_until, today) {
        Some(days) if days < 0 => CertificateState::Expired,
        Some(days) if days <= SOON_DAYS => CertificateState::EndsSoon,
        _ => CertificateState::Valid,
    }
}

/// The last day counts, so that 0 is left on it.
fn days_left(valid_until: Option<&str>, today: Date) -> Option<i64> {
    Some((date::parse(valid_until?)? - today).whole_days())
}

/// The state in words, of a certificate that ends or was replaced.
pub(crate) fn says(state: CertificateState, valid_until: Option<&str>, today: Date) -> Option<Text> {
    if state == CertificateState::Replaced {
        return Some(Text::new(
            "已换发新证，这一张不再有效",
            "Replaced by a new certificate; this one is no longer valid",
        ));
    }
    let (last, days) = (valid_until?, days_left(valid_until, today)?);
    Some(match state {
        CertificateState::Expired => {
            Text::new(format!("{last} 已到期，不再有效"), format!("Expired on {last}; no longer valid"))
        }
        CertificateState::EndsSoon if days == 0 => {
            Text::new(format!("有效期至 {last}，今天是最后一天"), format!("Valid until {last}, which is today"))
        }
        CertificateState::EndsSoon => {
            let unit = if days == 1 { "day" } else { "days" };
            Text::new(format!("有效期至 {last}，还有 {days} 天"), format!("Valid until {last}: {days} {unit} left"))
        }
        _ => Text::new(format!("有效期至 {last}"), format!("Valid until {last}")),
    })
}

/// The first four and the last four characters, at most half of it in all.
pub(crate) fn redacted_number(number: &str) -> String {
    let all: Vec<char> = number.chars().collect();
    let shown = 4.min(all.len() / 4);
    let (head, tail) = (&all[..shown], &all[all.len() - shown..]);
    let stars = "*".repeat(all.len() - 2 * shown);
    head.iter().collect::<String>() + &stars + &tail.iter().collect::<String>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_holds_on_its_last_day_and_not_on_the_next() {
        for (today, expected) in [
            ("2026-09-30", CertificateState::Valid),
            ("2026-10-01", CertificateState::EndsSoon),
            ("2026-11-30", CertificateState::EndsSoon),
            ("2026-12-01", CertificateState::Expired),
        ] {
            assert_eq!(state(Some("2026-11-30"), date::parse(today).unwrap()), expected, "{today}");
        }
        assert_eq!(state(None, date::parse("2099-01-01").unwrap()), CertificateState::Valid);
    }

    #[test]
    fn at_most_half_of_a_number_is_shown() {
        for (number, shown) in [
            ("430703197804123014", "4307**********3014"),
            ("湘(2020)常德市不动产权第0012345号", "湘(20***************345号"),
            ("1234", "1**4"),
            ("12", "**"),
            ("", ""),
        ] {
            assert_eq!(redacted_number(number), shown);
        }
    }
}
