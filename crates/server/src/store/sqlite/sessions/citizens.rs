//! Which account a sign-in opens.

use sqlx::{SqliteConnection, query, query_as};
use uuid::Uuid;

use crate::store::{Citizen, Known, Seconds, StoreError, Vouched};

/// The account of the person, made if new. It has the phone from now on, and no other account has.
pub(super) async fn sign_in(
    connection: &mut SqliteConnection,
    known: Known,
    now: Seconds,
) -> Result<Citizen, StoreError> {
    let found = account(&mut *connection, &known).await?;
    let phone = match &found {
        Some(citizen) if !known.phone_is_proved && !citizen.phone.is_empty() => citizen.phone.clone(),
        _ => known.phone,
    };
    let id = found.map_or_else(|| Uuid::now_v7().to_string(), |citizen| citizen.id);
    query("update citizens set phone = '' where phone = ? and id != ?")
        .bind(&phone)
        .bind(&id)
        .execute(&mut *connection)
        .await?;
    let (name, resident_id) = match known.vouched {
        Vouched::Person { name, resident_id } => (name, resident_id),
        Vouched::Nobody | Vouched::NoAnswer => (String::new(), String::new()),
    };
    let citizen = query_as(
        "insert into citizens (id, phone, name, resident_id, journal_key, created_at, signed_in_at)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?6)
         on conflict (id) do update set
             phone = excluded.phone,
             name = iif(excluded.name = '', name, excluded.name),
             resident_id = iif(excluded.resident_id = '', resident_id, excluded.resident_id),
             journal_key = iif(journal_key = '', excluded.journal_key, journal_key),
             signed_in_at = excluded.signed_in_at
         returning id, phone, name, resident_id, journal_key",
    )
    .bind(id)
    .bind(phone)
    .bind(name)
    .bind(resident_id)
    .bind(known.journal_key)
    .bind(now)
    .fetch_one(connection)
    .await?;
    Ok(citizen)
}

/// By the resident number. By the phone only where no other number is known of it, and not after a long time.
async fn account(connection: &mut SqliteConnection, known: &Known) -> Result<Option<Citizen>, StoreError> {
    let recent = known.phone_opens_since;
    match &known.vouched {
        Vouched::Person { resident_id, .. } => match identified(&mut *connection, resident_id).await? {
            Some(citizen) => Ok(Some(citizen)),
            None => with_phone(connection, &known.phone, recent, true).await,
        },
        Vouched::Nobody => with_phone(connection, &known.phone, recent, true).await,
        Vouched::NoAnswer => with_phone(connection, &known.phone, recent, false).await,
    }
}

async fn identified(connection: &mut SqliteConnection, resident_id: &str) -> Result<Option<Citizen>, StoreError> {
    let citizen = query_as("select id, phone, name, resident_id, journal_key from citizens where resident_id = ?")
        .bind(resident_id)
        .fetch_optional(connection)
        .await?;
    Ok(citizen)
}

async fn with_phone(
    connection: &mut SqliteConnection,
    phone: &str,
    signed_in_since: Seconds,
    only_unidentified: bool,
) -> Result<Option<Citizen>, StoreError> {
    let citizen = query_as(
        "select id, phone, name, resident_id, journal_key from citizens
         where phone = ? and signed_in_at > ? and (resident_id = '' or not ?)",
    )
    .bind(phone)
    .bind(signed_in_since)
    .bind(only_unidentified)
    .fetch_optional(connection)
    .await?;
    Ok(citizen)
}
