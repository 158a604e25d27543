//! Old office formats (`.doc`, `.wps`, `.rtf`, `.xls`, `.ppt`): handed to LibreOffice, where an admin says that it is there, and
//! read as what it makes of them. Off by default: another program's faults are none of ours.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::{Document, docx, pptx, xlsx};
use crate::reading::{MAX_BYTES, ReadError};

/// How long one file may take.
const LONGEST: Duration = Duration::from_secs(60);
/// How often it is looked whether it is done.
const STEP: Duration = Duration::from_millis(50);

/// The program, for the whole process: set once, when it starts.
static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// From now on old office files are converted by `program` (LibreOffice's `soffice`). The first call counts.
pub fn convert_with(program: PathBuf) {
    let _ = PROGRAM.set(program);
}

/// The document in the bytes of an old office file.
///
/// # Errors
///
/// [`ReadError::OldFormat`] where no program is set; else where it fails, takes too long, or gives what cannot be read.
pub fn read(bytes: &[u8], format: &'static str) -> Result<Document, ReadError> {
    match PROGRAM.get() {
        Some(program) => read_by(program, bytes, format),
        None => Err(ReadError::OldFormat { format }),
    }
}

fn read_by(program: &Path, bytes: &[u8], format: &'static str) -> Result<Document, ReadError> {
    let folder = Folder::new()?;
    let source = folder.0.join(format!("file.{format}"));
    fs::write(&source, bytes)?;
    let to = match format {
        "xls" => "xlsx",
        "ppt" => "pptx",
        _ => "docx",
    };
    convert(program, &source, to, &folder.0, format)?;
    let made = folder.0.join(format!("file.{to}"));
    let size = fs::metadata(&made)
        .map_err(|_| ReadError::broken(format, "LibreOffice made nothing of it"))?
        .len();
    if size > MAX_BYTES {
        return Err(ReadError::TooLarge { bytes: size });
    }
    let bytes = fs::read(made)?;
    match to {
        "xlsx" => xlsx::read(&bytes),
        "pptx" => pptx::read(&bytes),
        _ => docx::read(&bytes),
    }
}

fn convert(program: &Path, source: &Path, to: &str, folder: &Path, format: &'static str) -> Result<(), ReadError> {
    // A profile of its own: two at once would wait for each other, and a user's open LibreOffice would take the job.
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let mut child = Command::new(program)
        .args(["--headless", "--norestore", &profile, "--convert-to", to, "--outdir"])
        .args([folder, source])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| ReadError::broken(format, format!("LibreOffice does not start: {error}")))?;
    let end = Instant::now() + LONGEST;
    loop {
        match child.try_wait()? {
            Some(status) if status.success() => return Ok(()),
            Some(status) => return Err(ReadError::broken(format, format!("LibreOffice ended with {status}"))),
            None if Instant::now() >= end => {
                // It may have ended just now.
                let _ = child.kill();
                let _ = child.wait();
                return Err(ReadError::TooMuch { what: "time" });
            }
            None => std::thread::sleep(STEP),
        }
    }
}

/// A folder for one file, gone when it is read.
struct Folder(PathBuf);

impl Folder {
    fn new() -> std::io::Result<Folder> {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("huiwen-{}-{number}", std::process::id()));
        fs::create_dir(&path)?;
        Ok(Folder(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            tracing::warn!(%error, folder = %self.0.display(), "a temporary folder is left");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_program_the_format_is_refused_with_what_to_do() {
        assert!(matches!(
            read(b"\xd0\xcf", "doc"),
            Err(ReadError::OldFormat { format: "doc" })
        ));
    }

    /// A stand-in for LibreOffice: it makes this file of whatever it is given.
    #[cfg(unix)]
    fn stand_in(folder: &Folder, makes: &[u8]) -> PathBuf {
        use std::os::unix::fs::PermissionsExt;

        fs::write(folder.0.join("made"), makes).unwrap();
        let program = folder.0.join("soffice");
        // soffice --headless --norestore -env:… --convert-to docx --outdir FOLDER SOURCE
        let script = "#!/bin/sh\n[ \"$4 $6\" = \"--convert-to --outdir\" ] && [ -s \"$8\" ] && cp \"${0%/*}/made\" \"$7/file.$5\"\n";
        fs::write(&program, script).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).unwrap();
        program
    }

    #[cfg(unix)]
    #[test]
    fn what_the_program_makes_of_a_file_is_read() {
        let document = "<w:document><w:body><w:p><w:r><w:t>先修路。</w:t></w:r></w:p></w:body></w:document>";
        let docx = crate::reading::format::archive::testing::package(&[("word/document.xml", document)]);
        let folder = Folder::new().unwrap();
        for format in ["doc", "wps", "rtf"] {
            let read = read_by(&stand_in(&folder, &docx), b"old", format).unwrap();
            assert_eq!(read.text.trim(), "先修路。", "{format}");
        }
        // What it makes may be nothing that can be read.
        let broken = read_by(&stand_in(&folder, b"torn"), b"old", "doc");
        assert!(broken.is_err());
    }

    #[test]
    fn a_program_that_is_not_there_or_fails_is_a_reason() {
        let folder = Folder::new().unwrap();
        let source = folder.0.join("file.doc");
        for program in ["/nowhere/soffice", "false"] {
            let error = convert(Path::new(program), &source, "docx", &folder.0, "doc").unwrap_err();
            assert!(matches!(error, ReadError::Broken { format: "doc", .. }), "{error}");
        }
    }
}
