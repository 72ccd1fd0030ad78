//! Reads the sizes and names of functions from a wasm file: the code section and the name section, nothing else.

use std::collections::HashMap;

use anyhow::{Context, Result, bail};

const CUSTOM_SECTION: u8 = 0;
const IMPORT_SECTION: u8 = 2;
const CODE_SECTION: u8 = 10;
const DATA_SECTION: u8 = 11;
/// Subsection of the name section that holds the names of functions.
const FUNCTION_NAMES: u8 = 1;

/// The functions and the data of a wasm file.
#[derive(Default)]
pub(super) struct Contents {
    /// Name and size of each function with a body.
    pub(super) functions: Vec<(String, usize)>,
    pub(super) data_bytes: usize,
}

/// Reads a module that still has its names.
pub(super) fn read(module: &[u8]) -> Result<Contents> {
    if !module.starts_with(b"\0asm") {
        bail!("this is no wasm file");
    }
    let (mut imported, mut sizes, mut names, mut data_bytes) = (0, Vec::new(), HashMap::new(), 0);
    let mut reader = Reader { bytes: &module[8..] };
    while !reader.bytes.is_empty() {
        let kind = reader.byte()?;
        let mut section = reader.sized()?;
        match kind {
            IMPORT_SECTION => imported = imported_functions(&mut section)?,
            CODE_SECTION => sizes = body_sizes(&mut section)?,
            DATA_SECTION => data_bytes = section.bytes.len(),
            CUSTOM_SECTION if section.text()? == "name" => names = function_names(&mut section)?,
            _ => {}
        }
    }
    let name = |index: usize| names.get(&(index + imported)).cloned().unwrap_or_default();
    let functions = sizes.into_iter().enumerate().map(|(index, size)| (name(index), size)).collect();
    Ok(Contents { functions, data_bytes })
}

fn imported_functions(section: &mut Reader<'_>) -> Result<usize> {
    let mut functions = 0;
    for _ in 0..section.number()? {
        section.text()?;
        section.text()?;
        match section.byte()? {
            0 => {
                section.number()?;
                functions += 1;
            }
            1 => {
                section.byte()?;
                section.limits()?;
            }
            2 => section.limits()?,
            3 => {
                section.byte()?;
                section.byte()?;
            }
            other => bail!("unknown import kind {other}"),
        }
    }
    Ok(functions)
}

fn body_sizes(section: &mut Reader<'_>) -> Result<Vec<usize>> {
    let count = section.number()?;
    (0..count).map(|_| Ok(section.sized()?.bytes.len())).collect()
}

fn function_names(section: &mut Reader<'_>) -> Result<HashMap<usize, String>> {
    let mut names = HashMap::new();
    while !section.bytes.is_empty() {
        let kind = section.byte()?;
        let mut subsection = section.sized()?;
        if kind == FUNCTION_NAMES {
            for _ in 0..subsection.number()? {
                names.insert(subsection.number()?, subsection.text()?.to_owned());
            }
        }
    }
    Ok(names)
}

struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Result<u8> {
        let (first, rest) = self.bytes.split_first().context("the wasm file ends early")?;
        self.bytes = rest;
        Ok(*first)
    }

    /// An unsigned LEB128 number.
    fn number(&mut self) -> Result<usize> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        bail!("a number in the wasm file is too long")
    }

    fn sized(&mut self) -> Result<Self> {
        let length = self.number()?;
        let (content, rest) = self.bytes.split_at_checked(length).context("the wasm file ends early")?;
        self.bytes = rest;
        Ok(Self { bytes: content })
    }

    fn text(&mut self) -> Result<&'a str> {
        Ok(std::str::from_utf8(self.sized()?.bytes)?)
    }

    fn limits(&mut self) -> Result<()> {
        let has_maximum = self.byte()? & 1 == 1;
        self.number()?;
        if has_maximum {
            self.number()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn sizes_and_names_are_read() {
        let header = b"\0asm\x01\0\0\0".as_slice();
        let types_and_functions = b"\x01\x04\x01\x60\0\0\x03\x02\x01\0".as_slice();
        let code = b"\x0a\x04\x01\x02\0\x0b".as_slice();
        let names = b"\0\x0d\x04name\x01\x06\x01\0\x03app".as_slice();
        let module = [header, types_and_functions, code, names].concat();
        assert_eq!(read(&module).unwrap().functions, [(String::from("app"), 2)]);
    }

    #[test]
    fn a_torn_file_is_an_error() {
        assert!(read(b"\0asm\x01\0\0\0\x0a\x7f").is_err());
    }
}
