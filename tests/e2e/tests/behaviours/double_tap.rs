//! A trembling thumb taps twice and does one thing.

use anyhow::{Context, Result, ensure};
use e2e::pages::{Drafts, Guide, MAIN_BUTTON, Receipt, Review, SignIn, Step};
use e2e::phone::Phone;
use e2e::walker::Walker;
use e2e::{Screen, World, examples, in_browser};

const OWNER: &str = "13807360001";
const ROWS: &str = "document.querySelectorAll('[data-step] .row-card').length";

/// Counts what one route is asked for from now on.
struct Count {
    method: &'static str,
    route: &'static str,
    before: usize,
}

impl Count {
    fn of(world: &World, method: &'static str, route: &'static str) -> Result<Self> {
        Ok(Self { method, route, before: world.server.times_asked(method, route)? })
    }

    /// Fails unless it was asked so often, both taps together.
    async fn is(&self, world: &World, times: usize) -> Result<()> {
        let_the_second_tap_act(world).await?;
        let asked = world.server.times_asked(self.method, self.route)? - self.before;
        ensure!(asked == times, "{} {} was asked {asked} times", self.method, self.route);
        Ok(())
    }
}

/// Whatever a second tap has begun has had its time.
async fn let_the_second_tap_act(world: &World) -> Result<()> {
    world.browser.execute("window.tapped = performance.now();", Vec::new()).await?;
    world.until("performance.now() > window.tapped + 500", "the second tap to have its time").await
}

#[test]
#[invariant::invariant("one-tap")]
fn two_taps_on_next_go_one_step_on() -> Result<()> {
    in_browser("double-tap", Screen::Phone, async |world| {
        let example = examples::one("shop-sign", "minimal")?;
        Guide::begin(&world, OWNER, "shop-sign").await?;
        // The steps after the first let everybody pass by then, the second tap too.
        Walker::new(&world, "double-tap", &example.answers).without_looking().begin_until("contact").await?;
        let draft = world.path().await?;
        let draft = draft.rsplit_once('/').context("no step")?.0.to_owned();
        world.open(&format!("{draft}/before-start")).await?;
        world.see("[data-step=before-start]").await?;
        Step::be_saved(&world).await?;
        Phone::tap_twice(&world, MAIN_BUTTON).await?;
        world.see("[data-step=position]").await?;
        Step::be_saved(&world).await?;
        ensure!(Step::id(&world).await? == "position", "went on to {}", Step::id(&world).await?);
        Ok(())
    })
}

#[test]
#[invariant::invariant("one-tap")]
fn two_taps_on_send_make_one_case() -> Result<()> {
    in_browser("double-send", Screen::Phone, async |world| {
        let example = examples::one("shop-sign", "minimal")?;
        Guide::begin(&world, OWNER, "shop-sign").await?;
        Walker::new(&world, "double-send", &example.answers).without_looking().begin_until("review").await?;
        Phone::tap_twice(&world, MAIN_BUTTON).await?;
        Review::be_received(&world).await?;
        Receipt::reference(&world).await?;
        let cases = world.server.read_as(&world.cookies().await?, "/api/cases").await?;
        let count = cases.as_array().map_or(0, Vec::len);
        ensure!(count == 1, "{count} cases");
        Ok(())
    })
}

#[test]
#[invariant::invariant("one-tap")]
fn two_taps_on_delete_only_ask() -> Result<()> {
    in_browser("double-delete", Screen::Phone, async |world| {
        Guide::begin(&world, OWNER, "shop-sign").await?;
        Drafts::open(&world).await?;
        Phone::tap_twice(&world, Drafts::DELETE).await?;
        Drafts::be_asked(&world).await?;
        let drafts = world.server.read_as(&world.cookies().await?, "/api/drafts").await?;
        ensure!(drafts.as_array().is_some_and(|all| all.len() == 1), "deleted unasked: {drafts}");
        Drafts::delete(&world).await
    })
}

#[test]
#[invariant::invariant("one-tap")]
fn two_taps_ask_for_one_code_and_sign_in_once() -> Result<()> {
    in_browser("double-sign-in", Screen::Phone, async |world| {
        let codes = Count::of(&world, "POST", "/api/session/codes")?;
        world.open("/sign-in").await?;
        world.see("input[name=phone]").await?.send_keys(OWNER).await?;
        Phone::tap_twice(&world, MAIN_BUTTON).await?;
        world.see("input[name=code]").await?;
        codes.is(&world, 1).await?;
        ensure!(
            world.all(".control-error:not([hidden])").await?.is_empty(),
            "the second tap complains about a code that nobody has yet"
        );
        let sessions = Count::of(&world, "POST", "/api/session")?;
        let code = SignIn::code(&world, OWNER).await?;
        // A code that was pasted whole sends by itself; the button is pressed all the same.
        SignIn::type_code(&world, &code[..5]).await?;
        let (x, y) = world.reach(MAIN_BUTTON).await?;
        SignIn::type_code(&world, &code[5..]).await?;
        Phone::tap_twice_at(&world, x, y).await?;
        SignIn::be_done(&world).await?;
        sessions.is(&world, 1).await
    })
}

#[test]
#[invariant::invariant("one-tap")]
fn two_taps_on_start_and_on_begin_anew_make_one_draft_each() -> Result<()> {
    in_browser("double-start", Screen::Phone, async |world| {
        SignIn::sign_in(&world, OWNER).await?;
        let drafts = Count::of(&world, "POST", "/api/drafts")?;
        Guide::open(&world, "shop-sign").await?;
        Phone::tap_twice(&world, MAIN_BUTTON).await?;
        world.see("[data-step=before-start]").await?;
        drafts.is(&world, 1).await?;
        ensure!(Step::id(&world).await? == "before-start", "went on to {}", Step::id(&world).await?);
        Guide::open(&world, "shop-sign").await?;
        let anew = ".bottom-bar button:not([data-main])";
        Phone::tap_twice(&world, anew).await?;
        world.see("[data-step=before-start]").await?;
        drafts.is(&world, 2).await
    })
}

#[test]
#[invariant::invariant("one-tap")]
fn two_taps_on_back_go_one_step_back() -> Result<()> {
    in_browser("double-back", Screen::Phone, async |world| {
        let example = examples::one("shop-sign", "minimal")?;
        Guide::begin(&world, OWNER, "shop-sign").await?;
        Walker::new(&world, "double-back", &example.answers).without_looking().begin_until("contact").await?;
        Phone::tap_twice(&world, ".bottom-bar a").await?;
        world.until("!document.querySelector('[data-step=contact]')", "the step before").await?;
        let_the_second_tap_act(&world).await?;
        let back = Step::id(&world).await?;
        world.press(MAIN_BUTTON).await?;
        world.see("[data-step=contact]").await.map(drop).with_context(|| format!("two steps back, to {back}"))
    })
}

#[test]
#[invariant::invariant("one-tap")]
fn two_taps_add_one_row_and_take_one_away() -> Result<()> {
    in_browser("double-row", Screen::Phone, async |world| {
        let example = examples::one("shop-sign", "minimal")?;
        Guide::begin(&world, OWNER, "shop-sign").await?;
        Walker::new(&world, "double-row", &example.answers).without_looking().begin_until("signs").await?;
        for rows in 2..=4 {
            Phone::tap_twice(&world, "[data-add-row]").await?;
            world.until(&format!("{ROWS} >= {rows}"), "one more row").await?;
            let_the_second_tap_act(&world).await?;
            world.until(&format!("{ROWS} === {rows}"), "no more than one row").await?;
        }
        for rows in [3, 2] {
            Phone::tap_twice(&world, ".row-card [data-look=danger]").await?;
            world.until(&format!("{ROWS} <= {rows}"), "one row less").await?;
            let_the_second_tap_act(&world).await?;
            world.until(&format!("{ROWS} === {rows}"), "no row less than that").await?;
        }
        Ok(())
    })
}

#[test]
#[invariant::invariant("one-tap")]
fn two_taps_on_taking_back_only_ask_and_two_more_take_back_once() -> Result<()> {
    in_browser("double-withdrawal", Screen::Phone, async |world| {
        let example = examples::one("shop-sign", "minimal")?;
        SignIn::sign_in(&world, OWNER).await?;
        let walker = Walker::new(&world, "double-withdrawal", &example.answers).without_looking();
        let reference = walker.finish("shop-sign").await?;
        world.open(&format!("/cases/{reference}")).await?;
        let withdrawals = Count::of(&world, "POST", "/api/cases/{reference}/withdrawal")?;
        Phone::tap_twice(&world, "[data-withdraw=ask]").await?;
        withdrawals.is(&world, 0).await?;
        Phone::tap_twice(&world, "[data-withdraw=sure]").await?;
        world.until("location.pathname === '/cases'", "my cases").await?;
        withdrawals.is(&world, 1).await
    })
}

#[test]
#[invariant::invariant("one-tap")]
fn two_taps_report_one_grievance() -> Result<()> {
    in_browser("double-grievance", Screen::Phone, async |world| {
        let grievances = Count::of(&world, "POST", "/api/grievances")?;
        world.open("/grievance?about=gate").await?;
        world.see("[name=happened]").await?.send_keys("跑了四趟").await?;
        world.see("[name=phone]").await?.send_keys(OWNER).await?;
        Phone::tap_twice(&world, MAIN_BUTTON).await?;
        world.see(".reference").await?;
        grievances.is(&world, 1).await
    })
}

#[test]
#[invariant::invariant("one-tap")]
fn a_quick_thumb_presses_two_buttons_and_both_act() -> Result<()> {
    in_browser("quick-thumb", Screen::Phone, async |world| {
        let example = examples::one("shop-sign", "minimal")?;
        Guide::begin(&world, OWNER, "shop-sign").await?;
        Walker::new(&world, "quick-thumb", &example.answers).without_looking().begin_until("signs").await?;
        Phone::tap_in_a_row(&world, &["[data-add-row]", MAIN_BUTTON]).await?;
        // The new row is empty, so that "next" says what is missing.
        world.see("[data-step=signs] .notice[data-look=error]").await?;
        world.until(&format!("{ROWS} === 2"), "the added row").await
    })
}
