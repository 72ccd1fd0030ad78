//! From the application to its deliverables: a newborn's seven results, paid for, followed live and verified.

use anyhow::{Context, Result, ensure};
use e2e::pages::{Officer, SignIn};
use e2e::phone::Phone;
use e2e::walker::Walker;
use e2e::{Screen, World, accessibility, examples, in_browser};

const SERVICE: &str = "newborn";
const PAYMENT: &str = "/api/cases/{reference}/payment";
const WHOLE_CITY: &str = "430701";

/// The tasks with their agencies, in an order in which none waits for another.
const TASKS: [(&str, &[&str]); 5] = [
    ("cdc", &["vaccination-record"]),
    ("health", &["birth-certificate", "childcare-guidance"]),
    ("police", &["birth-registration"]),
    ("human-resources", &["social-card"]),
    ("medical-insurance", &["maternity-benefit"]),
];

async fn in_review(world: &World, reference: &str, item: &str) -> Result<()> {
    world.open(&format!("/agency/tasks/{reference}/{item}")).await?;
    world.press(".task-holder [data-claim]").await?;
    Officer::take(world, "accept", "accepted").await?;
    Officer::take(world, "review", "in-review").await
}

async fn approve(world: &World, reference: &str, item: &str) -> Result<()> {
    in_review(world, reference, item).await?;
    Officer::begin(world, "approve").await?;
    world.press("[data-confirm]").await?;
    let done = "document.querySelector('.task-state [data-status=approved], .task-state [data-status=delivered]')";
    world.until(done, &format!("{item} to be approved")).await
}

#[test]
#[invariant::invariant("one-tap")]
fn a_newborn_gets_all_seven_results() -> Result<()> {
    let example = examples::one(SERVICE, "maximal")?;
    in_browser("seven-results", Screen::Phone, |world| async move {
        let phone = example.answers["contact-phone"].as_str().context("nobody applies")?;
        SignIn::sign_in(&world, phone).await?;
        let reference =
            Walker::new(&world, "seven-results", &example.answers).without_looking().finish(SERVICE).await?;
        let case_page = format!("/cases/{reference}");
        world.open(&case_page).await?;
        world.see("[data-to-pay]").await?;
        let resident = world.browser.window().await?;
        let officers_tab = world.browser.new_tab().await?;
        world.browser.switch_to_window(officers_tab).await?;
        for (agency, items) in TASKS {
            world.browser.delete_cookie("officer").await?;
            Officer::sign_in(&world, agency, WHOLE_CITY).await?;
            for item in items {
                approve(&world, &reference, item).await.with_context(|| (*item).to_owned())?;
            }
        }
        // Insurance is not approved before it is paid.
        in_review(&world, &reference, "resident-insurance").await?;
        // The resident's page was open all the while, and was not reloaded.
        world.browser.switch_to_window(resident).await?;
        let paid_before = world.server.times_asked("POST", PAYMENT)?;
        Phone::tap_twice(&world, "[data-pay]").await?;
        world.see("[data-paid]").await?;
        let paid = world.server.times_asked("POST", PAYMENT)? - paid_before;
        ensure!(paid == 1, "a trembling thumb paid {paid} times");
        accessibility::check_all_looks(&world, "case-paid").await?;
        let officers_tab = world.browser.windows().await?.pop().context("the desk's tab")?;
        world.browser.switch_to_window(officers_tab).await?;
        Officer::begin(&world, "approve").await?;
        Officer::confirm(&world, "delivered").await?;
        let resident = world.browser.windows().await?.into_iter().next().context("the resident's tab")?;
        world.browser.switch_to_window(resident).await?;
        world.until("document.querySelectorAll('[data-certificate]').length === 7", "seven results").await?;
        world.picture("case-seven-results").await?;
        world.open("/certificates").await?;
        world.until("document.querySelectorAll('details .qr').length === 7", "seven codes").await?;
        world.press("details summary").await?;
        world.until("document.querySelector('details[open] .qr').naturalWidth > 0", "the code").await?;
        accessibility::check_all_looks(&world, "certificates").await?;
        let case = world.server.read_as(&world.cookies().await?, &format!("/api{case_page}")).await?;
        let code = case["tasks"][0]["certificate"]["code"].as_str().context("no code")?.to_owned();
        world.open(&format!("/check/{code}")).await?;
        ensure!(world.text().await?.contains("这张证是真的"), "a window cannot verify it");
        world.picture("certificate-check").await
    })
}
