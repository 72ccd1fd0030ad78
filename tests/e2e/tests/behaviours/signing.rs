//! A signature holds for the answers that the signer read; after a change the app asks for it again. Typing the name
//! will do.

use anyhow::{Context, Result, ensure};
use e2e::pages::{Guide, Receipt, Review, SignIn, Step};
use e2e::walker::Walker;
use e2e::{Screen, World, accessibility, examples, in_browser};
use serde_json::{Value, json};
use thirtyfour::By;

const OWNER: &str = "13807360001";

/// Whether the app lets a new release load the page anew; `script/releases.js` asks in this way.
async fn may_update(world: &World) -> Result<bool> {
    let ask = "return window.dispatchEvent(new CustomEvent('app-update-ready', { cancelable: true, detail: [] }));";
    Ok(world.browser.execute(ask, Vec::new()).await?.convert()?)
}

#[test]
#[invariant::invariant("signed-is-sent")]
fn a_change_after_signing_asks_for_a_new_signature() -> Result<()> {
    let example = examples::one("kitchen-sink", "minimal")?;
    in_browser("signing", Screen::Phone, async |world| {
        Guide::begin(&world, OWNER, "kitchen-sink").await?;
        let walker = Walker::new(&world, "signing", &example.answers).without_looking();
        walker.begin_until("sign").await?;
        world.until("document.querySelector('[data-paper=form] dd')", "the filled form").await?;
        walker.answer_step().await?;
        world.picture("signed").await?;
        // Back, another name for the child, forth again.
        let mut changed = example.answers.clone();
        changed.insert("baby-name".to_owned(), Value::from("刘宁"));
        let path = world.path().await?;
        world.open(&path.replace("/sign", "/birth")).await?;
        let again = Walker::new(&world, "signing", &changed).without_looking();
        again.steps_until("sign").await?;
        world.until("document.body.innerText.includes('再签一次')", "the signature to be asked for again").await?;
        // With the keyboard only.
        world.press("[data-sign=other]").await?;
        Step::type_into(&world, "signature", example.answers["name"].as_str().unwrap_or_default()).await?;
        ensure!(!may_update(&world).await?, "a new release would take the page away under a signature");
        world.press("[data-sign=done]").await?;
        world.until("document.querySelector('[data-signed]')", "the typed signature").await?;
        Step::be_saved(&world).await?;
        ensure!(may_update(&world).await?, "a new release waits for what is signed");
        Step::go_on(&world).await
    })
}

#[test]
#[invariant::invariant("signed-is-sent")]
fn both_parents_sign_where_both_must() -> Result<()> {
    let branches = examples::branches("newborn")?;
    let branch = branches.into_iter().find(|branch| branch.id == "different-ethnicity").context("no such branch")?;
    in_browser("both-parents", Screen::Phone, async |world| {
        SignIn::sign_in_as(&world, branch.applicant.as_deref().context("nobody applies")?).await?;
        let walker = Walker::new(&world, "both-parents", &branch.answers);
        let reference = walker.finish("newborn").await?;
        let case = world.server.read_as(&world.cookies().await?, &format!("/api/cases/{reference}")).await?;
        for field in ["mother-signature", "father-signature"] {
            ensure!(!case["answers"][field].is_null(), "{field} is missing");
        }
        Ok(())
    })
}

#[test]
#[invariant::invariant("only-the-signer")]
fn the_father_signs_on_his_own_phone_what_the_mother_sees() -> Result<()> {
    let branches = examples::branches("newborn")?;
    let branch = branches.into_iter().find(|branch| branch.id == "different-ethnicity").context("no such branch")?;
    let answer = |field: &str| branch.answers[field].as_str().unwrap_or_default();
    in_browser("father-signs", Screen::Phone, async |mother| {
        SignIn::sign_in_as(&mother, branch.applicant.as_deref().context("nobody applies")?).await?;
        Guide::open(&mother, "newborn").await?;
        Guide::start(&mother).await?;
        Walker::new(&mother, "father-signs", &branch.answers).typed_elsewhere().begin_until("sign-father").await?;
        Step::be_saved(&mother).await?;
        mother.press("[data-sign=elsewhere]").await?;
        mother.press("[data-signer=father-signature] [data-ask]").await?;
        mother.see("[data-signer=father-signature][data-state=sent]").await?;
        accessibility::check_all_looks(&mother, "signers").await?;
        let father_phone = mother.server.phone_of(answer("father-id")).await?;
        mother
            .on_another_phone("father", async |father| {
                father.open("/demo").await?;
                father.browser.find(By::Css("a[href^='/sign/']")).await?.click().await?;
                SignIn::fill_in(&father, &father_phone).await?;
                father.see("[data-to-sign]").await?;
                ensure!(father.text().await?.contains(answer("child-name")), "he does not see what he signs");
                accessibility::check_all_looks(&father, "sign").await?;
                // With the keyboard only.
                father.press("[data-sign=other]").await?;
                Step::type_into(&father, "signature", answer("father-name")).await?;
                father.press("[data-sign=done]").await?;
                father.see("[data-signed=true]").await?;
                accessibility::check_all_looks(&father, "sign-done").await
            })
            .await?;
        mother.see("[data-signer=father-signature][data-state=signed]").await?;
        mother.press("[data-main]").await?;
        mother.see("[data-field=father-signature] [data-signed]").await?;
        Step::go_on(&mother).await?;
        mother.see("[data-step=review]").await?;
        Review::submit(&mother).await?;
        Receipt::reference(&mother).await.map(drop)
    })
}

#[test]
fn a_person_who_refuses_a_consent_is_led_to_the_window() -> Result<()> {
    let example = examples::one("kitchen-sink", "minimal")?;
    in_browser("refusing", Screen::Phone, async |world| {
        Guide::begin(&world, OWNER, "kitchen-sink").await?;
        let mut refused = example.answers.clone();
        refused.insert("privacy".to_owned(), json!({ "accepted": false, "version": 1 }));
        let walker = Walker::new(&world, "refusing", &refused).without_looking();
        walker.steps_until("consent").await?;
        walker.answer_step().await?;
        Step::go_on(&world).await?;
        world.see("[data-exit=refused]").await?;
        world.see("a[href^=\"tel:\"]").await?;
        Ok(())
    })
}
