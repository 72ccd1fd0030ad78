//! The build that runs on phones judges ten thousand answer sets a service as the server's does.
#![cfg(target_arch = "wasm32")]

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Set by `cargo xtask test` from what the native build printed.
const NATIVE_VERDICT: Option<&str> = option_env!("NATIVE_VERDICT");

#[wasm_bindgen_test]
fn phone_and_server_judge_alike() {
    assert_eq!(verdicts::verdict().as_deref(), Ok(NATIVE_VERDICT.unwrap_or("run this with `cargo xtask test`")));
}
