/// Says on a page about a mapping that somebody has changed it since. Fetched again on the event
/// `connections`.
package struct MappingNewsView: PageFragment {
    package static let template = "mapping/news"

    /// "Ana Rivas changed this mapping today at 09:12. …"; nil while it is as the page shows it.
    package let sentence: String?
    package let path: String
    package let refreshURL: String

    /// - Parameters:
    ///   - facts: as the mapping is now.
    ///   - version: that the page shows.
    package init(_ facts: MappingFacts, shown version: String, in context: PageContext) {
        path = facts.path
        refreshURL = QueryText.url("/fragments\(facts.path)", [("version", version)])
        guard facts.version != version else {
            sentence = nil
            return
        }
        sentence =
            if let kept = facts.kept {
                context.words(
                    "mapping.news.by", ["actor": kept.by, "time": MomentText.sentence(kept.at, in: context).short])
            } else {
                context.words("mapping.news.somebody")
            }
    }
}
