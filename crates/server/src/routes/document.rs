//! The API's description, completed with what holds everywhere: a refusal is a problem document.

use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::{Content, OpenApi, Ref, RefOr, Response, ResponseBuilder};

/// Gives every operation its general answer to what it cannot do, and every refusal the type that it has.
pub(super) fn complete(mut document: OpenApi) -> OpenApi {
    for operation in document.paths.paths.values_mut().flat_map(operations) {
        let responses = &mut operation.responses.responses;
        for (_, response) in responses.iter_mut().filter(|(status, _)| status.starts_with(['4', '5'])) {
            if let RefOr::T(response) = response {
                response.content = refusal().content;
            }
        }
        responses.insert("default".to_owned(), RefOr::T(refusal()));
    }
    document
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [&mut item.get, &mut item.post, &mut item.put, &mut item.patch, &mut item.delete].into_iter().flatten()
}

fn refusal() -> Response {
    let content = Content::new(Some(Ref::from_schema_name("ProblemDocument")));
    ResponseBuilder::new()
        .description("why not, and what to do next")
        .content("application/problem+json", content)
        .build()
}
