import Domain
import Hummingbird

/// What is there before anybody has signed in.
extension Visitor {
    /// The frame of a page for nobody in particular.
    func openLayout(_ context: PageContext, path: String, token: String) -> PageLayout {
        PageLayout(
            context: context, theme: reader(nil).theme, path: path, csrf: token, staff: nil, workspace: "", place: nil,
            counts: NavigationCounts(), alarms: [], isDemo: parts.settings.isDemo)
    }

    /// A form that came without a session: its token is that of this browser's cookie.
    func form() async throws -> Form {
        try await FormReader(request: request, limits: .plain, token: cookies.door ?? "").read()
    }
}
