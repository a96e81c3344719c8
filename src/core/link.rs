//! Addresses in the fragment: `#/rfm?method=nested&bins=5`. Parameters only, never customer data.

/// The longest fragment that a link may have; messengers cut longer ones.
pub const MAX_LENGTH: usize = 2_000;

/// A page and the inputs that its address carries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    pub page: String,
    pub fields: Vec<(String, String)>,
}

impl Address {
    /// Reads a fragment. Anything at all gives an address; whether the page exists is the caller's to say.
    ///
    /// ```
    /// use quintile::core::link::Address;
    /// let address = Address::parse("#/rfm?bins=5&from=2024-01-01");
    /// assert_eq!(address.page, "rfm");
    /// assert_eq!(address.fields[0], ("bins".into(), "5".into()));
    /// assert_eq!(address.to_string(), "#/rfm?bins=5&from=2024-01-01");
    /// ```
    pub fn parse(fragment: &str) -> Address {
        let path = fragment.trim_start_matches('#').trim_start_matches('/');
        let (page, query) = path.split_once('?').unwrap_or((path, ""));
        let fields = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        Address { page: page.trim_end_matches('/').to_string(), fields }
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#/{}", self.page)?;
        if self.fields.is_empty() {
            return Ok(());
        }
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(&self.fields);
        write!(f, "?{}", query.finish())
    }
}
