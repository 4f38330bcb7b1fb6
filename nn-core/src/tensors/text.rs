//! Texts with numbers, for panics of `const fn`, where nothing can be formatted.

/// A text of at most [`MOST`](Text::MOST) bytes. What does not fit is left out.
pub(crate) struct Text {
    bytes: [u8; Text::MOST],
    len: usize,
}

impl Text {
    const MOST: usize = 320;

    pub(crate) const fn new() -> Self {
        Text { bytes: [0; Text::MOST], len: 0 }
    }

    #[must_use]
    pub(crate) const fn and(mut self, text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() && self.len < Text::MOST {
            self.bytes[self.len] = bytes[at];
            self.len += 1;
            at += 1;
        }
        self
    }

    /// Appends a number in decimals.
    #[must_use]
    pub(crate) const fn and_number(self, number: usize) -> Self {
        const DIGITS: usize = usize::MAX.ilog10() as usize + 1;
        let (mut digits, mut first, mut rest) = ([b'0'; DIGITS], DIGITS - 1, number);
        while rest > 9 {
            digits[first] += (rest % 10) as u8;
            rest /= 10;
            first -= 1;
        }
        digits[first] += rest as u8;
        self.and(as_str(digits.split_at(first).1))
    }

    /// Appends a shape as `{:?}` writes it: `[3, 28]`.
    #[must_use]
    pub(crate) const fn and_shape(self, sizes: &[usize]) -> Self {
        let mut text = self.and("[");
        let mut at = 0;
        while at < sizes.len() {
            text = text.and(if at > 0 { ", " } else { "" }).and_number(sizes[at]);
            at += 1;
        }
        text.and("]")
    }

    pub(crate) const fn as_str(&self) -> &str {
        as_str(self.bytes.split_at(self.len).0)
    }
}

const fn as_str(bytes: &[u8]) -> &str {
    match core::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) => "",
    }
}

#[cfg(test)]
mod tests {
    use super::Text;

    #[test]
    fn writes_numbers_as_usual() {
        for number in [0, 7, 9, 10, 99, 100, 2048, usize::MAX - 1, usize::MAX] {
            assert_eq!(Text::new().and("= ").and_number(number).as_str(), std::format!("= {number}"));
        }
    }

    #[test]
    fn writes_shapes_as_usual() {
        for sizes in [&[][..], &[4], &[3, 28, 0], &[usize::MAX; 6]] {
            assert_eq!(Text::new().and_shape(sizes).as_str(), std::format!("{sizes:?}"));
        }
    }

    #[test]
    fn leaves_out_what_does_not_fit() {
        let long = "x".repeat(1000);
        assert_eq!(Text::new().and(&long).and_number(5).as_str(), &long[..Text::MOST]);
    }
}
