//! One file a screen. Pages put together what `ui` and `fields` offer, fetch through `api` and go on through `navigation`.

pub(crate) mod case;
pub(crate) mod cases;
pub(crate) mod certificates;
pub(crate) mod draft;
pub(crate) mod drafts;
pub(crate) mod exit;
pub(crate) mod grievance;
pub(crate) mod home;
pub(crate) mod loaded;
pub(crate) mod not_found;
pub(crate) mod receipt;
pub(crate) mod review;
pub(crate) mod service;
pub(crate) mod sign_in;
pub(crate) mod step;
pub(crate) mod tell;
