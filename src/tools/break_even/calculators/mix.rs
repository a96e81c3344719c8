//! A mix of products that share one fixed cost.

use crate::charts::spec::{BarSeries, ChartSpec, HorizontalBars, Mark, Marks, Role};
use crate::core::explain::{Math, Step};
use crate::core::inputs::Input;
use crate::core::reader::Reader;
use crate::core::whole::rounded_up;
use crate::tools::break_even::answer::{Answer, Crossing, Figure, Refused, step};
use crate::tools::break_even::calculator::{Calculator, Given, Grid, GridRow, RowName, take};
use crate::tools::break_even::picture::{Axes, Side, picture, places};
use crate::tools::break_even::refusal::{Refusal, countable};

/// One product of a mix; amounts are in units of the currency.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Product {
    pub price: f64,
    pub variable_cost: f64,
    /// How many are sold beside the others, ≥ 0: only the proportions matter.
    pub weight: f64,
}

/// Products that are sold in fixed proportions, known to contribute something together.
#[derive(Clone, Debug, PartialEq)]
pub struct Mix {
    pub fixed_cost: f64,
    pub products: Vec<Product>,
    /// Of an average unit.
    pub price: f64,
    pub contribution: f64,
}

impl Mix {
    /// The average unit of the mix: its contribution is c̄ = Σ wᵢ (pᵢ − vᵢ) / Σ wᵢ with wᵢ = `weight`, pᵢ = `price` and
    /// vᵢ = `variable_cost`.
    ///
    /// # Errors
    /// [`Refusal::NoMix`] without a weight above 0, [`Refusal::MixLoses`] where an average unit contributes nothing,
    /// [`Refusal::BeyondCounting`] where it contributes next to nothing.
    pub fn new(fixed_cost: f64, products: Vec<Product>) -> Result<Mix, Refusal> {
        let weight: f64 = products.iter().map(|product| product.weight).sum();
        if weight <= 0.0 {
            return Err(Refusal::NoMix);
        }
        let mean = |of: fn(&Product) -> f64| {
            products.iter().map(|product| product.weight * of(product)).sum::<f64>() / weight
        };
        let (price, contribution) =
            (mean(|product| product.price), mean(|product| product.price - product.variable_cost));
        if contribution <= 0.0 {
            return Err(Refusal::MixLoses { contribution });
        }
        let mix = Mix { fixed_cost, products, price, contribution };
        countable(mix.units_for(0.0) * price.max(1.0))?;
        Ok(mix)
    }

    /// The volume of the whole mix that earns the profit T = `target`: Q = (F + T) / c̄, in units that need not be whole.
    ///
    /// Source: Horngren, Datar & Rajan, *Cost Accounting*, ch. 3 (effects of sales mix).
    ///
    /// ```
    /// use quintile::tools::break_even::calculators::{Mix, Product};
    /// // Two of A for each B: (2 · 80 + 1 · 200) / 3 = 120 a unit.
    /// let a = Product { price: 200.0, variable_cost: 120.0, weight: 2.0 };
    /// let b = Product { price: 1000.0, variable_cost: 800.0, weight: 1.0 };
    /// let mix = Mix::new(7200.0, vec![a, b]).unwrap();
    /// assert_eq!((mix.contribution, mix.units_for(0.0)), (120.0, 60.0));
    /// assert_eq!(mix.units_of(60.0), [40.0, 20.0]);
    /// ```
    pub fn units_for(&self, target: f64) -> f64 {
        (self.fixed_cost + target) / self.contribution
    }

    /// How a volume divides among the products.
    pub fn units_of(&self, units: f64) -> Vec<f64> {
        let weight: f64 = self.products.iter().map(|product| product.weight).sum();
        self.products.iter().map(|product| units * product.weight / weight).collect()
    }
}

pub static CALCULATOR: Calculator = Calculator {
    id: "mix",
    title: ("Product mix", "產品組合"),
    question: (
        "How much of each product must be sold to cover a fixed cost that they share?",
        "多項產品共同負擔固定成本時，各要賣多少才損益平衡？",
    ),
    assumes: (
        "Products are sold in the proportions of the table; another mix has another break-even volume (Horngren, Datar & Rajan, Cost Accounting). Shares need not add up to 100: only their proportions count.",
        "假設各產品依表中的比重銷售；比重改變，損益平衡點也會改變（Horngren、Datar 與 Rajan，Cost Accounting）。比重不必加總為 100，只看彼此的比例。",
    ),
    slides: &["A26", "B"],
    inputs: &[
        Input::money("fixed", ("Fixed cost", "固定成本"), 24_800.0)
            .help(("What all products have to cover together.", "由所有產品共同負擔。")),
        Input::money("target", ("Target profit", "目標利潤"), 0.0),
    ],
    grid: Some(&GRID),
    model: None,
    answer,
};

static GRID: Grid = Grid {
    title: ("Products", "產品"),
    help: ("The share says how many are sold beside the others.", "比重是相對於其他產品賣出的數量。"),
    name: RowName::Typed(("Product", "產品")),
    columns: &[
        Input::money("price", ("Price", "售價"), 100.0),
        Input::money("variable", ("Variable cost", "變動成本"), 65.0),
        Input::number("weight", ("Share", "比重"), 10.0),
    ],
    start: &[
        (("Basic", "基本"), &[100.0, 65.0, 60.0]),
        (("Plus", "進階"), &[180.0, 100.0, 30.0]),
        (("Premium", "頂級"), &[400.0, 250.0, 10.0]),
    ],
    least_rows: 1,
    most_rows: 8,
};

fn products(rows: &[GridRow]) -> Vec<Product> {
    let product = |row: &GridRow| {
        let [price, variable_cost, weight] = take(&row.values);
        Product { price, variable_cost, weight }
    };
    rows.iter().map(product).collect()
}

fn answer(given: &Given, reader: Reader) -> Result<Answer, Refused> {
    let values = &given.values;
    let [fixed, target] = take(values);
    let mix = Mix::new(fixed, products(&given.rows))?;
    let exact = mix.units_for(0.0);
    let wanted = countable(mix.units_for(target))?;
    let (each, whole) =
        (mix.units_of(exact), mix.units_of(exact).into_iter().map(rounded_up).collect::<Vec<_>>());
    let units: f64 = whole.iter().sum();
    let count = |units: f64| reader.number(units, 0);

    let main =
        Figure::new(reader.pick("Break-even volume of the mix", "組合的損益平衡銷售量"), count(units), units)
            .note(reader.pick(
                format!(
                    "{} before rounding; whole units of each product, rounded up",
                    reader.number(exact, 2)
                ),
                format!("進位前 {}；各產品的單位數無條件進位", reader.number(exact, 2)),
            ));
    let mut figures = vec![
        Figure::new(
            reader.pick("Contribution of an average unit", "平均單位邊際貢獻"),
            reader.price(rounded(mix.contribution)),
            mix.contribution,
        )
        .note(reader.pick("weighted by the mix", "依比重加權")),
        Figure::new(
            reader.pick("Break-even revenue", "損益平衡營收"),
            reader.money(exact * mix.price),
            exact * mix.price,
        ),
    ];
    if target > 0.0 {
        let units: f64 = mix.units_of(wanted).into_iter().map(rounded_up).sum();
        figures.push(
            Figure::new(reader.pick("For the target profit", "達成目標利潤"), count(units), units)
                .note(reader.pick("units of the mix", "單位（組合合計）")),
        );
    }
    let losing = mix
        .products
        .iter()
        .zip(&given.rows)
        .filter(|(product, _)| product.price <= product.variable_cost && product.weight > 0.0);
    let notes = losing.map(|(_, row)| {
        reader.pick(
            format!("{} contributes nothing: the other products carry it.", row.name),
            format!("「{}」沒有邊際貢獻，由其他產品負擔。", row.name),
        )
    });
    let notes = notes.collect();

    let places = places([2.0 * exact, wanted * 1.1, 10.0].into_iter().fold(0.0, f64::max), Some(exact));
    let (revenue, cost) =
        (|units: f64| units * mix.price, |units: f64| fixed + units * (mix.price - mix.contribution));
    let sides = vec![
        Side::new(reader.pick("Revenue", "營收"), Role::Accent2, &places, revenue),
        Side::new(reader.pick("Total cost", "總成本"), Role::Below, &places, cost),
    ];
    let crossing = Crossing { x: exact, sides: [revenue(exact), cost(exact)] };
    let title = reader.pick(
        format!("From {} units of the mix on there is a profit", count(rounded_up(exact))),
        format!("組合賣到 {} 單位起開始獲利", count(rounded_up(exact))),
    );
    let subtitle = reader.pick(
        format!("An average unit contributes {}", reader.price(rounded(mix.contribution))),
        format!("平均每單位貢獻 {}", reader.price(rounded(mix.contribution))),
    );
    let axes = Axes {
        x: reader.pick("Units of the mix", "組合銷售量").into(),
        y: reader.pick("Amount", "金額").into(),
        write_x: &count,
        write_y: &|amount| reader.money(amount),
        side: reader.pick("Side", "項目").into(),
    };
    let at = count(rounded_up(exact));
    let label = reader.pick(format!("loss ← {at} → profit"), format!("虧損 ← {at} → 獲利"));
    let charts = vec![
        picture(title, subtitle, axes, sides, Some((crossing, label)), Vec::new()),
        bars(&given.rows, &whole, reader),
    ];
    Ok(Answer {
        main,
        figures,
        notes,
        crossing: Some(crossing),
        charts,
        steps: steps(&mix, &given.rows, &each, &whole, reader),
    })
}

/// To the hundredth of a cent: a weighted mean has more digits than anybody reads.
fn rounded(amount: f64) -> f64 {
    (amount * 1e4).round() / 1e4
}

/// How many of each product.
fn bars(rows: &[GridRow], whole: &[f64], reader: Reader) -> ChartSpec {
    let marks = rows
        .iter()
        .zip(whole)
        .map(|(row, &units)| Mark::new(row.name.clone(), units, reader.number(units, 0)));
    let title: String = reader
        .pick("How the break-even volume divides among the products", "損益平衡銷售量在各產品的分配")
        .into();
    ChartSpec {
        description: title.clone(),
        title,
        subtitle: reader.pick("Whole units, rounded up", "單位數無條件進位").into(),
        marks: Marks::HorizontalBars(HorizontalBars {
            category_title: reader.pick("Product", "產品").into(),
            categories: rows.iter().map(|row| row.name.clone()).collect(),
            series_title: String::new(),
            series: vec![BarSeries { name: String::new(), marks: marks.collect() }],
            value_title: reader.pick("Units", "銷售量").into(),
        }),
        legend: None,
    }
}

fn steps(mix: &Mix, rows: &[GridRow], each: &[f64], whole: &[f64], reader: Reader) -> Vec<Step> {
    let weight: f64 = mix.products.iter().map(|product| product.weight).sum();
    let terms = mix.products.iter().enumerate().flat_map(|(at, product)| {
        let plus = (at > 0).then(|| Math::op("+"));
        let contribution = reader.price(rounded(product.price - product.variable_cost));
        let term = [Math::number(reader.exact(product.weight)), Math::op("×"), Math::number(contribution)];
        plus.into_iter().chain(term)
    });
    let mean = Math::row([
        Math::symbol("c"),
        Math::op("="),
        Math::fraction(Math::row(terms), Math::number(reader.exact(weight))),
        Math::op("="),
        Math::number(reader.price(rounded(mix.contribution))),
    ]);
    let shares = rows.iter().zip(each).zip(whole).map(|((row, &exact), &whole)| {
        Math::row([
            Math::text(row.name.clone()),
            Math::op(reader.pick(":", "：")),
            Math::op("⌈"),
            Math::number(reader.number(exact, 2)),
            Math::op("⌉"),
            Math::op("="),
            Math::number(reader.number(whole, 0)),
        ])
    });
    let fixed = reader.price(mix.fixed_cost);
    vec![
        Step {
            say: reader.pick("Contribution of an average unit: each product's share times its price less its variable cost, over all shares", "平均單位邊際貢獻：各產品的比重乘以（售價減變動成本），加總後除以比重合計").into(),
            formulas: vec![mean],
        },
        step(
            reader.pick("Break-even volume of the mix: the fixed cost over that contribution", "組合的損益平衡銷售量：固定成本除以平均單位邊際貢獻"),
            "Q = F / c",
            &[("F", &fixed), ("c", &reader.price(rounded(mix.contribution)))],
            reader.number(mix.units_for(0.0), 2),
        ),
        Step {
            say: reader.pick("Each product's part of it by its share, in whole units, rounded up: together they can be a few units more", "依比重分配到各產品，單位數無條件進位，因此合計可能略多").into(),
            formulas: shares.collect(),
        },
    ]
}
