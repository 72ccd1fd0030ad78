//! Compressed copies beside each file of the built app, so that the server never spends a phone's time on it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;

const COMPRESSIBLE: [&str; 7] = ["html", "css", "js", "wasm", "svg", "json", "webmanifest"];
/// Below this a compressed copy saves less than its headers cost.
const SIZE_MINIMUM_BYTES: usize = 256;

/// Writes `.br` (quality 11) and `.gz` beside everything that shrinks.
pub(crate) fn compress(folder: &Path) -> Result<()> {
    for path in files_in(folder)? {
        let content = fs::read(&path)?;
        if is_compressible(&path) && content.len() >= SIZE_MINIMUM_BYTES {
            fs::write(with_suffix(&path, "br"), brotli(&content)?)?;
            fs::write(with_suffix(&path, "gz"), gzip(&content)?)?;
        }
    }
    Ok(())
}

/// Brotli at quality 11, as the size budget counts it.
pub(crate) fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let parameters =
        brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: content.len(), ..Default::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*content, &mut compressed, &parameters)?;
    Ok(compressed)
}

/// Every file of a folder and of those in it, in a stable order.
pub(crate) fn files_in(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(files_in(&path)?);
        } else {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}

fn is_compressible(path: &Path) -> bool {
    path.extension().and_then(|extension| extension.to_str()).is_some_and(|extension| COMPRESSIBLE.contains(&extension))
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    PathBuf::from(name)
}
