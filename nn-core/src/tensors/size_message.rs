//! Messages of conditions on sizes, which are put together while compiling.

/// A message with the sizes that it names.
pub struct Text {
    bytes: [u8; Text::CAPACITY],
    len: usize,
}

impl Text {
    /// A message that is longer is cut.
    const CAPACITY: usize = 4096;

    /// The text.
    #[must_use]
    pub const fn as_str(&self) -> &str {
        match core::str::from_utf8(self.bytes.split_at(self.len).0) {
            Ok(text) => text,
            Err(_) => "these sizes do not fit",
        }
    }

    const fn push(mut self, text: &str) -> Self {
        let text = text.as_bytes();
        let mut at = 0;
        while at < text.len() && self.len < Self::CAPACITY {
            self.bytes[self.len] = text[at];
            self.len += 1;
            at += 1;
        }
        self
    }

    const fn push_number(mut self, number: usize) -> Self {
        if number > 9 {
            self = self.push_number(number / 10);
        }
        let digit = [b'0' + (number % 10) as u8];
        match core::str::from_utf8(&digit) {
            Ok(digit) => self.push(digit),
            Err(_) => self,
        }
    }
}

/// A message, and below it the sizes that it names.
///
/// ```
/// const TEXT: nn_core::private::Text = nn_core::private::with_sizes("it is given HIDDEN", &[("HIDDEN", 30)]);
/// assert_eq!(TEXT.as_str(), "it is given HIDDEN\n\nwhere `HIDDEN` is 30");
/// ```
#[must_use]
pub const fn with_sizes(message: &str, sizes: &[(&str, usize)]) -> Text {
    let mut text = Text { bytes: [0; Text::CAPACITY], len: 0 }.push(message);
    let mut at = 0;
    while at < sizes.len() {
        let (name, size) = sizes[at];
        text = text.push(if at == 0 { "\n\nwhere `" } else { " and `" }).push(name).push("` is ").push_number(size);
        at += 1;
    }
    text
}
