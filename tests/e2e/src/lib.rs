//! Harness of the browser tests: the server and the browser of a test, and the pages as a person sees them.
