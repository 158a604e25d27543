//! A vector in 8 bits a dimension.

/// A direction: the cosine of two of them is how near they are.
#[derive(Clone, Debug, PartialEq)]
pub struct Vector {
    /// By which the whole numbers are multiplied.
    pub scale: f32,
    /// Each dimension.
    pub dimensions: Vec<i8>,
}

impl Vector {
    /// Of a vector as a server gives it; `None` where it has no direction.
    pub fn of(values: &[f32]) -> Option<Vector> {
        let length = values.iter().map(|value| value * value).sum::<f32>().sqrt();
        let largest = values.iter().fold(0.0_f32, |largest, value| largest.max(value.abs()));
        if !length.is_normal() || !largest.is_normal() {
            return None;
        }
        let step = largest / 127.0;
        Some(Vector {
            scale: step / length,
            dimensions: values.iter().map(|value| (value / step).round() as i8).collect(),
        })
    }

    /// The cosine of the angle to another, which is given as its parts.
    pub fn cosine(&self, scale: f32, dimensions: &[u8]) -> f32 {
        let pairs = self.dimensions.iter().zip(dimensions);
        let dot: i32 = pairs.map(|(a, b)| i32::from(*a) * i32::from(*b as i8)).sum();
        dot as f32 * self.scale * scale
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn bytes(vector: &Vector) -> Vec<u8> {
        vector.dimensions.iter().map(|value| *value as u8).collect()
    }

    #[test]
    fn what_has_no_direction_is_no_vector() {
        assert_eq!(Vector::of(&[]), None);
        assert_eq!(Vector::of(&[0.0, 0.0]), None);
        assert_eq!(Vector::of(&[f32::NAN, 1.0]), None);
        assert_eq!(Vector::of(&[f32::INFINITY, 1.0]), None);
    }

    proptest! {
        #[test]
        fn eight_bits_are_enough(a in prop::collection::vec(-1.0_f32..1.0, 64), b in prop::collection::vec(-1.0_f32..1.0, 64)) {
            let (Some(one), Some(other)) = (Vector::of(&a), Vector::of(&b)) else { return Ok(()) };
            let dot = |x: &[f32], y: &[f32]| x.iter().zip(y).map(|(x, y)| x * y).sum::<f32>();
            let exact = dot(&a, &b) / (dot(&a, &a) * dot(&b, &b)).sqrt();
            prop_assert!((one.cosine(other.scale, &bytes(&other)) - exact).abs() < 0.02);
            prop_assert!((one.cosine(one.scale, &bytes(&one)) - 1.0).abs() < 0.02);
        }
    }
}
