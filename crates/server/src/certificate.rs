//! Certificates as they leave the server, with redacted numbers.

use contract::api::CertificateView;

use crate::deliverable;
use crate::partners::Certificate;
use crate::store::IssuedRecord;

pub(crate) fn view(certificate: &Certificate) -> CertificateView {
    CertificateView {
        id: certificate.id.clone(),
        r#type: certificate.r#type.clone(),
        title: certificate.title.clone(),
        number: redacted_number(&certificate.number),
        holder: certificate.holder.clone(),
        valid_until: certificate.valid_until.clone(),
        code: None,
    }
}

/// One that was issued here.
pub(crate) fn issued(issued: &IssuedRecord) -> CertificateView {
    let whole = deliverable::whole(issued);
    CertificateView { number: redacted_number(&whole.number), ..whole }
}

/// Both days as `YYYY-MM-DD`; the last day counts.
pub(crate) fn is_valid(certificate: &Certificate, today: &str) -> bool {
    certificate.valid_until.as_deref().is_none_or(|last| today <= last)
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
