//! One file a screen. Pages put together what `ui` and `fields` offer, fetch through `api` and go on through
//! `navigation`.

mod begin_button;
mod case;
mod cases;
mod certificates;
mod draft;
mod drafts;
mod exit;
mod grievance;
mod grievance_link;
mod home;
mod next;
mod not_found;
mod receipt;
mod review;
mod service;
mod sign;
mod sign_in;
mod signers;
mod step;
mod unavailable;
mod waiting;

pub(crate) use case::CasePage;
pub(crate) use cases::CasesPage;
pub(crate) use certificates::CertificatesPage;
pub(crate) use draft::DraftScreen;
pub(crate) use drafts::DraftsPage;
pub(crate) use exit::ExitPage;
pub(crate) use grievance::GrievancePage;
pub(crate) use home::HomePage;
pub(crate) use not_found::NotFoundPage;
pub(crate) use receipt::ReceiptPage;
pub(crate) use review::ReviewPage;
pub(crate) use service::ServicePage;
pub(crate) use sign::SignPage;
pub(crate) use sign_in::{SignInForm, SignInPage};
pub(crate) use signers::SignersPage;
pub(crate) use step::StepPage;
pub(crate) use waiting::WaitingPage;
