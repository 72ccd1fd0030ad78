//! A page, case or service that does not exist says so, and leads on.

use anyhow::{Result, ensure};
use e2e::pages::SignIn;
use e2e::{Screen, accessibility, in_browser};

const NOWHERE: [&str; 4] = [
    "/cases/CD2611-0427-7",
    "/cases/CD2611-0427-7/receipt",
    "/drafts/no-such-draft/review",
    "/services/no-such-service",
];

#[test]
fn what_is_not_there_leads_on() -> Result<()> {
    in_browser("missing", Screen::Phone, async |world| {
        SignIn::sign_in(&world, "13807360001").await?;
        for path in NOWHERE {
            world.open(path).await?;
            for way in ["/cases", "/", "/grievance?"] {
                world.see(&format!("main a[href^=\"{way}\"]")).await?;
            }
            let again = world.all(".notice button, .bottom-bar").await?.len();
            ensure!(again == 0, "{path} offers to try again, or a bar that leads nowhere");
        }
        accessibility::check_all_looks(&world, "missing").await
    })
}
