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
const TASKS: [(&str, &[&str]); 4] = [
    ("health", &["vaccination-record", "birth-certificate", "childcare-guidance"]),
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
    in_browser("seven-results", Screen::Phone, async |world| {
        let phone = example.answers["contact-phone"].as_str().context("nobody applies")?;
        SignIn::sign_in(&world, phone).await?;
        let reference =
            Walker::new(&world, "seven-results", &example.answers).typed_elsewhere().finish(SERVICE).await?;
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

/// What a family's answers send to an office: the item, the office's division, its agency and its name.
const THREE_COUNTIES: [(&str, &str, &str, &str); 3] = [
    ("birth-certificate", "430702", "health", "武陵区妇幼保健院"),
    ("birth-registration", "430726", "police", "楚江派出所"),
    ("resident-insurance", "430725", "medical-insurance", "桃源县"),
];

#[test]
#[invariant::invariant("own-agency")]
fn three_counties_finish_what_one_family_applied_for() -> Result<()> {
    let branches = examples::branches(SERVICE)?;
    let branch = branches.into_iter().find(|branch| branch.id == "three-counties").context("no such branch")?;
    in_browser("three-counties", Screen::Phone, async |world| {
        SignIn::sign_in_as(&world, branch.applicant.as_deref().context("nobody applies")?).await?;
        let reference =
            Walker::new(&world, "three-counties", &branch.answers).typed_elsewhere().finish(SERVICE).await?;
        let case_page = format!("/cases/{reference}");
        // Another county's hospital has no part in it.
        Officer::sign_in(&world, "health", "430703").await?;
        let ask = "const [task, done] = arguments; fetch(task).then((answer) => done(answer.status));";
        let task = format!("/api/agency/tasks/{reference}/birth-certificate");
        let status = world.browser.execute_async(ask, vec![task.into()]).await?.convert::<u16>()?;
        ensure!(status == 404, "another county's hospital was answered {status}");
        for (item, division, agency, office) in THREE_COUNTIES {
            world.browser.delete_cookie("officer").await?;
            Officer::sign_in(&world, agency, division).await?;
            in_review(&world, &reference, item).await.with_context(|| item.to_owned())?;
            let shown = world.see("[data-office]").await?.text().await?;
            ensure!(shown.contains(office), "{item} is with {shown}");
            accessibility::check_all_looks(&world, &format!("agency-{item}-of-a-county")).await?;
            Officer::begin(&world, "approve").await?;
            world.press("[data-confirm]").await?;
            let done =
                "document.querySelector('.task-state [data-status=approved], .task-state [data-status=delivered]')";
            world.until(done, &format!("{item} to be approved")).await?;
        }
        world.open(&case_page).await?;
        for (item, _, _, office) in THREE_COUNTIES {
            world
                .until(&format!("document.body.innerText.includes('{office}')"), &format!("who decided {item}"))
                .await?;
        }
        accessibility::check_all_looks(&world, "case-of-three-counties").await
    })
}
