//! Digests: short names for what is told apart by its bytes, and checksums.

use sha2::{Digest, Sha256};

/// Bytes of a checksum.
const SUM: usize = 4;

/// The SHA-256 of some bytes.
pub fn sha256(bytes: impl AsRef<[u8]>) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// The first `length` (at most 32) bytes of the SHA-256 of some bytes, in hexadecimal.
pub fn digest(bytes: impl AsRef<[u8]>, length: usize) -> String {
    let digest = sha256(bytes);
    hex(&digest[..length.min(digest.len())])
}

/// Bytes in hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Bytes behind their checksum: a disk may turn a bit, and nobody is to be told what nobody wrote.
pub fn summed(bytes: &[u8]) -> Vec<u8> {
    let mut summed = Vec::with_capacity(SUM + bytes.len());
    summed.extend_from_slice(&checksum(bytes));
    summed.extend_from_slice(bytes);
    summed
}

/// The bytes, where they are those that their checksum is of.
pub fn unsummed(summed: &[u8]) -> Option<&[u8]> {
    let (sum, bytes) = summed.split_at_checked(SUM)?;
    (checksum(bytes) == *sum).then_some(bytes)
}

fn checksum(bytes: &[u8]) -> [u8; SUM] {
    crc32fast::hash(bytes).to_le_bytes()
}

/// Whether two secrets are the same, in a time that does not depend on where they differ.
pub fn same_secret(one: &[u8], other: &[u8]) -> bool {
    sha256(one) == sha256(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_those_of_sha256() {
        // The first line of the standard's examples.
        assert_eq!(digest("abc", 4), "ba7816bf");
        assert_eq!(digest("abc", 99).len(), 64);
    }

    #[test]
    fn a_turned_bit_is_seen() {
        let whole = summed("先修路。".as_bytes());
        assert_eq!(unsummed(&whole), Some("先修路。".as_bytes()));
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 4;
            assert_eq!(unsummed(&damaged), None, "{at}");
        }
        assert_eq!(unsummed(&whole[..5]), None);
    }
}
