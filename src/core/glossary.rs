//! The course's terms in both languages, with the slides that each belongs to.
//!
//! All interface text uses these terms. `tests/words.rs` keeps words out that the course does not use.

mod analysis;
mod organisation;
mod relationship;

/// What a term is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// Why customer relationships are managed, and who knows whom.
    Relationship,
    /// Tiers, grading and what they tell.
    Pyramid,
    /// What a customer is worth over time.
    Value,
    /// Databases, segments and mining.
    Database,
    /// RFM cells.
    Rfm,
    /// Test and roll-out of a mailing.
    Campaign,
    /// Selling: funnel, territories, channels.
    Sales,
    /// Service and the call centre.
    Service,
    /// Introducing customer relationship management.
    Adoption,
    /// Process models and the customer's experience.
    Process,
}

impl Topic {
    pub const ALL: [Topic; 10] = [
        Topic::Relationship,
        Topic::Pyramid,
        Topic::Value,
        Topic::Database,
        Topic::Rfm,
        Topic::Campaign,
        Topic::Sales,
        Topic::Service,
        Topic::Adoption,
        Topic::Process,
    ];
}

/// A term of the course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    pub topic: Topic,
    pub en: &'static str,
    pub zh_hant: &'static str,
    /// The slides that teach it: `A66`, `A20–23`, or the deck's letter where the deck as a whole does; none where the
    /// term is not the course's own.
    pub slides: &'static [&'static str],
    /// One sentence.
    pub meaning_en: &'static str,
    pub meaning_zh_hant: &'static str,
}

/// The groups of terms, in the order of [`Topic`].
pub const TERMS: [&[Term]; 3] = [relationship::TERMS, analysis::TERMS, organisation::TERMS];

/// All terms, by topic.
pub fn all() -> impl Iterator<Item = &'static Term> {
    TERMS.into_iter().flatten()
}

/// The terms of a topic.
///
/// ```
/// use quintile::core::glossary::{self, Topic};
/// assert!(glossary::of_topic(Topic::Rfm).any(|term| term.zh_hant == "購買頻率"));
/// ```
pub fn of_topic(topic: Topic) -> impl Iterator<Item = &'static Term> {
    all().filter(move |term| term.topic == topic)
}

/// A term by its name in either language; case does not matter.
///
/// ```
/// use quintile::core::glossary;
/// assert_eq!(glossary::find("break-even response rate").unwrap().zh_hant, "損益平衡回應率");
/// assert_eq!(glossary::find("區塊代碼").unwrap().en, "Cell code");
/// ```
pub fn find(name: &str) -> Option<&'static Term> {
    all().find(|term| term.en.eq_ignore_ascii_case(name) || term.zh_hant == name)
}

const fn term(
    topic: Topic,
    (en, zh_hant): (&'static str, &'static str),
    slides: &'static [&'static str],
    meaning_en: &'static str,
    meaning_zh_hant: &'static str,
) -> Term {
    Term { topic, en, zh_hant, slides, meaning_en, meaning_zh_hant }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn there_are_terms_for_every_topic_and_none_twice() {
        assert!(all().count() >= 60, "{} terms", all().count());
        assert!(Topic::ALL.iter().all(|&topic| of_topic(topic).count() >= 3));
        let en: BTreeSet<String> = all().map(|term| term.en.to_lowercase()).collect();
        let zh: BTreeSet<&str> = all().map(|term| term.zh_hant).collect();
        assert_eq!((en.len(), zh.len()), (all().count(), all().count()));
        assert!(all().map(|term| term.topic).is_sorted());
    }

    #[test]
    fn meanings_are_one_sentence_in_each_language() {
        for term in all() {
            let (en, zh) = (term.meaning_en, term.meaning_zh_hant);
            assert!(en.ends_with('.') && !en.trim_end_matches('.').contains(". "), "{en}");
            assert!(en.starts_with(|c: char| c.is_uppercase()), "{en}");
            assert!(zh.ends_with('。') && zh.matches('。').count() == 1, "{zh}");
        }
    }

    #[test]
    fn slides_exist_in_the_decks() {
        for term in all() {
            for slide in term.slides {
                assert!(exists(slide), "{slide} of {}", term.en);
            }
        }
        assert!(!exists("A84") && !exists("F1") && !exists("A9–7") && !exists("A0"));
        assert!(all().filter(|term| term.slides.is_empty()).count() < 5);
    }

    fn exists(slide: &str) -> bool {
        let (deck, numbers) = slide.split_at(1);
        let last = match deck {
            "A" => 83,
            "B" => 36,
            _ => 0,
        };
        let numbers: Vec<Option<u32>> = numbers.split('–').map(|number| number.parse().ok()).collect();
        let in_deck = numbers.is_sorted() && numbers.iter().flatten().all(|n| (1..=last).contains(n));
        "ABCDE".contains(deck) && (slide.len() == 1 || in_deck && !numbers.contains(&None))
    }
}
