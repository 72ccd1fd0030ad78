//! A sign that was approved on a promise is inspected when it is up: the owner sends one picture, an officer says all
//! is well.

use anyhow::{Result, ensure};
use e2e::pages::{MAIN_BUTTON, Officer, Pictures, Review, SignIn, Step};
use e2e::phone::Phone;
use e2e::walker::Walker;
use e2e::{Screen, accessibility, examples, in_browser};

const OWNER: &str = "13807360001";
const SERVICE: &str = "shop-sign";

#[test]
#[invariant::invariant("post-approval-inspection")]
fn the_finished_sign_is_shown_and_inspected() -> Result<()> {
    let example = examples::one(SERVICE, "minimal")?;
    in_browser("after-check", Screen::Phone, async |world| {
        SignIn::sign_in(&world, OWNER).await?;
        let reference = Walker::new(&world, "after-check", &example.answers).typed_elsewhere().finish(SERVICE).await?;
        Officer::sign_in(&world, "urban-management", "430701").await?;
        Officer::review(&world, &reference).await?;
        Officer::begin(&world, "approve").await?;
        Officer::confirm(&world, "delivered").await?;

        world.open("/cases").await?;
        world.see("a.card .tag[data-look=warn]").await?;
        accessibility::check_all_looks(&world, "cases-asked").await?;
        world.press(&format!("a[href=\"/cases/{reference}\"]")).await?;
        world.see("[data-to-mend]").await?;
        let text = world.text().await?;
        ensure!(
            text.contains("拍全整个门面") && text.contains("评价办理情况"),
            "not asked, or not to be rated: {text}"
        );
        accessibility::check_all_looks(&world, "case-asked").await?;
        world.press("[data-main]").await?;
        world.see("[data-step=review]").await?;
        accessibility::check_all_looks(&world, "after-check-review").await?;
        world.press(MAIN_BUTTON).await?;
        world.see("[data-step=finished]").await?;
        let pictures = Pictures::first_of(&Step::fields(&world).await?)?;
        pictures.choose(&world, 1).await?;
        pictures.be_safe(&world, 1).await?;
        accessibility::check_all_looks(&world, "after-check-step").await?;
        // After the picture is deleted, the step still asks for one.
        let id = pictures.order(&world).await?.concat();
        pictures.open(&world, &id).await?;
        world.press("[role=dialog] [data-look=danger]").await?;
        pictures.be_safe(&world, 0).await?;
        // Another is taken where there is no signal, and goes when there is one.
        Phone::lose_the_signal(&world).await?;
        pictures.choose(&world, 2).await?;
        pictures.be_kept(&world, 1).await?;
        world.see("[data-field=finished-sign][data-invalid=false]").await?;
        world.picture("after-check-offline").await?;
        Phone::find_the_signal(&world).await?;
        pictures.be_safe(&world, 1).await?;
        Step::go_on(&world).await?;
        Review::submit(&world).await?;
        accessibility::check_all_looks(&world, "after-check-receipt").await?;

        world.open("/agency?item=sign-after-check").await?;
        Officer::claim(&world, &reference).await?;
        Officer::open_focused(&world, &reference).await?;
        world.see("[data-fact=\"finished-sign\"] .thumbnail").await?;
        accessibility::check_all_looks(&world, "agency-after-check").await?;
        Officer::take(&world, "review", "in-review").await?;
        Officer::begin(&world, "approve").await?;
        Officer::confirm(&world, "delivered").await?;
        let case = world.server.read_as(&world.cookies().await?, &format!("/api/cases/{reference}")).await?;
        ensure!(case["tasks"][1]["status"] == "delivered", "it is {}", case["tasks"][1]["status"]);
        Ok(())
    })
}
