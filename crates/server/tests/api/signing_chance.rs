//! Whatever people do in whatever order, no signature stands under another content, and nobody but the named person opens
//! a request. `YIJIANSHI_SIGNING_SEQUENCES` sets how many orders are tried.

use std::collections::HashMap;

use fastrand::Rng;
use serde_json::{Value, json};
use sqlx::{Connection, SqliteConnection, query};

use crate::chance::{chance, times};
use crate::signing::{
    HEIR, OTHER_HEIR, PARTNER, STRANGER, answers, ask_to_sign, current, deed, heirs, id, look, object, requests, sign,
};
use crate::world::{NOW, OWNER, Visitor, World};

const PLACES: [(&str, Option<&str>); 2] = [("partner-signature", None), ("heir.signature", Some("elder"))];
const LONGEST: usize = 14;

/// Who the deed can name as its partner: name, resident number, and which visitor that is.
const PARTNERS: [(&str, &str, usize); 2] = [("周小梅", "430725199306071028", 1), ("陈静", "430702198509232021", 2)];
const ELDER: usize = 3;

/// What has happened to one deed.
struct Deed<'a> {
    visitors: &'a [Visitor<'a>],
    draft: Value,
    partner: usize,
    /// Each with the visitor whom it names.
    requests: Vec<(Value, usize)>,
    /// What somebody has seen: the content of each hash.
    seen: HashMap<String, Value>,
    seen_last: String,
    signatures: usize,
}

impl<'a> Deed<'a> {
    fn new(visitors: &'a [Visitor<'a>], draft: Value) -> Self {
        let (requests, seen, seen_last) = (Vec::new(), HashMap::new(), String::new());
        Self { visitors, draft, partner: 0, requests, seen, seen_last, signatures: 0 }
    }

    fn owner(&self) -> &Visitor<'_> {
        &self.visitors[0]
    }

    /// A request, and somebody at it: more often than not a newer one, and the person whom it names.
    fn any_request(&self, chance: &mut Rng) -> Option<(&Value, usize, usize)> {
        let first = if chance.bool() { 0 } else { self.requests.len().saturating_sub(2) };
        let (request, named) = chance.choice(&self.requests[first..])?;
        let who = if chance.u8(..4) == 0 { chance.usize(..self.visitors.len()) } else { *named };
        Some((request, *named, who))
    }

    async fn ask(&mut self, chance: &mut Rng) {
        let (field, row) = PLACES[chance.usize(..2)];
        let named = if row.is_some() { ELDER } else { PARTNERS[self.partner].2 };
        let request = ask_to_sign(self.owner(), &self.draft, field, row).await.expect(201).json();
        if !self.requests.iter().any(|(known, _)| known["id"] == request["id"]) {
            self.requests.push((request, named));
        }
    }

    async fn open(&mut self, chance: &mut Rng) {
        let Some((request, named, who)) = self.any_request(chance) else { return };
        let reply = look(&self.visitors[who], request).await;
        assert_eq!(reply.status, if who == named { 200 } else { 404 }, "{who} opens what names {named}");
        if let Some(hash) = reply.json()["to_sign"]["content_hash"].as_str() {
            let shown = content(&current(self.owner(), &self.draft).await);
            let before = self.seen.insert(hash.to_owned(), shown.clone());
            self.seen_last = hash.to_owned();
            assert!(before.is_none_or(|before| before == shown), "two contents have one hash");
        }
    }

    /// With a hash that was seen at any time, by anybody.
    async fn answer(&mut self, chance: &mut Rng) {
        let Some((request, named, who)) = self.any_request(chance) else { return };
        let hashes: Vec<_> = self.seen.keys().cloned().collect();
        let any = if chance.u8(..4) == 0 { chance.choice(&hashes).cloned() } else { None };
        let hash = any.unwrap_or_else(|| self.seen_last.clone());
        let before = current(self.owner(), &self.draft).await;
        let reply = sign(&self.visitors[who], request, &json!(hash)).await;
        if who != named {
            assert_eq!(reply.status, 404, "{who} signs what names {named}");
        } else if reply.status == 200 {
            assert_eq!(self.seen.get(&hash), Some(&content(&before)), "another content was signed");
            self.signatures += 1;
        } else {
            assert!([409, 412].contains(&reply.status.as_u16()), "{}", reply.text());
        }
    }

    async fn change(&mut self, chance: &mut Rng) {
        let draft = current(self.owner(), &self.draft).await;
        let subject = ["卖房", "送房"][chance.usize(..2)];
        let mut change = json!({ "subject": subject });
        if chance.bool() {
            self.partner = chance.usize(..2);
            let (name, number, _) = PARTNERS[self.partner];
            change = json!({ "partner-name": name, "partner-id": number });
        }
        self.owner().change(&draft, &change).await.expect(200);
    }

    async fn refuse(&mut self, chance: &mut Rng) {
        let Some((request, named, who)) = self.any_request(chance) else { return };
        let status = object(&self.visitors[who], request, "不对").await.status.as_u16();
        let expected: &[u16] = if who == named { &[200, 409] } else { &[404] };
        assert!(expected.contains(&status), "{who} objects to what names {named}: {status}");
    }

    async fn cancel(&mut self, chance: &mut Rng) {
        let Some((request, ..)) = self.any_request(chance) else { return };
        let path = format!("/api/drafts/{}/signature-requests/{}", id(&self.draft), id(request));
        self.owner().delete(&path).await.expect(204);
    }

    /// Its days are over.
    async fn end(&mut self, chance: &mut Rng, database: &mut SqliteConnection) {
        let Some((request, ..)) = self.any_request(chance) else { return };
        let end = query("update signature_requests set ends_at = ? where id = ?").bind(NOW).bind(id(request));
        end.execute(database).await.unwrap();
    }

    /// A signature that stands was given for what stands there, by the person who is named there.
    async fn holds(&self) {
        let draft = current(self.owner(), &self.draft).await;
        let states: HashMap<_, _> =
            requests(self.owner(), &self.draft).await.as_array().unwrap().iter().map(by_id).collect();
        let answers = &draft["answers"];
        for (at, signature) in [&answers["partner-signature"], &answers["heir"][0]["signature"]].into_iter().enumerate()
        {
            let Some(hash) = signature["signed"].as_str() else { continue };
            assert_eq!(self.seen.get(hash), Some(&content(&draft)), "a signature stands under another content");
            assert_eq!(states[signature["request"].as_str().unwrap()], "signed");
            let name = if at == 0 { &answers["partner-name"] } else { &answers["heir"][0]["name"] };
            assert_eq!(&signature["signer"], name);
        }
    }
}

fn by_id(request: &Value) -> (String, String) {
    (id(request).to_owned(), request["state"].as_str().unwrap().to_owned())
}

/// The answers without the signatures.
fn content(draft: &Value) -> Value {
    let mut answers = draft["answers"].clone();
    answers.as_object_mut().unwrap().remove("partner-signature");
    for row in answers["heir"].as_array_mut().into_iter().flatten() {
        row.as_object_mut().unwrap().remove("signature");
    }
    answers
}

async fn sequence(deed: &mut Deed<'_>, chance: &mut Rng, database: &mut SqliteConnection) {
    for _ in 0..chance.usize(2..=LONGEST) {
        match chance.u8(..16) {
            0..4 => deed.ask(chance).await,
            4..7 => deed.open(chance).await,
            7..11 => deed.answer(chance).await,
            11..13 => deed.change(chance).await,
            13 => deed.refuse(chance).await,
            14 => deed.cancel(chance).await,
            _ => deed.end(chance, database).await,
        }
    }
    deed.holds().await;
}

#[tokio::test]
#[invariant::invariant("only-the-signer")]
async fn no_order_of_steps_signs_another_content_or_lets_a_stranger_read() {
    let world = World::of_short_services().await;
    let mut visitors = Vec::new();
    for phone in [OWNER, PARTNER, STRANGER, HEIR, OTHER_HEIR] {
        visitors.push(world.sign_in(phone).await);
    }
    let file = world.config.data.join("yijianshi.sqlite");
    let mut database = SqliteConnection::connect(&format!("sqlite:{}", file.display())).await.unwrap();
    let (mut chance, mut signatures) = (chance(), 0);
    let orders = times("YIJIANSHI_SIGNING_SEQUENCES", 2_000);
    for _ in 0..orders {
        // The limits hold for people; here one asks as often as it takes.
        query("delete from rate_limit_uses").execute(&mut database).await.unwrap();
        let mut answers = answers("卖房");
        answers.as_object_mut().unwrap().extend(heirs().as_object().unwrap().clone());
        let draft = deed(&visitors[0], &answers).await;
        let mut deed = Deed::new(&visitors, draft);
        sequence(&mut deed, &mut chance, &mut database).await;
        signatures += deed.signatures;
        // Nobody has more than some drafts.
        let path = format!("/api/drafts/{}", id(&deed.draft));
        visitors[0].delete(&path).await.expect(204);
    }
    assert!(signatures > orders / 10, "only {signatures} signatures in {orders} orders: the test tests nothing");
}
