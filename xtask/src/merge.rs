//! Makes one module of several that belong to one split program.
//!
//! Such modules are of a simple kind (`wasm_split_cli_support` writes them): all have the types of the whole program,
//! import of it nothing but its one memory, one table and one global, export nothing, and put their functions and data
//! at fixed places of that table and memory. So only the numbers of their functions have to be changed.

use anyhow::{Result, bail, ensure};
use std::collections::BTreeMap;
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{
    CodeSection, CustomSection, DataSection, ElementSection, EntityType, FunctionSection, ImportSection,
    Module, RawSection, SectionId,
};
use wasmparser::{DataKind, Parser, Payload, TypeRef};

/// Adds to each function's number how many functions came before its module.
struct Shift(u32);

impl Reencode for Shift {
    type Error = std::convert::Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Self::Error>> {
        Ok(function + self.0)
    }
}

pub fn merge(modules: &[Vec<u8>]) -> Result<Vec<u8>> {
    if let [module] = modules {
        return Ok(module.clone());
    }
    let mut types = None;
    let mut imports = BTreeMap::<(String, String), EntityType>::new();
    let mut functions = FunctionSection::new();
    let mut elements = ElementSection::new();
    let mut code = CodeSection::new();
    let mut data = DataSection::new();
    let mut features = None;
    for bytes in modules {
        let mut shift = Shift(functions.len());
        for payload in Parser::new(0).parse_all(bytes) {
            match payload? {
                Payload::TypeSection(section) => {
                    let range = section.range();
                    let own = &bytes[range.start as usize..range.end as usize];
                    ensure!(*types.get_or_insert(own) == own, "the modules are of different programs");
                }
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        let import = import?;
                        ensure!(!matches!(import.ty, TypeRef::Func(_)), "a part imports {}", import.name);
                        let key = (import.module.to_string(), import.name.to_string());
                        imports.insert(key, shift.entity_type(import.ty)?);
                    }
                }
                Payload::FunctionSection(section) => shift.parse_function_section(&mut functions, section)?,
                Payload::ElementSection(section) => shift.parse_element_section(&mut elements, section)?,
                Payload::CodeSectionEntry(body) => shift.parse_function_body(&mut code, body)?,
                Payload::DataSection(section) => {
                    for segment in section {
                        let segment = segment?;
                        ensure!(matches!(segment.kind, DataKind::Active { .. }), "data without a place");
                        if !segment.data.is_empty() {
                            shift.parse_data(&mut data, segment)?;
                        }
                    }
                }
                Payload::CustomSection(section) if section.name() == "target_features" => {
                    features = Some(section.data());
                }
                Payload::TableSection(_) | Payload::MemorySection(_) | Payload::GlobalSection(_) => {
                    bail!("a part defines more than functions and data");
                }
                // Names are of no use, and a count of data only where data are copied in later.
                _ => {}
            }
        }
    }
    // Numbers of memory, table and global are right only while there is one of each.
    let kind = |ty: &EntityType| std::mem::discriminant(ty);
    let kinds: Vec<_> = imports.values().map(kind).collect();
    ensure!((1..kinds.len()).all(|i| !kinds[..i].contains(&kinds[i])), "two imports of one kind");

    let mut module = Module::new();
    if let Some(types) = types {
        module.section(&RawSection { id: SectionId::Type.into(), data: types });
    }
    let mut section = ImportSection::new();
    for ((from, name), ty) in &imports {
        section.import(from, name, *ty);
    }
    module.section(&section).section(&functions).section(&elements).section(&code).section(&data);
    if let Some(data) = features {
        module.section(&CustomSection { name: "target_features".into(), data: data.into() });
    }
    Ok(module.finish())
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{
        ConstExpr, Elements, Function, ImportSection, MemoryType, RefType, TableType, TypeSection, ValType,
    };

    /// A part of two functions, the second of which calls the first, that puts the second into the table.
    fn part(place: i32, imports: ImportSection) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], [ValType::I32]);
        let mut functions = FunctionSection::new();
        functions.function(0).function(0);
        let mut elements = ElementSection::new();
        elements.active(Some(0), &ConstExpr::i32_const(place), Elements::Functions([1_u32][..].into()));
        let mut code = CodeSection::new();
        let mut first = Function::new([]);
        first.instructions().i32_const(place).end();
        let mut second = Function::new([]);
        second.instructions().call(0).end();
        code.function(&first).function(&second);
        let mut data = DataSection::new();
        data.active(0, &ConstExpr::i32_const(place), [1, 2]);
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&functions).section(&elements);
        module.section(&code).section(&data);
        module.finish()
    }

    fn imports() -> ImportSection {
        let memory =
            MemoryType { minimum: 1, maximum: None, memory64: false, shared: false, page_size_log2: None };
        let (element_type, minimum) = (RefType::FUNCREF, 9);
        let table = TableType { element_type, minimum, maximum: None, table64: false, shared: false };
        let mut imports = ImportSection::new();
        imports.import("__wasm_split", "memory", memory).import("__wasm_split", "table", table);
        imports
    }

    #[test]
    fn functions_keep_calling_their_own() {
        let merged = merge(&[part(1, imports()), part(5, imports())]).unwrap();
        wasmparser::validate(&merged).unwrap();
        let (mut calls, mut entries, mut places) = (Vec::new(), Vec::new(), Vec::new());
        for payload in Parser::new(0).parse_all(&merged) {
            match payload.unwrap() {
                Payload::CodeSectionEntry(body) => {
                    for operator in body.get_operators_reader().unwrap() {
                        match operator.unwrap() {
                            wasmparser::Operator::Call { function_index } => calls.push(function_index),
                            wasmparser::Operator::I32Const { value } => places.push(value),
                            _ => {}
                        }
                    }
                }
                Payload::ElementSection(section) => {
                    for element in section {
                        let wasmparser::ElementItems::Functions(functions) = element.unwrap().items else {
                            panic!("functions")
                        };
                        entries.extend(functions.into_iter().map(Result::unwrap));
                    }
                }
                _ => {}
            }
        }
        assert_eq!((calls, entries, places), (vec![0, 2], vec![1, 3], vec![1, 5]));
    }

    #[test]
    fn a_part_with_an_import_of_another_kind_is_refused() {
        let mut with_function = imports();
        with_function.import("env", "f", EntityType::Function(0));
        let error = merge(&[part(1, imports()), part(5, with_function)]).unwrap_err();
        assert!(error.to_string().contains("imports f"), "{error}");
    }
}
