//! Chance from a given seed, the same on every machine.
//!
//! All functions beyond the four operations and the square root come from `libm`, so that a native test and the
//! browser draw the same numbers bit for bit.

/// The SplitMix64 generator: 64 bits of state, good statistics, and any number of independent streams for free.
///
/// Source: Steele, Lea & Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
///
/// ```
/// use quintile::core::random::Random;
/// let (mut one, mut same) = (Random::new(7), Random::new(7));
/// assert_eq!(one.normal(), same.normal());
/// assert_ne!(Random::stream(7, 0).bits(), Random::stream(7, 1).bits());
/// ```
#[derive(Clone, Debug)]
pub struct Random {
    state: u64,
}

/// 2⁶⁴ divided by the golden ratio, made odd: the step of the state.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

impl Random {
    pub fn new(seed: u64) -> Random {
        Random { state: seed }
    }

    /// The generator of one item (a customer, a row) of a seed: it can be made for any item without the others.
    pub fn stream(seed: u64, item: u64) -> Random {
        // Both are mixed before they meet, so that neighbouring items do not share pieces of one sequence.
        Random { state: Random::new(seed).bits() ^ Random::new(!item).bits() }
    }

    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(STEP);
        let z = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 (included) to 1 (excluded), in steps of 2⁻⁵³.
    pub fn uniform(&mut self) -> f64 {
        (self.bits() >> 11) as f64 * (1.0 / (1_u64 << 53) as f64)
    }

    /// A number from 0 (excluded) to 1 (included): safe for a logarithm.
    fn positive(&mut self) -> f64 {
        1.0 - self.uniform()
    }

    /// A whole number from 0 to `bound` − 1. `bound` must not be 0.
    pub fn below(&mut self, bound: u32) -> u32 {
        // The high half of a 64-bit product; for 32-bit bounds its bias is under 2⁻³².
        (((self.bits() >> 32) * u64::from(bound)) >> 32) as u32
    }

    /// True with the given probability.
    pub fn chance(&mut self, probability: f64) -> bool {
        self.uniform() < probability
    }

    /// An index, each as likely as its share of the weights. The weights must have a positive sum.
    pub fn weighted(&mut self, weights: &[f64]) -> usize {
        let mut left = self.uniform() * weights.iter().sum::<f64>();
        for (index, weight) in weights.iter().enumerate() {
            left -= weight;
            if left < 0.0 {
                return index;
            }
        }
        weights.len() - 1
    }

    /// The normal distribution with mean 0 and variance 1.
    ///
    /// Box & Muller 1958 in Marsaglia's polar form; the second number of the pair is not kept, so that a stream's
    /// numbers depend on its state alone.
    pub fn normal(&mut self) -> f64 {
        loop {
            let (x, y) = (2.0 * self.uniform() - 1.0, 2.0 * self.uniform() - 1.0);
            let square = x * x + y * y;
            if square > 0.0 && square < 1.0 {
                return x * (-2.0 * libm::log(square) / square).sqrt();
            }
        }
    }

    /// The exponential distribution with mean 1 / `rate`.
    pub fn exponential(&mut self, rate: f64) -> f64 {
        -libm::log(self.positive()) / rate
    }

    /// The gamma distribution with mean `shape` / `rate` and variance `shape` / `rate`². Both must be positive.
    ///
    /// Source: Marsaglia & Tsang, "A simple method for generating gamma variables", ACM TOMS 26 (2000).
    pub fn gamma(&mut self, shape: f64, rate: f64) -> f64 {
        if shape < 1.0 {
            let lift = libm::pow(self.positive(), 1.0 / shape);
            return self.gamma(shape + 1.0, rate) * lift;
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let v = 1.0 + c * x;
            if v <= 0.0 {
                continue;
            }
            let v = v * v * v;
            let u = self.positive();
            // The first test saves the logarithms in most draws.
            if u < 1.0 - 0.0331 * x * x * x * x || libm::log(u) < 0.5 * x * x + d * (1.0 - v + libm::log(v)) {
                return d * v / rate;
            }
        }
    }

    /// The beta distribution with mean `a` / (`a` + `b`). Both must be positive.
    pub fn beta(&mut self, a: f64, b: f64) -> f64 {
        let (x, y) = (self.gamma(a, 1.0), self.gamma(b, 1.0));
        if x + y > 0.0 {
            x / (x + y)
        } else {
            // Tiny shapes can make both too small for a float; the distribution is then all but a coin.
            f64::from(u8::from(self.chance(a / (a + b))))
        }
    }

    /// The Poisson distribution: how many events of a steady stream fall into a time with `mean` of them expected.
    /// Takes time in proportion to the mean.
    pub fn poisson(&mut self, mean: f64) -> u32 {
        let mut count = 0;
        let mut time = self.exponential(1.0);
        while time < mean {
            count += 1;
            time += self.exponential(1.0);
        }
        count
    }

    /// The geometric distribution: trials up to and including the first success, at least 1; `u32::MAX` where
    /// success is impossible or further away than that.
    pub fn geometric(&mut self, probability: f64) -> u32 {
        if probability >= 1.0 {
            return 1;
        }
        if probability <= 0.0 {
            return u32::MAX;
        }
        let failures = libm::floor(libm::log(self.positive()) / libm::log1p(-probability));
        (failures as u32).saturating_add(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Mean and variance of many draws.
    fn moments(mut draw: impl FnMut(&mut Random) -> f64) -> (f64, f64) {
        const N: usize = 200_000;
        let mut random = Random::new(20_260_630);
        let draws: Vec<f64> = (0..N).map(|_| draw(&mut random)).collect();
        let mean = draws.iter().sum::<f64>() / N as f64;
        (mean, draws.iter().map(|d| (d - mean) * (d - mean)).sum::<f64>() / N as f64)
    }

    #[track_caller]
    fn near((mean, variance): (f64, f64), expected_mean: f64, expected_variance: f64) {
        let error = 5.0 * (expected_variance / 200_000.0).sqrt();
        assert!((mean - expected_mean).abs() < error, "mean {mean}, expected {expected_mean}");
        let relative = (variance / expected_variance - 1.0).abs();
        assert!(relative < 0.06, "variance {variance}, expected {expected_variance}");
    }

    #[test]
    fn the_first_numbers_are_those_of_the_published_generator() {
        let mut random = Random::new(1_234_567);
        let published = [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423_u64];
        assert_eq!([random.bits(), random.bits(), random.bits()], published);
    }

    #[test]
    fn distributions_have_their_moments() {
        near(moments(|r| r.uniform()), 0.5, 1.0 / 12.0);
        near(moments(|r| r.normal()), 0.0, 1.0);
        near(moments(|r| r.exponential(4.0)), 0.25, 1.0 / 16.0);
        near(moments(|r| r.gamma(0.3, 2.0)), 0.15, 0.075);
        near(moments(|r| r.gamma(6.0, 0.5)), 12.0, 24.0);
        near(moments(|r| r.beta(0.6, 4.2)), 0.125, 0.6 * 4.2 / (4.8 * 4.8 * 5.8));
        near(moments(|r| f64::from(r.poisson(3.5))), 3.5, 3.5);
        near(moments(|r| f64::from(r.geometric(0.2))), 5.0, 20.0);
        near(moments(|r| f64::from(r.below(10))), 4.5, 8.25);
        near(moments(|r| r.weighted(&[1.0, 0.0, 3.0]) as f64), 1.5, 0.75);
        near(moments(|r| f64::from(u8::from(r.chance(0.1)))), 0.1, 0.09);
    }

    #[test]
    fn extreme_parameters_give_numbers() {
        let mut random = Random::new(3);
        for _ in 0..1_000 {
            assert!((0.0..=1.0).contains(&random.beta(1e-4, 1e-4)));
            assert_eq!(random.geometric(1.0), 1);
            assert!(random.geometric(1e-300) >= 1);
            assert_eq!(random.poisson(0.0), 0);
        }
    }

    #[test]
    fn streams_of_neighbours_are_not_alike() {
        let firsts: Vec<f64> = (0..10_000).map(|item| Random::stream(1, item).uniform()).collect();
        let product: f64 = firsts.windows(2).map(|w| (w[0] - 0.5) * (w[1] - 0.5)).sum::<f64>() / 9_999.0;
        assert!((product * 12.0).abs() < 0.05, "correlation of neighbours {}", product * 12.0);
    }
}
