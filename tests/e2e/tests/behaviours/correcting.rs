//! A resident corrects a returned application on the phone: only the named fields are open, with the officer's words
//! beside them.

use anyhow::{Result, ensure};
use e2e::pages::{Officer, Review, SignIn, Step};
use e2e::walker::Walker;
use e2e::{Screen, accessibility, examples, in_browser};

const OWNER: &str = "13807360001";
const SERVICE: &str = "shop-sign";

#[test]
fn a_returned_application_is_corrected_and_goes_back() -> Result<()> {
    let example = examples::one(SERVICE, "minimal")?;
    in_browser("correcting", Screen::Phone, |world| async move {
        SignIn::sign_in(&world, OWNER).await?;
        let reference = Walker::new(&world, "correcting", &example.answers).without_looking().finish(SERVICE).await?;
        Officer::sign_in(&world, "urban-management", "430701").await?;
        Officer::review(&world, &reference).await?;
        world.press("[data-action=return]").await?;
        Officer::mark(&world, "sign.height#0").await?;
        world.press("[data-compose]").await?;
        Officer::confirm(&world, "returned").await?;

        world.open(&format!("/cases/{reference}")).await?;
        world.see("[data-to-mend]").await?;
        accessibility::check_all_looks(&world, "case-returned").await?;
        world.press("[data-main]").await?;
        world.see("[data-step=review]").await?;
        let open = world.all("[data-review] .card-title a").await?;
        ensure!(open.len() == 1, "{} steps are open, one was asked for", open.len());
        accessibility::check_all_looks(&world, "correction-review").await?;
        world.press("[data-review] .card-title a").await?;
        world.see("[data-field=\"sign.height\"]").await?;
        ensure!(world.text().await?.contains("工作人员说"), "the officer's words are not at the field");
        accessibility::check_all_looks(&world, "correction-step").await?;
        Step::type_into(&world, "sign.0.height", "0.9").await?;
        Step::go_on(&world).await?;
        Review::submit(&world).await?;
        let case = world.server.read_as(&world.cookies().await?, &format!("/api/cases/{reference}")).await?;
        ensure!(case["answers"]["sign"][0]["height"] == "0.9", "the office has {}", case["answers"]["sign"][0]);
        ensure!(case["tasks"][0]["status"] == "in-review", "it is {}", case["tasks"][0]["status"]);
        // The officer sees the correction and that the case was returned once, and approves; the owner reads it on
        // the phone.
        world.open(&format!("/agency/tasks/{reference}/sign-permit")).await?;
        world.press("[data-action=return]").await?;
        world.see("[data-composer] [data-again]").await?;
        accessibility::check_all_looks(&world, "agency-return-again").await?;
        world.press("[data-compose-cancel]").await?;
        Officer::begin(&world, "approve").await?;
        Officer::confirm(&world, "delivered").await?;
        world.open("/demo").await?;
        let told =
            format!("document.body.innerText.includes('{reference}') && document.body.innerText.includes('已经办好')");
        world.until(&told, "the SMS on the demonstration's phone").await
    })
}

#[test]
fn an_application_is_withdrawn() -> Result<()> {
    let example = examples::one(SERVICE, "minimal")?;
    in_browser("withdrawing", Screen::Phone, |world| async move {
        SignIn::sign_in(&world, OWNER).await?;
        let reference = Walker::new(&world, "withdrawing", &example.answers).without_looking().finish(SERVICE).await?;
        world.open(&format!("/cases/{reference}")).await?;
        world.press("[data-withdraw=ask]").await?;
        world.press("[data-withdraw=sure]").await?;
        world.until("location.pathname === '/cases'", "my cases").await?;
        let case = world.server.read_as(&world.cookies().await?, &format!("/api/cases/{reference}")).await?;
        ensure!(case["tasks"][0]["status"] == "withdrawn", "it is {}", case["tasks"][0]["status"]);
        Ok(())
    })
}
