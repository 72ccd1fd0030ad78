//! Hashes that take long to guess (Argon2), for what people type: a code has only a million values. Each needs 19 MiB,
//! so that few are computed at once, in memory that is used again.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::{SecretError, random};

/// The memory is the process's, and so is the limit.
const AT_ONCE: usize = 2;
static PERMITS: Semaphore = Semaphore::const_new(AT_ONCE);
static MEMORIES: Mutex<Vec<Vec<Block>>> = Mutex::new(Vec::new());
/// Below the time that a request may take.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

const SALT_BYTES: usize = 16;

/// Of no secret that anybody knows: comparing with it takes as long as with any other.
pub(crate) const NOBODYS: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$Tm9ib2R5IHNpZ25zIGlu$q3Zk0mXH5sW1yB7uQ9dVtL2fEoCjAiPgRrNnKk4xM6U";

/// A hash of the secret, with its salt and costs.
pub(crate) async fn slow_hash(secret: String) -> Result<String, SecretError> {
    let salt: [u8; SALT_BYTES] = random()?;
    let hashed = compute(move |memory| hash(secret.as_bytes(), &salt, memory)).await?;
    hashed.map_err(|error| SecretError::Failed(error.to_string()))
}

/// Whether the secret gave this hash.
pub(crate) async fn is_hash_of(hash: String, secret: String) -> Result<bool, SecretError> {
    compute(move |memory| matches(&hash, secret.as_bytes(), memory).unwrap_or(false)).await
}

/// The permit is given back when the work has ended, not when the client has gone.
async fn compute<T: Send + 'static>(
    work: impl FnOnce(&mut Vec<Block>) -> T + Send + 'static,
) -> Result<T, SecretError> {
    let permit = timeout(LONGEST_WAIT, PERMITS.acquire()).await.map_err(|_| SecretError::Busy)?;
    let permit = permit.map_err(|error| SecretError::Failed(error.to_string()))?;
    let work = move || {
        let mut memory = memories().pop().unwrap_or_default();
        let done = work(&mut memory);
        memories().push(memory);
        drop(permit);
        done
    };
    tokio::task::spawn_blocking(work).await.map_err(|error| SecretError::Failed(error.to_string()))
}

fn memories() -> MutexGuard<'static, Vec<Vec<Block>>> {
    MEMORIES.lock().unwrap_or_else(PoisonError::into_inner)
}

fn hash(secret: &[u8], salt: &[u8], memory: &mut Vec<Block>) -> Result<String, argon2::password_hash::Error> {
    let (algorithm, version, params) = (Algorithm::default(), Version::default(), Params::default());
    let mut output = [0; Params::DEFAULT_OUTPUT_LEN];
    let written = PasswordHash {
        algorithm: algorithm.ident(),
        version: Some(version.into()),
        params: ParamsString::try_from(&params)?,
        salt: Some(Salt::new(salt)?),
        hash: None,
    };
    fill(Argon2::new(algorithm, version, params), secret, salt, &mut output, memory)?;
    Ok(PasswordHash { hash: Some(Output::new(&output)?), ..written }.to_string())
}

/// `None` where that is no hash.
fn matches(hash: &str, secret: &[u8], memory: &mut Vec<Block>) -> Option<bool> {
    let hash = PasswordHash::new(hash).ok()?;
    let (salt, expected) = (hash.salt?, hash.hash?);
    let algorithm = Algorithm::try_from(hash.algorithm.as_str()).ok()?;
    let version = hash.version.map_or(Ok(Version::default()), Version::try_from).ok()?;
    let argon2 = Argon2::new(algorithm, version, Params::try_from(&hash).ok()?);
    let mut output = vec![0; expected.len()];
    fill(argon2, secret, &salt, &mut output, memory).ok()?;
    // Compares in constant time.
    Some(Output::new(&output).ok()? == expected)
}

fn fill(
    argon2: Argon2<'_>,
    secret: &[u8],
    salt: &[u8],
    output: &mut [u8],
    memory: &mut Vec<Block>,
) -> argon2::Result<()> {
    memory.resize(argon2.params().block_count(), Block::new());
    argon2.hash_password_into_with_memory(secret, salt, output, memory.as_mut_slice())
}

#[cfg(test)]
mod tests {
    use argon2::{PasswordHasher, PasswordVerifier};

    use super::*;

    #[tokio::test]
    async fn the_library_reads_our_hashes_and_we_read_its() {
        let ours = slow_hash("secret".to_owned()).await.unwrap();
        for (secret, is_right) in [("secret", true), ("Secret", false)] {
            assert_eq!(Argon2::default().verify_password(secret.as_bytes(), ours.as_str()).is_ok(), is_right);
            assert_eq!(is_hash_of(ours.clone(), secret.to_owned()).await.unwrap(), is_right);
        }
        let theirs = Argon2::default().hash_password(b"secret").unwrap().to_string();
        assert!(is_hash_of(theirs, "secret".to_owned()).await.unwrap());
        assert!(!is_hash_of("no hash".to_owned(), "secret".to_owned()).await.unwrap());
    }

    #[test]
    fn nobodys_hash_costs_what_any_other_costs() {
        let (nobodys, default) = (PasswordHash::new(NOBODYS).unwrap(), Params::default());
        let costs = Params::try_from(&nobodys).unwrap();
        assert_eq!((costs.m_cost(), costs.t_cost()), (default.m_cost(), default.t_cost()));
        assert_eq!(matches(NOBODYS, b"x", &mut Vec::new()), Some(false));
    }
}
