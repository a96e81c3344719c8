//! Independent values: mpmath 1.4 with 40 digits, and scipy 1.17 (`scipy.special.betainc`, `betaincinv`).

use crate::{close, near};
use proptest::prelude::*;
use quintile::core::stats::normal::{cdf, quantile};
use quintile::core::stats::proportion::{Interval, finite_correction, half_width, sample_size, wilson};
use quintile::core::stats::special::{Rising, beta_cdf, beta_quantile};

#[test]
fn normal_quantiles_are_those_of_mpmath() {
    let values = [
        (1e-300, -37.047_096_299_361_2),
        (1e-50, -14.933_337_534_788_487),
        (1e-10, -6.361_340_902_404_056),
        (0.001, -3.090_232_306_167_813_5),
        (0.025, -1.959_963_984_540_054_2),
        (0.07, -1.475_791_028_179_170_7),
        (0.3, -0.524_400_512_708_040_8),
        (0.425, -0.189_118_426_272_792_5),
        (0.6, 0.253_347_103_135_799_7),
        (0.95, 1.644_853_626_951_472_5),
    ];
    for (p, z) in values {
        close(quantile(p), z, 2e-15);
        close(cdf(z), p, 1e-12);
    }
    assert_eq!(quantile(0.5), 0.0);
    assert_eq!([quantile(0.0), quantile(1.0)], [f64::NEG_INFINITY, f64::INFINITY]);
}

/// Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
#[test]
fn wilson_intervals_of_newcombe() {
    let published =
        [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)];
    for (x, n, low, high) in published {
        let found = wilson(x, n, 0.95).unwrap();
        assert!((found.low - low).abs() < 5e-5 && (found.high - high).abs() < 5e-5, "{x}/{n}: {found:?}");
    }
    assert_eq!(wilson(0, 20, 0.95).unwrap().low, 0.0);
    assert_eq!(wilson(20, 20, 0.95).unwrap().high, 1.0);
    assert_eq!(
        [wilson(0, 0, 0.95), wilson(3, 2, 0.95), wilson(1, 2, 1.0), wilson(1, 2, f64::NAN)],
        [None; 4]
    );
}

#[test]
fn sample_sizes_and_half_widths_are_inverse_and_refuse_nonsense() {
    let n = sample_size(0.02, 0.005, 0.95).unwrap();
    near(n, 3_011.706_1, 1e-6);
    close(half_width(0.02, 3_012, 0.95).unwrap(), 0.005, 1e-4);
    close(finite_correction(n, 6_400), 2_047.96, 1e-4);
    assert_eq!((finite_correction(n, 0), finite_correction(n, 1).ceil()), (0.0, 1.0));
    assert_eq!(sample_size(0.02, 0.0, 0.95), None);
    assert_eq!(sample_size(1.2, 0.1, 0.95), None);
    assert_eq!(half_width(0.5, 0, 0.95), None);
    assert_eq!(half_width(0.5, 10, 0.0), None);
}

#[test]
fn rising_factorials_are_those_of_mpmath() {
    let values = [
        (0.3, 15, [24.900_808_247_146_11, 6.197_341_475_364_284, -12.177_822_643_559_437]),
        (0.3, 17, [30.419_826_183_357_214, 6.324_050_645_74, -12.185_858_289_671_44]),
        (0.3, 800_000, [10_073_890.709_987_161, 17.094_890_978_850_23, -12.245_363_296_107_419]),
        (5.5, 320, [1_551.704_180_617_693_2, 4.172_732_428_224_65, -0.196_265_466_340_249_26]),
        (15.9, 16, [50.121_886_270_118_84, 0.712_307_075_238_654_3, -0.033_067_838_605_902_04]),
        (300.0, 6_400, [50_913.392_748_137_6, 3.107_673_294_592_358_8, -0.003_189_630_191_479_088]),
        (1e8, 17, [313.151_574_007_190_14, 1.699_999_864_000_015e-7, -1.699_999_728_000_045e-15]),
        (1e8, 800_000, [14_739_736.091_814_836, 0.007_968_169_688_859_413, -7.936_508_015_558_075e-11]),
    ];
    for (a, m, expected) in values {
        for (found, expected) in Rising::new(a).at(m).into_iter().zip(expected) {
            close(found, expected, 1e-14);
        }
    }
    assert_eq!(Rising::new(7.0).at(0), [0.0; 3]);
}

#[test]
fn beta_distribution_is_that_of_scipy_and_mpmath() {
    let values = [
        (0.0177, 5.76, 314.24, 0.537_955_371_770_390_6, 1e-13),
        (0.02, 6.5, 320.0, 0.555_307_567_175_345_5, 1e-13),
        (0.5, 0.5, 0.5, 0.5, 1e-14),
        (1e-10, 0.01, 3.0, 0.806_282_874_655_285_3, 1e-13),
        (0.9, 30.0, 2.0, 0.169_564_633_100_864_9, 1e-13),
        (0.4, 30.0, 2.0, 2.190_550_858_753_012_3e-11, 1e-12),
        (0.018, 1_800.0, 98_000.0, 0.468_897_922_143_079_84, 1e-11),
        (0.0181, 14_400.5, 785_600.5, 0.748_628_926_339_086_2, 1e-11),
        (0.0181, 1.2e6, 6.5e7, 0.050_467_104_251_886_42, 1e-8),
        (0.018, 1.8e6, 9.82e7, 0.500_096_421_492_626_7, 1e-8),
        (0.3, 1e-3, 1e-3, 0.499_576_962_139_676_3, 1e-13),
        (2e-5, 1.0, 1e5, 0.864_667_423_478_074_5, 1e-11),
    ];
    for (x, a, b, expected, tolerance) in values {
        close(beta_cdf(x, a, b), expected, tolerance);
    }
}

#[test]
fn beta_quantiles_are_those_of_scipy() {
    let values = [
        (0.025, 5.76, 314.24, 0.006_484_092_901_370_65),
        (0.975, 5.76, 314.24, 0.035_151_307_844_335_58),
        (0.025, 0.5, 320.5, 1.533_283_473_765_327_6e-6),
        (0.975, 0.5, 320.5, 0.007_813_006_440_385_53),
        (0.025, 14_400.5, 785_600.5, 0.017_710_404_513_349_185),
        (0.3, 0.01, 0.02, 2.028_941_631_264_954_7e-35),
        (1e-12, 3.0, 2.0, 6.299_704_466_727_901e-5),
        (0.999, 40.0, 1.0, 0.999_974_987_804_470_6),
    ];
    for (p, a, b, expected) in values {
        close(beta_quantile(p, a, b), expected, 1e-12);
    }
}

proptest! {
    #[test]
    fn wilson_holds_its_rate_and_narrows_with_trials(n in 1u64..100_000, share in 0.0f64..=1.0) {
        let x = (n as f64 * share) as u64;
        let Interval { low, high } = wilson(x, n, 0.95).unwrap();
        let rate = x as f64 / n as f64;
        prop_assert!(0.0 <= low && low <= rate && rate <= high && high <= 1.0);
        let ten = wilson(10 * x, 10 * n, 0.95).unwrap();
        prop_assert!(ten.high - ten.low < high - low);
    }

    #[test]
    fn beta_quantile_is_the_inverse(p in 1e-6f64..0.999_999, log_a in -2.0f64..12.0, log_b in -2.0f64..12.0) {
        let (a, b) = (log_a.exp(), log_b.exp());
        let x = beta_quantile(p, a, b);
        prop_assert!((0.0..=1.0).contains(&x));
        // Beyond a float's reach near 1 the neighbouring x is the answer.
        if x > 0.0 && x < 1.0 - 1e-9 {
            let back = beta_cdf(x, a, b);
            prop_assert!((back - p).abs() < 1e-7, "{p} became {back} at {x}");
        }
    }
}
