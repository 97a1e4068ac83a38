package import Domain
package import Store

extension NumberAccount {
    /// What a pause that stops this number is kept under, by its scope.
    package var pauseKeys: [PauseScope: String] {
        [
            .number: phoneNumberID, .waba: wabaID, .portfolio: portfolioID, .app: "\(appID)", .credential: "\(id)",
            .workspace: "\(workspace)",
        ]
    }
}

extension ConnectionAccount {
    /// What a pause that stops this connection is kept under, by its scope.
    package var pauseKeys: [PauseScope: String] {
        [.connection: "\(id)", .credential: "\(id)", .app: "\(id)", .workspace: "\(workspace)"]
    }
}
