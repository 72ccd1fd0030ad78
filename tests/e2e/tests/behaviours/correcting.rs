//! A resident corrects a returned application on the phone: only the named fields are open, with the officer's words
//! beside them.

use anyhow::{Context, Result, ensure};
use e2e::pages::{Officer, Review, SignIn, Step};
use e2e::walker::Walker;
use e2e::{Screen, World, accessibility, examples, in_browser};

const OWNER: &str = "13807360001";
const SERVICE: &str = "shop-sign";

/// A sign that was applied for.
async fn submitted(world: &World, name: &str) -> Result<String> {
    let example = examples::one(SERVICE, "minimal")?;
    SignIn::sign_in(world, OWNER).await?;
    Walker::new(world, name, &example.answers).typed_elsewhere().finish(SERVICE).await
}

/// Submits a correction, with what the review still asks for: who signed has to sign what it says now.
async fn sign_again_and_submit(walker: &Walker<'_>, world: &World) -> Result<()> {
    world.see("[data-step=review]").await?;
    world.press("[data-main]").await?;
    world.see("[data-step^=sign]").await?;
    walker.answer_step().await?;
    Step::go_on(world).await?;
    world.see("[data-step=review]").await?;
    Review::submit(world).await
}

#[test]
fn a_returned_application_is_corrected_and_goes_back() -> Result<()> {
    let example = examples::one(SERVICE, "minimal")?;
    in_browser("correcting", Screen::Phone, async |world| {
        let reference = submitted(&world, "correcting").await?;
        Officer::sign_in(&world, "urban-management", "430701").await?;
        Officer::review(&world, &reference).await?;
        send_back(&world, "sign.height#0").await?;

        world.open(&format!("/cases/{reference}")).await?;
        world.see("[data-to-mend]").await?;
        accessibility::check_all_looks(&world, "case-returned").await?;
        world.press("[data-main]").await?;
        world.see("[data-step=review]").await?;
        let open = world.all("[data-review] .card-title a").await?;
        ensure!(open.len() == 2, "{} steps are open: one was asked for, and one is signed", open.len());
        accessibility::check_all_looks(&world, "correction-review").await?;
        world.press("[data-review] .card-title a").await?;
        world.see("[data-field=\"sign.height\"]").await?;
        ensure!(world.text().await?.contains("工作人员说"), "the officer's words are not at the field");
        accessibility::check_all_looks(&world, "correction-step").await?;
        Step::type_into(&world, "sign.0.height", "0.9").await?;
        Step::go_on(&world).await?;
        sign_again_and_submit(&Walker::new(&world, "correcting", &example.answers).without_looking(), &world).await?;
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

/// An officer returns what is before them, for one answer.
async fn send_back(world: &World, place: &str) -> Result<()> {
    world.press("[data-action=return]").await?;
    Officer::mark(world, place).await?;
    world.press("[data-compose]").await?;
    Officer::confirm(world, "returned").await
}

/// The resident opens the correction of a case.
async fn correct(world: &World, reference: &str) -> Result<()> {
    world.open(&format!("/cases/{reference}")).await?;
    world.press("[data-main]").await?;
    world.see("[data-step=review]").await?;
    Ok(())
}

#[test]
#[invariant::invariant("asked-only")]
fn a_correction_keeps_the_question_that_it_makes_necessary() -> Result<()> {
    let mut answers = examples::one(SERVICE, "minimal")?.answers;
    // On the ground, where nothing stands out from a wall.
    let free_standing = answers["sign"][0].as_object_mut().context("no sign")?;
    free_standing.insert("form".to_owned(), "free-standing".into());
    free_standing.retain(|question, _| !["projection", "sill"].contains(&&**question));
    in_browser("correcting-the-kind", Screen::Phone, async |world| {
        SignIn::sign_in(&world, OWNER).await?;
        let walker = Walker::new(&world, "correcting-the-kind", &answers).typed_elsewhere();
        let reference = walker.finish(SERVICE).await?;
        Officer::sign_in(&world, "urban-management", "430701").await?;
        Officer::review(&world, &reference).await?;
        send_back(&world, "sign.form#0").await?;

        correct(&world, &reference).await?;
        world.press("[data-review] .card-title a").await?;
        let vertical = world.find("[name=\"sign.0.form\"][value=vertical]").await?;
        world.press_label(&vertical).await?;
        Step::be_saved(&world).await?;
        let size = world.path().await?.replace("/signs", "/sign-size");
        world.open(&format!("{size}?back=review")).await?;
        // Letter by letter: after the first it is an answer already.
        for letter in ["1", ".", "2", "5"] {
            world.see("[name=\"sign.0.projection\"]").await?.send_keys(letter).await?;
        }
        let clear = world.find("[name=\"sign.0.sill\"][value=clear]").await?;
        world.press_label(&clear).await?;
        Step::be_saved(&world).await?;
        world.open(&format!("{size}?back=review")).await?;
        let kept = world.see("[name=\"sign.0.projection\"]").await?.value().await?;
        ensure!(kept.as_deref() == Some("1.25"), "after opening it again it says {kept:?}");
        world.picture("correction-new-question").await?;
        Step::go_on(&world).await?;
        sign_again_and_submit(&walker, &world).await?;
        let case = world.server.read_as(&world.cookies().await?, &format!("/api/cases/{reference}")).await?;
        let sign = &case["answers"]["sign"][0];
        ensure!(sign["form"] == "vertical" && sign["projection"] == "1.25", "the office has {sign}");
        Ok(())
    })
}

#[test]
#[invariant::invariant("corrects-what-was-seen")]
fn a_correction_leaves_the_return_that_its_applicant_did_not_see() -> Result<()> {
    const WHOLE_CITY: &str = "430701";
    let example = examples::one("newborn", "maximal")?;
    in_browser("two-returns", Screen::Phone, async |world| {
        SignIn::sign_in(&world, example.answers["contact-phone"].as_str().context("nobody applies")?).await?;
        let walker = Walker::new(&world, "two-returns", &example.answers).typed_elsewhere();
        let reference = walker.finish("newborn").await?;
        let (resident, office) = (world.browser.window().await?, world.browser.new_tab().await?);
        let offices = [
            ("health", "birth-certificate", "gestation-weeks"),
            ("medical-insurance", "maternity-benefit", "account-name"),
        ];
        for (agency, item, answer) in offices {
            world.browser.switch_to_window(office.clone()).await?;
            world.browser.delete_cookie("officer").await?;
            Officer::sign_in(&world, agency, WHOLE_CITY).await?;
            world.open(&format!("/agency/tasks/{reference}/{item}")).await?;
            world.press(".task-holder [data-claim]").await?;
            send_back(&world, answer).await?;
            world.browser.switch_to_window(resident.clone()).await?;
            // The second office returns while the resident corrects what the first one asked for.
            if agency == "health" {
                correct(&world, &reference).await?;
            }
        }
        world.press("[data-review] .card-title a").await?;
        Step::type_into(&world, "gestation-weeks", "37").await?;
        Step::go_on(&world).await?;
        sign_again_and_submit(&walker, &world).await?;
        let case = world.server.read_as(&world.cookies().await?, &format!("/api/cases/{reference}")).await?;
        let status = |item: &str| {
            let tasks = case["tasks"].as_array().into_iter().flatten();
            tasks.filter(|task| task["item"] == item).map(|task| task["status"].clone()).collect::<Vec<_>>()
        };
        let statuses = (status("birth-certificate"), status("maternity-benefit"));
        ensure!(statuses == (vec!["submitted".into()], vec!["returned".into()]), "they are {statuses:?}");
        world.open(&format!("/cases/{reference}")).await?;
        world.see("[data-to-mend]").await?;
        world.picture("case-returned-by-another").await
    })
}

#[test]
#[invariant::invariant("accepted-on-paper")]
fn what_came_back_before_it_was_accepted_is_accepted_afterwards() -> Result<()> {
    let example = examples::one(SERVICE, "minimal")?;
    in_browser("returned-early", Screen::Phone, async |world| {
        let reference = submitted(&world, "returned-early").await?;
        Officer::sign_in(&world, "urban-management", "430701").await?;
        Officer::claim(&world, &reference).await?;
        Officer::open_focused(&world, &reference).await?;
        send_back(&world, "sign.height#0").await?;

        correct(&world, &reference).await?;
        world.press("[data-review] .card-title a").await?;
        Step::type_into(&world, "sign.0.height", "0.9").await?;
        Step::go_on(&world).await?;
        sign_again_and_submit(&Walker::new(&world, "returned-early", &example.answers).without_looking(), &world)
            .await?;
        world.open(&format!("/agency/tasks/{reference}/sign-permit")).await?;
        Officer::take(&world, "accept", "accepted").await?;
        world.open("/demo").await?;
        let told =
            format!("document.body.innerText.includes('{reference}') && document.body.innerText.includes('已经受理')");
        world.until(&told, "the SMS of the acceptance").await?;
        world.open(&format!("/cases/{reference}")).await?;
        world.until("document.body.innerText.includes('已受理，办理中')", "the acceptance").await
    })
}

#[test]
fn an_application_is_withdrawn() -> Result<()> {
    in_browser("withdrawing", Screen::Phone, async |world| {
        let reference = submitted(&world, "withdrawing").await?;
        world.open(&format!("/cases/{reference}")).await?;
        world.press("[data-withdraw=ask]").await?;
        world.press("[data-withdraw=sure]").await?;
        world.until("location.pathname === '/cases'", "my cases").await?;
        let case = world.server.read_as(&world.cookies().await?, &format!("/api/cases/{reference}")).await?;
        ensure!(case["tasks"][0]["status"] == "withdrawn", "it is {}", case["tasks"][0]["status"]);
        Ok(())
    })
}
