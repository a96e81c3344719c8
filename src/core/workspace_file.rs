//! One file for a whole workspace, with a checksum for each of its parts.
//!
//! | bytes | what |
//! |---|---|
//! | 8 | `QUINTILE` |
//! | 4 | format |
//! | 4 | checksum of the 12 bytes before |
//! | 4 | number of sections |
//! | per section | length of the name (2), the name, length of the section (8), its checksum (4) |
//! | 4 | checksum of the list of sections with its number |
//! | rest | the sections one after the other, to the end of the file |
//!
//! All numbers are little endian, all checksums CRC-32 (IEEE). The first section is the workspace as JSON; the
//! others are those of [`crate::core::codec`], or none where only the settings were saved.

use crate::core::changelog::ChangeLog;
use crate::core::codec::Section;
use crate::core::problem::Problem;
use crate::core::workspace::Workspace;

/// The version of the file. Raise it when an older program could misread a newer file.
pub const FORMAT: u32 = 1;

const MAGIC: &[u8; 8] = b"QUINTILE";
const WORKSPACE: &str = "workspace";

/// What a workspace file holds.
#[derive(Clone, Debug, PartialEq)]
pub struct WorkspaceFile {
    pub workspace: Workspace,
    /// The sections of the dataset for [`crate::core::codec::decode`]; `None` where only the settings were saved.
    pub data: Option<Vec<Section>>,
}

/// The bytes of a workspace file. Without `keep_log` the steps of undo stay behind: they can hold what somebody has
/// typed and taken back. `data` are the sections of the dataset, or none to save the settings only.
///
/// ```
/// use quintile::core::workspace::{Source, Workspace};
/// use quintile::core::workspace_file;
/// let workspace = Workspace::new("w1", "Spring", Source::Empty);
/// let file = workspace_file::read(&workspace_file::write(&workspace, true, &[])).unwrap();
/// assert_eq!((file.workspace, file.data), (workspace, None));
/// ```
pub fn write(workspace: &Workspace, keep_log: bool, data: &[Section]) -> Vec<u8> {
    let json = if keep_log {
        serde_json::to_vec(workspace)
    } else {
        serde_json::to_vec(&Workspace { log: ChangeLog::default(), ..workspace.clone() })
    };
    let first = Section::new(WORKSPACE, json.expect("a workspace is JSON"));
    let sections: Vec<&Section> = std::iter::once(&first).chain(data).collect();

    let mut file = Vec::with_capacity(sections.iter().map(|s| s.bytes.len() + s.name.len() + 14).sum());
    file.extend_from_slice(MAGIC);
    file.extend_from_slice(&FORMAT.to_le_bytes());
    file.extend_from_slice(&crc32fast::hash(&file).to_le_bytes());
    let list = file.len();
    file.extend_from_slice(&(sections.len() as u32).to_le_bytes());
    for section in &sections {
        file.extend_from_slice(&(section.name.len() as u16).to_le_bytes());
        file.extend_from_slice(section.name.as_bytes());
        file.extend_from_slice(&(section.bytes.len() as u64).to_le_bytes());
        file.extend_from_slice(&section.crc32.to_le_bytes());
    }
    file.extend_from_slice(&crc32fast::hash(&file[list..]).to_le_bytes());
    sections.iter().for_each(|section| file.extend_from_slice(&section.bytes));
    file
}

/// Whether a file begins as a workspace file does.
pub fn is_workspace_file(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

/// Reads a workspace file. Any changed, missing or additional byte is a problem; so is a later format.
pub fn read(file: &[u8]) -> Result<WorkspaceFile, Problem> {
    if !is_workspace_file(file) {
        return Err(Problem::NotAWorkspace);
    }
    let mut input = Input { file, at: MAGIC.len() };
    let head = || damaged("header");
    let format = input.u32().ok_or_else(head)?;
    input.checksum_since(0).ok_or_else(head)?;
    if format > FORMAT {
        return Err(Problem::NewerFormat { found: format, known: FORMAT });
    }
    let listed = input.list().ok_or_else(|| damaged("list of sections"))?;
    let mut sections = Vec::with_capacity(listed.len());
    for (name, len, crc32) in listed {
        let bytes = input.slice(len).ok_or_else(|| damaged(&name))?;
        let section = Section { name, bytes: bytes.to_vec(), crc32 };
        section.checked()?;
        sections.push(section);
    }
    if input.at != file.len() || sections.is_empty() || sections[0].name != WORKSPACE {
        return Err(damaged("end of the file"));
    }
    let workspace = Workspace::from_json(&sections.remove(0).bytes)?;
    Ok(WorkspaceFile { workspace, data: (!sections.is_empty()).then_some(sections) })
}

fn damaged(part: &str) -> Problem {
    Problem::Damaged { part: part.into() }
}

/// A place in the file; every step answers `None` at its end.
struct Input<'a> {
    file: &'a [u8],
    at: usize,
}

impl<'a> Input<'a> {
    fn slice(&mut self, len: usize) -> Option<&'a [u8]> {
        let piece = self.file.get(self.at..self.at.checked_add(len)?)?;
        self.at += len;
        Some(piece)
    }

    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.slice(N)?.try_into().ok()
    }

    fn u32(&mut self) -> Option<u32> {
        self.take().map(u32::from_le_bytes)
    }

    /// Reads a checksum and compares it with that of the bytes from `start` up to it.
    fn checksum_since(&mut self, start: usize) -> Option<()> {
        let expected = crc32fast::hash(&self.file[start..self.at]);
        (self.u32()? == expected).then_some(())
    }

    /// Name, length and checksum of each section.
    fn list(&mut self) -> Option<Vec<(String, usize, u32)>> {
        let start = self.at;
        let count = self.u32()?;
        let mut sections = Vec::new();
        for _ in 0..count {
            let name_len = u16::from_le_bytes(self.take()?);
            let name = std::str::from_utf8(self.slice(usize::from(name_len))?).ok()?;
            let len = usize::try_from(u64::from_le_bytes(self.take()?)).ok()?;
            sections.push((name.to_string(), len, self.u32()?));
        }
        self.checksum_since(start)?;
        Some(sections)
    }
}
