//! A grievance from the report to the solution: both sides, in a browser.

use anyhow::{Context, Result, ensure};
use e2e::pages::{Guide, Officer, Step};
use e2e::{Screen, World, accessibility, in_browser};

/// Turns the switch of the SMS gateway.
async fn gateway(world: &World, mode: &str) -> Result<()> {
    let script = "const done = arguments[1];
        const body = JSON.stringify({ partner: 'sms-gateway', mode: arguments[0] });
        fetch('/demo/faults', { method: 'POST', headers: { 'content-type': 'application/json' }, body })
            .then((answer) => done(answer.status));";
    let status: u16 = world.browser.execute_async(script, vec![mode.into()]).await?.convert()?;
    ensure!(status == 204, "the switch answered {status}");
    Ok(())
}

/// Messages go out beside the request: until one was refused.
async fn message_stuck(world: &World) -> Result<()> {
    let script = "const done = arguments[0];
        const look = () => fetch('/api/agency/outbox').then((answer) => answer.json())
            .then((outbox) => (outbox.failing > 0 ? done(true) : setTimeout(look, 50)));
        look();";
    world.browser.execute_async(script, Vec::new()).await?;
    Ok(())
}

/// Reports a grievance from a form's exit, and returns its number.
async fn told_from_an_exit(world: &World) -> Result<String> {
    Guide::begin(world, "13807360001", "shop-sign").await?;
    for (field, answer) in [("shop-where", "indoors"), ("sign-purpose", "shop-sign")] {
        let choice = world.find(&format!("input[name=\"{field}\"][value=\"{answer}\"]")).await?;
        world.press_label(&choice).await?;
    }
    Step::go_on(world).await?;
    world.see("[data-exit]").await?;
    world.press("a[href^=\"/grievance\"]").await?;
    let about = world.see("[data-about]").await?.text().await?;
    ensure!(about.contains("店招审批"), "what it is about is not known: {about}");
    let happened = world.see("[name=happened]").await?;
    let known = happened.prop("value").await?.unwrap_or_default();
    ensure!(known.contains("您的招牌不用申请"), "what happened is not known: {known}");
    happened.send_keys("跑了四趟").await?;
    accessibility::check_all_looks(world, "grievance").await?;
    world.see("[name=phone]").await?.send_keys("13807360001").await?;
    world.press("[data-main]").await?;
    world.see("a[href^=\"/grievances/follow\"]").await?;
    Ok(world.see(".reference").await?.text().await?)
}

#[test]
#[invariant::invariant("told-once")]
fn a_grievance_goes_from_the_report_to_reported_back() -> Result<()> {
    in_browser("grieving", Screen::Desktop, async |world| {
        let number = told_from_an_exit(&world).await?;
        Officer::sign_in(&world, "grievance-desk", "430701").await?;
        let grievance_officer = world.browser.get_named_cookie("officer").await?;
        world.press("a[href=\"/agency/grievances\"]").await?;
        world.press(&format!("a[href=\"/agency/grievances/{number}\"]")).await?;
        gateway(&world, "fails").await?;
        world.press("[data-action=accept]").await?;
        world.see("[data-status=accepted]").await?;
        message_stuck(&world).await?;
        world.open("/agency/grievances").await?;
        world.see("[data-outbox=\"1\"]").await?;
        accessibility::check_all_looks(&world, "agency-outbox").await?;
        gateway(&world, "ok").await?;
        world.open(&format!("/agency/grievances/{number}")).await?;
        world.see("[data-status=accepted]").await?;
        accessibility::check_all_looks(&world, "agency-grievance").await?;
        for (name, option) in [("kind", "trips"), ("weight", "simple")] {
            world.find(&format!("select[name={name}] option[value={option}]")).await?.click().await?;
        }
        world.press("[data-action=classify]").await?;
        world.see("[data-status=classified]").await?;
        world.find("select[name=agency] option[value=urban-management]").await?.click().await?;
        world.press("[data-action=hand-over]").await?;
        world.see("[data-status=handed-over]").await?;
        // The agency solves it.
        world.browser.delete_cookie("officer").await?;
        Officer::sign_in(&world, "urban-management", "430701").await?;
        world.open(&format!("/agency/grievances/{number}")).await?;
        world.see("[name=says]").await?.send_keys("当面受理").await?;
        world.see("[name=published]").await?.send_keys("一次讲清材料").await?;
        world.press("[data-action=solve]").await?;
        world.see("[data-status=solved]").await?;
        world.browser.delete_cookie("officer").await?;
        world.browser.add_cookie(grievance_officer).await?;
        world.open(&format!("/agency/grievances/{number}")).await?;
        world.see("[name=says]").await?.send_keys("办好了").await?;
        world.press("[data-action=report-back]").await?;
        world.see("[data-status=reported-back]").await?;
        // The reporter answers without the app, and without signing in.
        world.browser.delete_cookie("session").await?;
        world.open("/solved").await?;
        world.press("a[href^=\"/grievances/follow\"]").await?;
        world.see("[name=number]").await?.send_keys(&number).await?;
        world.see("[name=phone]").await?.send_keys("13807360001").await?;
        accessibility::check_all_looks(&world, "follow").await?;
        world.press("form button").await?;
        world.see("[name=agrees]").await?;
        accessibility::check_all_looks(&world, "followed").await?;
        world.press("[name=agrees][value=true]").await?;
        world.until("document.body.innerText.includes('已办结，谢谢您')", "the thanks").await?;
        ensure!(world.path().await? == "/grievances/follow/answer", "something personal in the address");
        world.open(&format!("/agency/grievances/{number}")).await?;
        world.see("[data-status=checked]").await?;
        world.open("/solved").await?;
        let text = world.find("main").await.context("no page of what was solved")?.text().await?;
        ensure!(text.contains("一次讲清材料") && !text.contains("四趟"), "{text}");
        accessibility::check_all_looks(&world, "solved").await
    })
}
