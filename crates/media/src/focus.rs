//! Which point of a picture must stay visible when it is cropped.

/// A point of a picture: from −1 (left, bottom) to 1 (right, top), 0 in the middle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Focus {
    x: f64,
    y: f64,
}

impl Focus {
    /// The point at these coordinates, moved to the border if it lies outside. `None` if one is
    /// not a number.
    pub fn new(x: f64, y: f64) -> Option<Self> {
        if x.is_nan() || y.is_nan() {
            return None;
        }
        Some(Self {
            x: x.clamp(-1.0, 1.0),
            y: y.clamp(-1.0, 1.0),
        })
    }

    /// The point an app names as `x,y`.
    pub fn parse(text: &str) -> Option<Self> {
        let (x, y) = text.split_once(',')?;
        Self::new(x.trim().parse().ok()?, y.trim().parse().ok()?)
    }

    /// How far to the right of the middle.
    pub const fn x(self) -> f64 {
        self.x
    }

    /// How far above the middle.
    pub const fn y(self) -> f64 {
        self.y
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_outside_is_moved_to_the_border() {
        let focus = Focus::new(-7.0, 0.25).expect("these are numbers");

        assert_eq!((focus.x(), focus.y()), (-1.0, 0.25));
        assert_eq!(Focus::new(f64::NAN, 0.0), None);
        assert_eq!(Focus::new(f64::INFINITY, 0.0), Focus::new(1.0, 0.0));
    }

    #[test]
    fn a_point_is_read_from_two_numbers() {
        assert_eq!(Focus::parse("0.5, -0.5"), Focus::new(0.5, -0.5));
        for text in ["", "1", "a,b", "1,2,3", "NaN,0"] {
            assert_eq!(Focus::parse(text), None, "{text}");
        }
    }
}
