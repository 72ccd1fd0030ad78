//! Follows what other pages do with files of the same person.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::sharing::Word;
use super::{Task, Uploads};
use crate::protocol::UploadState;

impl Uploads {
    /// Another page works on a file: its word is shown here. When it stops, however it stops, this page goes on.
    pub(super) fn follow(self: &Rc<Self>, key: &str) {
        let was_followed = self.update(key, |upload| {
            if !matches!(upload.state, UploadState::Sending(_)) {
                upload.state = UploadState::Sending(0);
            }
            std::mem::replace(&mut upload.is_followed, true)
        });
        self.tell();
        if was_followed != Some(false) {
            return;
        }
        // Asks how far it is: the page that works on it may have nothing new to say for a while.
        self.sharing.say(key, Some(UploadState::Waiting));
        let (queue, key) = (Rc::clone(self), key.to_owned());
        spawn_local(async move {
            queue.sharing.free(&key).await;
            queue.update(&key, |upload| upload.is_followed = false);
            // It may have left more than this.
            queue.load().await;
            let is_left = queue.update(&key, |upload| {
                let is_left = matches!(upload.state, UploadState::Sending(_));
                if is_left {
                    upload.state = UploadState::Waiting;
                }
                is_left
            });
            if is_left != Some(true) {
                return;
            }
            let preparing = Rc::clone(&queue);
            queue.in_turn(async move { preparing.take(&key, Task::Prepare).await }).await;
            queue.tell();
            queue.send_all().await;
        });
    }

    /// Word of another page.
    pub(super) fn hear(self: &Rc<Self>, Word { key, news }: Word) {
        let Some(news) = news else {
            self.files.borrow_mut().remove(&key);
            self.tell();
            return;
        };
        match self.with(&key, |upload| upload.is_ours) {
            Some(true) if news == UploadState::Waiting => self.report(&key),
            Some(true) => {}
            Some(false) => self.take_word(&key, news),
            None if self.files.borrow_mut().meet(&key) => {
                // It was added there.
                let queue = Rc::clone(self);
                spawn_local(async move {
                    queue.load().await;
                    queue.send_all().await;
                });
            }
            None => {}
        }
    }

    fn take_word(self: &Rc<Self>, key: &str, news: UploadState) {
        let is_sending = matches!(news, UploadState::Sending(_));
        let can_retry = matches!(news, UploadState::Failed { can_retry: true, .. });
        // What waits there is worth a look at the disk, no more.
        if news != UploadState::Waiting {
            self.update(key, |upload| upload.state = news);
        }
        if is_sending {
            self.follow(key);
        }
        if can_retry {
            self.listen(key);
        }
        self.tell();
    }
}
