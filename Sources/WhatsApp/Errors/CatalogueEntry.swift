import Domain

/// What one Graph code means for us and for the person who meets it.
struct CatalogueEntry: Sendable {
    /// What may be done after an answer with this code. Such an answer means: certainly not done, but for code 1 with a
    /// 5xx (``AnswerClassifier``).
    enum Reaction: Equatable, Sendable {
        /// The same request again, after a moment.
        case transient
        /// The same request, not before this long.
        case throttled(Duration)
        /// Never the same request.
        case permanent
        /// Nothing in the scope until a person mends it.
        case accountWide
    }

    let reaction: Reaction
    let scope: PauseScope
    /// What happened, in a few words.
    let title: LocalizedText
    /// What happened and what to do, in a sentence or two.
    let advice: LocalizedText
}

/// One line of the catalogue: the codes that mean the same, and what they mean.
struct CatalogueLine: Sendable {
    let codes: [Int]
    let entry: CatalogueEntry

    init(
        _ codes: Int..., reaction: CatalogueEntry.Reaction, scope: PauseScope = .message,
        title: (en: String, es: String), advice: (en: String, es: String)
    ) {
        self.codes = codes
        self.entry = CatalogueEntry(
            reaction: reaction, scope: scope, title: LocalizedText(en: title.en, es: title.es),
            advice: LocalizedText(en: advice.en, es: advice.es))
    }
}
