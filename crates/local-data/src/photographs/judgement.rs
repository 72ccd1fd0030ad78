//! Whether a photograph is dark or blurred: a hint for the person, never a refusal.

use crate::protocol::Hint;

/// Pictures are judged in this size, so that the measures mean the same for every camera.
pub(super) const SIDE: u32 = 200;
const DARK_BELOW: f64 = 48.0;
const BLURRED_BELOW: f64 = 22.0;

/// A picture in shades of grey, from 0 to 255.
pub(super) struct Pixels {
    width: usize,
    height: usize,
    grey: Vec<f64>,
}

impl Pixels {
    /// Of pixels with red, green, blue and opacity, row by row.
    pub(super) fn new(width: u32, height: u32, pixels: &[u8]) -> Self {
        let grey = |pixel: &[u8]| match pixel {
            [red, green, blue, ..] => 0.299 * f64::from(*red) + 0.587 * f64::from(*green) + 0.114 * f64::from(*blue),
            _ => 0.0,
        };
        Self { width: width as usize, height: height as usize, grey: pixels.chunks_exact(4).map(grey).collect() }
    }

    pub(super) fn hint(&self) -> Option<Hint> {
        let brightness = self.grey.iter().sum::<f64>() / self.grey.len().max(1) as f64;
        if brightness < DARK_BELOW {
            return Some(Hint::Dark);
        }
        self.sharpness().filter(|sharpness| *sharpness < BLURRED_BELOW).map(|_| Hint::Blurred)
    }

    pub(super) fn grey_at(&self, column: usize, row: usize) -> f64 {
        self.grey.get(row * self.width + column).copied().unwrap_or_default()
    }

    /// The variance of the Laplacian, which is small where no edge is sharp. `None` where there is nothing between
    /// edges.
    fn sharpness(&self) -> Option<f64> {
        let (mut sum, mut squares, mut count) = (0.0, 0.0, 0.0);
        for row in 1..self.height.saturating_sub(1) {
            for column in 1..self.width.saturating_sub(1) {
                let beside = self.grey_at(column - 1, row) + self.grey_at(column + 1, row);
                let above_and_below = self.grey_at(column, row - 1) + self.grey_at(column, row + 1);
                let edge = 4.0 * self.grey_at(column, row) - beside - above_and_below;
                sum += edge;
                squares += edge * edge;
                count += 1.0;
            }
        }
        (count > 0.0).then(|| squares / count - (sum / count) * (sum / count))
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    fn judged(shade: impl Fn(u32, u32) -> u8) -> Option<Hint> {
        let pixels: Vec<u8> = (0..40)
            .flat_map(|row| (0..60).map(move |column| (column, row)))
            .flat_map(|(column, row)| [shade(column, row); 4])
            .collect();
        Pixels::new(60, 40, &pixels).hint()
    }

    #[wasm_bindgen_test]
    fn a_picture_is_dark_blurred_or_good() {
        assert_eq!(judged(|_, _| 30), Some(Hint::Dark));
        assert_eq!(judged(|column, _| 100 + column as u8), Some(Hint::Blurred));
        assert_eq!(judged(|column, row| if (column / 4 + row / 4) % 2 == 0 { 230 } else { 40 }), None);
    }

    #[wasm_bindgen_test]
    fn a_picture_of_two_pixels_is_not_called_blurred() {
        assert_eq!(Pixels::new(2, 1, &[200; 8]).hint(), None);
    }
}
