use serde::{Deserialize, Serialize};
use sha1::{Digest, Sha1};

/// Hands out identifiers. The same seed gives the same ones in the same order.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Ids {
    seed: String,
    next: u64,
}

impl Ids {
    pub(crate) fn new(seed: String) -> Ids {
        Ids { seed, next: 1 }
    }

    pub(crate) fn number(&mut self) -> u64 {
        let number = self.next;
        self.next += 1;
        number
    }

    /// A random-looking UUID in lower case.
    pub(crate) fn uuid(&mut self) -> String {
        let number = self.number().to_string();
        let hex = sha([self.seed.as_str(), number.as_str()]);
        format!(
            "{}-{}-4{}-a{}-{}",
            &hex[..8],
            &hex[8..12],
            &hex[13..16],
            &hex[17..20],
            &hex[20..32]
        )
    }
}

/// 40 hexadecimal digits out of the given parts.
pub(crate) fn sha<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut hasher = Sha1::new();
    for part in parts {
        hasher.update(part.as_bytes());
        hasher.update([0]);
    }
    hex(&hasher.finalize())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What git calls a file with this content.
pub(crate) fn blob(text: &str) -> String {
    let mut hasher = Sha1::new();
    hasher.update(format!("blob {}\0", text.len()));
    hasher.update(text);
    hex(&hasher.finalize())
}

/// Whether this is the shape of a commit's SHA-1.
pub(crate) fn is_sha(text: &str) -> bool {
    text.len() == 40 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
