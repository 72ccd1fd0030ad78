//! The only URLs of the resident's programs: one enum, one pair of functions. Every screen survives reload, Back and
//! another phone.

use contract::id::{Reference, ServiceId};

use crate::navigation::Address;

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Route {
    Home,
    Service {
        service: ServiceId,
    },
    /// `next` is the path to go on to.
    SignIn {
        next: String,
    },
    Drafts,
    /// Without a step: wherever the resident was.
    Step {
        draft: String,
        step: Option<String>,
        from_review: bool,
    },
    /// The way out that a gate names.
    Exit {
        draft: String,
    },
    Review {
        draft: String,
    },
    Cases,
    Case {
        reference: Reference,
    },
    Receipt {
        reference: Reference,
    },
    Certificates,
    /// Who else signs a draft, on their own phones.
    Signers {
        draft: String,
    },
    /// What one is asked to sign.
    Sign {
        request: String,
    },
    /// 办不成事: the path where it happened, and what it was.
    Grievance {
        at: String,
        about: String,
    },
    NotFound,
}

impl Route {
    /// Reads a path with its query.
    pub(crate) fn parse(url: &str) -> Self {
        let (path, query) = url.split_once('?').unwrap_or((url, ""));
        let parameter =
            |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')).map(decode);
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        match parts[..] {
            [] => Self::Home,
            ["services", service] => Self::Service { service: service.into() },
            ["sign-in"] => {
                Self::SignIn { next: parameter("next").filter(|next| is_own(next)).unwrap_or_else(|| "/".to_owned()) }
            }
            ["drafts"] => Self::Drafts,
            ["drafts", draft] => Self::Step { draft: draft.to_owned(), step: None, from_review: false },
            ["drafts", draft, "review"] => Self::Review { draft: draft.to_owned() },
            ["drafts", draft, "exit"] => Self::Exit { draft: draft.to_owned() },
            ["drafts", draft, step] => Self::Step {
                draft: draft.to_owned(),
                step: Some(step.to_owned()),
                from_review: parameter("back").as_deref() == Some("review"),
            },
            ["cases"] => Self::Cases,
            ["cases", reference] => Self::Case { reference: reference.into() },
            ["cases", reference, "receipt"] => Self::Receipt { reference: reference.into() },
            ["certificates"] => Self::Certificates,
            ["signers", draft] => Self::Signers { draft: draft.to_owned() },
            ["sign", request] => Self::Sign { request: request.to_owned() },
            ["grievance"] => Self::Grievance {
                at: parameter("at").unwrap_or_default(),
                about: parameter("about").unwrap_or_default(),
            },
            _ => Self::NotFound,
        }
    }

    /// Writes what `parse` reads.
    pub(crate) fn url(&self) -> String {
        match self {
            Self::Home => "/".to_owned(),
            Self::Service { service } => format!("/services/{service}"),
            Self::SignIn { next } => format!("/sign-in?next={}", encode(next)),
            Self::Drafts => "/drafts".to_owned(),
            Self::Step { draft, step: None, .. } => format!("/drafts/{draft}"),
            Self::Step { draft, step: Some(step), from_review } => {
                format!("/drafts/{draft}/{step}{}", if *from_review { "?back=review" } else { "" })
            }
            Self::Exit { draft } => format!("/drafts/{draft}/exit"),
            Self::Review { draft } => format!("/drafts/{draft}/review"),
            Self::Cases => "/cases".to_owned(),
            Self::Case { reference } => format!("/cases/{reference}"),
            Self::Receipt { reference } => format!("/cases/{reference}/receipt"),
            Self::Certificates => "/certificates".to_owned(),
            Self::Signers { draft } => format!("/signers/{draft}"),
            Self::Sign { request } => format!("/sign/{request}"),
            Self::Grievance { at, about } => format!("/grievance?at={}&about={}", encode(at), encode(about)),
            Self::NotFound => "/not-found".to_owned(),
        }
    }

    /// Whether it shows what a person has (drafts, receipts, cases, certificates), what others sign, or takes a report.
    /// That is a program of its own: a phone that fills in a form does not wait for it.
    pub(crate) fn is_followed(&self) -> bool {
        matches!(
            self,
            Self::Drafts
                | Self::Receipt { .. }
                | Self::Cases
                | Self::Case { .. }
                | Self::Certificates
                | Self::Signers { .. }
                | Self::Sign { .. }
                | Self::Grievance { .. }
        )
    }

    /// Whether somebody on this screen waits for a draft to be sent, or at least types nothing.
    pub(crate) fn awaits(&self, sent: &str) -> bool {
        match self {
            Self::Home | Self::Drafts | Self::Cases => true,
            Self::Step { draft, .. } | Self::Exit { draft } | Self::Review { draft } => draft == sent,
            _ => false,
        }
    }

    /// Whether it needs a person who is signed in.
    pub(crate) fn is_private(&self) -> bool {
        !matches!(
            self,
            Self::Home | Self::Service { .. } | Self::SignIn { .. } | Self::Grievance { .. } | Self::NotFound
        )
    }
}

impl Address for Route {
    fn parse_known(url: &str) -> Option<Self> {
        Some(Self::parse(url)).filter(|route| *route != Self::NotFound)
    }

    fn not_found() -> Self {
        Self::NotFound
    }

    fn url(&self) -> String {
        self.url()
    }
}

/// Only paths of this origin are gone on to: a forged link must not send a resident elsewhere.
fn is_own(next: &str) -> bool {
    next.starts_with('/') && !next.starts_with("//") && !next.starts_with("/\\")
}

/// Percent-encodes everything but letters, digits and `-_./`.
fn encode(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_./".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded += &format!("%{byte:02X}");
        }
    }
    encoded
}

fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let pair = tail.get(..2).and_then(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok());
        match (first, pair) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    #[invariant::invariant("round-trip-urls")]
    fn what_is_written_is_read_again() {
        let step = |step: Option<&str>, from_review| Route::Step {
            draft: "d1".to_owned(),
            step: step.map(str::to_owned),
            from_review,
        };
        for route in [
            Route::Home,
            Route::Service { service: "any".into() },
            Route::SignIn { next: "/drafts/d1/signs?back=review".to_owned() },
            Route::Drafts,
            step(None, false),
            step(Some("signs"), true),
            Route::Exit { draft: "d1".to_owned() },
            Route::Review { draft: "d1".to_owned() },
            Route::Cases,
            Route::Case { reference: "CD2611-0427-7".into() },
            Route::Receipt { reference: "CD2611-0427-7".into() },
            Route::Certificates,
            Route::Signers { draft: "d1".to_owned() },
            Route::Sign { request: "r1".to_owned() },
            Route::Grievance {
                at: "/drafts/d1/signs?back=review".to_owned(), about: "店招 / 100% & 更多".to_owned()
            },
            Route::NotFound,
        ] {
            assert_eq!(Route::parse(&route.url()), route);
        }
    }

    #[wasm_bindgen_test]
    #[invariant::invariant("round-trip-urls")]
    fn a_link_cannot_send_a_resident_to_another_site() {
        for next in ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example"] {
            let url = format!("/sign-in?next={}", encode(next));
            assert_eq!(Route::parse(&url), Route::SignIn { next: "/".to_owned() });
        }
    }
}
