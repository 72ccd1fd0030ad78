//! What an application costs: the phone shows what the server charges, and who is exempt is charged nothing.

use contract::{Answers, Context, Service, date};
use serde_json::{Value, json};

use crate::officers::{HEALTH, act, case, decide, family_case_with, sign_in_officer, task_in_review};
use crate::world::{Visitor, World};

const MOTHER: &str = "13807360002";

/// What the phone reckons from the definition and the answers: title and amount.
async fn shown(world: &World, answers: &Value) -> Vec<(String, String)> {
    let definition = world.get("/api/services/family?division=430703").await.expect(200).body;
    let service: Service = serde_json::from_slice(&definition).unwrap();
    let answers: Answers = serde_json::from_value(answers.clone()).unwrap();
    let context = Context { today: date::parse("2026-11-24").unwrap(), division: "430703".into() };
    let journey = service.journey(&answers, &context);
    let line = |due: &contract::service::FeeDue<'_>| (due.fee.title.en.clone(), due.amount());
    service.fees_of_journey(&journey).iter().map(line).collect()
}

/// The insurance in review, where nothing but the payment is missing.
async fn insurance(world: &World, reference: &str) -> Value {
    let officer = sign_in_officer(world, HEALTH).await;
    let task = task_in_review(&officer, reference, "certificate").await;
    decide(&officer, &task, "approve").await;
    task_in_review(&officer, reference, "insurance").await
}

#[tokio::test]
#[invariant::invariant("charged-as-shown")]
async fn what_is_shown_is_what_is_charged() {
    for (answers, sums, paid) in [
        (json!({}), vec![("Premium", "contribution", "400.00")], Some("400.00")),
        (json!({ "cover": "ordinary" }), vec![("Premium by case", "contribution", "400.00")], Some("400.00")),
        (
            json!({ "cover": "full", "card-yuan": "12.50" }),
            vec![("Premium by case", "contribution", "1070.00"), ("Cost of the card", "charge", "12.50")],
            Some("1082.50"),
        ),
        (json!({ "cover": "exempt", "card-yuan": "0" }), vec![], None),
    ] {
        let world = World::new().await;
        let mother = world.sign_in(MOTHER).await;
        let reference = family_case_with(&mother, "陈静", &answers).await;
        let receipt = mother.get(&format!("/api/cases/{reference}/receipt")).await.expect(200).json();
        let seen: Vec<_> = receipt["to_pay"].as_array().into_iter().flatten().map(line).collect();
        let expected: Vec<_> =
            sums.iter().map(|(title, sort, amount)| (json!(title), json!(sort), json!(amount))).collect();
        assert_eq!(seen, expected, "{answers}");
        let told = shown(&world, &case(&mother, &reference).await["answers"]).await;
        let titles: Vec<_> =
            sums.iter().map(|(title, _, amount)| ((*title).to_owned(), (*amount).to_owned())).collect();
        assert_eq!(told, titles, "on the phone: {answers}");
        let task = insurance(&world, &reference).await;
        pay_and_approve(&world, &mother, &task, paid).await;
    }
}

fn line(fee: &Value) -> (Value, Value, Value) {
    (fee["title"]["en"].clone(), fee["sort"].clone(), fee["amount"].clone())
}

/// Who owes nothing pays nothing and is not kept waiting for it.
async fn pay_and_approve(world: &World, mother: &Visitor<'_>, task: &Value, paid: Option<&str>) {
    let path = format!("/api/cases/{}/payment", task["reference"].as_str().unwrap());
    match paid {
        Some(amount) => {
            let case = mother.post(&path, &json!({})).await.expect(200).json();
            assert_eq!(case["paid"]["amount"], amount);
        }
        None => assert_eq!(mother.post(&path, &json!({})).await.expect(409).code(), "nothing-to-pay"),
    }
    let officer = sign_in_officer(world, HEALTH).await;
    act(&officer, task, "decisions", &json!({ "action": "approve" })).await.expect(200);
}
