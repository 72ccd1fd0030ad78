//! The files in their order, and which of them is next.

use std::collections::HashSet;

use super::upload::{Facts, Upload};
use crate::protocol::{Queue, UploadState};

#[derive(Default)]
pub(super) struct Files {
    all: Vec<Upload>,
    /// A slow disk may still speak of what was removed.
    removed: HashSet<String>,
    /// What other pages have spoken of.
    met: HashSet<String>,
}

impl Files {
    pub(super) fn get(&self, key: &str) -> Option<&Upload> {
        self.all.iter().find(|upload| upload.facts.key == key)
    }

    pub(super) fn get_mut(&mut self, key: &str) -> Option<&mut Upload> {
        self.all.iter_mut().find(|upload| upload.facts.key == key)
    }

    pub(super) fn extend(&mut self, uploads: Vec<Upload>) {
        self.all.extend(uploads);
        self.all.sort_by(|one, other| one.facts.order.total_cmp(&other.facts.order));
    }

    /// Takes up what is on the disk and not known here. The keys of those that were not made small yet.
    pub(super) fn take_up(&mut self, kept: Vec<Facts>) -> Vec<String> {
        let is_new = |facts: &Facts| !self.removed.contains(&facts.key) && self.get(&facts.key).is_none();
        let new: Vec<_> = kept.into_iter().filter(is_new).map(|facts| Upload::new(facts, None)).collect();
        let originals = new.iter().filter(|upload| upload.facts.is_original);
        let originals = originals.map(|upload| upload.facts.key.clone()).collect();
        self.extend(new);
        originals
    }

    pub(super) fn remove(&mut self, key: &str) {
        self.all.retain(|upload| upload.facts.key != key);
        self.removed.insert(key.to_owned());
    }

    pub(super) fn clear(&mut self) {
        self.all.clear();
    }

    /// Whether another page speaks of a file for the first time.
    pub(super) fn meet(&mut self, key: &str) -> bool {
        self.get(key).is_none() && self.met.insert(key.to_owned())
    }

    pub(super) fn keys_of(&self, draft: &str) -> Vec<String> {
        let of_draft = self.all.iter().filter(|upload| upload.facts.slot.draft == draft);
        of_draft.map(|upload| upload.facts.key.clone()).collect()
    }

    pub(super) fn last_order(&self) -> f64 {
        self.all.iter().map(|upload| upload.facts.order).fold(0.0, f64::max)
    }

    /// Lets what failed wait for its next try: one file, or all.
    pub(super) fn retry(&mut self, key: Option<&str>) {
        for upload in &mut self.all {
            let can_retry = matches!(upload.state, UploadState::Failed { can_retry: true, .. });
            if can_retry && key.is_none_or(|key| key == upload.facts.key) {
                upload.state = UploadState::Waiting;
                upload.failures = 0;
            }
        }
    }

    /// The next to be sent. A file waits for those before it in the same place.
    pub(super) fn next(&self) -> Option<String> {
        let is_next = |upload: &&Upload| upload.is_ready() && !self.all.iter().any(|other| is_before(other, upload));
        self.all.iter().find(is_next).map(|upload| upload.facts.key.clone())
    }

    /// At this speed in bytes; `None` where nothing is on its way or nobody knows.
    pub(super) fn seconds_left(&self, per_second: f64) -> Option<u32> {
        let bytes: f64 = self.all.iter().map(Upload::bytes_left).sum();
        (bytes > 0.0 && per_second > 0.0).then(|| (bytes / per_second).ceil() as u32)
    }

    pub(super) fn view(&self, seconds_left: Option<u32>) -> Queue {
        Queue { files: self.all.iter().map(Upload::view).collect(), seconds_left }
    }
}

fn is_before(other: &Upload, upload: &Upload) -> bool {
    let (one, this) = (&other.facts, &upload.facts);
    let is_same_place = one.slot.draft == this.slot.draft && one.slot.place == this.slot.place;
    is_same_place && one.order < this.order && other.holds_up()
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;
    use crate::protocol::{Failure, Slot};

    fn facts(key: &str, draft: &str, place: &str, order: f64) -> Facts {
        let slot = Slot { draft: draft.to_owned(), place: place.to_owned(), ..Slot::default() };
        Facts { key: key.to_owned(), slot, order, size: 1000, ..Facts::default() }
    }

    fn three() -> Files {
        let mut files = Files::default();
        files.take_up(vec![facts("b", "d", "p", 2.0), facts("a", "d", "p", 1.0), facts("c", "d", "q", 3.0)]);
        files
    }

    fn state(files: &mut Files, key: &str, state: UploadState) {
        files.get_mut(key).unwrap().state = state;
    }

    #[wasm_bindgen_test]
    fn files_of_one_place_are_sent_in_the_order_of_the_resident() {
        let mut files = three();
        assert_eq!(files.next().as_deref(), Some("a"));
        state(&mut files, "a", UploadState::Sending(10));
        assert_eq!(files.next().as_deref(), Some("c"), "another place need not wait");
        state(&mut files, "a", UploadState::Arrived(json!({})));
        assert_eq!(files.next().as_deref(), Some("b"));
    }

    #[wasm_bindgen_test]
    fn a_file_that_may_be_tried_again_holds_up_the_next_and_a_refused_one_does_not() {
        let mut files = three();
        state(&mut files, "c", UploadState::Arrived(json!({})));
        state(&mut files, "a", UploadState::Failed { failure: Failure::Unreachable, can_retry: true });
        assert_eq!(files.next(), None);
        files.retry(None);
        assert_eq!(files.next().as_deref(), Some("a"));
        state(&mut files, "a", UploadState::Failed { failure: Failure::Unreadable, can_retry: false });
        files.retry(None);
        assert_eq!(files.next().as_deref(), Some("b"));
    }

    #[wasm_bindgen_test]
    fn files_of_two_drafts_with_the_same_place_do_not_wait_for_each_other() {
        let mut files = Files::default();
        files.take_up(vec![facts("a", "one", "p", 1.0), facts("b", "other", "p", 2.0)]);
        state(&mut files, "a", UploadState::Sending(0));
        assert_eq!(files.next().as_deref(), Some("b"));
        assert_eq!(files.keys_of("one"), ["a"]);
    }

    #[wasm_bindgen_test]
    fn what_the_disk_says_is_merged_with_what_is_known() {
        let mut files = three();
        files.remove("b");
        let original = Facts { is_original: true, ..facts("e", "d", "p", 5.0) };
        let left = files.take_up(vec![facts("a", "d", "p", 1.0), facts("b", "d", "p", 2.0), original]);
        assert_eq!(left, ["e"], "only what is new and was not made small");
        let keys: Vec<_> = files.view(None).files.into_iter().map(|file| file.key).collect();
        assert_eq!(keys, ["a", "c", "e"], "what was removed stays away");
    }

    #[wasm_bindgen_test]
    fn another_page_that_sent_a_file_is_taken_at_its_word() {
        let mut files = three();
        let arrived = Facts { attachment: Some(json!({ "id": "x" })), ..facts("a", "d", "p", 1.0) };
        files.get_mut("a").unwrap().take_over(arrived);
        assert_eq!(files.get("a").unwrap().state, UploadState::Arrived(json!({ "id": "x" })));
    }

    #[wasm_bindgen_test]
    fn the_time_left_counts_what_has_not_gone() {
        let mut files = three();
        state(&mut files, "a", UploadState::Sending(50));
        assert_eq!(files.seconds_left(1000.0), Some(3), "2,500 bytes");
        assert_eq!(files.seconds_left(0.0), None);
    }
}
