//! No case stalls: whatever people do to cases, every case in the database is delivered, visibly waiting, or ended
//! with a message to the applicant.

use contract::Service;
use contract::case::CaseStatus;
use contract::load::Definition;
use contract::service::Item;
use fastrand::Rng;
use serde_json::{Value, json};
use sqlx::{Connection, SqliteConnection, query, query_as, query_scalar};

use crate::chance::{chance, times};
use crate::officers::{CITY, act, open, sign_in_officer};
use crate::stages::{applied, correct, decided, decision, staged, states};
use crate::world::{OWNER, Visitor, World};

const RANDOM_CASES: usize = 40;
const MOST_MOVES: usize = 10;
/// The first item comes up more often, because the second waits for it.
const ITEMS: [&str; 4] = ["first", "first", "second", "look"];

/// Finds stalled tasks. `?1` names items with their titles and needs, `?2` one case, or null for all. A message is
/// about an item when it contains the case's reference, the item's title and the words of its status.
const STALLED: &str = "
    with items as (
        select value ->> 'service' as service, value ->> 'item' as item, value ->> 'title' as title, value -> 'needs' as needs,
            value ->> 'afterwards' as afterwards
        from json_each(?1)
    ),
    words (status, says) as (values
        ('approved', '已经办好'), ('delivered', '已经办好'), ('refused', '未予通过'), ('not-accepted', '不属于受理范围'),
        ('withdrawn', '撤回'), ('void', '本事项终止'), ('returned', '需要补正'), ('special', '时限暂停'),
        ('awaiting-materials', '请传一张照片')
    ),
    told as (
        select tasks.reference, tasks.item from tasks
        join cases on cases.reference = tasks.reference
        join citizens on citizens.id = cases.citizen
        join items on items.service = cases.service and items.item = tasks.item
        join words on words.status = tasks.status
        join outbox on outbox.phone = citizens.phone and instr(outbox.text, tasks.reference)
            and instr(outbox.text, items.title) and instr(outbox.text, words.says)
        where tasks.reference = coalesce(?2, tasks.reference)
    ),
    needed as (
        select tasks.reference, tasks.item, other.status from tasks
        join cases on cases.reference = tasks.reference
        join items on items.service = cases.service and items.item = tasks.item
        join json_each(items.needs) as need
        join tasks as other on other.reference = tasks.reference and other.item = need.value
        where tasks.reference = coalesce(?2, tasks.reference)
    )
    select reference, item, status from tasks
    where reference = coalesce(?2, reference) and not case
        when status in ('submitted', 'accepted', 'in-review') then due is not null
        when status = 'waiting' then
            exists (select 1 from needed where needed.reference = tasks.reference and needed.item = tasks.item
                and needed.status not in ('approved', 'delivered'))
            and not exists (select 1 from needed where needed.reference = tasks.reference and needed.item = tasks.item
                and needed.status in ('refused', 'not-accepted', 'withdrawn', 'void'))
        -- What is not granted is not looked at afterwards; that it is not granted was told.
        when status in ('void', 'withdrawn') and exists (select 1 from items join cases on cases.service = items.service
            where cases.reference = tasks.reference and items.item = tasks.item and items.afterwards)
            then exists (select 1 from needed where needed.reference = tasks.reference and needed.item = tasks.item
                and needed.status in ('refused', 'not-accepted', 'withdrawn', 'void'))
        else exists (select 1 from told where told.reference = tasks.reference and told.item = tasks.item)
    end
    union all
    select reference, '', 'nothing to do' from cases
    where reference = coalesce(?2, reference)
        and not exists (select 1 from tasks where tasks.reference = cases.reference)
    union all
    select reference, '', 'not received' from cases
    join citizens on citizens.id = cases.citizen
    where reference = coalesce(?2, reference) and not exists (select 1 from outbox where outbox.phone = citizens.phone and instr(outbox.text, reference)
        and instr(outbox.text, '已经收到'))
    order by 1, 2";

struct Records {
    connection: SqliteConnection,
    items: String,
}

impl Records {
    async fn of(world: &World) -> Self {
        let file = world.config.data.join("yijianshi.sqlite");
        let mut connection = SqliteConnection::connect(file.to_str().unwrap()).await.unwrap();
        let published: Vec<String> =
            query_scalar("select definition from published").fetch_all(&mut connection).await.unwrap();
        let services = published.iter().map(|text| Definition::parse(text).unwrap().service(&"430701".into()).unwrap());
        let items: Vec<Value> = services.flat_map(|service| items(&service)).collect();
        Self { connection, items: json!(items).to_string() }
    }

    /// Reference, item and status of every stalled task.
    async fn stalled(&mut self) -> Vec<(String, String, String)> {
        self.stalled_in(None).await
    }

    async fn stalled_in(&mut self, reference: Option<&str>) -> Vec<(String, String, String)> {
        query_as(STALLED).bind(&self.items).bind(reference).fetch_all(&mut self.connection).await.unwrap()
    }

    /// The stalled tasks that the query would find after this damage, which is rolled back.
    async fn stalled_after(&mut self, damage: &'static str, reference: &str) -> Vec<(String, String, String)> {
        query("begin").execute(&mut self.connection).await.unwrap();
        let done = query(damage).bind(reference).execute(&mut self.connection).await.unwrap();
        assert_ne!(done.rows_affected(), 0, "{damage}");
        let found = self.stalled().await;
        query("rollback").execute(&mut self.connection).await.unwrap();
        found
    }
}

fn items(service: &Service) -> Vec<Value> {
    let item = |item: &Item| {
        let afterwards = item.after_check.is_some();
        json!({ "service": service.id, "item": item.id, "title": item.title.zh, "needs": item.needs, "afterwards": afterwards })
    };
    service.items.iter().map(item).collect()
}

#[tokio::test]
#[invariant::invariant("no-stalled-case")]
async fn no_case_stalls() {
    let world = World::of_short_services().await;
    let (officer, owner) = (sign_in_officer(&world, CITY).await, world.sign_in(OWNER).await);
    let mut records = Records::of(&world).await;
    for state in states() {
        staged(&owner, &officer, state).await;
        assert_eq!(records.stalled().await, [], "{state:?}");
    }
    let electronic = applied(&owner, Some("电子的")).await;
    decided(&officer, &electronic, "first", &["accept", "review", "approve"]).await;
    assert_eq!(records.stalled().await, [], "electronic");
    let returned = staged(&owner, &officer, CaseStatus::Returned).await;
    correct(&owner, &returned.reference).await.expect(201);
    assert_eq!(records.stalled().await, [], "mended");

    let mut chance = chance();
    for _ in 0..times("YIJIANSHI_CASES", RANDOM_CASES) {
        let reference = applied(&owner, *chance.choice(&[None, Some("电子的")]).unwrap()).await;
        for _ in 0..chance.usize(..MOST_MOVES) {
            moves(&owner, &officer, &reference, &mut chance).await;
            assert_eq!(records.stalled_in(Some(&reference)).await, [], "{reference}");
        }
    }
    // A week without an answer, and its scheduled transitions.
    world.pass(8 * 24 * 3600);
    world.run_background_jobs().await;
    assert_eq!(records.stalled().await, [], "after a week");
    let waiting: i64 = query_scalar("select count(*) from outbox where sent_at is null")
        .fetch_one(&mut records.connection)
        .await
        .unwrap();
    assert_eq!(waiting, 0, "every message went out");
}

/// Somebody does something that is possible now.
async fn moves(owner: &Visitor<'_>, officer: &Visitor<'_>, reference: &str, chance: &mut Rng) {
    match chance.usize(..8) {
        0 => drop(owner.post(&format!("/api/cases/{reference}/withdrawal"), &json!({})).await),
        1 => drop(correct(owner, reference).await),
        _ => {
            let item = *chance.choice(&ITEMS).unwrap();
            let task = open(officer, reference, item).await;
            let task = act(officer, &task, "claim", &json!({})).await.expect(200).json();
            let actions = task["actions"].as_array().unwrap();
            if !actions.is_empty() {
                let action = chance.choice(actions).unwrap().as_str().unwrap();
                act(officer, &task, "decisions", &decision(action)).await.expect(200);
            }
        }
    }
}

#[tokio::test]
#[invariant::invariant("no-stalled-case")]
async fn a_stalled_case_is_found() {
    let world = World::of_short_services().await;
    let (officer, owner) = (sign_in_officer(&world, CITY).await, world.sign_in(OWNER).await);
    let mut records = Records::of(&world).await;
    for (state, damage, item, found) in [
        (
            CaseStatus::Accepted,
            "update tasks set due = null where reference = ? and item = 'first'",
            "first",
            "accepted",
        ),
        (
            CaseStatus::Refused,
            "delete from outbox where instr(text, ?) and instr(text, '未予通过')",
            "first",
            "refused",
        ),
        (CaseStatus::Void, "delete from outbox where instr(text, ?) and instr(text, '本事项终止')", "second", "void"),
        (
            CaseStatus::Returned,
            "delete from outbox where instr(text, ?) and instr(text, '需要补正')",
            "first",
            "returned",
        ),
        (
            CaseStatus::AwaitingMaterials,
            "delete from outbox where instr(text, ?) and instr(text, '请传一张照片')",
            "look",
            "awaiting-materials",
        ),
        (CaseStatus::Waiting, "delete from tasks where reference = ? and item = 'first'", "second", "waiting"),
        (
            CaseStatus::Void,
            "update tasks set status = 'waiting' where reference = ? and item in ('second', 'look')",
            "second",
            "waiting",
        ),
        (
            CaseStatus::Delivered,
            "update tasks set status = 'waiting' where reference = ? and item = 'second'",
            "second",
            "waiting",
        ),
        (CaseStatus::Submitted, "delete from outbox where instr(text, ?)", "", "not received"),
        (CaseStatus::Submitted, "delete from tasks where reference = ?", "", "nothing to do"),
    ] {
        let case = staged(&owner, &officer, state).await;
        let expected = (case.reference.clone(), item.to_owned(), found.to_owned());
        assert_eq!(records.stalled_after(damage, &case.reference).await, [expected], "{damage}");
        assert_eq!(records.stalled().await, [], "mended again");
    }
}
