//! The operator's settings. The only place that reads arguments and the environment.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use lexopt::prelude::*;

use crate::attachments::FileToClean;

/// Shown with `--help` and with a wrong argument.
pub const USAGE: &str = "\
Usage: server [OPTIONS]
  --host ADDRESS      where to listen (127.0.0.1)
  --port NUMBER       (8080; 0 takes a free one and prints it)
  --data FOLDER       attachments, files of earlier releases and the database (data)
  --database FILE     the SQLite database (FOLDER/yijianshi.sqlite)
  --app FOLDER        the built app, instead of the one inside the program, if there is one
  --services FOLDER   definitions, instead of those inside the program
  --demo              invented people, registers and a phone at /demo
  --log FILTER        what is logged (info; also the environment variable LOG)
  --address URL       where people find this server, for links in SMS, codes and notices
  --notice-binary FILE  the program that prints notices (notice, beside this one)
  --calendar FILE     holidays and shifted workdays, instead of those inside the program (crates/server/data/calendar.toml)
  --behind-https      a proxy speaks HTTPS with the browser: cookies are marked Secure
  --connections-per-address NUMBER
                      that one address may hold open (512; behind a proxy all come from one, and there is no limit)
  --max-concurrent-requests NUMBER
                      worked on at once; whoever waits for more than a second is told to come again (512)";

/// A hospital's wards or a street's phones come from one address: some 170 phones, each with two connections and a case
/// that it follows for five minutes. And eight addresses are needed to take every connection that there is.
const CONNECTIONS_PER_ADDRESS: usize = 512;
/// Few enough that the last of them is answered soon, and fewer than the queue of writes takes, so that the queue
/// does not refuse.
const MAX_CONCURRENT_REQUESTS: u32 = 512;
const LONGEST_ANSWER: Duration = Duration::from_secs(30);
/// Longer than a slow register needs, shorter than an answer of ours may take; people see that we are waiting.
const PARTNER_DEADLINE: Duration = Duration::from_secs(8);

/// Everything that can be set.
#[derive(Clone, Debug)]
pub struct Config {
    pub host: IpAddr,
    pub port: u16,
    pub data: PathBuf,
    pub database: Option<PathBuf>,
    pub app: Option<PathBuf>,
    pub services: Option<PathBuf>,
    pub demo: bool,
    pub log: String,
    /// The public address of this server, as `https://…` without a slash at the end; without it, SMS name only the
    /// path.
    pub address: Option<String>,
    /// The program that prints notices; where none is named, `notice` beside our own.
    pub notice_binary: Option<PathBuf>,
    /// The program that cleans files that strangers send; where none is named, our own.
    pub cleaner_binary: Option<PathBuf>,
    /// The State Council's days, where they are newer than those inside the program.
    pub calendar: Option<PathBuf>,
    pub behind_https: bool,
    /// `None` for the default.
    pub connections_per_address: Option<usize>,
    pub max_concurrent_requests: u32,
    /// After this a request that is not answered is refused, also one whose body still comes.
    pub longest_answer: Duration,
    /// After this a partner that has not answered does not answer.
    pub partner_deadline: Duration,
}

impl Config {
    /// The default settings, with all data in `data`.
    pub fn new(data: impl Into<PathBuf>) -> Self {
        Self {
            host: IpAddr::from([127, 0, 0, 1]),
            port: 8080,
            data: data.into(),
            database: None,
            app: None,
            services: None,
            demo: false,
            log: "info".to_owned(),
            address: None,
            notice_binary: None,
            cleaner_binary: None,
            calendar: None,
            behind_https: false,
            connections_per_address: None,
            max_concurrent_requests: MAX_CONCURRENT_REQUESTS,
            longest_answer: LONGEST_ANSWER,
            partner_deadline: PARTNER_DEADLINE,
        }
    }

    pub(crate) fn most_connections_of_an_address(&self) -> usize {
        let usual = if self.behind_https { usize::MAX } else { CONNECTIONS_PER_ADDRESS };
        self.connections_per_address.unwrap_or(usual)
    }

    pub(crate) fn database_file(&self) -> PathBuf {
        self.database.clone().unwrap_or_else(|| self.data.join("yijianshi.sqlite"))
    }
}

/// The command that the arguments name.
pub enum Command {
    Serve(Box<Config>),
    /// Clean one file: the server runs its own program so, and nobody else needs to.
    CleanFile(FileToClean),
    Help,
}

/// Reads the arguments of the program.
pub fn read() -> Result<Command, lexopt::Error> {
    let mut config = Config::new("data");
    if let Ok(filter) = std::env::var("LOG") {
        config.log = filter;
    }
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("host") => config.host = arguments.value()?.parse()?,
            Long("port") => config.port = arguments.value()?.parse()?,
            Long("data") => config.data = arguments.value()?.into(),
            Long("database") => config.database = Some(database(&arguments.value()?.string()?)?),
            Long("app") => config.app = Some(arguments.value()?.into()),
            Long("services") => config.services = Some(arguments.value()?.into()),
            Long("demo") => config.demo = true,
            Long("log") => config.log = arguments.value()?.string()?,
            Long("address") => config.address = Some(arguments.value()?.string()?.trim_end_matches('/').to_owned()),
            Long("notice-binary") => config.notice_binary = Some(arguments.value()?.into()),
            Long("calendar") => config.calendar = Some(arguments.value()?.into()),
            Long("behind-https") => config.behind_https = true,
            Long("connections-per-address") => config.connections_per_address = Some(arguments.value()?.parse()?),
            Long("max-concurrent-requests") => config.max_concurrent_requests = arguments.value()?.parse()?,
            Long("help") | Short('h') => return Ok(Command::Help),
            Value(command) if command == "clean-file" => return file_to_clean(arguments).map(Command::CleanFile),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Command::Serve(Box::new(config)))
}

fn file_to_clean(mut arguments: lexopt::Parser) -> Result<FileToClean, lexopt::Error> {
    let mut about = FileToClean::default();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("pdf") => about.accepts_pdf = true,
            Long("sha256") => about.sha256 = Some(arguments.value()?.string()?),
            other => return Err(other.unexpected()),
        }
    }
    Ok(about)
}

/// A path, with or without `sqlite:` before it.
fn database(value: &str) -> Result<PathBuf, lexopt::Error> {
    if value.starts_with("postgres:") || value.starts_with("postgresql:") {
        return Err("PostgreSQL is not supported yet: give a file for SQLite".into());
    }
    let path = value.strip_prefix("sqlite:").unwrap_or(value);
    Ok(path.strip_prefix("//").unwrap_or(path).into())
}
