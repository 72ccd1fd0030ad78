//! An officer decides what a resident sent: the same case, both sides, in a browser.

use anyhow::{Result, ensure};
use e2e::pages::{Officer, SignIn};
use e2e::phone::Phone;
use e2e::walker::Walker;
use e2e::{Screen, World, accessibility, examples, in_browser};

const OWNER: &str = "13807360001";
const SERVICE: &str = "shop-sign";
const AGENCY: &str = "urban-management";
const RATINGS: &str = "/api/cases/{reference}/ratings";
const WHOLE_CITY: &str = "430701";

/// The owner sends a shop sign, then the officer signs in; returns the reference.
async fn a_case_in_the_queue(world: &World, title: &str) -> Result<String> {
    let example = examples::one(SERVICE, "minimal")?;
    SignIn::sign_in(world, OWNER).await?;
    let reference = Walker::new(world, title, &example.answers).typed_elsewhere().finish(SERVICE).await?;
    Officer::sign_in(world, AGENCY, WHOLE_CITY).await?;
    Ok(reference)
}

#[test]
fn a_shop_sign_is_claimed_accepted_and_approved() -> Result<()> {
    in_browser("approving", Screen::Desktop, async |world| {
        let reference = a_case_in_the_queue(&world, "approving").await?;
        world.see(".queue").await?;
        accessibility::check_all_looks(&world, "agency-queue").await?;
        Officer::review(&world, &reference).await?;
        accessibility::check_all_looks(&world, "agency-task").await?;
        world.reach("[data-register]").await?;
        world.picture("agency-task-facts").await?;
        Officer::look_at_pictures(&world, "sign.after-pictures#0").await?;
        accessibility::check_all_looks(&world, "agency-pictures").await?;
        Officer::leave_pictures(&world).await?;
        Officer::begin(&world, "approve").await?;
        accessibility::check_all_looks(&world, "agency-approve").await?;
        Officer::confirm(&world, "delivered").await?;
        world.see("[data-history] [data-event=approve] [data-notice]").await?;
        world.picture("agency-history").await?;
        let status = Officer::status_for_the_applicant(&world, &reference).await?;
        ensure!(status == "delivered", "the applicant sees {status}");
        world.open(&format!("/cases/{reference}")).await?;
        world.press(&format!("a[href=\"/cases/{reference}/notices\"]")).await?;
        world.see("main a[href$=\"/notices/2\"]").await?;
        let text = world.text().await?;
        ensure!(text.contains("受理通知书") && text.contains("准予行政许可决定书"), "{text}");
        // The paper itself, as the phone gets it.
        let paper = "const done = arguments[1];
            fetch(arguments[0]).then((answer) => answer.text().then((text) =>
                done([answer.status, answer.headers.get('content-type'), text.slice(0, 5)].join(' '))));";
        let address = format!("/api/cases/{reference}/notices/2");
        let got: String = world.browser.execute_async(paper, vec![address.into()]).await?.convert()?;
        ensure!(got == "200 application/pdf %PDF-", "the paper is {got}");
        accessibility::check_all_looks(&world, "notices").await
    })
}

#[test]
fn a_low_rating_is_called_back() -> Result<()> {
    in_browser("rating", Screen::Phone, async |world| {
        let reference = a_case_in_the_queue(&world, "rating").await?;
        Officer::review(&world, &reference).await?;
        Officer::begin(&world, "approve").await?;
        Officer::confirm(&world, "delivered").await?;
        world.open(&format!("/cases/{reference}")).await?;
        world.see("[data-rating]").await?;
        world.press_label(&world.find("[name^=level][value=\"1\"]").await?).await?;
        world.see("[data-rate]").await?;
        world.press_label(&world.find("[name^=points][value=efficiency]").await?).await?;
        world.reach("[data-rate]").await?;
        accessibility::check_all_looks(&world, "rating").await?;
        let rated_before = world.server.times_asked("POST", RATINGS)?;
        Phone::tap_twice(&world, "[data-rate]").await?;
        world.see("[data-thanks]").await?;
        let rated = world.server.times_asked("POST", RATINGS)? - rated_before;
        ensure!(rated == 1, "a trembling thumb rated {rated} times");
        world.browser.delete_cookie("officer").await?;
        Officer::sign_in(&world, "grievance-desk", WHOLE_CITY).await?;
        world.open("/agency/grievances").await?;
        world.until("document.body.innerText.includes('差评回访')", "the call-back in the list").await?;
        world.picture("agency-call-back").await
    })
}

#[test]
fn a_return_names_every_reason_where_it_stands() -> Result<()> {
    in_browser("returning", Screen::Desktop, async |world| {
        let reference = a_case_in_the_queue(&world, "returning").await?;
        Officer::review(&world, &reference).await?;
        world.press("[data-action=return]").await?;
        Officer::mark(&world, "sign.before-photos#0").await?;
        Officer::mark(&world, "sign.height#0").await?;
        accessibility::check_all_looks(&world, "agency-return").await?;
        world.press("[data-compose]").await?;
        let preview = Officer::preview(&world).await?;
        ensure!(preview.contains("照片看不清"), "the words are not shown before they are sent: {preview}");
        accessibility::check_all_looks(&world, "agency-return-panel").await?;
        Officer::confirm(&world, "returned").await?;
        let case = world.server.read_as(&world.cookies().await?, &format!("/api/cases/{reference}")).await?;
        let fields: Vec<_> =
            case["correction_requests"].as_array().into_iter().flatten().map(|reason| &reason["field"]).collect();
        ensure!(fields == ["sign.before-photos", "sign.height"], "the applicant is asked for {fields:?}");
        Ok(())
    })
}

#[test]
#[invariant::invariant("told-once")]
fn a_refusal_wants_its_law_and_tells_the_remedies() -> Result<()> {
    in_browser("refusing-a-sign", Screen::Desktop, async |world| {
        let reference = a_case_in_the_queue(&world, "refusing-a-sign").await?;
        Officer::review(&world, &reference).await?;
        Officer::begin(&world, "refuse").await?;
        world.press("[data-confirm]").await?;
        world.until("document.activeElement.id === 'basis'", "the focus where the law is missing").await?;
        world.press("[data-field=basis] .ready").await?;
        world.press("[data-field=says] .ready").await?;
        world.press("[data-confirm]").await?;
        world.until("document.activeElement.id === 'says'", "the focus where the reason breaks off").await?;
        world.browser.active_element().await?.send_keys("招牌高于窗台。").await?;
        let preview = Officer::preview(&world).await?;
        ensure!(preview.contains("行政复议") && preview.contains("行政诉讼"), "no remedies: {preview}");
        accessibility::check_all_looks(&world, "agency-refuse").await?;
        Officer::confirm(&world, "refused").await?;
        // An applicant who does not agree reports it, without naming the case or themselves again.
        world.open(&format!("/cases/{reference}")).await?;
        world.see("[data-item=sign-permit] .notice").await?;
        accessibility::check_all_looks(&world, "case-refused").await?;
        world.press("nav a[href^=\"/grievance\"]").await?;
        let about = world.see("[data-about]").await?.text().await?;
        ensure!(about.contains(&reference), "which case it is about is not known: {about}");
        world.see("[data-main]").await?;
        world.press("[data-main]").await?;
        let number = world.see(".reference").await?.text().await?;
        let own = world.server.read_as(&world.cookies().await?, "/api/grievances").await?;
        ensure!(own[0]["number"] == *number && own[0]["reference"] == *reference, "told: {own}");
        let happened = own[0]["happened"].as_str().unwrap_or_default();
        ensure!(happened.contains("未予通过"), "what happened is not told: {happened}");
        Ok(())
    })
}

#[test]
fn an_officer_who_comes_late_reads_what_changed() -> Result<()> {
    in_browser("coming-late", Screen::Desktop, async |world| {
        let reference = a_case_in_the_queue(&world, "coming-late").await?;
        Officer::claim(&world, &reference).await?;
        Officer::open_focused(&world, &reference).await?;
        world.see("[data-action=accept]").await?;
        // The same officer, in another window.
        Officer::release_elsewhere(&world, &reference, "sign-permit").await?;
        world.press("[data-action=accept]").await?;
        let says = world.see("[data-trouble]").await?.text().await?;
        ensure!(says.contains("承办人") && says.contains("没有人"), "what changed is not said: {says}");
        world.see(".task-holder [data-claim]").await?;
        world.picture("agency-late").await
    })
}

#[test]
fn what_was_written_outlives_the_session() -> Result<()> {
    in_browser("desk-session", Screen::Desktop, async |world| {
        let reference = a_case_in_the_queue(&world, "desk-session").await?;
        Officer::review(&world, &reference).await?;
        world.press("[data-action=return]").await?;
        Officer::mark(&world, "sign.height#0").await?;
        world.browser.delete_cookie("officer").await?;
        world.press("[data-compose]").await?;
        world.press("[data-confirm]").await?;
        world.see("input[name=code]").await?;
        world.picture("agency-session-ended").await?;
        Officer::fill_in_again(&world, AGENCY, WHOLE_CITY).await?;
        world.until("!document.querySelector('input[name=code]')", "the task again").await?;
        Officer::confirm(&world, "returned").await
    })
}

#[test]
fn the_officers_pages_fit_a_phone() -> Result<()> {
    in_browser("agency-phone", Screen::Phone, async |world| {
        world.open("/agency").await?;
        world.see("input[name=code]").await?;
        accessibility::check_all_looks(&world, "agency-sign-in-phone").await?;
        let reference = a_case_in_the_queue(&world, "agency-phone").await?;
        accessibility::check_all_looks(&world, "agency-queue-phone").await?;
        world.press(&format!("[data-task=\"{reference}\"] .queue-reference")).await?;
        world.see(".task").await?;
        accessibility::check_all_looks(&world, "agency-task-phone").await?;
        let wide = "return document.documentElement.scrollWidth > window.innerWidth + 1;";
        ensure!(!world.browser.execute(wide, Vec::new()).await?.convert::<bool>()?, "a task is wider than the phone");
        Ok(())
    })
}
