//! The sizes and names of functions in a wasm file.

use std::collections::HashMap;

use anyhow::Result;
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

/// The functions and the data of a wasm file.
#[derive(Default)]
pub(super) struct Contents {
    /// Name and size of each function with a body.
    pub(super) functions: Vec<(String, usize)>,
    pub(super) data_bytes: usize,
}

/// Reads a module that still has its names.
pub(super) fn read(module: &[u8]) -> Result<Contents> {
    let (mut imported, mut sizes, mut names, mut data_bytes) = (0, Vec::new(), HashMap::new(), 0);
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => sizes.push(body.range().len()),
            Payload::DataSection(section) => data_bytes = section.range().len(),
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(section) = section.as_known() {
                    for part in section {
                        if let Name::Function(functions) = part? {
                            for naming in functions {
                                let naming = naming?;
                                names.insert(naming.index, naming.name.to_owned());
                            }
                        }
                    }
                }
            }
            _ => {}
        }
    }
    let name = |index: u32| names.get(&(index + imported)).cloned().unwrap_or_default();
    let functions = (0..).zip(sizes).map(|(index, size)| (name(index), size)).collect();
    Ok(Contents { functions, data_bytes })
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
