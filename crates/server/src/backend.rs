//! The state that all handlers share. Whatever of it changes while the server runs is only a cache: a second copy of
//! the server works without it.

use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use contract::calendar::Calendar;
use contract::journey::Context;

use crate::attachments::{AttachmentError, Attachments};
use crate::catalogue::{Catalogue, CatalogueError};
use crate::compressed::Bodies;
use crate::config::Config;
use crate::divisions::Divisions;
use crate::figures::PublicFigures;
use crate::notice::Printer;
use crate::offices::Offices;
use crate::pages::Releases;
use crate::partners::{Clock, Partners};
use crate::private_files;
use crate::secret::Pseudonyms;
use crate::share_limit::ShareLimiter;
use crate::store::{Orphans, Sqlite, Store, StoreError};
use crate::submission::InFlight;
use crate::uploads::{UploadError, Uploads};

/// Of one person, each on a connection of its own.
const MOST_FOLLOWED_SCREENS: usize = 16;

/// Shared by all handlers.
#[derive(Clone)]
pub(crate) struct Backend(Arc<Parts>);

pub(crate) struct Parts {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) partners: Partners,
    pub(crate) catalogue: Catalogue,
    pub(crate) divisions: Divisions,
    pub(crate) offices: Offices,
    pub(crate) calendar: Calendar,
    pub(crate) attachments: Attachments,
    pub(crate) uploads: Uploads,
    pub(crate) printer: Printer,
    /// Under which people and networks are counted.
    pub(crate) pseudonyms: Pseudonyms,
    pub(crate) app: Option<PathBuf>,
    /// Files that pages of earlier releases still ask for.
    pub(crate) releases: Releases,
    /// The public address of this server.
    pub(crate) address: Option<String>,
    pub(crate) demo: bool,
    pub(crate) behind_https: bool,
    pub(crate) max_concurrent_requests: u32,
    pub(crate) longest_answer: Duration,
    pub(crate) in_flight: InFlight,
    /// Who follows a case now, by citizen.
    pub(crate) followers: ShareLimiter<String>,
    /// The figures that everybody sees, as they were counted last.
    pub(crate) public_figures: PublicFigures,
    /// Whether deleted rows may still be in a file of the database.
    pub(crate) owes_erasure: AtomicBool,
    /// What everybody gets alike.
    pub(crate) bodies: Bodies,
}

impl Deref for Backend {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}

/// Why the server cannot start: one sentence for the operator.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("the data folder {0} cannot be used: {1}")]
    DataFolder(PathBuf, std::io::Error),
    #[error("{0}")]
    Store(String),
    #[error("{0}")]
    Catalogue(String),
    #[error("{0}")]
    Files(String),
    #[error("the list of divisions: {0}")]
    Divisions(String),
    #[error("the list of offices: {0}")]
    Offices(String),
    #[error("the calendar: {0}")]
    Calendar(String),
}

impl From<StoreError> for StartError {
    fn from(error: StoreError) -> Self {
        Self::Store(error.to_string())
    }
}

impl From<CatalogueError> for StartError {
    fn from(error: CatalogueError) -> Self {
        Self::Catalogue(error.to_string())
    }
}

impl From<AttachmentError> for StartError {
    fn from(error: AttachmentError) -> Self {
        Self::Files(error.to_string())
    }
}

impl From<UploadError> for StartError {
    fn from(error: UploadError) -> Self {
        Self::Files(error.to_string())
    }
}

impl Backend {
    pub(crate) async fn open(config: &Config, clock: Arc<dyn Clock>) -> Result<Self, StartError> {
        folder(config.data.clone())?;
        let objects = folder(config.data.join("attachments"))?;
        let pieces = folder(config.data.join("uploads"))?;
        let store: Arc<dyn Store> = Arc::new(Sqlite::open(&config.database_file()).await?);
        let partners = if config.demo {
            Partners::demonstration(Arc::clone(&store), clock).await?
        } else {
            Partners::unconnected(clock)
        }
        .within(config.partner_deadline);
        let catalogue = Catalogue::load(config.services.as_deref(), config.demo)?;
        catalogue.publish(&*store, config.demo, partners.clock.seconds()).await?;
        let releases = Releases::of(config.app.as_deref(), folder(config.data.join("releases"))?);
        if let Err(error) = releases.keep_up(partners.clock.seconds()) {
            tracing::warn!(%error, "files of this release cannot be kept for later");
        }
        Ok(Self(Arc::new(Parts {
            attachments: Attachments::in_folder(&objects, config.cleaner_binary.clone())?,
            uploads: Uploads::in_folder(&pieces, Arc::clone(&store))?,
            printer: Printer::with(config.notice_binary.clone()),
            pseudonyms: Pseudonyms::in_folder(&config.data)
                .map_err(|error| StartError::DataFolder(config.data.clone(), error))?,
            store,
            partners,
            catalogue,
            divisions: Divisions::load().map_err(StartError::Divisions)?,
            offices: Offices::load().map_err(StartError::Offices)?,
            calendar: calendar(config.calendar.as_deref())?,
            app: config.app.clone(),
            releases,
            address: config.address.clone(),
            demo: config.demo,
            behind_https: config.behind_https,
            max_concurrent_requests: config.max_concurrent_requests,
            longest_answer: config.longest_answer,
            in_flight: InFlight::default(),
            followers: ShareLimiter::with(MOST_FOLLOWED_SCREENS),
            public_figures: PublicFigures::default(),
            // A program that was killed may have left some.
            owes_erasure: AtomicBool::new(true),
            bodies: Bodies::default(),
        })))
    }

    /// The context of journeys: today, and the division in which the application is made.
    pub(crate) fn context(&self, division: &str) -> Context {
        Context { today: self.partners.clock.today(), division: division.into() }
    }

    /// Deletes what no row names any more, from every file.
    pub(crate) async fn erase(&self, orphans: Orphans) {
        if orphans.are_none() {
            return;
        }
        for object in orphans.objects {
            // Applications of siblings share their files.
            match self.store.is_object_referenced(&object).await {
                Ok(false) => self.attachments.delete(&object).await,
                Ok(true) => {}
                // The daily job deletes what stays.
                Err(error) => tracing::warn!(%error, "an orphaned object was not deleted"),
            }
        }
        for upload in orphans.uploads {
            if let Err(error) = self.uploads.delete_pieces_of(&upload).await {
                tracing::warn!(%error, "orphaned pieces of an upload were not deleted");
            }
        }
        self.erase_deleted_rows().await;
    }

    /// Takes rows that were deleted out of the database's files. Where somebody still reads an earlier state, the next
    /// background job does it.
    pub(crate) async fn erase_deleted_rows(&self) {
        let erased = self.store.erase_deleted().await;
        if let Err(error) = &erased {
            tracing::warn!(%error, "deleted rows are still in the write-ahead log");
        }
        self.owes_erasure.store(erased.is_err(), Ordering::Relaxed);
    }

    pub(crate) async fn erase_what_is_owed(&self) {
        if self.owes_erasure.load(Ordering::Relaxed) {
            self.erase_deleted_rows().await;
        }
    }

    pub(crate) fn now(&self) -> i64 {
        self.partners.clock.seconds()
    }
}

/// The operator's calendar, or the one inside the program.
fn calendar(file: Option<&Path>) -> Result<Calendar, StartError> {
    let broken = |error: &dyn std::fmt::Display| StartError::Calendar(error.to_string());
    let text = match file {
        Some(file) => std::fs::read_to_string(file).map_err(|error| broken(&error))?,
        None => include_str!("../data/calendar.toml").to_owned(),
    };
    toml::from_str(&text).map_err(|error| broken(&error))
}

/// The folder, made if new, for nobody else.
fn folder(path: PathBuf) -> Result<PathBuf, StartError> {
    match private_files::create_folder(&path) {
        Ok(()) => Ok(path),
        Err(error) => Err(StartError::DataFolder(path, error)),
    }
}
