//! A person who cannot apply here learns it from the form itself, at every gate of a service.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use e2e::examples::{self, Branch};
use e2e::pages::SignIn;
use e2e::walker::Walker;
use e2e::{Screen, World, accessibility, in_browser};

/// Services whose gates are met in a browser; those of others are proved with their definitions.
const SERVICES: [&str; 1] = ["newborn"];

/// One branch for each gate, those of the same person together.
fn exits(service: &str) -> Result<Vec<(String, Branch)>> {
    let mut seen = BTreeSet::new();
    let leads_out = |branch: Branch| Some((branch.exit.clone()?, branch));
    let all = examples::branches(service)?.into_iter().filter_map(leads_out);
    let mut exits: Vec<_> = all.filter(|(gate, _)| seen.insert(gate.clone())).collect();
    exits.sort_by(|(_, one), (_, other)| one.applicant.cmp(&other.applicant));
    Ok(exits)
}

async fn leave(world: &World, service: &str, gate: &str, branch: &Branch) -> Result<()> {
    let walker = Walker::new(world, &format!("{service}-{}", branch.id), &branch.answers).without_looking();
    let reached = walker.leave_early(service).await?;
    ensure!(reached == gate, "it ends at {reached}");
    ensure!(!world.all("a[href^=\"tel:\"]").await?.is_empty(), "no phone can be pressed");
    ensure!(!world.all("a[href^=\"/grievance\"]").await?.is_empty(), "no way to object");
    world.picture(&format!("{service}-exit-{gate}")).await?;
    accessibility::check(world, gate).await?;
    // The next one begins anew.
    let draft = world.path().await?.split('/').nth(2).unwrap_or_default().to_owned();
    let delete = format!("return fetch('/api/drafts/{draft}', {{ method: 'DELETE' }}).then((reply) => reply.status);");
    let status = world.browser.execute(delete, Vec::new()).await?.convert::<u16>()?;
    ensure!(status == 204, "the draft cannot be deleted: {status}");
    Ok(())
}

/// Another person on the same phone.
async fn change_person(world: &World, applicant: &str) -> Result<()> {
    world.browser.delete_all_cookies().await?;
    SignIn::sign_in_as(world, applicant).await
}

#[test]
#[invariant::invariant("a-way-from-every-gate")]
fn every_gate_is_met_and_shows_a_way() -> Result<()> {
    for service in SERVICES {
        let exits = exits(service)?;
        // Who says at once that it is not their own child is asked for no number: anybody may.
        let anybody = exits.iter().find_map(|(_, branch)| branch.applicant.clone()).context("nobody applies")?;
        in_browser(&format!("{service}-exits"), Screen::Phone, async |world| {
            let mut present = String::new();
            for (gate, branch) in &exits {
                let applicant = branch.applicant.as_deref().unwrap_or(&anybody);
                if applicant != present {
                    change_person(&world, applicant).await?;
                    applicant.clone_into(&mut present);
                }
                leave(&world, service, gate, branch).await.with_context(|| format!("{service}: {gate}"))?;
            }
            Ok(())
        })?;
    }
    Ok(())
}
