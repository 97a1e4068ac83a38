import Domain
import Foundation

@testable import Console

/// A shop in Mexico City on a Thursday afternoon: the values that page tests render.
struct SampleWorld {
    static let now = Timestamp(milliseconds: 1_795_042_920_000)  // 2026-11-18, 17:02 in Mexico City
    static let csrf = "csrf-token-of-this-session"

    let renderer: PageRenderer
    let assets: AssetLibrary
    let language: Language

    /// Collects names that templates asked for in vain.
    let missing: MissingNames?

    init(_ language: Language, missing: MissingNames? = nil) throws {
        (self.assets, self.renderer) = try Self.loaded.get()
        self.language = language
        self.missing = missing
    }

    func render(_ fragment: some PageFragment, _ layout: PageLayout) -> String {
        renderer.render(fragment, layout: layout, missing: missing)
    }

    /// Read once, as a server does.
    private static let loaded = Result {
        let assets = try AssetLibrary(folder: assetsFolder)
        return (assets, try PageRenderer(folder: assetsFolder, assets: assets))
    }

    static var assetsFolder: String {
        let file = URL(fileURLWithPath: #filePath)
        let root = file.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return root.appendingPathComponent("Assets").path
    }

    var context: PageContext {
        renderer.context(language: language, zone: TimeZone(secondsFromGMT: -6 * 3600) ?? .gmt, now: Self.now)
    }

    func layout(
        _ place: NavigationView.Place?, theme: PageLayout.Theme = .auto, alarms: [AlarmFacts] = [],
        isSignedIn: Bool = true, isAdmin: Bool = true
    ) -> PageLayout {
        PageLayout(
            context: context, theme: theme, path: "/inbox", csrf: Self.csrf,
            staff: isSignedIn
                ? StaffBadge(id: id(9001), name: "Ana Rivas", email: "ana@ejemplo.mx", isAdmin: isAdmin) : nil,
            workspace: "Ejemplo S.A.", place: place,
            counts: NavigationCounts(unreadConversations: 7, deadLetters: 3, unrouted: 12, alarms: alarms.count),
            alarms: alarms, isDemo: true)
    }
}

/// Ids that look like real ones: about a moment in 2026.
func id<Row>(_ number: Int64) -> Identifier<Row> {
    Identifier(rawValue: (59_000_000_000 + number) << 22 | 1 << 12 | number)
}

func ago(_ duration: Duration) -> Timestamp {
    SampleWorld.now - duration
}
