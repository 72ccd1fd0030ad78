//! Two editors of one draft, say a phone and a tablet, in random order and at once. Whoever was overtaken is shown the
//! draft as it is, lays their own changes over it and sends again; and what is sent in the end is what the sender last
//! saw. `YIJIANSHI_INTERLEAVINGS` says how many orders are tried.

use fastrand::Rng;
use serde_json::{Map, Value, json};

use crate::chance::{chance, times};
use crate::world::{OWNER, Reply, Visitor, World};

#[derive(Clone, Copy, Debug)]
enum Move {
    Types,
    Looks,
    Saves,
    BothSave,
    Sends,
    SendsWhileTheOtherSaves,
    SendsWhatNobodySaw,
}

const MOVES: [Move; 10] = [
    Move::Types,
    Move::Types,
    Move::Types,
    Move::Looks,
    Move::Saves,
    Move::Saves,
    Move::BothSave,
    Move::Sends,
    Move::SendsWhileTheOtherSaves,
    Move::SendsWhatNobodySaw,
];
const MOST_MOVES: usize = 24;

/// A screen with a draft on it.
struct Editor {
    /// The draft as the server last told it.
    seen: Value,
    /// Typed and not saved yet.
    typed: Map<String, Value>,
}

/// The draft as it must be by all that was acknowledged, and those who edit it.
struct Play<'a> {
    owner: &'a Visitor<'a>,
    truth: Value,
    editors: [Editor; 2],
    typed_so_far: usize,
}

#[tokio::test]
#[invariant::invariant("asked-when-both-changed")]
#[invariant::invariant("no-lost-change")]
async fn two_editors_never_overwrite_silently_and_what_is_sent_was_seen() {
    let world = World::of_short_services().await;
    let owner = world.sign_in(OWNER).await;
    let (mut chance, interleavings) = (chance(), times("YIJIANSHI_INTERLEAVINGS", 300));
    for number in 0..interleavings {
        let mut play = Play::begin(&owner, number).await;
        let mut sent = None;
        for _ in 0..MOST_MOVES {
            let (one, what) = (chance.usize(..2), *chance.choice(&MOVES).unwrap());
            println!("{number}: {one} {what:?}");
            sent = play.makes(one, what, &mut chance).await;
            if sent.is_some() {
                break;
            }
        }
        let sent = match sent {
            Some(sent) => sent,
            None => play.settles(chance.usize(..2)).await,
        };
        play.ends(&sent).await;
    }
}

impl<'a> Play<'a> {
    async fn begin(owner: &'a Visitor<'a>, number: usize) -> Self {
        let truth = owner.note(&number.to_string()).await;
        let editor = || Editor { seen: truth.clone(), typed: Map::new() };
        Self { owner, editors: [editor(), editor()], truth, typed_so_far: 0 }
    }

    /// The receipt, if the application was sent.
    async fn makes(&mut self, one: usize, what: Move, chance: &mut Rng) -> Option<Value> {
        match what {
            Move::Types => self.types(one, chance),
            Move::Looks => self.looks(one).await,
            Move::Saves => self.saves(one).await,
            Move::BothSave => self.both_save().await,
            Move::Sends if self.editors[one].typed.is_empty() => return self.sends(one).await,
            Move::SendsWhileTheOtherSaves if self.editors[one].typed.is_empty() => {
                return self.sends_while_the_other_saves(one).await;
            }
            // Typed changes are saved first.
            Move::Sends | Move::SendsWhileTheOtherSaves => self.saves(one).await,
            Move::SendsWhatNobodySaw => self.sends_what_nobody_saw(one).await,
        }
        None
    }

    fn types(&mut self, one: usize, chance: &mut Rng) {
        self.typed_so_far += 1;
        let field = *chance.choice(&["subject", "place", "remark"]).unwrap();
        let is_emptied = field == "remark" && chance.usize(..3) == 0;
        let value = if is_emptied { Value::Null } else { json!(format!("{one} 写的第 {} 句", self.typed_so_far)) };
        self.editors[one].typed.insert(field.to_owned(), value);
    }

    async fn looks(&mut self, one: usize) {
        let now = self.owner.get(&self.path("")).await.expect(200).json();
        assert_eq!(now, self.truth);
        self.editors[one].seen = now;
    }

    async fn saves(&mut self, one: usize) {
        let (before, reply) = (self.truth.clone(), self.save(one).await);
        self.saved(one, reply, &before);
    }

    async fn both_save(&mut self) {
        let before = self.truth.clone();
        let (first, second) = tokio::join!(self.save(0), self.save(1));
        // Whichever came first at the server is told first here.
        let order = if second.status == 200 { [(1, second), (0, first)] } else { [(0, first), (1, second)] };
        for (one, reply) in order {
            self.saved(one, reply, &before);
        }
    }

    async fn save(&self, one: usize) -> Reply {
        let Editor { seen, typed } = &self.editors[one];
        self.owner.change(seen, &Value::Object(typed.clone())).await
    }

    /// Checks a reply to saving, and takes it over. `before` is the draft at the time of the request.
    fn saved(&mut self, one: usize, reply: Reply, before: &Value) {
        let editor = &mut self.editors[one];
        if editor.seen["version"] == self.truth["version"] {
            assert_eq!(editor.seen, self.truth, "who overwrites has seen what is there");
            let now = reply.expect(200).json();
            assert_eq!(now["answers"], laid_over(&self.truth["answers"], &editor.typed));
            assert_eq!(now["version"], self.truth["version"].as_u64().unwrap() + 1);
            editor.typed.clear();
            editor.seen = now.clone();
            self.truth = now;
        } else {
            self.refused(one, reply, before);
        }
    }

    /// An editor who was overtaken gets the current draft: as it was at the request, or as it is since.
    fn refused(&mut self, one: usize, reply: Reply, before: &Value) {
        let problem = reply.expect(412).json();
        assert_eq!(problem["code"], "stale");
        let current = &problem["current"];
        assert!(current == &self.truth || current == before, "{current} is not {} nor {before}", self.truth);
        assert_ne!(current, &self.editors[one].seen, "refused for no difference");
        self.editors[one].seen = current.clone();
    }

    async fn sends(&mut self, one: usize) -> Option<Value> {
        let (before, reply) = (self.truth.clone(), self.send(one).await);
        self.sent(one, reply, &before)
    }

    async fn sends_while_the_other_saves(&mut self, one: usize) -> Option<Value> {
        let (other, before) = (1 - one, self.truth.clone());
        let (sent, saved) = tokio::join!(self.send(one), self.save(other));
        if sent.status == 201 {
            assert_ne!(saved.status, 200, "saved into what was sent already");
            return self.sent(one, sent, &before);
        }
        self.saved(other, saved, &before);
        self.sent(one, sent, &before)
    }

    async fn send(&self, one: usize) -> Reply {
        let Editor { seen, .. } = &self.editors[one];
        self.submit(one, &json!({ "version": seen["version"], "content_hash": seen["content_hash"] })).await
    }

    /// Checks a reply to sending.
    fn sent(&mut self, one: usize, reply: Reply, before: &Value) -> Option<Value> {
        let editor = &self.editors[one];
        if editor.seen["version"] == self.truth["version"] {
            assert_eq!(editor.seen, self.truth, "who sends has seen what is sent");
            return Some(reply.expect(201).json());
        }
        self.refused(one, reply, before);
        None
    }

    /// The right version with other content, or the right content with another version.
    async fn sends_what_nobody_saw(&self, one: usize) {
        let (version, hash) = (self.truth["version"].as_u64().unwrap(), &self.truth["content_hash"]);
        for seen in [
            json!({ "version": version, "content_hash": "0".repeat(64) }),
            json!({ "version": version + 1, "content_hash": hash }),
            json!({ "version": version - 1, "content_hash": hash }),
        ] {
            let problem = self.submit(one, &seen).await.expect(412).json();
            assert_eq!((&problem["code"], &problem["current"]), (&json!("stale"), &self.truth));
        }
    }

    async fn submit(&self, one: usize, seen: &Value) -> Reply {
        // As the app makes it, and a different one in each of the two.
        let key = format!("{}-{}-{one}", self.truth["id"].as_str().unwrap(), seen["version"]);
        self.owner.json("POST", &self.path("/submit"), &[("idempotency-key", &key)], seen).await
    }

    /// Everybody saves what they have, and one sends.
    async fn settles(&mut self, one: usize) -> Value {
        for one in [0, 1, 0, 1] {
            self.saves(one).await;
        }
        self.looks(one).await;
        self.sends(one).await.unwrap()
    }

    /// The case holds what its sender saw, and the other editor can change it no more.
    async fn ends(&self, receipt: &Value) {
        for one in [0, 1] {
            self.save(one).await.expect(404);
        }
        let case = format!("/api/cases/{}", receipt["reference"].as_str().unwrap());
        assert_eq!(self.owner.get(&case).await.expect(200).json()["answers"], self.truth["answers"]);
    }

    fn path(&self, part: &str) -> String {
        format!("/api/drafts/{}{part}", self.truth["id"].as_str().unwrap())
    }
}

fn laid_over(answers: &Value, typed: &Map<String, Value>) -> Value {
    let mut answers = answers.as_object().unwrap().clone();
    for (field, value) in typed {
        match value {
            Value::Null => answers.remove(field),
            value => answers.insert(field.clone(), value.clone()),
        };
    }
    Value::Object(answers)
}
