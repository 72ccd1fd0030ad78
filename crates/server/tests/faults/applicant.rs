//! Somebody who applies again and again, whatever happens to the server, and notes what it acknowledged.

use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender};

use crate::ledger::{Fact, Ledger, hex_digest};
use crate::line::{Asked, Line};
use crate::resident::{Resident, answers, photo, reference};

/// A photograph is sent in a few of these.
const PIECE_BYTES: usize = 2_000;

#[derive(Clone)]
pub(crate) struct Applicant {
    pub(crate) line: Line,
    pub(crate) ledger: Ledger,
    pub(crate) resident: Resident,
    /// The office that decides the cases.
    pub(crate) office: UnboundedSender<String>,
}

impl Applicant {
    pub(crate) async fn apply_until_closing(self, number: usize) {
        let photo = photo(40);
        let mut applications = 0;
        while !self.line.is_closing() {
            self.apply(&photo, &format!("{number}-{applications} 号")).await;
            applications += 1;
        }
    }

    /// Corrects every returned case as the office asked, and sends it again.
    pub(crate) async fn correct_until_closing(self, mut returned: UnboundedReceiver<String>) {
        loop {
            tokio::select! {
                biased;
                () = self.line.closing() => return,
                reference = returned.recv() => self.correct(&reference.unwrap()).await,
            }
        }
    }

    async fn correct(&self, reference: &str) {
        let begun = self.line.ask(async |at| self.resident.moved_to(at).new_correction(reference).await).await;
        let draft = begun.reply.expect(201).json();
        let id = draft["id"].as_str().unwrap();
        let mut sign = draft["answers"]["sign"].clone();
        sign[0]["text"] = json!("刘记卤味店");
        let draft = self.change(id, draft["version"].as_u64().unwrap(), &json!({ "sign": sign })).await;
        assert_eq!(self.send(&draft).await, reference);
        self.ledger.note(Fact::Corrected { draft: id.to_owned(), reference: reference.to_owned() });
        self.to_the_office(reference.to_owned());
    }

    async fn apply(&self, photo: &[u8], door: &str) {
        let asked = self.line.ask(async |at| self.resident.moved_to(at).new_draft().await).await;
        let draft = asked.reply.expect(201).json();
        let id = draft["id"].as_str().unwrap();
        self.note_draft(&draft);
        let draft = self.change(id, 1, &json!({ "shop-address": address(door) })).await;
        let file = self.upload(&draft, photo).await;
        let mut all = answers(&file);
        all["shop-address"] = address(door);
        let draft = self.change(id, 2, &all).await;
        let looked_up = self.line.ask(async |at| self.resident.moved_to(at).look_up(id, 3).await).await;
        let draft = self.saved(looked_up, draft["version"].as_u64().unwrap() + 1);
        let received = self.submit(&draft).await;
        // An applicant who is not sure sends again.
        assert_eq!(self.submit(&draft).await, received);
        self.to_the_office(received);
    }

    /// At the end it is closed.
    fn to_the_office(&self, reference: String) {
        drop(self.office.send(reference));
    }

    async fn change(&self, id: &str, version: u64, answers: &Value) -> Value {
        let asked = self.line.ask(async |at| self.resident.moved_to(at).change(id, version, answers).await).await;
        self.saved(asked, version + 1)
    }

    /// The draft at this version. A change that was sent twice may have been saved already.
    fn saved(&self, asked: Asked, version: u64) -> Value {
        let answer = asked.reply.json();
        let draft = match asked.reply.status {
            200 => answer,
            412 if asked.again => answer["current"].clone(),
            status => panic!("{status}: {answer}"),
        };
        assert_eq!(draft["version"], version, "changed once: {draft}");
        self.note_draft(&draft);
        draft
    }

    fn note_draft(&self, draft: &Value) {
        let door = draft["answers"]["shop-address"]["door"].as_str().unwrap_or_default().to_owned();
        let (id, version) = (draft["id"].as_str().unwrap().to_owned(), draft["version"].as_u64().unwrap());
        self.ledger.note(Fact::Draft { id, version, door });
    }

    /// In pieces; gives the id of the attachment.
    async fn upload(&self, draft: &Value, photo: &[u8]) -> String {
        let id = draft["id"].as_str().unwrap();
        let begun = self.line.ask(async |at| self.resident.moved_to(at).begin_upload(id, photo.len()).await).await;
        let upload = begun.reply.expect(201).header("location").to_owned();
        let mut offset = 0;
        while offset < photo.len() {
            offset = self.send_piece(&upload, offset, photo).await;
            self.ledger.note(Fact::Piece { upload: upload.clone(), offset });
        }
        let path = format!("{upload}/attachment");
        let view = self.line.ask(async |at| self.resident.moved_to(at).get(&path).await).await.reply.expect(200).json();
        let id = view["id"].as_str().unwrap().to_owned();
        let path = format!("/api/attachments/{id}");
        let file = self.line.ask(async |at| self.resident.moved_to(at).get(&path).await).await.reply.expect(200).body;
        self.ledger.note(Fact::File { id: id.clone(), sha256: hex_digest(&file) });
        id
    }

    /// Gives how much has arrived then.
    async fn send_piece(&self, upload: &str, offset: usize, photo: &[u8]) -> usize {
        let piece = &photo[offset..photo.len().min(offset + PIECE_BYTES)];
        let sent = self.line.ask(async |at| self.resident.moved_to(at).piece(upload, offset, piece).await).await;
        if sent.reply.status == 204 {
            return sent.reply.header("upload-offset").parse().unwrap();
        }
        assert!(sent.again, "{}: {}", sent.reply.status, sent.reply.json());
        let head = self.line.ask(async |at| self.resident.moved_to(at).tus("HEAD", upload, "", b"").await).await;
        let there: usize = head.reply.expect(200).header("upload-offset").parse().unwrap();
        assert!((offset..=offset + piece.len()).contains(&there), "{there} after {offset}");
        there
    }

    async fn send(&self, draft: &Value) -> String {
        let sent = self.line.ask(async |at| self.resident.moved_to(at).submit(draft).await).await;
        reference(&sent.reply.expect(201).json())
    }

    async fn submit(&self, draft: &Value) -> String {
        let reference = self.send(draft).await;
        let draft = draft["id"].as_str().unwrap().to_owned();
        self.ledger.note(Fact::Case { draft, reference: reference.clone() });
        reference
    }
}

fn address(door: &str) -> Value {
    json!({ "division": "430703", "street": "430703001", "door": door })
}
