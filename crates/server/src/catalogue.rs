//! The services on offer. Definitions come with the program or from a folder; each version is kept in the store for the
//! drafts that began with it, and is never changed again.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};
use std::{fs, io};

use contract::api::{AgencyName, ServiceSummary};
use contract::id::AgencyId;
use contract::load::Definition;
use contract::search::finds;
use contract::service::CITY;
use contract::{Service, Text};

use crate::pinyin_keys;
use crate::secret::digest;
use crate::store::{CatalogueStore, Published, Seconds, StoreError};

mod embedded {
    //! `services/` as it was when the program was built.
    pub(super) const DEFINITIONS: &[&str] = include!(concat!(env!("OUT_DIR"), "/definitions.rs"));
}

/// The newest version of each service, by its id.
pub(crate) struct Catalogue {
    offers: BTreeMap<String, Offer>,
    /// Services that were read before, by id, version and division: they never change.
    read: RwLock<BTreeMap<(String, u32, String), Arc<Service>>>,
}

struct Offer {
    version: u32,
    hidden: bool,
    text: String,
    definition: Definition,
}

/// Why the definitions cannot be offered.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CatalogueError {
    #[error("the definitions in {0} cannot be read: {1}")]
    Folder(String, io::Error),
    #[error("a definition cannot be read: {0}")]
    Definition(String),
    #[error(
        "services/{service} was changed after version {version} was published: give it the next version, or restore it"
    )]
    Changed { service: String, version: u32 },
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Catalogue {
    /// From a folder of `<id>/service.toml`, or from inside the program. Hidden services are for tests: without a
    /// demonstration they are not there, and what was begun on one is read from the store.
    pub(crate) fn load(folder: Option<&Path>, demo: bool) -> Result<Self, CatalogueError> {
        let texts = match folder {
            Some(folder) => {
                read(folder).map_err(|error| CatalogueError::Folder(folder.display().to_string(), error))?
            }
            None => embedded::DEFINITIONS.iter().map(|text| (*text).to_owned()).collect(),
        };
        let mut offers = BTreeMap::new();
        for text in texts {
            let definition = Definition::parse(&text).map_err(CatalogueError::Definition)?;
            let service = definition.service(&CITY.into()).map_err(CatalogueError::Definition)?;
            if service.hidden && !demo {
                continue;
            }
            let offer = Offer { version: service.version, hidden: service.hidden, text, definition };
            offers.insert(service.id.0, offer);
        }
        Ok(Self { offers, read: RwLock::default() })
    }

    /// Keeps every version in the store, and refuses one that differs from what was published under its number. A
    /// demonstration may be changed while it is being written.
    pub(crate) async fn publish(
        &self,
        store: &(impl CatalogueStore + ?Sized),
        replace: bool,
        now: Seconds,
    ) -> Result<(), CatalogueError> {
        for (id, offer) in &self.offers {
            let hash = digest(offer.text.as_bytes());
            let known = store.published(id, offer.version).await?;
            if known.is_some_and(|known| known.hash != hash) && !replace {
                return Err(CatalogueError::Changed { service: id.clone(), version: offer.version });
            }
            let (service, definition) = (id.clone(), offer.text.clone());
            store.publish(Published { service, version: offer.version, hash, definition }, replace, now).await?;
        }
        Ok(())
    }

    /// The newest version of a service as it holds in a division.
    pub(crate) async fn newest(
        &self,
        store: &(impl CatalogueStore + ?Sized),
        id: &str,
        division: &str,
    ) -> Result<Option<Arc<Service>>, StoreError> {
        let Some(offer) = self.offers.get(id) else { return Ok(None) };
        self.version(store, id, offer.version, division).await
    }

    /// A version of a service as it holds in a division.
    pub(crate) async fn version(
        &self,
        store: &(impl CatalogueStore + ?Sized),
        id: &str,
        version: u32,
        division: &str,
    ) -> Result<Option<Arc<Service>>, StoreError> {
        let key = (id.to_owned(), version, division.to_owned());
        if let Some(known) = self.read.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(Some(Arc::clone(known)));
        }
        let service = match self.offers.get(id).filter(|offer| offer.version == version) {
            Some(offer) => offer.definition.service(&division.into()),
            None => {
                let Some(published) = store.published(id, version).await? else { return Ok(None) };
                Definition::parse(&published.definition).and_then(|definition| definition.service(&division.into()))
            }
        };
        let service = Arc::new(service.map_err(StoreError::Corrupt)?);
        self.read.write().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(&service));
        Ok(Some(service))
    }

    /// Agencies of all services that are listed, each once.
    pub(crate) fn agencies(&self) -> Vec<AgencyName> {
        let mut agencies: Vec<AgencyName> = Vec::new();
        let listed = self.offers.values().filter(|offer| !offer.hidden);
        for service in listed.filter_map(|offer| offer.definition.service(&CITY.into()).ok()) {
            for agency in service.agencies {
                if !agencies.iter().any(|known| known.id == agency.id) {
                    agencies.push(AgencyName { id: agency.id, name: agency.name });
                }
            }
        }
        agencies
    }

    pub(crate) fn agency(&self, id: &AgencyId) -> Option<Text> {
        self.agencies().into_iter().find(|agency| agency.id == *id).map(|agency| agency.name)
    }

    /// The title of a service; `None` for an unknown one.
    pub(crate) fn title(&self, id: &str) -> Option<Text> {
        self.offers.get(id)?.definition.service(&CITY.into()).ok().map(|service| service.title)
    }

    /// The list, or of it what a search finds.
    pub(crate) fn summaries(&self, division: &str, search: &str) -> Vec<ServiceSummary> {
        let listed = self.offers.values().filter(|offer| !offer.hidden);
        let services = listed.filter_map(|offer| offer.definition.service(&division.into()).ok());
        services.map(|service| summary(&service)).filter(|summary| finds(&summary.keys, search)).collect()
    }
}

fn read(folder: &Path) -> io::Result<Vec<String>> {
    let mut folders = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    folders.sort_by_key(fs::DirEntry::file_name);
    let files = folders.iter().map(|folder| folder.path().join("service.toml")).filter(|file| file.is_file());
    files.map(fs::read_to_string).collect()
}

fn summary(service: &Service) -> ServiceSummary {
    ServiceSummary {
        id: service.id.clone(),
        version: service.version,
        title: service.title.clone(),
        summary: service.summary.clone(),
        mark: service.mark.clone(),
        // A post-approval inspection is nothing that residents apply for.
        items: service.items.iter().filter(|item| item.after_check.is_none()).count(),
        minutes: service.minutes,
        visits: service.visits.now,
        keys: keys(service),
    }
}

/// Names and common words as they are, and in pinyin.
fn keys(service: &Service) -> String {
    let words = [&service.title.zh, &service.title.en].into_iter().chain(&service.keywords);
    let mut keys: Vec<String> = Vec::new();
    for word in words {
        let plain = word.split_whitespace().collect::<String>().to_lowercase();
        for key in [plain, pinyin_keys::keys(word)] {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
    }
    keys.join(" ")
}
