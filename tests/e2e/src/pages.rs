//! The pages as a person sees them: what one can read on them and press there.

mod drafts;
mod guide;
mod officer;
mod pictures;
mod receipt;
mod review;
mod sign_in;
mod step;

pub use drafts::Drafts;
pub use guide::Guide;
pub use officer::Officer;
pub use pictures::Pictures;
pub use receipt::Receipt;
pub use review::Review;
pub use sign_in::SignIn;
pub use step::{Place, Step};

/// The one button that leads on, under the thumb.
pub const MAIN_BUTTON: &str = ".bottom-bar button[data-main]";
