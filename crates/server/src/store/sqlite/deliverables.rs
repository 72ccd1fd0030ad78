//! Certificates and payments.

use async_trait::async_trait;
use sqlx::{Error, FromRow, Row, SqliteConnection, query, query_as, query_scalar};

use super::Sqlite;
use super::casework::moves::audit;
use crate::store::{DeliverableStore, IssuedRecord, PaymentRecord, RefundRecord, Seconds, StoreError};

#[async_trait]
impl DeliverableStore for Sqlite {
    async fn issued_of_case(&self, reference: &str) -> Result<Vec<IssuedRecord>, StoreError> {
        let issued = query_as("select * from certificates where reference = ? order by issued_at")
            .bind(reference)
            .fetch_all(&self.readers)
            .await?;
        Ok(issued)
    }

    async fn issued_of(&self, citizen: &str) -> Result<Vec<IssuedRecord>, StoreError> {
        let issued = query_as(
            "select certificates.* from certificates join cases using (reference)
             where citizen = ? order by issued_at desc, reference, item",
        )
        .bind(citizen)
        .fetch_all(&self.readers)
        .await?;
        Ok(issued)
    }

    async fn issued_with(&self, code: &str) -> Result<Option<IssuedRecord>, StoreError> {
        let issued =
            query_as("select * from certificates where code = ?").bind(code).fetch_optional(&self.readers).await?;
        Ok(issued)
    }

    async fn renewal_of(&self, code: &str) -> Result<Option<String>, StoreError> {
        let reference = query_scalar(
            "select reference from cases where renews = ? and exists (select 1 from tasks
                 where tasks.reference = cases.reference and status not in ('refused', 'not-accepted', 'void', 'withdrawn'))
             order by received_at desc limit 1",
        )
        .bind(code)
        .fetch_optional(&self.readers)
        .await?;
        Ok(reference)
    }

    async fn ending(&self, today: &str) -> Result<Vec<(String, IssuedRecord)>, StoreError> {
        let rows = query(
            "select certificates.*, citizen from certificates join cases using (reference)
             where reminded_at is null and remind_on <= ?1 and valid_until >= ?1 and replaced_at is null
                 and not exists (select 1 from cases as later join tasks on tasks.reference = later.reference
                     where later.renews = certificates.code
                         and status not in ('refused', 'not-accepted', 'void', 'withdrawn'))",
        )
        .bind(today)
        .fetch_all(&self.readers)
        .await?;
        Ok(rows
            .iter()
            .map(|row| Ok((row.try_get("citizen")?, IssuedRecord::from_row(row)?)))
            .collect::<Result<_, Error>>()?)
    }

    async fn keep_reminder(&self, code: &str, citizen: &str, message: String, now: Seconds) -> Result<(), StoreError> {
        let (code, citizen) = (code.to_owned(), citizen.to_owned());
        self.write(move |connection| Box::pin(keep_reminder(connection, code, citizen, message, now))).await
    }

    async fn payment_of(&self, reference: &str) -> Result<Option<PaymentRecord>, StoreError> {
        let payment = query_as(
            "select payments.*, refunded_at from payments left join payment_orders using (reference) where reference = ?",
        )
        .bind(reference)
        .fetch_optional(&self.readers)
        .await?;
        Ok(payment)
    }

    async fn order_payment(&self, reference: &str, now: Seconds) -> Result<(), StoreError> {
        let reference = reference.to_owned();
        self.write(move |connection| {
            Box::pin(async move {
                query(
                    "insert into payment_orders (reference, ordered_at) values (?, ?)
                     on conflict (reference) do update set ordered_at = excluded.ordered_at",
                )
                .bind(reference)
                .bind(now)
                .execute(connection)
                .await?;
                Ok(())
            })
        })
        .await
    }

    async fn perhaps_refundable(&self, since: Seconds) -> Result<Vec<String>, StoreError> {
        let references = query_scalar(
            "select reference from payment_orders where refunded_at is null
                 and exists (select 1 from tasks where tasks.reference = payment_orders.reference
                     and status in ('refused', 'not-accepted', 'void', 'withdrawn')
                     and (max(ordered_at, tasks.since) > ? or exists
                         (select 1 from payments where payments.reference = payment_orders.reference)))",
        )
        .bind(since)
        .fetch_all(&self.readers)
        .await?;
        Ok(references)
    }

    async fn keep_refund(&self, refund: RefundRecord, message: String) -> Result<(), StoreError> {
        self.write(move |connection| Box::pin(keep_refund(connection, refund, message))).await
    }

    async fn keep_payment(&self, payment: PaymentRecord, citizen: &str, message: String) -> Result<(), StoreError> {
        let citizen = citizen.to_owned();
        self.write(move |connection| Box::pin(keep_payment(connection, payment, citizen, message))).await
    }

    async fn happened(&self, reference: &str) -> Result<u64, StoreError> {
        let count: i64 = query_scalar(
            "select (select count(*) from case_events where reference = ?1)
                  + (select count(*) from payments where reference = ?1)
                  + (select count(*) from payment_orders where reference = ?1 and refunded_at is not null)
                  + (select count(*) from reckonings where reference = ?1)",
        )
        .bind(reference)
        .fetch_one(&self.readers)
        .await?;
        Ok(count.unsigned_abs())
    }
}

async fn keep_payment(
    connection: &mut SqliteConnection,
    payment: PaymentRecord,
    citizen: String,
    message: String,
) -> Result<(), StoreError> {
    let kept = query(
        "insert into payments (reference, cents, number, paid_at) values (?, ?, ?, ?) on conflict (reference) do nothing",
    )
    .bind(&payment.reference)
    .bind(payment.cents)
    .bind(&payment.number)
    .bind(payment.paid_at)
    .execute(&mut *connection)
    .await?;
    if kept.rows_affected() == 0 {
        return Ok(());
    }
    audit(connection, &format!("citizen:{citizen}"), "pay", &payment.reference, payment.paid_at).await?;
    query("insert into outbox (phone, text, created_at) select phone, ?, ? from citizens where id = ?")
        .bind(message)
        .bind(payment.paid_at)
        .bind(&citizen)
        .execute(connection)
        .await?;
    Ok(())
}

async fn keep_refund(
    connection: &mut SqliteConnection,
    refund: RefundRecord,
    message: String,
) -> Result<(), StoreError> {
    let kept = query(
        "update payment_orders set refunded_cents = ?, refund_number = ?, refunded_at = ?
         where reference = ? and refunded_at is null",
    )
    .bind(refund.cents)
    .bind(&refund.number)
    .bind(refund.refunded_at)
    .bind(&refund.reference)
    .execute(&mut *connection)
    .await?;
    if kept.rows_affected() == 0 {
        return Ok(());
    }
    audit(connection, "system", "refund", &refund.reference, refund.refunded_at).await?;
    query(
        "insert into outbox (phone, text, created_at)
         select phone, ?, ? from citizens join cases on cases.citizen = citizens.id where reference = ?",
    )
    .bind(message)
    .bind(refund.refunded_at)
    .bind(&refund.reference)
    .execute(connection)
    .await?;
    Ok(())
}

/// Writes the certificate of an approval, in the approval's own savepoint.
pub(super) async fn issue(connection: &mut SqliteConnection, issued: &IssuedRecord) -> Result<(), StoreError> {
    query(
        "insert into certificates (reference, item, type, title_zh, title_en, number, holder, agency_zh, agency_en, issued_at,
             code, valid_until, remind_on, replaces)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
        .bind(&issued.reference)
        .bind(&issued.item)
        .bind(&issued.r#type)
        .bind(&issued.title_zh)
        .bind(&issued.title_en)
        .bind(&issued.number)
        .bind(&issued.holder)
        .bind(&issued.agency_zh)
        .bind(&issued.agency_en)
        .bind(issued.issued_at)
        .bind(&issued.code)
        .bind(&issued.valid_until)
        .bind(&issued.remind_on)
        .bind(&issued.replaces)
        .execute(&mut *connection)
        .await?;
    match &issued.replaces {
        Some(code) => replace(connection, code, issued.issued_at).await,
        None => Ok(()),
    }
}

/// Fails, and so undoes the approval, when another certificate took its place meanwhile.
async fn replace(connection: &mut SqliteConnection, code: &str, at: Seconds) -> Result<(), StoreError> {
    let replaced = query("update certificates set replaced_at = ? where code = ? and replaced_at is null")
        .bind(at)
        .bind(code)
        .execute(connection)
        .await?;
    if replaced.rows_affected() == 1 { Ok(()) } else { Err(StoreError::Changed) }
}

async fn keep_reminder(
    connection: &mut SqliteConnection,
    code: String,
    citizen: String,
    message: String,
    now: Seconds,
) -> Result<(), StoreError> {
    let kept =
        query("update certificates set reminded_at = ? where code = ? and reminded_at is null and replaced_at is null")
            .bind(now)
            .bind(&code)
            .execute(&mut *connection)
            .await?;
    if kept.rows_affected() == 0 {
        return Ok(());
    }
    audit(connection, "system", "remind-of-end", &code, now).await?;
    query("insert into outbox (phone, text, created_at) select phone, ?, ? from citizens where id = ?")
        .bind(message)
        .bind(now)
        .bind(citizen)
        .execute(connection)
        .await?;
    Ok(())
}
