// A classifier of 8 x 8 digits; shared by tests.

nn_core::network! {
    /// Logits of ten classes from 64 numbers.
    pub struct DigitClassifier {
        fc: Linear(64 => 10),
    }
    fn forward(image: [64]) -> [10] {
        fc(image)
    }
    loss = cross_entropy;
}
