//! From a file as it came to one that may be kept and shown.

use bytes::Bytes;
use contract::Text;
use serde::{Deserialize, Serialize};

use super::sniff::FileKind;
use super::{pdf, photo, sniff};

/// A file without metadata.
#[derive(Clone, Debug)]
pub(crate) struct Cleaned {
    pub(crate) media_type: MediaType,
    pub(crate) content: Bytes,
    pub(crate) size: Option<(u32, u32)>,
    /// A small JPEG, for pictures.
    pub(crate) thumbnail: Option<Bytes>,
}

/// What is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum MediaType {
    #[serde(rename = "image/jpeg")]
    Jpeg,
    #[serde(rename = "image/png")]
    Png,
    #[serde(rename = "application/pdf")]
    Pdf,
}

impl MediaType {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Pdf => "application/pdf",
        }
    }
}

/// Why a file is not taken. Each has a reason that people can act on. Their names are kept with the uploads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RejectedFile {
    Empty,
    Heic,
    NotAPicture,
    TooManyPixels,
    Damaged,
    PdfNotAsked,
    PdfEncrypted,
    PdfActive,
    /// Packed in a way that is a risk to unpack.
    PdfUnusual,
    /// Not what was sent: the digest of the whole differs.
    ChangedOnTheWay,
    /// It took more time or memory than a file may, or ended the program that cleans.
    TooComplex,
}

pub(super) fn clean(file: &[u8], accepts_pdf: bool) -> Result<Cleaned, RejectedFile> {
    match sniff::kind(file) {
        FileKind::Jpeg => photo::clean(file, image::ImageFormat::Jpeg),
        FileKind::Png => photo::clean(file, image::ImageFormat::Png),
        FileKind::WebP => photo::clean(file, image::ImageFormat::WebP),
        FileKind::Pdf if accepts_pdf => pdf::clean(file),
        FileKind::Pdf => Err(RejectedFile::PdfNotAsked),
        FileKind::Heic => Err(RejectedFile::Heic),
        FileKind::Other if file.is_empty() => Err(RejectedFile::Empty),
        FileKind::Other => Err(RejectedFile::NotAPicture),
    }
}

impl RejectedFile {
    /// Stable code, and what to do.
    pub(crate) fn words(self) -> (&'static str, Text) {
        let (code, zh, en) = match self {
            Self::Empty => (
                "file-empty",
                "这个文件是空的，请重新选一张照片。",
                "This file is empty, please choose another picture.",
            ),
            Self::Heic => (
                "file-heic",
                "这是 HEIC 照片，暂时打不开。请在手机相机设置里改成“兼容性最佳”后重拍，或把照片截屏再传。",
                "This is an HEIC picture, which we cannot open. Set your camera to “Most Compatible” and take it again, or upload a screenshot of it.",
            ),
            Self::NotAPicture => (
                "file-not-a-picture",
                "这不是照片。请传 JPG、PNG 或 WebP 图片。",
                "This is not a picture. Please upload a JPG, PNG or WebP file.",
            ),
            Self::TooManyPixels => (
                "file-too-many-pixels",
                "这张图片太大了，超过 5000 万像素。请缩小后再传，或直接用手机拍一张。",
                "This picture has more than 50 million pixels. Please make it smaller, or take one with your phone.",
            ),
            Self::Damaged => (
                "file-damaged",
                "这个文件打不开，可能没有存完整。请重新拍一张或另选一个。",
                "This file cannot be opened and may be incomplete. Please take or choose another one.",
            ),
            Self::PdfNotAsked => (
                "file-pdf-not-asked",
                "这里要的是照片，请拍照或传 JPG、PNG 图片。",
                "A picture is needed here, please take one or upload a JPG or PNG file.",
            ),
            Self::PdfEncrypted => (
                "file-pdf-encrypted",
                "这个 PDF 加了密码。请去掉密码后再传，或拍照上传。",
                "This PDF has a password. Please remove it, or take pictures of the pages.",
            ),
            Self::PdfActive => (
                "file-pdf-active",
                "这个 PDF 里带有程序或附件，为了安全不能收。请打印成新的 PDF，或拍照上传。",
                "This PDF holds programs or attachments. Please print it to a new PDF, or take pictures of the pages.",
            ),
            Self::PdfUnusual => (
                "file-pdf-unusual",
                "这个 PDF 的格式少见，打不开。请打印成新的 PDF，或拍照上传。",
                "This PDF is written in an unusual way. Please print it to a new PDF, or take pictures of the pages.",
            ),
            Self::ChangedOnTheWay => (
                "file-changed-on-the-way",
                "文件在路上传坏了，请再传一次。",
                "The file was damaged on its way, please upload it again.",
            ),
            Self::TooComplex => (
                "file-too-complex",
                "这个文件太复杂，打不开。请重新拍一张，或打印成新的 PDF 再传。",
                "This file is too complex to be opened. Please take a new picture of it, or print it to a new PDF.",
            ),
        };
        (code, Text::new(zh, en))
    }
}
