//! The outbox, and the demonstration's integrations.

use async_trait::async_trait;
use serde_json::{Map, Value};
use sqlx::{query, query_as, query_scalar};

use super::Sqlite;
use crate::store::{
    Backlog, DemoPerson, IntegrationStore, Message, RegisterEntry, Seconds, StoreError, WaitingMessage, WalletEntry,
};

#[async_trait]
impl IntegrationStore for Sqlite {
    async fn take_messages(&self, most: u32, now: Seconds, until: Seconds) -> Result<Vec<WaitingMessage>, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let mut taken: Vec<WaitingMessage> = query_as(
                    "update outbox set leased_until = ?
                     where id in (select id from outbox where sent_at is null and leased_until <= ? order by id limit ?)
                     returning id, phone, text, failures",
                )
                .bind(until)
                .bind(now)
                .bind(most)
                .fetch_all(connection)
                .await?;
                taken.sort_by_key(|message| message.id);
                Ok(taken)
            })
        })
        .await
    }

    async fn message_waits(&self, id: i64, until: Seconds) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                query("update outbox set leased_until = ?, failures = failures + 1 where id = ?")
                    .bind(until)
                    .bind(id)
                    .execute(connection)
                    .await?;
                Ok(())
            })
        })
        .await
    }

    async fn message_was_sent(&self, id: i64, now: Seconds) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                query("update outbox set sent_at = ? where id = ?").bind(now).bind(id).execute(connection).await?;
                Ok(())
            })
        })
        .await
    }

    async fn backlog(&self) -> Result<Backlog, StoreError> {
        let backlog = query_as(
            "select count(*) as waiting, count(*) filter (where failures > 0) as failing,
                 coalesce(max(failures), 0) as most_failures, min(created_at) as oldest_at
             from outbox where sent_at is null",
        )
        .fetch_one(&self.readers)
        .await?;
        Ok(backlog)
    }

    async fn seed_people(&self, people: Vec<DemoPerson>) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                for person in people {
                    query("insert or replace into demo_people values (?, ?, ?, ?, ?, ?)")
                        .bind(person.phone)
                        .bind(person.name)
                        .bind(person.resident_id)
                        .bind(person.ticket)
                        .bind(person.says_zh)
                        .bind(person.says_en)
                        .execute(&mut *connection)
                        .await?;
                }
                Ok(())
            })
        })
        .await
    }

    async fn seed_register(&self, entries: Vec<RegisterEntry>) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                for entry in entries {
                    query("insert or replace into demo_register_entries values (?, ?, ?)")
                        .bind(entry.register)
                        .bind(entry.key)
                        .bind(Value::Object(entry.entry).to_string())
                        .execute(&mut *connection)
                        .await?;
                }
                Ok(())
            })
        })
        .await
    }

    async fn seed_wallets(&self, entries: Vec<WalletEntry>) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                for entry in entries {
                    query("insert or replace into demo_certificates values (?, ?, ?, ?, ?, ?, ?, ?)")
                        .bind(entry.id)
                        .bind(entry.resident_id)
                        .bind(entry.r#type)
                        .bind(entry.title_zh)
                        .bind(entry.title_en)
                        .bind(entry.number)
                        .bind(entry.holder)
                        .bind(entry.valid_until)
                        .execute(&mut *connection)
                        .await?;
                }
                Ok(())
            })
        })
        .await
    }

    async fn demo_people(&self) -> Result<Vec<DemoPerson>, StoreError> {
        Ok(query_as("select * from demo_people order by phone").fetch_all(&self.readers).await?)
    }

    async fn demo_register(&self) -> Result<Vec<RegisterEntry>, StoreError> {
        let rows: Vec<(String, String, String)> =
            query_as("select register, key, entry from demo_register_entries order by register, key")
                .fetch_all(&self.readers)
                .await?;
        let entry = |(register, key, entry): (String, String, String)| {
            Ok(RegisterEntry { register, key, entry: serde_json::from_str(&entry)? })
        };
        rows.into_iter().map(entry).collect()
    }

    async fn demo_register_entry(&self, register: &str, key: &str) -> Result<Option<Map<String, Value>>, StoreError> {
        let entry: Option<String> =
            query_scalar("select entry from demo_register_entries where register = ? and key = ?")
                .bind(register)
                .bind(key)
                .fetch_optional(&self.readers)
                .await?;
        Ok(entry.map(|entry| serde_json::from_str(&entry)).transpose()?)
    }

    async fn demo_wallet(&self, resident_id: &str) -> Result<Vec<WalletEntry>, StoreError> {
        let wallet = query_as("select * from demo_certificates where resident_id = ? order by id")
            .bind(resident_id)
            .fetch_all(&self.readers)
            .await?;
        Ok(wallet)
    }

    async fn receive_demo_message(&self, key: &str, phone: &str, text: &str, now: Seconds) -> Result<(), StoreError> {
        let (key, phone, text) = (key.to_owned(), phone.to_owned(), text.to_owned());
        self.write(move |connection| {
            Box::pin(async move {
                query(
                    "insert into demo_messages (key, phone, text, received_at) values (?, ?, ?, ?)
                     on conflict do nothing",
                )
                .bind(key)
                .bind(phone)
                .bind(text)
                .bind(now)
                .execute(connection)
                .await?;
                Ok(())
            })
        })
        .await
    }

    async fn demo_messages(&self, phone: &str) -> Result<Vec<Message>, StoreError> {
        let messages =
            query_as("select text, received_at as at from demo_messages where phone = ? order by id desc limit 50")
                .bind(phone)
                .fetch_all(&self.readers)
                .await?;
        Ok(messages)
    }

    async fn demo_number(&self, series: &str, order: &str) -> Result<u32, StoreError> {
        let (series, order) = (series.to_owned(), order.to_owned());
        self.write(move |connection| {
            Box::pin(async move {
                query(
                    "insert into demo_numbers (series, orderer, number)
                     select ?1, ?2, 1 + (select count(*) from demo_numbers where series = ?1) where true
                     on conflict do nothing",
                )
                .bind(&series)
                .bind(&order)
                .execute(&mut *connection)
                .await?;
                let number = query_scalar("select number from demo_numbers where series = ? and orderer = ?")
                    .bind(series)
                    .bind(order)
                    .fetch_one(connection)
                    .await?;
                Ok(number)
            })
        })
        .await
    }

    async fn demo_charge(&self, order: &str, cents: i64, now: Seconds) -> Result<i64, StoreError> {
        let order = order.to_owned();
        self.write(move |connection| {
            Box::pin(async move {
                query("insert into demo_charges (orderer, cents, charged_at) values (?, ?, ?) on conflict do nothing")
                    .bind(&order)
                    .bind(cents)
                    .bind(now)
                    .execute(&mut *connection)
                    .await?;
                let number = query_scalar("select rowid from demo_charges where orderer = ?")
                    .bind(order)
                    .fetch_one(connection)
                    .await?;
                Ok(number)
            })
        })
        .await
    }

    async fn demo_refund(&self, order: &str, cents: i64, now: Seconds) -> Result<Option<i64>, StoreError> {
        let order = order.to_owned();
        self.write(move |connection| {
            Box::pin(async move {
                query(
                    "insert into demo_refunds (orderer, cents, refunded_at)
                     select orderer, ?, ? from demo_charges where orderer = ? on conflict do nothing",
                )
                .bind(cents)
                .bind(now)
                .bind(&order)
                .execute(&mut *connection)
                .await?;
                let number = query_scalar("select rowid from demo_refunds where orderer = ?")
                    .bind(order)
                    .fetch_optional(connection)
                    .await?;
                Ok(number)
            })
        })
        .await
    }

    async fn demo_fault(&self, partner: &str) -> Result<Option<String>, StoreError> {
        let mode = query_scalar("select mode from demo_faults where partner = ?")
            .bind(partner)
            .fetch_optional(&self.readers)
            .await?;
        Ok(mode)
    }

    async fn set_demo_fault(&self, partner: &str, mode: &str) -> Result<(), StoreError> {
        let (partner, mode) = (partner.to_owned(), mode.to_owned());
        self.write(move |connection| {
            Box::pin(async move {
                query("insert or replace into demo_faults (partner, mode) values (?, ?)")
                    .bind(partner)
                    .bind(mode)
                    .execute(connection)
                    .await?;
                Ok(())
            })
        })
        .await
    }
}
