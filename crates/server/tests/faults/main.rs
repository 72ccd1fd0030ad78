//! The real program, with what goes wrong around it: it is killed, the disk is full or fails, the line is cut. Whatever
//! it had acknowledged is there afterwards, once.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a helper that cannot go on fails its test")]

mod applicant;
mod client;
mod copies;
mod cut_uploads;
mod database;
mod failing_writes;
mod full_disk;
mod hostile_files;
mod kills;
mod ledger;
mod line;
mod officer;
mod private_files;
mod program;
mod proxy;
mod receipts;
mod resident;
#[path = "../samples/pdf.rs"]
mod samples;
mod slow_hashes;
mod strace;
mod tus_clients;
