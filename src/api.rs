//! The only HTTP of the resident's programs: one method an endpoint.

mod case_events;
mod error;

use contract::Service;
use contract::address::Division;
use contract::api::{
    CaseSummary, CaseView, CodeRequest, CodeSent, Draft, DraftChange, DraftSummary, NewDraft, NewGrievance,
    NewSignatureRequest, Objection, Receipt, RemoteSignature, ServiceSummary, SessionView, SignIn,
    SignatureRequestView, SignersView, Submit, ToSignView,
};
use contract::id::{DivisionCode, ListId, Reference, ServiceId};
use contract::kinds::Choosable;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::http::{Answer, HttpClient, HttpRequest};
pub(crate) use case_events::follow_case;
pub(crate) use error::ApiError;

/// The server, as the resident's programs call it. It stands in the context.
#[derive(Clone, Copy)]
pub(crate) struct Api {
    pub(crate) client: HttpClient,
}

impl Api {
    pub(crate) async fn services(self) -> Answer<Vec<ServiceSummary>> {
        self.client.send(HttpRequest::get("/api/services")).await
    }

    /// The definition as it holds now, or the version that a draft is pinned to.
    pub(crate) async fn service(
        self,
        id: &ServiceId,
        version: Option<u32>,
        division: &DivisionCode,
    ) -> Answer<Service> {
        let version = version.map(|version| format!("/versions/{version}")).unwrap_or_default();
        self.client.send(HttpRequest::get(format!("/api/services/{id}{version}?division={division}"))).await
    }

    /// The entries of a code list, fetched when a question needs them.
    pub(crate) async fn list(self, service: &Service, list: &ListId) -> Answer<Vec<Choosable>> {
        self.client
            .send(HttpRequest::get(format!("/api/services/{}/versions/{}/lists/{list}", service.id, service.version)))
            .await
    }

    pub(crate) async fn divisions(self, parent: &str) -> Answer<Vec<Division>> {
        self.client.send(HttpRequest::get(format!("/api/divisions?parent={parent}"))).await
    }

    pub(crate) async fn request_code(self, phone: &str) -> Answer<CodeSent> {
        let body = CodeRequest { phone: phone.to_owned() };
        self.client.send(HttpRequest::post("/api/session/codes").json(&body)).await
    }

    pub(crate) async fn sign_in(self, phone: &str, code: &str) -> Answer<SessionView> {
        let body = SignIn { phone: Some(phone.to_owned()), code: Some(code.to_owned()), ticket: None };
        self.client.send(HttpRequest::post("/api/session").json(&body)).await
    }

    pub(crate) async fn session(self) -> Answer<SessionView> {
        self.client.send(HttpRequest::get("/api/session")).await
    }

    pub(crate) async fn sign_out(self) -> Answer<Value> {
        self.client.send(HttpRequest::delete("/api/session")).await
    }

    pub(crate) async fn drafts(self) -> Answer<Vec<DraftSummary>> {
        self.client.send(HttpRequest::get("/api/drafts")).await
    }

    pub(crate) async fn draft(self, id: &str) -> Answer<Draft> {
        self.client.send(HttpRequest::get(format!("/api/drafts/{id}"))).await
    }

    /// Begins an application: anew, for a sibling of the same family, or to mend what an office returned.
    pub(crate) async fn create_draft(self, new: &NewDraft) -> Answer<Draft> {
        self.client.send(HttpRequest::post("/api/drafts").json(new)).await
    }

    pub(crate) async fn change_draft(self, id: &str, version: u64, change: &DraftChange) -> Answer<Draft> {
        self.client.send(HttpRequest::patch(format!("/api/drafts/{id}")).if_match(version).json(change)).await
    }

    pub(crate) async fn delete_draft(self, id: &str) -> Answer<Value> {
        self.client.send(HttpRequest::delete(format!("/api/drafts/{id}"))).await
    }

    /// Asks the register of a lookup field; `doubt` says that the register is wrong.
    pub(crate) async fn look_up(self, id: &str, field: &str, version: u64, doubt: bool) -> Answer<Draft> {
        let request = HttpRequest::post(format!("/api/drafts/{id}/lookups/{field}")).if_match(version);
        self.client.send(request.json(&json!({ "doubt": doubt }))).await
    }

    /// Signs a draft as it stands, at `field`, or at `group.field?row=name`.
    pub(crate) async fn sign(self, id: &str, place: &str, version: u64, signature: &Signed) -> Answer<Draft> {
        let request = HttpRequest::post(format!("/api/drafts/{id}/signatures/{place}")).if_match(version);
        let body = match signature {
            Signed::Strokes(strokes) => json!({ "strokes": strokes }),
            Signed::Typed(name) => json!({ "typed": name }),
        };
        self.client.send(request.json(&body)).await
    }

    /// Who else signs a draft.
    pub(crate) async fn signers(self, draft: &str) -> Answer<SignersView> {
        self.client.send(HttpRequest::get(format!("/api/drafts/{draft}/signers"))).await
    }

    pub(crate) async fn request_signature(
        self,
        draft: &str,
        new: &NewSignatureRequest,
    ) -> Answer<SignatureRequestView> {
        self.client.send(HttpRequest::post(format!("/api/drafts/{draft}/signature-requests")).json(new)).await
    }

    pub(crate) async fn cancel_signature_request(self, draft: &str, request: &str) -> Answer<Value> {
        self.client.send(HttpRequest::delete(format!("/api/drafts/{draft}/signature-requests/{request}"))).await
    }

    /// What the person who is signed in is asked to sign.
    pub(crate) async fn to_sign(self, request: &str) -> Answer<ToSignView> {
        self.client.send(HttpRequest::get(format!("/api/sign/{request}"))).await
    }

    /// Signs what was seen.
    pub(crate) async fn sign_request(self, request: &str, signature: &RemoteSignature) -> Answer<ToSignView> {
        self.client.send(HttpRequest::post(format!("/api/sign/{request}/signature")).json(signature)).await
    }

    /// Does not sign, and says why.
    pub(crate) async fn object(self, request: &str, objection: &Objection) -> Answer<ToSignView> {
        self.client.send(HttpRequest::post(format!("/api/sign/{request}/objection")).json(objection)).await
    }

    pub(crate) async fn submit(self, id: &str, key: &str, seen: &Submit) -> Answer<Received> {
        let request = HttpRequest::post(format!("/api/drafts/{id}/submit"));
        self.client.send(request.header("Idempotency-Key", key.to_owned()).json(seen)).await
    }

    pub(crate) async fn cases(self) -> Answer<Vec<CaseSummary>> {
        self.client.send(HttpRequest::get("/api/cases")).await
    }

    /// How many of the person's cases are in progress. Reading all that is in them is left to the pages that show it.
    pub(crate) async fn count_open_cases(self) -> Answer<usize> {
        let cases: Vec<CountedCase> = self.client.send(HttpRequest::get("/api/cases")).await?;
        Ok(cases.iter().filter(|case| !case.finished).count())
    }

    pub(crate) async fn case(self, reference: &Reference) -> Answer<CaseView> {
        self.client.send(HttpRequest::get(format!("/api/cases/{reference}"))).await
    }

    pub(crate) async fn receipt(self, reference: &Reference) -> Answer<Receipt> {
        self.client.send(HttpRequest::get(format!("/api/cases/{reference}/receipt"))).await
    }

    pub(crate) async fn pay(self, reference: &Reference) -> Answer<CaseView> {
        self.client.send(HttpRequest::post(format!("/api/cases/{reference}/payment"))).await
    }

    /// Takes a case back while nobody has decided.
    pub(crate) async fn withdraw(self, reference: &Reference) -> Answer<CaseView> {
        self.client.send(HttpRequest::post(format!("/api/cases/{reference}/withdrawal")).json(&json!({}))).await
    }

    /// Says how a case was handled.
    pub(crate) async fn rate(self, reference: &Reference, rating: &Value) -> Answer<Value> {
        self.client.send(HttpRequest::post(format!("/api/cases/{reference}/ratings")).json(rating)).await
    }

    /// The person's certificates, in the shape of whoever asks: a picker reads less of each than their page.
    pub(crate) async fn certificates<T: DeserializeOwned>(self) -> Answer<Vec<T>> {
        self.client.send(HttpRequest::get("/api/certificates")).await
    }

    pub(crate) async fn report_grievance(self, grievance: &NewGrievance) -> Answer<Value> {
        self.client.send(HttpRequest::post("/api/grievances").json(grievance)).await
    }
}

/// Where an application was received. The receipt's page reads the rest.
#[derive(Deserialize)]
pub(crate) struct Received {
    pub(crate) reference: Reference,
}

/// What of a case is counted.
#[derive(Deserialize)]
struct CountedCase {
    #[serde(default)]
    finished: bool,
}

/// How somebody signed.
pub(crate) enum Signed {
    /// The path of the strokes, as SVG writes one.
    Strokes(String),
    /// The name, by somebody who cannot write on the screen.
    Typed(String),
}

/// The address of a certificate's QR code, an image made by the server.
pub(crate) fn certificate_qr_url(code: &str) -> String {
    format!("/api/certificates/{code}/qr.svg")
}

/// The address of the receipt's QR code, an image made by the server.
pub(crate) fn receipt_qr_url(reference: &Reference) -> String {
    format!("/api/cases/{reference}/qr.svg")
}

/// The address of a stored file, or of its thumbnail.
pub(crate) fn attachment_url(id: &str, thumbnail: bool) -> String {
    format!("/api/attachments/{id}{}", if thumbnail { "?thumbnail=1" } else { "" })
}
