//! Encrypted files. lopdf would decrypt while it loads, where nothing is counted; so the entry that says that a file is
//! encrypted is hidden from it, and what it has loaded is decrypted here, with the empty password.

use lopdf::encryption::{PasswordAlgorithm, decrypt_object};
use lopdf::{Dictionary, Document, EncryptionState, Object};

use crate::reading::ReadError;

/// The trailer's key, and what stands for it meanwhile: nobody writes that.
const KEY: &[u8] = b"/Encrypt";
const HIDDEN: &[u8] = b"/Encryp\x7f";

/// The same file without its key; none if it has no such key.
pub(super) fn hidden(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out: Option<Vec<u8>> = None;
    for at in (0..bytes.len()).filter(|at| is_key(bytes.get(*at..).unwrap_or_default())) {
        let out = out.get_or_insert_with(|| bytes.to_vec());
        if let Some(place) = out.get_mut(at..at + KEY.len()) {
            place.copy_from_slice(HIDDEN);
        }
    }
    out
}

/// Whether a text begins with the key, and not with a longer name (`/EncryptMetadata`).
fn is_key(text: &[u8]) -> bool {
    text.strip_prefix(KEY)
        .is_some_and(|rest| !rest.first().is_some_and(u8::is_ascii_alphanumeric))
}

/// What the hidden key stands for, if the file is encrypted.
pub(super) fn take_hidden(trailer: &mut Dictionary) -> Option<Object> {
    trailer.remove(HIDDEN.get(1..)?)
}

/// Decrypts all objects in place; `dictionary` is what the trailer's key stands for, the encryption dictionary itself (MuPDF
/// writes so) or a reference to it.
pub(super) fn decrypt(document: &mut Document, dictionary: Object) -> Result<(), ReadError> {
    let id = match dictionary {
        Object::Reference(id) => id,
        dictionary => document.add_object(dictionary),
    };
    document.trailer.set("Encrypt", Object::Reference(id));
    let state = state(document).map_err(|_| ReadError::Protected)?;
    for (number, object) in document.objects.iter_mut().filter(|(number, _)| **number != id) {
        // What cannot be decrypted stays as it is: the rest of the file may be whole.
        if let Err(error) = decrypt_object(&state, *number, object) {
            tracing::debug!(?number, %error, "an object was not decrypted");
        }
    }
    Ok(())
}

fn state(document: &Document) -> lopdf::Result<EncryptionState> {
    document.authenticate_password("")?;
    let password = PasswordAlgorithm::try_from(document)?.sanitize_password("")?;
    EncryptionState::decode(document, &password)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_hidden_and_longer_names_are_not() {
        let bytes = b"trailer <</Encrypt 5 0 R>> <</EncryptMetadata true>>";
        let hidden = hidden(bytes).expect("hidden");
        assert_eq!(hidden, b"trailer <</Encryp\x7f 5 0 R>> <</EncryptMetadata true>>");
        assert_eq!(super::hidden(b"<</EncryptMetadata true>>"), None);
    }
}
