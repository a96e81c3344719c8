//! What the sample shop sells, where and how.

/// A product: its text, its category (an index into [`CATEGORIES`]), its price in NT$ and what the goods cost as a
/// share of the price.
pub type Product = (&'static str, u8, u32, f64);

pub const CATEGORIES: [&str; 5] =
    ["茶葉 Loose tea", "茶包 Tea bags", "茶具 Teaware", "茶點 Sweets", "禮盒 Gift boxes"];

pub const PRODUCTS: [Product; 24] = [
    ("凍頂烏龍 Dong Ding oolong", 0, 480, 0.46),
    ("東方美人 Oriental Beauty", 0, 900, 0.50),
    ("阿里山金萱 Alishan Jin Xuan", 0, 560, 0.47),
    ("文山包種 Wenshan Pouchong", 0, 520, 0.45),
    ("三峽碧螺春 Sanxia green tea", 0, 450, 0.48),
    ("日月潭紅茶 Sun Moon Lake black tea", 0, 600, 0.49),
    ("鐵觀音 Tieguanyin", 0, 640, 0.48),
    ("綠茶 Green tea", 1, 180, 0.42),
    ("烏龍茶包 Oolong tea bags", 1, 220, 0.43),
    ("紅茶包 Black tea bags", 1, 200, 0.42),
    ("桂花茶包 Osmanthus tea bags", 1, 240, 0.45),
    ("冷泡茶 Cold brew", 1, 260, 0.44),
    ("蓋碗 Gaiwan", 2, 680, 0.55),
    ("茶壺 Teapot", 2, 1_500, 0.58),
    ("茶杯組 Set of cups", 2, 750, 0.56),
    ("濾茶器 Strainer", 2, 320, 0.52),
    ("鳳梨酥 Pineapple cakes", 3, 420, 0.60),
    ("牛軋糖 Nougat", 3, 280, 0.58),
    ("綠豆糕 Mung bean cakes", 3, 300, 0.59),
    ("茶梅 Tea plums", 3, 220, 0.55),
    ("蛋捲 Egg rolls", 3, 350, 0.60),
    ("經典禮盒 Classic gift box", 4, 1_280, 0.57),
    ("中秋禮盒 Mid-autumn gift box", 4, 1_680, 0.60),
    ("年節禮盒 New Year gift box", 4, 1_980, 0.61),
];

/// The free line that some orders carry.
pub const GIFT: (&str, &str, f64) = ("試飲包 Sample sachets", "贈品 Free gifts", 25.0);

/// Channels and the share of purchases that each gets.
pub const CHANNELS: [(&str, f64); 4] =
    [("門市 Store", 0.42), ("網站 Web", 0.33), ("LINE", 0.15), ("電話 Telephone", 0.10)];

/// Cities with their regions (an index into [`REGIONS`]) and shares of customers.
pub const CITIES: [(&str, u8, f64); 10] = [
    ("臺北市 Taipei", 0, 0.22),
    ("新北市 New Taipei", 0, 0.18),
    ("桃園市 Taoyuan", 0, 0.10),
    ("新竹市 Hsinchu", 0, 0.06),
    ("臺中市 Taichung", 1, 0.15),
    ("彰化縣 Changhua", 1, 0.05),
    ("臺南市 Tainan", 2, 0.08),
    ("高雄市 Kaohsiung", 2, 0.11),
    ("宜蘭縣 Yilan", 3, 0.03),
    ("花蓮縣 Hualien", 3, 0.02),
];

pub const REGIONS: [&str; 4] = ["北部 North", "中部 Central", "南部 South", "東部 East"];

pub const BIRTH_DECADES: [(&str, f64); 6] = [
    ("1950–1959", 0.08),
    ("1960–1969", 0.17),
    ("1970–1979", 0.26),
    ("1980–1989", 0.27),
    ("1990–1999", 0.17),
    ("2000–2009", 0.05),
];

/// The member card, from the shop's own programme.
pub const CARDS: [&str; 3] = ["一般卡 Basic", "銀卡 Silver", "金卡 Gold"];
